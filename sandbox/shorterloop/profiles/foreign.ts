import type { NamedProfileInput, ServerProfileInput } from '../profile';
import { refused, works } from './write';

const ADD = { verb: 'POST', path: '/api/v2/segments/{to}/segment-users' } as const;
const BARE = { success: 'missing' } as const;
const MANY = { members: 60, segments: 23 };
type Cut = NonNullable<NonNullable<ServerProfileInput['paging']>['list']>;
const at = (...keys: string[]) => ({ list: keys, all: keys, one: keys });
const ONLY_NUMBERS = 'The documented ids are whole numbers, and the documented writes take nothing else.';

const cutAll = (paging: Cut, further: ServerProfileInput = {}): ServerProfileInput => ({
  paging: { list: paging, all: paging },
  people: MANY,
  ...further,
});

/** Pages as frameworks and other vendors tell of them. */
const PAGES: readonly NamedProfileInput[] = [
  works(
    'pages-odata',
    'OData: value, @odata.count and @odata.nextLink.',
    cutAll(
      { kind: 'address', size: 10, parameter: '$skiptoken', style: 'odata' },
      { envelope: { list: ['value'], all: ['value'], one: [], ...BARE } },
    ),
  ),
  works(
    'pages-odata-pascal',
    'The same, with keys that begin with capitals.',
    cutAll(
      { kind: 'address', size: 10, parameter: 'skip', style: 'odata' },
      {
        envelope: { list: ['value'], all: ['value'], one: [], ...BARE },
        fields: {
          segmentId: ['SegmentId'],
          segmentName: ['DisplayName'],
          members: ['Members'],
          memberId: ['UserId'],
          email: ['Mail'],
          firstName: ['GivenName'],
          lastName: ['Surname'],
        },
      },
    ),
  ),
  works(
    'pages-relay',
    'Relay: pageInfo with an end cursor.',
    cutAll({ kind: 'cursor', size: 10, parameter: 'after', style: 'relay' }),
  ),
  works(
    'pages-spring',
    'Spring: content, and last, number and totalPages beside it; pages from 0.',
    cutAll(
      { kind: 'page', size: 10, first: 0, style: 'spring' },
      { envelope: { list: ['content'], all: ['content'], one: [], ...BARE } },
    ),
  ),
  works(
    'pages-spring-page',
    'Spring: the same in page.',
    cutAll(
      { kind: 'page', size: 10, first: 0, style: 'springPage' },
      { envelope: { list: ['_embedded', 'segments'], all: ['_embedded', 'segments'], one: [], ...BARE } },
    ),
  ),
  works(
    'pages-laravel',
    'Laravel: current_page, last_page and next_page_url.',
    cutAll({ kind: 'page', size: 10, style: 'laravel' }),
  ),
  works(
    'pages-hal',
    'HAL: _links with next and its href.',
    cutAll(
      { kind: 'address', size: 10, style: 'hal' },
      { envelope: { list: ['_embedded', 'segments'], all: ['_embedded', 'segments'], one: [], ...BARE } },
    ),
  ),
  works(
    'pages-hal-path',
    'The same, with a path alone.',
    cutAll({ kind: 'address', size: 10, style: 'hal', addresses: 'path' }),
  ),
  works(
    'pages-json-api',
    'JSON:API: links.next, and page[number] in the query.',
    cutAll({ kind: 'address', size: 10, parameter: 'page[number]', style: 'jsonApi' }, { envelope: BARE }),
  ),
  works(
    'pages-google',
    'A token of the next page, which the query takes as pageToken.',
    cutAll({ kind: 'cursor', size: 10, parameter: 'pageToken', style: 'google' }),
  ),
  works(
    'pages-azure',
    'A continuation token.',
    cutAll({ kind: 'cursor', size: 10, parameter: 'continuationToken', style: 'azure' }),
  ),
  works(
    'pages-hubspot',
    'paging.next.after, in results.',
    cutAll(
      { kind: 'cursor', size: 10, parameter: 'after', style: 'hubspot' },
      { envelope: { list: ['results'], all: ['results'], one: [], ...BARE } },
    ),
  ),
  works(
    'pages-slack',
    'response_metadata.next_cursor, which is empty on the last page.',
    cutAll(
      { kind: 'cursor', size: 10, parameter: 'cursor', style: 'slack' },
      { envelope: { ...at('segments'), ...BARE } },
    ),
  ),
  works(
    'pages-zendesk',
    'meta.has_more and links.next.',
    cutAll({ kind: 'address', size: 10, parameter: 'page[after]', style: 'zendesk' }),
  ),
  works(
    'pages-gitlab',
    'X-Page, X-Next-Page and X-Total in headers.',
    cutAll({ kind: 'page', size: 10, style: 'gitlab' }, { envelope: { ...at(), ...BARE } }),
  ),
  works(
    'pages-content-range',
    'Content-Range and 206.',
    cutAll(
      { kind: 'offset', size: 10, parameter: 'offset', style: 'contentRange' },
      { envelope: { ...at(), ...BARE }, answers: { readStatus: 206 } },
    ),
  ),
  works(
    'pages-elastic',
    'hits.hits, and the number of all in hits.total.value.',
    cutAll(
      { kind: 'offset', size: 10, parameter: 'from', style: 'elastic' },
      { envelope: { list: ['hits', 'hits'], all: ['hits', 'hits'], one: [], ...BARE } },
    ),
  ),
  works('pages-last-id', 'has_more alone; pages are numbered.', cutAll({ kind: 'page', size: 10, style: 'lastId' })),
  works('pages-members-relay', 'The members of one segment by an end cursor.', {
    paging: { one: { kind: 'cursor', size: 20, parameter: 'after', style: 'relay' } },
    routes: { all: null },
    people: { members: 120, segments: 4 },
  }),
  works('pages-members-spring', 'The members of one segment alone, in content.', {
    paging: { one: { kind: 'page', size: 20, first: 0, style: 'spring' } },
    fields: { one: 'members' },
    envelope: { one: ['content'], list: ['data'], all: ['data'] },
    routes: { all: null },
    people: { members: 120, segments: 4 },
  }),
  works('pages-members-odata', 'The members of one segment alone, in value.', {
    paging: { one: { kind: 'address', size: 20, parameter: '$skip', style: 'odata' } },
    fields: { one: 'members' },
    envelope: { one: ['value'], list: ['value'], all: ['value'], ...BARE },
    routes: { all: null },
    people: { members: 120, segments: 4 },
  }),
];

