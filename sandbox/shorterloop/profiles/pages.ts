import type { NamedProfileInput, ServerProfileInput } from '../profile';
import { refused, works } from './write';

type Cut = NonNullable<NonNullable<ServerProfileInput['paging']>['list']>;
const MANY = { members: 260, segments: 24 };

const cutAll = (paging: Cut): ServerProfileInput => ({ paging: { list: paging, all: paging }, people: MANY });
const cutOne = (paging: Cut): ServerProfileInput => ({
  paging: { one: paging },
  routes: { all: null },
  people: { members: 200, segments: 5 },
});

/** Servers that cut their lists. */
export const PAGE_PROFILES: readonly NamedProfileInput[] = [
  works(
    'pages-next-page',
    'Pages of 10, and each says which is next.',
    cutAll({ kind: 'page', size: 10, hints: ['nextPage', 'total'] }),
  ),
  works(
    'pages-has-next',
    'Pages of 10, and each says whether there is another.',
    cutAll({ kind: 'page', size: 10, hints: ['hasNext'] }),
  ),
  works(
    'pages-total',
    'Pages of 10, and each says how many there are in all.',
    cutAll({ kind: 'page', size: 10, hints: ['total'] }),
  ),
  works(
    'pages-total-pages',
    'Pages of 10, and each says how many pages there are.',
    cutAll({ kind: 'page', size: 10, hints: ['totalPages'] }),
  ),
  works(
    'pages-meta',
    'Pages of 10, told in meta.',
    cutAll({ kind: 'page', size: 10, hints: ['meta', 'total', 'totalPages'] }),
  ),
  works(
    'pages-pagination',
    'Pages of 10, told in pagination.',
    cutAll({ kind: 'page', size: 10, hints: ['pagination', 'total', 'nextPage'] }),
  ),
  works(
    'pages-from-zero',
    'The first page is number 0.',
    cutAll({ kind: 'page', size: 10, first: 0, hints: ['nextPage', 'total'] }),
  ),
  works(
    'pages-offset',
    'Goes on by an offset.',
    cutAll({ kind: 'offset', size: 10, parameter: 'offset', hints: ['total'] }),
  ),
  works(
    'pages-skip',
    'Goes on by skip, which the answer tells back.',
    cutAll({ kind: 'offset', size: 10, parameter: 'skip', hints: ['meta', 'total', 'echo'] }),
  ),
  works('pages-cursor', 'Goes on by a cursor.', cutAll({ kind: 'cursor', size: 10, parameter: 'cursor', hints: [] })),
  works(
    'pages-cursor-meta',
    'Goes on by a cursor in meta.',
    cutAll({ kind: 'cursor', size: 10, parameter: 'cursor', hints: ['meta'] }),
  ),
  works(
    'pages-address',
    'The address of the next page stands in next.',
    cutAll({ kind: 'address', size: 10, hints: ['total'] }),
  ),
  works(
    'pages-address-grouped',
    'The address of the next page stands in pagination.',
    cutAll({ kind: 'address', size: 10, hints: ['pagination'] }),
  ),
  works('pages-link', 'The next page stands in the header Link.', cutAll({ kind: 'link', size: 10, hints: [] })),
  works('pages-link-20', 'Pages of 20 by the header Link.', cutAll({ kind: 'link', size: 20, hints: ['totalHeader'] })),
  works(
    'pages-members-link',
    'The members of one segment are cut, by Link.',
    cutOne({ kind: 'link', size: 25, hints: [] }),
  ),
  works(
    'pages-members-next',
    'The members of one segment are cut, with the next page’s number.',
    cutOne({ kind: 'page', size: 20, hints: ['nextPage', 'total'] }),
  ),
  works(
    'pages-members-offset',
    'The members of one segment are cut, by an offset.',
    cutOne({ kind: 'offset', size: 20, parameter: 'offset', hints: ['total'] }),
  ),
  works(
    'pages-members-cursor',
    'The members of one segment are cut, by a cursor.',
    cutOne({ kind: 'cursor', size: 20, parameter: 'cursor', hints: [] }),
  ),
  works(
    'pages-by-size',
    'Pages of 20 that say nothing of themselves; the query takes a limit, as support has told.',
    cutAll({ kind: 'page', size: 20, hints: [], honoured: false, sizeParameter: 'limit' }),
    { adminEnters: { list: '/api/v2/segments?limit=1000', all: '/api/v2/segments/segment-users?limit=1000' } },
  ),
  works('pages-list-only', 'Only the list of segments is cut.', {
    paging: { list: { kind: 'page', size: 10, hints: ['nextPage', 'total'] } },
    people: MANY,
  }),
  works('whole-twenty', 'Exactly 20 segments, and that is all of them.', { people: { members: 80, segments: 18 } }),
  refused(
    'check',
    'pages-without-way',
    [
      'Ten of 26 segments, with the number of all, and no way to the rest.',
      'The list says that it is cut, and gives nothing more.',
    ],
    cutAll({ kind: 'page', size: 10, hints: ['total'], honoured: false }),
  ),
  refused(
    'check',
    'pages-silent',
    [
      'Twenty of 26 segments, and not a word.',
      'The list looks whole and is not; the admin who knows says so, and there is no way to the rest.',
    ],
    cutAll({ kind: 'page', size: 20, hints: [], honoured: false }),
  ),
  refused(
    'check',
    'members-cut-with-count',
    [
      'Ten members of each segment, and how many there are.',
      'The answer says itself that it does not show all members, and nothing shows the others.',
    ],
    {
      fields: { memberCount: ['memberCount'] },
      bad: { oneShows: 10, allShows: 10 },
      people: { members: 200, segments: 5 },
    },
  ),
  refused(
    'check',
    'one-shows-ten',
    [
      'The read of one segment shows ten members, that of all shows all.',
      'Two reads contradict each other about the same segment, and nothing tells which one is right.',
    ],
    { bad: { oneShows: 10 }, people: { members: 200, segments: 5 } },
  ),
  works(
    'all-shows-ten',
    'The read of all segments shows ten members of each, that of one shows all, which a look at a large one tells.',
    { bad: { allShows: 10 }, people: { members: 200, segments: 5 } },
    { sensible: false },
  ),
];
