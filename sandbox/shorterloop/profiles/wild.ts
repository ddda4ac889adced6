import type { NamedProfileInput, ServerProfileInput } from '../profile';
import { refused, works } from './write';

const ADD = { verb: 'POST', path: '/api/v2/segments/{to}/segment-users' } as const;
const BARE = { success: 'missing' } as const;
const MANY = { members: 90, segments: 23 };
type Cut = NonNullable<NonNullable<ServerProfileInput['paging']>['list']>;

const cutAll = (paging: Cut): ServerProfileInput => ({ paging: { list: paging, all: paging }, people: MANY });
const cutOne = (paging: Cut): ServerProfileInput => ({
  paging: { one: paging },
  routes: { all: null },
  people: { members: 200, segments: 5 },
});
const ONLY_NUMBERS = 'The documented ids are whole numbers, and the documented writes take nothing else.';

/** Ids that are no numbers, lists and members that stand elsewhere. */
const RECORDS: readonly NamedProfileInput[] = [
  refused('check', 'ids-segments-uuid', ['Segments have UUIDs.', ONLY_NUMBERS], { ids: { segments: 'uuid' } }),
  refused('check', 'ids-segments-letters', ['Segments have ids with letters.', ONLY_NUMBERS], {
    ids: { segments: 'letters' },
  }),
  refused('check', 'ids-members-letters', ['Members have ids with letters.', ONLY_NUMBERS], {
    ids: { members: 'letters' },
  }),
  refused('check', 'ids-all-uuid-json-api', ['JSON:API with UUIDs everywhere.', ONLY_NUMBERS], {
    envelope: BARE,
    ids: { segments: 'uuid', members: 'uuid' },
    fields: { segmentName: ['attributes', 'name'], members: ['relationships', 'users', 'data'], included: true },
  }),
  works('keyed-only-members', 'Members are an object by their ids, and have no id in it.', {
    fields: { form: 'byId', keyedOnly: true },
  }),
  works('keyed-only-all', 'Segments and members are objects by their ids, and have no id in them.', {
    envelope: { form: 'byId' },
    fields: { form: 'byId', keyedOnly: true },
  }),
  works('keyed-only-one-by-one', 'Members by their ids, read one segment after the other.', {
    fields: { form: 'byId', keyedOnly: true },
    routes: { all: null },
  }),
  works('json-api-included', 'JSON:API: members are references, and what is known of them stands in included.', {
    envelope: BARE,
    ids: { segments: 'text', members: 'text', accepts: 'both' },
    fields: { segmentName: ['attributes', 'name'], members: ['relationships', 'users', 'data'], included: true },
    answers: { contentType: 'vendor' },
  }),
  works('emails-list', 'Members have a list of addresses.', { fields: { email: ['emails'], emailForm: 'list' } }),
  works('emails-records', 'Addresses stand in records of a list.', {
    fields: { email: ['emails'], emailForm: 'records' },
  }),
  works('emails-records-one-by-one', 'The same, one segment after the other.', {
    fields: { email: ['contact', 'emails'], emailForm: 'records' },
    routes: { all: null },
  }),
  works('names-absent', 'Members have an address and no name.', { fields: { firstName: null, lastName: null } }),
  works('folders', 'Segments stand in folders.', { envelope: { folders: 3 }, people: { members: 40, segments: 9 } }),
  works('folders-one-by-one', 'The same, and segments are read one after the other.', {
    envelope: { folders: 2 },
    routes: { all: null },
  }),
  works('spelled-snake', 'Keys with underscores.', {
    envelope: { spelling: 'snake' },
    fields: { memberCount: ['memberCount'], members: ['segmentUsers'], segmentName: ['segmentName'] },
  }),
  works('spelled-kebab', 'Keys with hyphens.', {
    envelope: { spelling: 'kebab' },
    fields: { memberCount: ['memberCount'], members: ['segmentUsers'], segmentName: ['segmentName'] },
  }),
  works('spelled-pascal', 'Keys that begin with capitals.', {
    envelope: { spelling: 'pascal' },
    fields: { memberCount: ['memberCount'], rowId: ['rowId'] },
  }),
  works('spelled-pascal-pages', 'The same, in pages.', {
    ...cutAll({ kind: 'page', size: 10, hints: ['total', 'hasNext'] }),
    envelope: { spelling: 'pascal' },
  }),
  works('count-behind-and-ahead', 'Numbers of members that are kept by hand: too high here, too low there.', {
    fields: { memberCount: ['members_count'] },
    bad: { countAhead: 2, countBehind: 1 },
  }),
  works('count-behind', 'Numbers of members that are too low.', {
    fields: { memberCount: ['members_count'] },
    bad: { countBehind: 1 },
  }),
  works('count-ahead', 'Numbers of members that are too high, for every second segment, in all reads alike.', {
    fields: { memberCount: ['members_count'] },
    bad: { countAhead: 2 },
  }),
  refused(
    'check',
    'members-cut-at-twelve',
    [
      'Twelve members of each segment, and how many there are.',
      'The answer says itself that it does not show all members, and nothing shows the others.',
    ],
    {
      fields: { memberCount: ['members_count'] },
      bad: { oneShows: 12, allShows: 12 },
      people: { members: 200, segments: 5 },
    },
  ),
];

