import type { NamedProfileInput } from '../profile';
import { works } from './write';

const ADD = { verb: 'POST', path: '/api/v2/segments/{to}/segment-users' } as const;
const BARE = { success: 'missing' } as const;

/** Servers in the styles that frameworks and standards have, as whole answers. */
export const STYLE_PROFILES: readonly NamedProfileInput[] = [
  works('style-graphql', 'Lists of edges, each with a node, as a layer over GraphQL writes them.', {
    envelope: {
      list: ['data', 'segments', 'edges'],
      all: ['data', 'segments', 'edges'],
      one: ['data', 'segment'],
      ...BARE,
    },
    fields: {
      segmentId: ['node', 'id'],
      segmentName: ['node', 'name'],
      members: ['node', 'members', 'edges'],
      memberId: ['node', 'id'],
      email: ['node', 'email'],
      firstName: null,
      lastName: null,
      fullName: ['node', 'displayName'],
    },
  }),
  works('style-hal', 'HAL: what belongs to something stands in _embedded.', {
    envelope: {
      list: ['_embedded', 'segments'],
      all: ['_embedded', 'segments'],
      one: ['_embedded', 'segment'],
      ...BARE,
    },
    fields: { members: ['_embedded', 'members'] },
    answers: { contentType: 'vendor' },
  }),
  works('style-json-api', 'JSON:API: attributes, relationships, and ids that are texts.', {
    envelope: BARE,
    ids: { segments: 'text', members: 'text', accepts: 'both' },
    fields: {
      segmentName: ['attributes', 'name'],
      members: ['relationships', 'users', 'data'],
      email: ['attributes', 'email'],
      firstName: ['attributes', 'first-name'],
      lastName: ['attributes', 'last-name'],
      uuids: true,
    },
    answers: { contentType: 'vendor' },
  }),
  works(
    'style-django',
    'Counts, next addresses, results, and underscores.',
    {
      envelope: { list: ['results'], all: ['results'], one: [], ...BARE },
      fields: {
        members: ['segment_members'],
        firstName: ['first_name'],
        lastName: ['last_name'],
        memberCount: ['member_count'],
      },
      paging: {
        list: { kind: 'address', size: 10, hints: ['total'] },
        all: { kind: 'address', size: 10, hints: ['total'] },
      },
      routes: { slash: 'redirect301' },
      people: { members: 60, segments: 14 },
    },
    {
      adminEnters: {
        list: '/api/v2/segments/',
        all: '/api/v2/segments/segment-users/',
        one: '/api/v2/segments/{id}/segment-users/',
        move: { verb: 'PUT', path: '/api/v2/segments/{from}/segment-users/{to}/' },
        remove: { verb: 'POST', path: '/api/v2/segments/{from}/manage-users/' },
      },
    },
  ),
  works('style-mongo', 'A UUID and a number in each record, and memberships with ids of their own.', {
    envelope: { list: ['payload', 'docs'], all: ['payload', 'docs'], one: ['payload'], ...BARE },
    fields: { uuids: true, noise: true, rowId: ['membershipId'], memberId: ['userId'], segmentName: ['title'] },
  }),
  works('style-points', 'A language without whole numbers: 12.0.', { answers: { points: true } }),
  works('style-206', 'Reads are answered as partial content.', { answers: { readStatus: 206 } }),
  works('style-203', 'A proxy changes the status of reads.', { answers: { readStatus: 203 } }),
  works('style-null-for-nobody', 'A segment without members has null for their list.', {
    fields: { nobody: 'null' },
    people: { emptyFirst: true },
    routes: { add: [ADD] },
  }),
  works('style-null-for-nobody-one-by-one', 'The same, where segments are read one after the other.', {
    fields: { nobody: 'null' },
    people: { emptyFirst: true },
    routes: { all: null },
  }),
  works('style-nothing-for-nobody-counted', 'A segment without members has no list of them, and a number says so.', {
    fields: { nobody: 'missing', memberCount: ['total_members'] },
    people: { emptyFirst: true },
    routes: { all: null },
  }),
  works('style-header-cursor', 'The next page’s cursor is in a header.', {
    paging: {
      list: { kind: 'header', size: 10, parameter: 'cursor', hints: [] },
      all: { kind: 'header', size: 10, parameter: 'cursor', hints: [] },
    },
    people: { members: 60, segments: 14 },
  }),
  works('style-all-only-and-pages', 'All at once only, in pages, with ids as texts.', {
    routes: { one: null },
    ids: { segments: 'text', members: 'text', accepts: 'text' },
    paging: {
      list: { kind: 'page', size: 10, hints: ['totalPages'] },
      all: { kind: 'page', size: 10, hints: ['totalPages'] },
    },
    people: { members: 60, segments: 14 },
  }),
  works('style-keyed-html', 'Objects by their ids, from a server that calls everything HTML.', {
    envelope: {
      form: 'byId',
      list: ['response', 'segments'],
      all: ['response', 'segments'],
      one: ['response'],
      ...BARE,
    },
    fields: { form: 'byId' },
    answers: { contentType: 'html' },
  }),
  works('style-attributes', 'What is known of a member stands under attributes, in two spellings.', {
    envelope: { list: ['data'], all: ['data'], one: ['data'], ...BARE },
    ids: { segments: 'text', members: 'text', accepts: 'both' },
    fields: {
      segmentName: ['attributes', 'displayName'],
      members: ['relationships', 'segment_members', 'data'],
      email: ['attributes', 'emailAddress'],
      firstName: ['attributes', 'first_name'],
      lastName: ['attributes', 'last_name'],
    },
  }),
  works('style-pages-from-zero', 'Pages count from 0, tell the total in a header, and come as partial content.', {
    paging: {
      list: { kind: 'page', size: 10, first: 0, hints: ['totalHeader'] },
      all: { kind: 'page', size: 10, first: 0, hints: ['totalHeader'] },
    },
    people: { members: 60, segments: 14 },
    answers: { readStatus: 206 },
  }),
  works('style-jobs', 'Writes are jobs: 202, nothing in the answer, and done twenty seconds later.', {
    answers: { writeStatus: 202, writeBody: 'none' },
    lag: { queueMs: 20_000 },
  }),
  works('style-nameless-cut-invite', 'A segment without a name, a pending invite in it, and members twice.', {
    bad: { nameless: 1, invites: 1, repeated: true },
  }),
];
