import { DEFAULT_PROFILE, type ConnectionView } from '../../../../../src/contract';
import {
  fieldNamed,
  findErrors,
  formOf,
  isSame,
  toInput,
  type FormValues,
} from '../../../../../static/src/admin/connection/form';

const MANAGE: ConnectionView['defaults']['assumedManage'] = {
  createSegment: '/api/v2/segments',
  renameSegment: '/api/v2/segments/{id}',
  deleteSegment: '/api/v2/segments/{id}',
  addByEmail: '/api/v2/segments/{id}/segment-users/bulk',
  importToSegment: '/api/v2/segments/{id}/segment-users/import',
  emailSegment: '/api/v2/segments/{id}/send-email',
  emailMembers: '/api/v2/idm-members/send-email',
  createMembers: '/api/v2/idm-members/bulk',
  importMembers: '/api/v2/idm-members/import',
  reinvite: '/api/v2/idm-members/re-invite',
};

const FRESH: ConnectionView = {
  settings: null,
  keyStoredAtMs: null,
  proofs: {},
  writesOn: false,
  missing: ['apiOrigin', 'initiativeId', 'key'],
  savedAtMs: null,
  savedByAccountId: null,
  defaults: {
    apiOrigin: 'https://api.shorterloop.com',
    profile: DEFAULT_PROFILE,
    allowedHosts: ['*.shorterloop.com'],
    assumedManage: MANAGE,
  },
};

function filled(overrides: Partial<FormValues> = {}): FormValues {
  return { ...formOf(FRESH), key: 'sl-key', initiativeId: '42', ...overrides };
}

test('a filled form has no errors and is sent without blanks, slashes and empty paths', () => {
  const form = filled({ apiOrigin: ' https://api.shorterloop.com/ ', key: ' sl-key ', initiativeId: ' 42 ' });
  expect(findErrors(form, FRESH)).toEqual({});
  expect(toInput(form, FRESH)).toEqual({
    settings: {
      apiOrigin: 'https://api.shorterloop.com',
      initiativeId: 42,
      profile: DEFAULT_PROFILE,
    },
    key: 'sl-key',
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

test('a path must start with a slash, and the one for a single segment must have the id', () => {
  const routes = { ...formOf(FRESH).routes, listSegments: 'segments', segmentWithMembers: '/segments' };
  expect(Object.keys(findErrors(filled({ routes }), FRESH)).sort()).toEqual([
    'settings.profile.reads.listSegments.path',
    'settings.profile.reads.segmentWithMembers.path',
  ]);
});

test('an overridden path is sent, and shown again when the form opens', () => {
  const routes = { ...formOf(FRESH).routes, listSegments: ' /v3/segments ' };
  const { settings } = toInput(filled({ routes }), FRESH);
  expect(settings.profile.reads.listSegments.path).toBe('/v3/segments');
  expect(formOf({ ...FRESH, settings }).routes.listSegments).toBe('/v3/segments');
});

test('a form knows whether it differs from what is stored', () => {
  expect(isSame(formOf(FRESH), formOf(FRESH))).toBe(true);
  expect(isSame(formOf(FRESH), filled())).toBe(false);
});

test('a problem’s field is found by its name, and an unknown one is not', () => {
  expect(fieldNamed('settings.profile.reads.listSegments.path')).toBe('settings.profile.reads.listSegments.path');
  expect(fieldNamed('context')).toBeNull();
});

test('the path of a call that manages is sent when it is overridden, and needs its id', () => {
  const { settings } = toInput(
    filled({ manageRoutes: { renameSegment: ' /v3/segments/{id} ', createSegment: '' } }),
    FRESH,
  );
  expect(settings.profile.manage).toEqual({ renameSegment: '/v3/segments/{id}' });
  expect(formOf({ ...FRESH, settings }).manageRoutes).toEqual({ renameSegment: '/v3/segments/{id}' });
  expect(Object.keys(findErrors(filled({ manageRoutes: { renameSegment: '/v3/segments' } }), FRESH))).toEqual([
    'settings.profile.manage.renameSegment',
  ]);
});