const DELETED = { at: ['deleted'], here: false, gone: true };

/** Those who have left stay in the lists, with a word of it. */
const FORMER: readonly NamedProfileInput[] = [
  works('former-deleted', 'Former members stay in the lists as deleted.', {
    fields: { gone: DELETED },
    bad: { former: 3 },
  }),
  works('former-deleted-one-by-one', 'The same, one segment after the other.', {
    fields: { gone: DELETED },
    bad: { former: 3 },
    routes: { all: null, add: [ADD] },
  }),
  works('former-deleted-at', 'Former members have a time at which they were deleted.', {
    fields: { gone: { at: ['deletedAt'], here: null, gone: '2026-03-01T08:00:00.000Z' } },
    bad: { former: 2 },
    routes: { add: [ADD] },
  }),
  works('former-is-deleted-1', 'Former members have is_deleted 1, and row ids.', {
    fields: { gone: { at: ['is_deleted'], here: 0, gone: 1 }, rowId: ['id'], memberId: ['userId'] },
    bad: { former: 2 },
  }),
  works('former-status', 'Former members have the status removed.', {
    fields: { gone: { at: ['status'], here: 'active', gone: 'removed' } },
    bad: { former: 2 },
  }),
  works('former-inactive', 'Former members have is_active 0.', {
    fields: { gone: { at: ['is_active'], here: 1, gone: 0 } },
    bad: { former: 2 },
  }),
  works('former-later', 'Nobody has left yet; whoever does stays in the list as deleted.', {
    fields: { gone: DELETED },
  }),
  works('former-later-inactive', 'Nobody has left yet; whoever does has isActive false.', {
    fields: { gone: { at: ['isActive'], here: true, gone: false } },
    routes: { all: null },
  }),
];

/** Lists that go on or end in other ways. */
const PAGES: readonly NamedProfileInput[] = [
  works(
    'pages-then-404',
    'Behind the last page there is 404.',
    cutAll({ kind: 'page', size: 10, hints: [], behind: '404' }),
  ),
  works(
    'pages-then-416',
    'Behind the last page there is 416.',
    cutAll({ kind: 'page', size: 10, hints: [], behind: '416' }),
  ),
  works(
    'pages-then-400',
    'Behind the last page there is 400.',
    cutAll({ kind: 'page', size: 10, hints: [], behind: '400' }),
  ),
  works(
    'pages-then-204',
    'Behind the last page there is nothing.',
    cutAll({ kind: 'page', size: 10, hints: [], behind: '204' }),
  ),
  works(
    'pages-then-500-has-more',
    'Behind the last page the server breaks, and has_more tells that there is none.',
    cutAll({ kind: 'page', size: 10, hints: ['hasMore'], behind: '500' }),
  ),
  works(
    'pages-then-500-total',
    'Behind the last page the server breaks, and a total tells where the list ends.',
    cutAll({ kind: 'page', size: 10, hints: ['total'], behind: '500' }),
  ),
  refused(
    'test',
    'pages-then-500',
    [
      'Behind the last page the server breaks, and nothing tells which one is the last.',
      'A page that fails may be one in the middle: whoever takes it for the end loses everybody behind it.',
    ],
    cutAll({ kind: 'page', size: 10, hints: [], behind: '500' }),
  ),
  works('pages-has-more', 'Pages of 10 with has_more alone.', cutAll({ kind: 'page', size: 10, hints: ['hasMore'] })),
  works(
    'pages-has-more-offset',
    'An offset, with has_more alone, and 416 behind the end.',
    cutAll({ kind: 'offset', size: 10, parameter: 'offset', hints: ['hasMore'], behind: '416' }),
  ),
  works(
    'pages-next-path',
    'The next page’s address is a path.',
    cutAll({ kind: 'address', size: 10, hints: ['total'], addresses: 'path' }),
  ),
  works(
    'pages-next-query',
    'The next page’s address is a query alone.',
    cutAll({ kind: 'address', size: 10, hints: ['pagination'], addresses: 'query' }),
  ),
  works(
    'pages-link-path',
    'The header Link has a path.',
    cutAll({ kind: 'link', size: 10, hints: [], addresses: 'path' }),
  ),
  works(
    'pages-zero-404',
    'Pages from 0, and 404 behind the last.',
    cutAll({ kind: 'page', size: 10, first: 0, hints: ['hasNext'], behind: '404' }),
  ),
  works(
    'pages-overlap',
    'Lists that grow in front while they are read: each page begins with the last record of the one before.',
    cutAll({ kind: 'page', size: 10, hints: ['total'], overlap: 1 }),
  ),
  works(
    'pages-overlap-offset',
    'The same by an offset.',
    cutAll({ kind: 'offset', size: 5, parameter: 'offset', hints: ['total'], overlap: 1 }),
  ),
  works(
    'pages-overlap-next',
    'The same, with the number of the next page.',
    cutAll({ kind: 'page', size: 5, hints: ['nextPage'], overlap: 2 }),
  ),
  works(
    'pages-members-overlap',
    'The members of one segment in pages that overlap.',
    cutOne({ kind: 'page', size: 20, hints: ['total'], overlap: 2 }),
  ),
  works(
    'pages-members-then-404',
    'The members of one segment in pages, and 404 behind the last.',
    cutOne({ kind: 'page', size: 20, hints: [], behind: '404' }),
  ),
  works(
    'pages-members-has-more-500',
    'The members of one segment in pages with has_more, and the server breaks behind the last.',
    cutOne({ kind: 'page', size: 20, hints: ['hasMore'], behind: '500' }),
  ),
];

