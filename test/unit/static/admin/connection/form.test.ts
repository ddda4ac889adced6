import { DEFAULT_PROFILE, type ConnectionView } from '../../../../../src/contract';
import {
  fieldNamed,
  findErrors,
  formOf,
  isSame,
  toInput,
  type FormValues,
} from '../../../../../static/src/admin/connection/form';
import { connectionView } from '../../../../support/connectionView';

const FRESH: ConnectionView = connectionView({ settings: null, keyStoredAtMs: null });

function filled(overrides: Partial<FormValues> = {}): FormValues {
  return { ...formOf(FRESH), key: 'sl-key', initiativeId: '42', ...overrides };
}

test('three fields are all that a fresh installation is asked for; the profile is the default one', () => {
  const form = filled({ apiOrigin: ' https://api.shorterloop.com/ ', key: ' sl-key ', initiativeId: ' 42 ' });
  expect(findErrors(form, FRESH)).toEqual({});
  expect(toInput(form, FRESH)).toEqual({
    settings: { apiOrigin: 'https://api.shorterloop.com', initiativeId: 42, profile: DEFAULT_PROFILE },
    key: 'sl-key',
  });
});

test('saving the three fields again keeps what was learned', () => {
  const profile = { ...DEFAULT_PROFILE, ids: 'text' as const };
  const view = connectionView({ settings: { apiOrigin: 'https://api.shorterloop.com', initiativeId: 42, profile } });
  expect(toInput({ ...formOf(view), initiativeId: '43' }, view).settings).toEqual({
    apiOrigin: 'https://api.shorterloop.com',
    initiativeId: 43,
    profile,
  });
});

test('an empty key keeps the stored one, and is asked for when none is stored', () => {
  const form = filled({ key: '' });
  expect(toInput(form, FRESH).key).toBeNull();
  expect(findErrors(form, { ...FRESH, keyStoredAtMs: 1 })).toEqual({});
  expect(Object.keys(findErrors(form, FRESH))).toEqual(['key']);
});

test.each([
  '',
  'api.shorterloop.com',
  'http://api.shorterloop.com',
  'https://api.shorterloop.com/v2',
  'https://api.shorterloop.com?x=1',
  'https://user@api.shorterloop.com',
  'https://shorterloop.com',
  'https://evilshorterloop.com',
  'https://api.shorterloop.com.evil.example',
  'https://api.shorterloop.com:8443',
])('the address "%s" is not accepted', (apiOrigin) => {
  expect(Object.keys(findErrors(filled({ apiOrigin }), FRESH))).toEqual(['settings.apiOrigin']);
});

test.each(['', '0', '-1', '1.5', '1e3', 'abc', '99999999999999999999'])(
  'the initiative id "%s" is not accepted',
  (initiativeId) => {
    expect(Object.keys(findErrors(filled({ initiativeId }), FRESH))).toEqual(['settings.initiativeId']);
  },
);

test('a form knows whether it differs from what is stored', () => {
  expect(isSame(formOf(FRESH), formOf(FRESH))).toBe(true);
  expect(isSame(formOf(FRESH), filled())).toBe(false);
  const { key, initiativeId, apiOrigin } = filled();
  expect(isSame({ initiativeId, apiOrigin, key }, filled())).toBe(true);
});

test('a problem’s field is found by its name, and an unknown one is not', () => {
  expect(fieldNamed('settings.initiativeId')).toBe('settings.initiativeId');
  expect(fieldNamed('context')).toBeNull();
});
