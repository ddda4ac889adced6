import type { ConnectionView } from '../../../../../src/contract';
import { ASSUMED_ROUTES } from '../../../../../src/adapters/shorterloop';
import {
  fieldNamed,
  findErrors,
  formOf,
  isSame,
  toInput,
  type FormValues,
} from '../../../../../static/src/admin/connection/form';

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
    authScheme: 'Bearer',
    moveDialect: 'put-segment-users',
    removeDialect: 'post-manage-users',
    readPlan: 'all-at-once',
    canAdd: false,
    routes: {},
    allowedHosts: ['*.shorterloop.com'],
    assumedRoutes: ASSUMED_ROUTES,
  },
};

function filled(overrides: Partial<FormValues> = {}): FormValues {
  return { ...formOf(FRESH), key: 'sl-key', initiativeId: '42', ...overrides };
}

test('a filled form has no errors and is sent without blanks, slashes and empty paths', () => {
  const form = filled({ apiOrigin: ' https://api.shorterloop.com/ ', key: ' sl-key ', initiativeId: ' 42 ' });
  expect(findErrors(form, FRESH)).toEqual({});
  expect(toInput(form)).toEqual({
    settings: {
      apiOrigin: 'https://api.shorterloop.com',
      initiativeId: 42,
      authScheme: 'Bearer',
      moveDialect: 'put-segment-users',
      removeDialect: 'post-manage-users',
      readPlan: 'all-at-once',
      canAdd: false,
      routes: {},
    },
    key: 'sl-key',
  });
});

test('an empty key keeps the stored one, and is asked for when none is stored', () => {
  const form = filled({ key: '' });
  expect(toInput(form).key).toBeNull();
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
  const routes = { listSegments: 'segments', segmentsWithMembers: '', segmentWithMembers: '/segments' };
  expect(Object.keys(findErrors(filled({ routes }), FRESH)).sort()).toEqual([
    'settings.routes.listSegments',
    'settings.routes.segmentWithMembers',
  ]);
});

test('an overridden path is sent, and shown again when the form opens', () => {
  const routes = { listSegments: ' /v3/segments ', segmentsWithMembers: '', segmentWithMembers: '' };
  const { settings } = toInput(filled({ routes }));
  expect(settings.routes).toEqual({ listSegments: '/v3/segments' });
  expect(formOf({ ...FRESH, settings }).routes.listSegments).toBe('/v3/segments');
});

test('a form knows whether it differs from what is stored', () => {
  expect(isSame(formOf(FRESH), formOf(FRESH))).toBe(true);
  expect(isSame(formOf(FRESH), filled())).toBe(false);
});

test('a problem’s field is found by its name, and an unknown one is not', () => {
  expect(fieldNamed('settings.routes.listSegments')).toBe('settings.routes.listSegments');
  expect(fieldNamed('context')).toBeNull();
});

test('the path of a call that manages is sent when it is overridden, and needs its id', () => {
  const { settings } = toInput(filled({ manageRoutes: { renameSegment: ' /v3/segments/{id} ', createSegment: '' } }));
  expect(settings.manageRoutes).toEqual({ renameSegment: '/v3/segments/{id}' });
  expect(formOf({ ...FRESH, settings }).manageRoutes).toEqual({ renameSegment: '/v3/segments/{id}' });
  expect(Object.keys(findErrors(filled({ manageRoutes: { renameSegment: '/v3/segments' } }), FRESH))).toEqual([
    'settings.manageRoutes.renameSegment',
  ]);
});
