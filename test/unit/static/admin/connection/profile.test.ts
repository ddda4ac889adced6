import { DEFAULT_PROFILE, type SiteProfile } from '../../../../../src/contract';
import { edit } from '../../../../../static/src/admin/connection/profile/edit';
import { PARTS, shownFields, typedOf, type Part } from '../../../../../static/src/admin/connection/profile/parts';
import { connectionView } from '../../../../support/connectionView';

const ASSUMED = connectionView().defaults.assumedManage;

/** Everything that can differ, differs. */
const LEARNED: SiteProfile = {
  ...DEFAULT_PROFILE,
  key: { header: 'X-API-Key', scheme: null },
  ids: 'text',
  readPlan: 'per-segment',
  reads: {
    ...DEFAULT_PROFILE.reads,
    segmentWithMembers: {
      path: '/v3/segments/{id}/?limit=20',
      shape: {
        records: ['result'],
        id: null,
        name: ['title'],
        members: ['members.v2', 'list'],
        memberCount: ['size'],
        member: { id: ['user', 'id'], email: ['user', 'mail'], name: null, firstName: null, lastName: null },
      },
      paging: { kind: 'cursor', parameter: 'after', cursor: ['meta', 'next'] },
      total: ['meta', 'total'],
    },
  },
  manage: { renameSegment: '/v3/segments/{id}' },
};

function edited(profile: SiteProfile, part: Part, changed: Readonly<Record<string, string>>) {
  return edit(profile, part, { ...typedOf(profile, part), ...changed }, ASSUMED);
}

describe.each([
  ['the default profile', DEFAULT_PROFILE],
  ['a learned one', LEARNED],
])('%s', (_name, profile) => {
  it.each(PARTS)('stays as it is when nothing is changed in %s', (part) => {
    expect(edited(profile, part, {})).toEqual({ kind: 'ok', profile });
  });
});

test('one segment that is picked out of all is read as all are, whichever of the two is edited', () => {
  const all = DEFAULT_PROFILE.reads.segmentsWithMembers;
  const picked = edited(DEFAULT_PROFILE, 'segmentWithMembers', { path: all.path });
  if (picked.kind === 'wrong') throw new Error(JSON.stringify(picked.errors));
  expect(picked.profile.reads.segmentWithMembers).toEqual(all);
  const moved = edited(picked.profile, 'segmentsWithMembers', { path: '/v3/all', members: 'people' });
  if (moved.kind === 'wrong') throw new Error(JSON.stringify(moved.errors));
  const { segmentWithMembers, segmentsWithMembers } = moved.profile.reads;
  expect(segmentWithMembers).toEqual(segmentsWithMembers);
  expect(segmentWithMembers).toMatchObject({ path: '/v3/all', shape: { members: ['people'] } });
  expect(edited(DEFAULT_PROFILE, 'segmentWithMembers', { path: '/v3/all' }).kind).toBe('wrong');
});

test('what tells former members is a place whose name says it, and none at all where it is emptied', () => {
  const goneOf = (profile: SiteProfile, gone: string) => {
    const made = edited(profile, 'segmentsWithMembers', { gone });
    return made.kind === 'wrong' ? made.errors : made.profile.reads.segmentsWithMembers.shape.member?.gone;
  };
  expect(goneOf(DEFAULT_PROFILE, '')).toBeUndefined();
  expect(goneOf(DEFAULT_PROFILE, 'account.removedAt')).toEqual(['account', 'removedAt']);
  expect(goneOf(DEFAULT_PROFILE, 'email')).toEqual({
    gone: 'admin.connection.profile.invalid.gone',
  });
  expect(goneOf(DEFAULT_PROFILE, 'a..deleted')).toEqual({
    gone: 'admin.connection.profile.invalid.place',
  });
  const learned = edited(DEFAULT_PROFILE, 'segmentsWithMembers', { gone: 'is_deleted' });
  if (learned.kind === 'wrong') throw new Error(JSON.stringify(learned.errors));
  expect(goneOf(learned.profile, '')).toEqual([]);
  expect(typedOf(learned.profile, 'segmentsWithMembers')).toMatchObject({ gone: 'is_deleted' });
});