/** Lists that say nothing of themselves, and pages that other words count. */
const SILENT: readonly NamedProfileInput[] = [
  refused(
    'check',
    'pages-skip-counts-pages',
    [
      'Ten of 25 segments, and not a word; skip counts pages, so that a guess of it finds nothing.',
      'The list looks whole and is not; the admin who knows says so, and there is no way to the rest.',
    ],
    cutAll({ kind: 'page', size: 10, parameter: 'skip', first: 0, hints: [] }),
  ),
  works(
    'pages-zero-silent',
    'Two pages from 0, and not a word.',
    cutAll({ kind: 'page', size: 10, first: 0, hints: [] }, { people: { members: 60, segments: 13 } }),
  ),
  works(
    'pages-offset-silent',
    'Two pages by an offset, and not a word.',
    cutAll({ kind: 'offset', size: 10, parameter: 'offset', hints: [] }, { people: { members: 60, segments: 13 } }),
  ),
  works('whole-ten-offset', 'Ten segments, and that is all of them; an offset is heeded, and nothing says so.', {
    paging: { list: { kind: 'offset', size: 50, parameter: 'offset', hints: [] } },
    people: { members: 60, segments: 8 },
  }),
  works('unknown-is-403-all-only', 'The same gateway, where all segments are read at once only.', {
    routes: { one: null, unknown: '403', wrongVerb: 403 },
    options: 'unauthorized',
  }),
  works('unknown-is-a-page-all-only', 'The vendor’s page in place of the read of one segment.', {
    routes: { one: null, unknown: 'page' },
    options: 'page',
  }),
  works('unknown-is-home-all-only', 'The front page in place of the read of one segment.', {
    routes: { one: null, unknown: 'redirect' },
    options: 'broken',
  }),
];

