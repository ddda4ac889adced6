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
];