test.each<[Part, Readonly<Record<string, string>>, (profile: SiteProfile) => unknown, unknown]>([
  ['key', { header: 'X-API-Key', scheme: ' ' }, ({ key }) => key, { header: 'X-API-Key', scheme: null }],
  ['ids', { ids: 'text' }, ({ ids }) => ids, 'text'],
  ['readPlan', { readPlan: 'per-segment' }, ({ readPlan }) => readPlan, 'per-segment'],
  [
    'listSegments',
    { path: '/api/v2/segments/?limit=1000', records: '', paging: 'page', parameter: 'page', first: '0' },
    ({ reads }) => [reads.listSegments.path, reads.listSegments.shape.records, reads.listSegments.paging],
    ['/api/v2/segments/?limit=1000', [], { kind: 'page', parameter: 'page', first: 0 }],
  ],
  [
    'segmentsWithMembers',
    { members: 'idm.members', memberId: '', email: '', paging: 'address', next: 'links.next' },
    ({ reads: { segmentsWithMembers: read } }) => [
      read.shape.members,
      read.shape.member?.id,
      read.shape.member?.email,
      read.paging,
    ],
    [['idm', 'members'], [], null, { kind: 'address', address: ['links', 'next'] }],
  ],
  [
    'move',
    { verb: 'PUT', path: '/api/v2/segments/{from}/manage-users/{to}' },
    ({ writes }) => writes.move,
    { verb: 'PUT', path: '/api/v2/segments/{from}/manage-users/{to}', users: 'users' },
  ],
  ['manage', { createSegment: '/v3/segments' }, ({ manage }) => manage, { createSegment: '/v3/segments' }],
])('%s can be corrected', (part, changed, seen, expected) => {
  const result = edited(DEFAULT_PROFILE, part, changed);
  expect(result.kind === 'ok' && seen(result.profile)).toEqual(expected);
});

test.each<[Part, Readonly<Record<string, string>>, string]>([
  ['key', { header: 'initiativeId' }, 'header'],
  ['key', { header: 'X API' }, 'header'],
  ['key', { scheme: 'Bearer token' }, 'scheme'],
  ['listSegments', { path: 'segments' }, 'path'],
  ['listSegments', { path: 'https://evil.example/segments' }, 'path'],
  ['listSegments', { id: '' }, 'id'],
  ['listSegments', { records: 'data..rows' }, 'records'],
  ['listSegments', { records: 'a.b.c.d.e.f.g.h.i' }, 'records'],
  ['segmentWithMembers', { path: '/api/v2/segments' }, 'path'],
  ['segmentWithMembers', { path: '/api/v2/segments/19' }, 'path'],
  ['segmentsWithMembers', { paging: 'page', parameter: 'a b' }, 'parameter'],
  ['segmentsWithMembers', { paging: 'cursor', parameter: 'after', next: '' }, 'next'],
  ['move', { path: '/api/v2/segments/{from}/manage-users' }, 'path'],
  ['move', { users: 'users[]' }, 'users'],
  ['add', { path: '/api/v2/segments/{to}/manage-users' }, 'path'],
  ['manage', { renameSegment: '/v3/segments' }, 'renameSegment'],
])('%s as %j is told at the field %s', (part, changed, field) => {
  const result = edited(DEFAULT_PROFILE, part, changed);
  expect(result.kind === 'wrong' && Object.keys(result.errors)).toEqual([field]);
});

test('a key with a dot in it is kept where the place was not changed', () => {
  const result = edited(LEARNED, 'segmentWithMembers', { total: '' });
  expect(result.kind === 'ok' && result.profile.reads.segmentWithMembers.shape.members).toEqual(['members.v2', 'list']);
});

test('only the fields that mean something as the others stand are shown', () => {
  const typed = typedOf(DEFAULT_PROFILE, 'listSegments');
  const shown = (paging: string) =>
    shownFields({ ...typed, paging }).filter((field) => ['parameter', 'first', 'next'].includes(field));
  expect(shown('none')).toEqual([]);
  expect(shown('link')).toEqual([]);
  expect(shown('page')).toEqual(['parameter', 'first']);
  expect(shown('offset')).toEqual(['parameter']);
  expect(shown('cursor')).toEqual(['parameter', 'next']);
  expect(shown('address')).toEqual(['next']);
});