/** Records that are written otherwise. */
const RECORDS: readonly NamedProfileInput[] = [
  works('pairs-value-label', 'Segments are choices: a value and a label.', {
    fields: { segmentId: ['value'], segmentName: ['label'] },
  }),
  works('ids-in-capitals', 'ID, NAME and EMAIL, as some databases write columns.', {
    fields: {
      ...{ segmentId: ['ID'], segmentName: ['NAME'], members: ['USERS'], memberId: ['ID'], email: ['EMAIL'] },
      ...{ firstName: ['FIRST_NAME'], lastName: ['LAST_NAME'] },
    },
    envelope: { ...at('DATA'), ...BARE },
  }),
  works('ids-pk', 'pk, and facts in fields, as Django writes its dumps.', {
    fields: {
      ...{ segmentId: ['pk'], segmentName: ['fields', 'name'], members: ['fields', 'users'], memberId: ['pk'] },
      ...{ email: ['fields', 'email'], firstName: ['fields', 'first_name'], lastName: ['fields', 'last_name'] },
    },
    envelope: { ...at(), ...BARE },
  }),
  works('ids-underscore', '_id everywhere, and _source around the facts.', {
    fields: {
      ...{ segmentId: ['_id'], segmentName: ['_source', 'name'], members: ['_source', 'users'], memberId: ['_id'] },
    },
    envelope: { list: ['hits', 'hits'], all: ['hits', 'hits'], one: [], ...BARE },
  }),
  works('deep-member', 'A member’s facts stand four keys deep.', {
    fields: {
      rowId: ['id'],
      memberId: ['membership', 'member', 'account', 'id'],
      email: ['membership', 'member', 'account', 'profile', 'email'],
      ...{ firstName: null, lastName: null },
      fullName: ['membership', 'member', 'account', 'profile', 'displayName'],
    },
  }),
  works('owners', 'Segments have an owner, and members somebody who invited them, each with id and address.', {
    fields: { owners: true },
    routes: { add: [ADD] },
  }),
  works('owners-nested', 'The same, with the member’s own facts in user.', {
    fields: {
      ...{ owners: true, rowId: ['id'], memberId: ['user', 'id'], email: ['user', 'email'] },
      ...{ firstName: ['user', 'firstName'], lastName: ['user', 'lastName'] },
    },
  }),
  works('owners-one-by-one', 'The same, read one segment after the other.', {
    fields: { owners: true },
    routes: { all: null },
  }),
  works('rival-admins', 'Segments have admins beside their users.', { fields: { rival: ['admins'] } }),
  works('rival-followers', 'Members, and followers before them.', {
    fields: { members: ['members'], rival: ['followers'] },
  }),
  works('rival-invited', 'Users, and invitedUsers with ids of their own.', { fields: { rival: ['invitedUsers'] } }),
  works('rival-removed', 'Users, and removedUsers beside them.', { fields: { rival: ['removedUsers'] } }),
  works('rival-one-by-one', 'Admins beside users, one segment after the other.', {
    fields: { rival: ['admins'] },
    routes: { all: null },
  }),
  works('rival-pending', 'pendingMembers beside members, one segment after the other.', {
    fields: { members: ['members'], rival: ['pendingMembers'] },
    routes: { all: null },
  }),
  works('addresses-in-capitals', 'Addresses are written in capitals.', { fields: { emailForm: 'capitals' } }),
  works('addresses-padded', 'Addresses have a blank before and a line’s end behind them.', {
    fields: { emailForm: 'padded', padded: true },
  }),
  works('addresses-mailto', 'Addresses are links.', { fields: { emailForm: 'mailto' } }),
  works('addresses-masked', 'Addresses are masked.', { fields: { emailForm: 'masked' } }),
  works('addresses-by-id', 'Members are addresses under ids.', { fields: { form: 'addressById' } }),
  refused(
    'check',
    'addresses-alone',
    ['Members are addresses alone.', 'The documented writes take ids, and nothing tells anybody’s.'],
    { fields: { form: 'addresses' } },
  ),
  refused('check', 'ids-gid', ['Ids are addresses of records.', ONLY_NUMBERS], {
    ids: { segments: 'gid', members: 'gid' },
  }),
  refused('check', 'ids-ulid', ['Ids are ULIDs.', ONLY_NUMBERS], { ids: { segments: 'ulid', members: 'ulid' } }),
  refused('check', 'ids-object', ['Ids are objects, as MongoDB exports them.', ONLY_NUMBERS], {
    ids: { segments: 'object', members: 'object' },
  }),
  refused('check', 'ids-large', ['Ids are larger than any number that is told apart.', ONLY_NUMBERS], {
    ids: { members: 'large' },
  }),
  refused('check', 'ids-zeros', ['Ids have zeros before them, and are no numbers.', ONLY_NUMBERS], {
    ids: { members: 'zeros' },
  }),
  refused(
    'check',
    'table',
    [
      'Lists are tables: names of columns, and rows.',
      'Nothing says of a row’s place what stands there but a name elsewhere.',
    ],
    { envelope: { form: 'table' } },
  ),
  works('count-as-text', 'Numbers of members are texts.', {
    fields: { memberCount: ['member_count'], countAsText: true },
  }),
  works('segments-twice', 'Two segments are in each list twice.', { bad: { twice: 2 } }),
  works('segments-twice-one-by-one', 'The same, read one after the other.', {
    bad: { twice: 2 },
    routes: { all: null },
  }),
  works('segment-gone', 'A segment that was deleted stays in the list, and is not found when alone.', {
    bad: { forbidden: 1, forbiddenAs: 404 },
    routes: { all: null },
  }),
  works('segment-gone-410', 'The same with 410.', { bad: { forbidden: 1, forbiddenAs: 410 }, routes: { all: null } }),
  works('segment-gone-all', 'A deleted segment stays in the list, and is missing from the read of all.', {
    bad: { forbidden: 1, forbiddenAs: 404 },
  }),
  works('turning', 'Members come in another order each time.', { answers: { turning: true } }),
  works('turning-one-by-one', 'The same, read one after the other.', {
    answers: { turning: true },
    routes: { all: null },
  }),
  works('bare-ids-included', 'Members are ids, and what is known of them stands beside the list.', {
    fields: { form: 'bareIds', included: true },
    envelope: BARE,
  }),
  refused(
    'check',
    'members-cut-at-25',
    [
      '25 members of each segment and not a word.',
      'The admin who knows says that lists are cut, and nothing shows the rest.',
    ],
    { bad: { oneShows: 25, allShows: 25 }, people: { members: 200, segments: 5 } },
  ),
];