/** Paths that are found out. */
const PATHS: readonly NamedProfileInput[] = [
  works(
    'slash-found',
    'Every path ends with a slash: the check finds the reads by itself, and the writes are from support.',
    { routes: { slash: 'required' } },
    {
      adminEnters: {
        move: { verb: 'PUT', path: '/api/v2/segments/{from}/segment-users/{to}/' },
        remove: { verb: 'POST', path: '/api/v2/segments/{from}/manage-users/' },
      },
    },
  ),
];

/** What writes say, and how it is told that something can't be done. */
const ANSWERS: readonly NamedProfileInput[] = [
  works('write-207', 'Writes say of each person what was done.', {
    answers: { writeStatus: 207, writeBody: 'items' },
    routes: { add: [ADD] },
  }),
  works('write-207-first-ten', 'The same, and only ten of a request are done.', {
    answers: { writeStatus: 207, writeBody: 'items' },
    deeds: { move: 'firstOnly' },
  }),
  works('write-202-job', 'Writes are jobs with an id, done ten seconds later.', {
    answers: { writeStatus: 202, writeBody: 'job' },
    lag: { queueMs: 10_000 },
    routes: { add: [ADD] },
  }),
  works('write-json-text', 'Writes are answered by a text in quotation marks.', { answers: { writeBody: 'jsonText' } }),
  works('write-empty-200', 'Writes are answered by nothing under 200, removals and adding too.', {
    answers: { writeBody: 'none' },
    routes: { add: [ADD] },
  }),
  works('refusals-errors-200', 'What can’t be done is told by errors under 200, as by GraphQL.', {
    answers: { refusals: 'errors200' },
    envelope: { success: 'missing' },
  }),
  works('refusals-errors-200-forbidden', 'The same, with a segment that may not be read.', {
    answers: { refusals: 'errors200' },
    envelope: { success: 'missing' },
    bad: { forbidden: 1 },
    routes: { all: null },
  }),
  works('refusals-page', 'What can’t be done is told by pages, 401 too.', {
    answers: { refusals: 'page' },
    key: { refusal: '401page' },
    routes: { move: [{ verb: 'PUT', path: '/api/v2/segments/{from}/manage-users/{to}' }] },
  }),
  works('refusals-problem', 'What can’t be done is told as a problem, with a type and a title.', {
    answers: { refusals: 'problem' },
    key: { refusal: '403' },
  }),
  works('refusals-words', 'What can’t be done is told in plain words.', {
    answers: { refusals: 'words' },
    key: { refusal: '403' },
    routes: { all: null },
  }),
  works('limit-by-403', 'Ten requests a minute; more are forbidden, with words of why.', {
    limit: { requests: 10, status: 403 },
  }),
  works('limit-by-200', 'Ten requests a minute; more are answered by success: false, with words of why.', {
    limit: { requests: 10, status: 200, retryAfter: 'none' },
  }),
  works('limit-by-503', 'Ten requests a minute; more are told to come again.', {
    limit: { requests: 10, status: 503 },
  }),
  refused(
    'check',
    'xml',
    ['Answers are XML.', 'The documented answers are JSON, and nothing else can be read safely.'],
    {
      answers: { markup: 'xml' },
    },
  ),
  refused(
    'check',
    'pages-of-html',
    ['Answers are pages for people.', 'The documented answers are JSON; a page says nothing that could be relied on.'],
    { answers: { markup: 'page' } },
  ),
];

/** Servers of kinds that come from elsewhere: what other vendors' APIs do. */
export const WILD_PROFILES: readonly NamedProfileInput[] = [...RECORDS, ...FORMER, ...PAGES, ...PATHS, ...ANSWERS];
