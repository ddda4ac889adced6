import type { NamedProfileInput } from '../profile';
import { works } from './write';

const ADD = { verb: 'POST', path: '/api/v2/segments/{to}/segment-users' } as const;
const PUT_MANAGE = { verb: 'PUT', path: '/api/v2/segments/{from}/manage-users/{to}' } as const;
const POST_MANAGE = { verb: 'POST', path: '/api/v2/segments/{from}/manage-users/{to}' } as const;
const TEXT_IDS = { segments: 'text', members: 'text', accepts: 'text' } as const;
const NESTED = {
  memberId: ['user', 'id'],
  email: ['user', 'email'],
  firstName: ['user', 'firstName'],
  lastName: ['user', 'lastName'],
};
const at = (...keys: string[]) => ({ list: keys, all: keys, one: keys });

/** Servers with several peculiarities at once, as real ones have. */
export const MIXED_PROFILES: readonly NamedProfileInput[] = [
  works('mixed-raw-key-pages', 'Another envelope, ids as texts, pages of 20 and a bare key.', {
    key: { scheme: null },
    envelope: { ...at('result'), success: 'missing' },
    ids: TEXT_IDS,
    paging: {
      list: { kind: 'page', size: 20, hints: ['nextPage', 'total'] },
      all: { kind: 'page', size: 20, hints: ['nextPage', 'total'] },
    },
    people: { members: 120, segments: 30 },
  }),
  works('mixed-rest-api-key', 'A key header, bare lists, Link and PUT on manage-users.', {
    key: { header: 'X-API-Key', scheme: null },
    envelope: { ...at(), success: 'missing' },
    paging: { list: { kind: 'link', size: 10, hints: [] }, all: { kind: 'link', size: 10, hints: [] } },
    routes: { move: [PUT_MANAGE] },
    people: { members: 80, segments: 15 },
  }),
  works('mixed-rows-and-lag', 'data.rows, memberships with ids of their own, and reads behind.', {
    envelope: { list: ['data', 'rows'], all: ['data', 'rows'], one: ['data'] },
    fields: { rowId: ['id'], memberId: ['userId'] },
    lag: { reads: { all: 4_000, one: 4_000 } },
  }),
  works('mixed-nested-one-by-one', 'Nested users, ids as texts, read one after the other.', {
    fields: { ...NESTED, rowId: ['id'], members: ['segmentUsers'] },
    ids: TEXT_IDS,
    routes: { all: null, move: [POST_MANAGE] },
  }),
  works('mixed-queue-and-limit', 'A queue, ten requests a minute, and no count.', {
    lag: { queueMs: 3_000 },
    answers: { writeStatus: 202, count: 'missing' },
    limit: { requests: 10 },
  }),
  works('mixed-invites-and-titles', 'Titles, idmMembers, pending invites and null rows.', {
    fields: { segmentName: ['title'], members: ['idmMembers'] },
    bad: { invites: 2, nullRows: 1 },
  }),
  works('mixed-cache-and-cursor', 'Kept answers and a cursor.', {
    lag: { cacheMs: { all: 20_000, one: 20_000, list: 20_000 } },
    paging: {
      list: { kind: 'cursor', size: 10, parameter: 'cursor', hints: [] },
      all: { kind: 'cursor', size: 10, parameter: 'cursor', hints: [] },
    },
    people: { members: 90, segments: 14 },
  }),
  works('mixed-text-everywhere', 'text/plain, success as text, ids as texts, count as text.', {
    answers: { contentType: 'text', count: 'text' },
    envelope: { success: 'text' },
    ids: TEXT_IDS,
  }),
  works('mixed-latin-one-by-one', 'Latin-1, a forbidden segment, and one after the other.', {
    answers: { charset: 'latin1' },
    bad: { forbidden: 1 },
    routes: { all: null },
  }),
  works('mixed-get-runs-and-lies', 'GET runs writes, and OPTIONS allows everything.', {
    deeds: { getRuns: true },
    options: 'lies',
    routes: { move: [PUT_MANAGE], add: [ADD] },
  }),
  works('mixed-members-alone-and-count', 'Members alone in data.users, and a number beside the list.', {
    fields: { one: 'members', memberCount: ['memberCount'] },
    envelope: { one: ['data', 'users'], list: ['data', 'segments'], all: ['data', 'segments'] },
  }),
  works('mixed-bom-and-bare-ids', 'A byte order mark, and members as bare ids.', {
    answers: { charset: 'bom' },
    fields: { form: 'bareIds' },
    envelope: { success: 'one' },
  }),
  works('mixed-403-and-pages', 'A wrong key is forbidden, lists are cut by an offset.', {
    key: { refusal: '403', scheme: null },
    paging: {
      list: { kind: 'offset', size: 10, parameter: 'offset', hints: ['meta'] },
      all: { kind: 'offset', size: 10, parameter: 'offset', hints: ['meta'] },
    },
    people: { members: 70, segments: 16 },
  }),
  works('mixed-snake', 'Underscores, result, snake addresses, 204.', {
    envelope: { ...at('result'), success: 'missing' },
    fields: {
      segmentName: ['segment_name'],
      members: ['segment_users'],
      firstName: ['first_name'],
      lastName: ['last_name'],
      memberId: ['user_id'],
      rowId: ['id'],
    },
    answers: { writeStatus: 204 },
  }),
  works('mixed-by-id-and-noise', 'Objects by ids, noise, and no type.', {
    envelope: { form: 'byId' },
    fields: { noise: true, memberCount: ['memberCount'] },
    answers: { contentType: 'none' },
  }),
  works('mixed-one-in-list-and-lag', 'A list of one, PUT on manage-users, a lag, no count.', {
    fields: { one: 'listOfOne' },
    routes: { move: [PUT_MANAGE], all: null },
    lag: { reads: { one: 3_000 } },
    answers: { count: 'missing' },
  }),
  works('mixed-json-texts', 'Lists as texts, members as texts, success 1.', {
    envelope: { form: 'text', success: 'one' },
    fields: { form: 'text' },
  }),
  works('mixed-first-only-and-row-ids', 'Only the first of a request, and memberships with ids.', {
    deeds: { move: 'firstOnly' },
    fields: { rowId: ['id'], memberId: ['userId'] },
  }),
  works('mixed-limit-and-one-by-one', 'Thirty requests a minute, and one segment after the other.', {
    limit: { requests: 30 },
    routes: { all: null },
  }),
  works('mixed-members-cut-and-text-ids', 'Cut members with ids as texts, and a bare key.', {
    key: { scheme: null },
    ids: TEXT_IDS,
    routes: { all: null },
    paging: { one: { kind: 'page', size: 20, hints: ['pagination', 'nextPage'] } },
    people: { members: 150, segments: 4 },
  }),
  works('mixed-utf16-and-deep', 'UTF-16, three keys deep, ok as text.', {
    answers: { charset: 'utf16le', writeBody: 'text' },
    envelope: {
      list: ['response', 'payload', 'items'],
      all: ['response', 'payload', 'items'],
      one: ['response', 'payload'],
    },
  }),
  works('mixed-empty-200-and-header', 'A key header, and nothing under 200 for a wrong key.', {
    key: { header: 'X-API-Key', scheme: null, refusal: 'empty200' },
    envelope: { ...at('results'), success: 'missing' },
  }),
  works('mixed-queue-and-one-by-one', 'A queue, one segment after the other, and adding.', {
    lag: { queueMs: 6_000 },
    answers: { writeStatus: 202, writeBody: 'none' },
    routes: { all: null, add: [ADD] },
  }),
  works('mixed-odd-records', 'A nameless segment, an odd address, an invite, somebody twice.', {
    bad: { nameless: 1, oddEmails: 2, invites: 1, repeated: true },
    routes: { add: [ADD] },
  }),
];