/** What is said of success and failure, and of everything that is not there. */
const ANSWERS: readonly NamedProfileInput[] = [
  works('success-status', 'Success is told by status: success.', { envelope: { success: 'status' } }),
  works('success-code', 'Success is code 0.', { envelope: { success: 'code' } }),
  works('success-error-null', 'Success is error null.', { envelope: { success: 'errorNull' } }),
  works('success-errors-empty', 'Success has empty lists of errors and messages.', {
    envelope: { success: 'errorsEmpty' },
  }),
  works('key-refused-code', 'A wrong key gets a code under 200.', {
    key: { refusal: 'code200' },
    envelope: { success: 'code' },
    answers: { refusals: 'code200' },
  }),
  works('key-refused-status', 'A wrong key gets status: error under 200.', {
    key: { refusal: 'status200' },
    envelope: { success: 'status' },
  }),
  works('key-refused-oauth', 'A wrong key gets invalid_token under 200.', { key: { refusal: 'error200' } }),
  works('codes-forbidden', 'Codes under 200, and a segment that may not be read.', {
    answers: { refusals: 'code200' },
    envelope: { success: 'code' },
    bad: { forbidden: 1 },
    routes: { all: null },
  }),
  works('unknown-is-403', 'What nothing listens on is forbidden, as behind Amazon’s gateway.', {
    routes: {
      all: null,
      unknown: '403',
      wrongVerb: 403,
      move: [{ verb: 'POST', path: '/api/v2/segments/{from}/manage-users/{to}' }],
    },
    options: 'unauthorized',
  }),
  works('unknown-is-a-page', 'What nothing listens on is the vendor’s own page.', {
    routes: { all: null, unknown: 'page', move: [{ verb: 'PUT', path: '/api/v2/segments/{from}/manage-users/{to}' }] },
    options: 'page',
  }),
  works('unknown-is-home', 'What nothing listens on is sent to the front page.', {
    routes: {
      all: null,
      unknown: 'redirect',
      move: [{ verb: 'PUT', path: '/api/v2/segments/{from}/manage-users/{to}' }],
    },
    options: 'broken',
  }),
  works('unknown-is-400', 'What nothing listens on is a bad request.', {
    routes: { all: null, unknown: '400', wrongVerb: 400 },
    options: 'broken',
  }),
  works('unknown-is-501', 'What nothing listens on is not implemented.', {
    routes: { one: null, unknown: '501', wrongVerb: 501 },
  }),
  works('strict-types', 'Types of what is sent and taken are demanded.', {
    key: { strict: true },
    routes: { add: [ADD] },
  }),
  works('refusals-empty', 'What can’t be done is a status without a word.', {
    answers: { refusals: 'empty' },
    routes: { move: [{ verb: 'POST', path: '/api/v2/segments/{from}/segment-users/{to}' }] },
  }),
  works('refusals-list', 'What can’t be done is a list of sentences.', {
    answers: { refusals: 'list' },
    bad: { forbidden: 1 },
    routes: { all: null },
  }),
  works('refusals-nested', 'What can’t be done is an error with details.', { answers: { refusals: 'nested' } }),
  works('write-null', 'Writes answer null.', { answers: { writeBody: 'null' } }),
  works('write-true', 'Writes answer true.', { answers: { writeBody: 'true' }, routes: { add: [ADD] } }),
  works('write-number', 'Writes answer a number.', { answers: { writeBody: 'number' } }),
  works('write-message', 'Writes answer a message alone.', { answers: { writeBody: 'message' } }),
  works('write-moved', 'Writes name who was moved, and who was not.', {
    answers: { writeBody: 'moved' },
    deeds: { move: 'firstTen' },
  }),
  works('write-affected', 'Writes tell of rows of the database.', { answers: { writeBody: 'affected' } }),
  works('write-page', 'Writes answer a page.', { answers: { writeBody: 'page' } }),
  works('write-whole', 'Writes answer with the segment as it was before, done four seconds later.', {
    answers: { writeBody: 'whole' },
    lag: { queueMs: 4_000 },
  }),
  works('write-failed-none', 'Writes count who succeeded and who failed.', {
    answers: { writeBody: 'failedNone' },
    deeds: { unknownIds: 'refused' },
  }),
  works('write-205', 'Writes answer 205.', { answers: { writeStatus: 205 } }),
  works('write-303', 'Writes are done, and then lead to another address.', { answers: { writeStatus: 303 } }),
  works('limit-reset', 'Ten requests a minute, with the time at which there are more.', {
    limit: { requests: 10, retryAfter: 'reset' },
  }),
  works('limit-reset-delta', 'Ten requests a minute, with the seconds until there are more.', {
    limit: { requests: 10, retryAfter: 'resetDelta' },
  }),
];

/** Servers in the forms of other vendors, frameworks and databases. */
export const FOREIGN_PROFILES: readonly NamedProfileInput[] = [...PAGES, ...SILENT, ...RECORDS, ...ANSWERS];
