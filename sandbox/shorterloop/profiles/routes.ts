import type { NamedProfileInput } from '../profile';
import { refused, works } from './write';

const PUT_SEGMENT = { verb: 'PUT', path: '/api/v2/segments/{from}/segment-users/{to}' } as const;
const POST_MANAGE = { verb: 'POST', path: '/api/v2/segments/{from}/manage-users/{to}' } as const;
const PUT_MANAGE = { verb: 'PUT', path: '/api/v2/segments/{from}/manage-users/{to}' } as const;
const POST_SEGMENT = { verb: 'POST', path: '/api/v2/segments/{from}/segment-users/{to}' } as const;
const REMOVE_BY_PUT = { verb: 'PUT', path: '/api/v2/segments/{from}/manage-users' } as const;
const ADD = { verb: 'POST', path: '/api/v2/segments/{to}/segment-users' } as const;

const NO_REMOVAL = { remove: 'This server has no call that removes.' };
const SLASHED = {
  list: '/api/v2/segments/',
  all: '/api/v2/segments/segment-users/',
  one: '/api/v2/segments/{id}/segment-users/',
  move: { verb: 'PUT', path: '/api/v2/segments/{from}/segment-users/{to}/' },
  remove: { verb: 'POST', path: '/api/v2/segments/{from}/manage-users/' },
} as const;

/** Servers that differ in paths and verbs. */
export const ROUTE_PROFILES: readonly NamedProfileInput[] = [
  works('default', 'What the description of the API says, with its headings.', {}),
  works('default-with-adding', 'As described, and adding works too.', { routes: { add: [ADD] } }),
  works('move-post-manage', 'Moves by the route of the prose.', { routes: { move: [POST_MANAGE] } }),
  works('move-put-manage', 'The page’s own verb with its own route line.', { routes: { move: [PUT_MANAGE] } }),
  works('move-post-segment', 'The verb of the prose with the path of the heading.', {
    routes: { move: [POST_SEGMENT] },
  }),
  works('move-by-all-four', 'Every documented pair of verb and path moves.', {
    routes: { move: [PUT_SEGMENT, POST_MANAGE, PUT_MANAGE, POST_SEGMENT] },
  }),
  works('remove-put-manage', 'Removals by PUT.', { routes: { remove: [REMOVE_BY_PUT] } }),
  works('manage-by-put', 'Moves and removals by PUT on manage-users.', {
    routes: { move: [PUT_MANAGE], remove: [REMOVE_BY_PUT] },
  }),
  works('manage-by-post', 'Moves and removals by POST on manage-users, and adding.', {
    routes: {
      move: [POST_MANAGE],
      remove: [{ verb: 'POST', path: '/api/v2/segments/{from}/manage-users' }],
      add: [ADD],
    },
  }),
  works('wrong-verb-is-404', 'Another verb on a path is not found.', {
    routes: { move: [POST_SEGMENT], remove: [REMOVE_BY_PUT], wrongVerb: 404 },
    options: 'notFound',
  }),
  works(
    'remove-put-segment-users',
    'Removals by a path that is not documented, which support has told.',
    { routes: { remove: [{ verb: 'PUT', path: '/api/v2/segments/{from}/segment-users' }] } },
    { adminEnters: { remove: { verb: 'PUT', path: '/api/v2/segments/{from}/segment-users' } } },
  ),
  works(
    'remove-delete',
    'Removals by DELETE with a body.',
    { routes: { remove: [{ verb: 'DELETE', path: '/api/v2/segments/{from}/segment-users' }] } },
    { adminEnters: { remove: { verb: 'DELETE', path: '/api/v2/segments/{from}/segment-users' } } },
  ),
  works('no-removal', 'Nothing removes.', { routes: { remove: [] } }, { without: NO_REMOVAL }),
  works('no-all', 'Segments can be read one after the other only.', { routes: { all: null } }),
  works('no-one', 'All segments can be read at once only.', { routes: { one: null } }),
  works(
    'no-list',
    'The list of segments is the one that has their members in it.',
    { routes: { list: null } },
    { adminEnters: { list: '/api/v2/segments/segment-users' } },
  ),
  works(
    'other-version',
    'All paths stand under another version.',
    {
      routes: {
        list: '/api/v3/segments',
        all: '/api/v3/segments/segment-users',
        one: '/api/v3/segments/{id}/segment-users',
        move: [{ verb: 'PUT', path: '/api/v3/segments/{from}/segment-users/{to}' }],
        remove: [{ verb: 'POST', path: '/api/v3/segments/{from}/manage-users' }],
      },
    },
    {
      adminEnters: {
        list: '/api/v3/segments',
        all: '/api/v3/segments/segment-users',
        one: '/api/v3/segments/{id}/segment-users',
        move: { verb: 'PUT', path: '/api/v3/segments/{from}/segment-users/{to}' },
        remove: { verb: 'POST', path: '/api/v3/segments/{from}/manage-users' },
      },
    },
  ),
  works(
    'reads-elsewhere',
    'The reads have names of their own.',
    { routes: { list: '/api/v2/idm-segments', all: '/api/v2/idm-segments/members', one: '/api/v2/idm-segments/{id}' } },
    {
      adminEnters: {
        list: '/api/v2/idm-segments',
        all: '/api/v2/idm-segments/members',
        one: '/api/v2/idm-segments/{id}',
      },
    },
  ),
  works(
    'query-for-members',
    'Members are shown where the query asks for them.',
    {
      routes: {
        all: '/api/v2/segments/all?include=users',
        one: '/api/v2/segments/{id}?include=users',
      },
    },
    { adminEnters: { all: '/api/v2/segments/all?include=users', one: '/api/v2/segments/{id}?include=users' } },
  ),
  works(
    'slash-redirect-308',
    'A path without its last slash is redirected.',
    { routes: { slash: 'redirect308' } },
    {
      adminEnters: SLASHED,
    },
  ),
  works(
    'slash-redirect-301',
    'As many frameworks redirect: moved permanently.',
    { routes: { slash: 'redirect301' } },
    {
      adminEnters: SLASHED,
    },
  ),
  works(
    'slash-required',
    'A path without its last slash is not there.',
    { routes: { slash: 'required' } },
    {
      adminEnters: SLASHED,
    },
  ),
  works('slash-forbidden', 'A path with a slash at its end is not there.', { routes: { slash: 'forbidden' } }),
  works('options-501', 'OPTIONS is not implemented.', { options: 'notImplemented' }),
  works('options-404', 'OPTIONS is not found anywhere.', { options: 'notFound', routes: { move: [PUT_MANAGE] } }),
  works('options-lies', 'OPTIONS allows every verb on every path.', {
    options: 'lies',
    routes: { move: [POST_SEGMENT] },
  }),
  works('options-cors', 'OPTIONS speaks of other origins alone.', { options: 'cors', routes: { move: [POST_MANAGE] } }),
  works('options-silent', 'OPTIONS says nothing.', { options: 'none' }),
  works('get-runs-writes', 'A GET where a write listens runs it for everybody.', { deeds: { getRuns: true } }),
  works('get-runs-writes-by-post', 'The same with the other path of a move.', {
    deeds: { getRuns: true },
    routes: { move: [POST_MANAGE] },
  }),
  works(
    'rest-put-replaces',
    'Moves as described; PUT on a segment’s list replaces it, which nobody is to take for a removal.',
    {
      routes: { remove: [{ verb: 'PUT', path: '/api/v2/segments/{from}/segment-users' }] },
      deeds: { remove: 'replaces' },
    },
    { sensible: false, without: { remove: 'PUT on the list of a segment replaces it.' } },
  ),
  refused(
    'test',
    'rest-without-moves',
    [
      'Ordinary REST: the list of a segment is replaced, and nothing moves.',
      'There is no call that moves, and the one that replaces a list would lose everybody who joins in between.',
    ],
    {
      routes: { move: [], remove: [{ verb: 'PUT', path: '/api/v2/segments/{from}/segment-users' }] },
      deeds: { remove: 'replaces' },
    },
  ),
  refused(
    'check',
    'no-members',
    [
      'Segments are listed, and nothing tells who is in them.',
      'Nobody can see who is in a segment, so nothing can be confirmed.',
    ],
    { routes: { all: null, one: null } },
  ),
  refused(
    'check',
    'nothing-there',
    ['The address is another program’s.', 'None of the calls is there: this is no Shorter Loop.'],
    { routes: { list: null, all: null, one: null, move: [], remove: [] } },
  ),
];
