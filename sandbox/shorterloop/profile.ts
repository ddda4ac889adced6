import { z } from 'zod';

/**
 * How one Shorter Loop answers, as data: everything that its documentation leaves open. Without any of it, it is what
 * docs/shorterloop.openapi.yaml describes. Truth stays truth whatever it answers: memberships by a person's id.
 */

const wholeMs = z.int().min(0).max(3_600_000);
const keys = z.array(z.string().min(1)).max(5);
const path = z.string().regex(/^\/[^\s]*$/, 'a path from the first slash on');
const readCalls = ['list', 'all', 'one'] as const;
const writeCalls = ['move', 'remove', 'add'] as const;

const writeRoute = z.strictObject({
  verb: z.enum(['PUT', 'POST', 'PATCH', 'DELETE', 'GET']),
  path,
});

/** Which paths and verbs there are; null for a call that is missing. A query in a path has to be in the request. */
const routesSchema = z.strictObject({
  list: path.nullable().default('/api/v2/segments'),
  all: path.nullable().default('/api/v2/segments/segment-users'),
  one: path.nullable().default('/api/v2/segments/{id}/segment-users'),
  move: z.array(writeRoute).default([{ verb: 'PUT', path: '/api/v2/segments/{from}/segment-users/{to}' }]),
  remove: z.array(writeRoute).default([{ verb: 'POST', path: '/api/v2/segments/{from}/manage-users' }]),
  add: z.array(writeRoute).default([]),
  /** What a path without its last slash, or with one, comes to. */
  slash: z.enum(['either', 'redirect301', 'redirect308', 'required', 'forbidden']).default('either'),
  /** What a wrong verb on a known path is answered with. */
  wrongVerb: z.union([z.literal(404), z.literal(405), z.literal(400), z.literal(403), z.literal(501)]).default(405),
  /** What a path that nothing listens on is answered with; `page` is the vendor's own page under 200. */
  unknown: z.enum(['404', '400', '403', '501', 'page', 'redirect']).default('404'),
});

const keySchema = z.strictObject({
  header: z.string().min(1).default('Authorization'),
  /** Null for the bare key. */
  scheme: z.string().nullable().default('Bearer'),
  /** What an unknown key is answered with. */
  refusal: z
    .enum([
      '401',
      '401page',
      '403',
      '400',
      '404',
      'redirect',
      'loginPage',
      'successFalse',
      'empty200',
      'code200',
      'status200',
      'error200',
    ])
    .default('401'),
  initiative: z.enum(['required', 'ignored']).default('required'),
  /** Whether 406 answers who takes no JSON, and 415 who writes something else. */
  strict: z.boolean().default(false),
});

/** How an answer is wrapped; the keys lead from the outside to the list. */
const envelopeSchema = z.strictObject({
  success: z.enum(['true', 'missing', 'text', 'one', 'status', 'code', 'errorNull', 'errorsEmpty']).default('true'),
  list: keys.default(['data']),
  all: keys.default(['data']),
  one: keys.default(['data']),
  /** Whether lists of segments are lists, objects by id, texts that hold JSON, or tables of columns and rows. */
  form: z.enum(['list', 'byId', 'text', 'table']).default('list'),
  /** So many folders that the segments of a list stand in, each a record with a list of its own. */
  folders: z.int().min(0).max(20).default(0),
  /** How the keys of all answers to reads are spelled; `kept` as the profile has them. */
  spelling: z.enum(['kept', 'snake', 'kebab', 'pascal']).default('kept'),
});

const fieldsSchema = z.strictObject({
  segmentId: keys.min(1).default(['id']),
  segmentName: keys.min(1).default(['name']),
  members: keys.default(['users']),
  memberCount: keys.min(1).nullable().default(null),
  /** Whether the answer about one segment is a segment, a list of one, or its members alone. */
  one: z.enum(['segment', 'listOfOne', 'members']).default('segment'),
  /** How the members of a segment are written. */
  form: z.enum(['objects', 'bareIds', 'text', 'byId', 'addresses', 'addressById']).default('objects'),
  /** Whether records that stand under their ids have no id in them. */
  keyedOnly: z.boolean().default(false),
  /** Whether a member has one address, a list of them, or a list of records that hold them; and how it is written. */
  emailForm: z.enum(['text', 'list', 'records', 'capitals', 'padded', 'mailto', 'masked']).default('text'),
  /** Whether names of segments and members have blanks around them. */
  padded: z.boolean().default(false),
  /** Where in a segment's record another list of people stands, who are of another segment. */
  rival: keys.min(1).nullable().default(null),
  /** Whether segments have an owner and members somebody who invited them, with id, name and address. */
  owners: z.boolean().default(false),
  /** Whether numbers of members are texts. */
  countAsText: z.boolean().default(false),
  /** Whether what is known of members stands once, outside the list, and their records are no more than an id. */
  included: z.boolean().default(false),
  /** How a record says that its member has left; null where whoever leaves is not shown any more. */
  gone: z
    .strictObject({
      at: keys.min(1),
      here: z.union([z.boolean(), z.int(), z.string(), z.null()]),
      gone: z.union([z.boolean(), z.int(), z.string()]),
    })
    .nullable()
    .default(null),
  /** Seen from a member's record. */
  memberId: keys.min(1).default(['id']),
  email: keys.min(1).nullable().default(['email']),
  /** Both names, or one name, or none. */
  firstName: keys.min(1).nullable().default(['firstName']),
  lastName: keys.min(1).nullable().default(['lastName']),
  fullName: keys.min(1).nullable().default(null),
  /** Where an id of the membership itself stands, which differs from segment to segment. */
  rowId: keys.min(1).nullable().default(null),
  /** Fields that say nothing: numbers and texts that could be taken for ids. */
  noise: z.boolean().default(false),
  /** Whether every record has a UUID beside its id, as many databases make them. */
  uuids: z.boolean().default(false),
  /** How a segment without members is written. */
  nobody: z.enum(['list', 'null', 'missing']).default('list'),
});

const idForm = z.enum(['number', 'text', 'uuid', 'letters', 'gid', 'ulid', 'zeros', 'large', 'object']);

const idsSchema = z.strictObject({
  segments: idForm.default('number'),
  members: idForm.default('number'),
  /** In which form the ids of a write are taken. */
  accepts: z.enum(['number', 'text', 'both']).default('number'),
  /** Which ids a write takes: the person's, or the membership's. */
  writes: z.enum(['person', 'row']).default('person'),
  /** The key of the list of ids in a write's body. */
  bodyKey: z.string().min(1).default('users'),
});

const pagingSchema = z.strictObject({
  kind: z.enum(['page', 'offset', 'cursor', 'address', 'link', 'header']),
  size: z.int().min(1).max(1000),
  parameter: z.string().min(1).default('page'),
  first: z.union([z.literal(0), z.literal(1)]).default(1),
  /** What an answer says of there being more. */
  hints: z
    .array(
      z.enum(['total', 'totalPages', 'hasNext', 'hasMore', 'nextPage', 'meta', 'pagination', 'totalHeader', 'echo']),
    )
    .default(['total']),
  /** Whether asking for a further page gives it, or the first one again. */
  honoured: z.boolean().default(true),
  /** A parameter of the query that sets the size, up to `most`. */
  sizeParameter: z.string().nullable().default(null),
  most: z.int().min(1).max(100_000).default(1000),
  /** What a page behind the last one is answered with. */
  behind: z.enum(['empty', '204', '400', '404', '416', '500']).default('empty'),
  /** So many records of the page before begin each further page: the list has grown in front meanwhile. */
  overlap: z.int().min(0).max(3).default(0),
  /** Whose way of telling of further pages it is, in place of hints. */
  style: z
    .enum([
      ...([
        'odata',
        'relay',
        'spring',
        'springPage',
        'laravel',
        'hal',
        'jsonApi',
        'google',
        'azure',
        'hubspot',
      ] as const),
      ...(['slack', 'zendesk', 'gitlab', 'contentRange', 'elastic', 'lastId'] as const),
    ])
    .nullable()
    .default(null),
  /** How the address of the next page is written. */
  addresses: z.enum(['whole', 'path', 'query']).default('whole'),
});

const perRead = z.strictObject({ list: wholeMs.default(0), all: wholeMs.default(0), one: wholeMs.default(0) });

const lagSchema = z.strictObject({
  /** How far each read stands behind the writes. */
  reads: perRead.prefault({}),
  /** When a write is done after it was answered: by a queue. */
  queueMs: wholeMs.default(0),
  /** How long an answer is kept, and whether `Cache-Control: no-cache` asks past it. */
  cacheMs: perRead.prefault({}),
  cacheHeeds: z.boolean().default(true),
});

/** What a write does. `honest` is what it says; everything else is noted as it is done. */
const deed = z.enum([
  'honest',
  /** Joins the target and stays in the source. */
  'copies',
  /** Leaves the source and joins nothing. */
  'leavesOnly',
  /** The list becomes those who were named: of the target for a move and adding, of the source for a removal. */
  'replaces',
  /** Everybody of the source is meant, whoever was named. */
  'everybody',
  /** The others of the source leave it too. */
  'clearsSource',
  /** Those who were named leave all their other segments too. */
  'clearsPerson',
  /** One of the others of the source goes along. */
  'strayOne',
  /** Does nothing, and says that it did. */
  'ignores',
  /** Only the first of those who were named. */
  'firstOnly',
  /** Only the first ten. */
  'firstTen',
  /** Somebody else is meant: the next one in the source's list. */
  'nextOne',
]);

const deedsSchema = z.strictObject({
  move: deed.default('honest'),
  remove: deed.default('honest'),
  add: deed.default('honest'),
  /** Whether a GET on a write's path runs it for everybody of the segment. */
  getRuns: z.boolean().default(false),
  /** What an unknown id, or one that is not in the source, is answered with. */
  unknownIds: z.enum(['skipped', 'refused']).default('skipped'),
  /** The most ids of one request; more are refused with 413. */
  mostIds: z.int().min(1).nullable().default(null),
});

const answersSchema = z.strictObject({
  readStatus: z.union([z.literal(200), z.literal(203), z.literal(206)]).default(200),
  /** Whether numbers are written with a point, as by a language that has no whole ones. */
  points: z.boolean().default(false),
  writeStatus: z
    .union([
      z.literal(200),
      z.literal(201),
      z.literal(202),
      z.literal(204),
      z.literal(205),
      z.literal(207),
      z.literal(303),
    ])
    .default(200),
  count: z.enum(['truthful', 'zero', 'missing', 'text', 'null']).default('truthful'),
  /** What a write says. `saysNo` is `success: false` under 200 whatever was done. */
  writeBody: z
    .enum([
      ...(['envelope', 'none', 'text', 'jsonText', 'saysNo', 'segment', 'empty', 'items', 'job'] as const),
      ...(['null', 'true', 'number', 'message', 'moved', 'affected', 'page', 'whole', 'failedNone'] as const),
    ])
    .default('envelope'),
  /** How a refusal is told: in the envelope, as errors under 200, as a page, as a problem, or in plain words. */
  refusals: z
    .enum(['envelope', 'errors200', 'page', 'problem', 'words', 'empty', 'list', 'nested', 'code200'])
    .default('envelope'),
  /** Whether members come in another order each time. */
  turning: z.boolean().default(false),
  /** What reads are written in. */
  markup: z.enum(['json', 'xml', 'page']).default('json'),
  contentType: z.enum(['json', 'text', 'none', 'vendor', 'html']).default('json'),
  charset: z.enum(['utf8', 'bom', 'utf16le', 'utf16be', 'latin1']).default('utf8'),
  /** Whether `Content-Type` names the charset. */
  namesCharset: z.boolean().default(true),
});

/** Records that are not as the others. */
const badSchema = z.strictObject({
  invites: z.int().min(0).default(0),
  nullRows: z.int().min(0).default(0),
  oddEmails: z.int().min(0).default(0),
  missingEmails: z.boolean().default(false),
  nameless: z.int().min(0).default(0),
  /** So many segments may not be read: 403 when alone, and left out of the read of all. */
  forbidden: z.int().min(0).default(0),
  /** As what these are answered when alone. */
  forbiddenAs: z.union([z.literal(403), z.literal(404), z.literal(410), z.literal(500)]).default(403),
  /** So many segments are in a list twice. */
  twice: z.int().min(0).default(0),
  /** So many segments answer with another's id and members. */
  mistaken: z.int().min(0).default(0),
  /** A read of one segment has no members in it. */
  oneEmpty: z.boolean().default(false),
  /** The read of one, or of all, shows at most so many members of each segment, and does not say so. */
  oneShows: z.int().min(1).nullable().default(null),
  allShows: z.int().min(1).nullable().default(null),
  /** So many of each segment's former members are shown, as far as its records say that somebody has left. */
  former: z.int().min(0).default(0),
  /** So many more members than there are a segment's number says, of every second segment. */
  countAhead: z.int().min(0).default(0),
  /** So many fewer members than there are it says, of the others. */
  countBehind: z.int().min(0).default(0),
  /** Members are shown twice. */
  repeated: z.boolean().default(false),
});

const limitSchema = z.strictObject({
  requests: z.int().min(1),
  windowMs: wholeMs.default(60_000),
  retryAfter: z.enum(['seconds', 'date', 'years', 'none', 'zero', 'reset', 'resetDelta']).default('seconds'),
  /** The status under which it is told that the limit is reached. */
  status: z.union([z.literal(429), z.literal(403), z.literal(200), z.literal(503)]).default(429),
});

/** Where else all requests are sent, and who is let through: those to `host`. */
const homeSchema = z.strictObject({
  host: z.string().min(1),
  status: z.union([z.literal(301), z.literal(302), z.literal(307), z.literal(308)]).default(301),
});

const peopleSchema = z.strictObject({
  members: z.int().min(1).max(10_000).default(40),
  segments: z.int().min(0).max(20_000).default(6),
  /** Whether there are two small segments for tests beside them, with people for tests. */
  tests: z.boolean().default(true),
  /** Whether the first segment has nobody in it. */
  emptyFirst: z.boolean().default(false),
});

/** The form of a server, as it is written. */
const serverProfileSchema = z.strictObject({
  routes: routesSchema.prefault({}),
  key: keySchema.prefault({}),
  envelope: envelopeSchema.prefault({}),
  fields: fieldsSchema.prefault({}),
  ids: idsSchema.prefault({}),
  paging: z
    .strictObject({
      list: pagingSchema.nullable().default(null),
      all: pagingSchema.nullable().default(null),
      one: pagingSchema.nullable().default(null),
    })
    .prefault({}),
  lag: lagSchema.prefault({}),
  deeds: deedsSchema.prefault({}),
  answers: answersSchema.prefault({}),
  bad: badSchema.prefault({}),
  limit: limitSchema.nullable().default(null),
  home: homeSchema.nullable().default(null),
  /** What OPTIONS comes to. */
  options: z
    .enum(['allow', 'none', 'notImplemented', 'notFound', 'lies', 'cors', 'unauthorized', 'broken', 'page'])
    .default('allow'),
  people: peopleSchema.prefault({}),
});

/** The form of a server, with everything filled in. */
export type ServerProfile = z.output<typeof serverProfileSchema>;
/** The form of a server, where only what differs is written. */
export type ServerProfileInput = z.input<typeof serverProfileSchema>;
/** The reads by the names that a profile gives them. */
export type ProfileRead = (typeof readCalls)[number];
/** The writes by the names that a profile gives them. */
export type ProfileWrite = (typeof writeCalls)[number];
/** How one list is cut into pages. */
export type ServerPaging = z.output<typeof pagingSchema>;
/** How ids are written. */
export type IdWriting = z.output<typeof idForm>;
/** What a write does. */
export type Deed = z.output<typeof deed>;

/** The reads and writes that a profile has. */
export const PROFILE_READS: readonly ProfileRead[] = readCalls;
/** The writes that a profile has. */
export const PROFILE_WRITES: readonly ProfileWrite[] = writeCalls;

/**
 * What a client can be held to: that it works, with the writes that it has to get to; or that it refuses, with the
 * reason for which no client could use this server safely, or at all.
 */
const expectedSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('works'),
    /** Writes that nobody may use here, and why; moves have to work always. */
    without: z.partialRecord(z.enum(['remove', 'add']), z.string().min(10)).default({}),
  }),
  z.strictObject({ kind: z.literal('refused'), why: z.string().min(20), at: z.enum(['check', 'test']) }),
]);

/** What an admin enters by hand, where no client can find it out: from the vendor's page or its support. */
const adminEntersSchema = z.strictObject({
  apiOrigin: z.string().exactOptional(),
  header: z.string().exactOptional(),
  scheme: z.string().nullable().exactOptional(),
  list: path.exactOptional(),
  all: path.exactOptional(),
  one: path.exactOptional(),
  move: writeRoute.exactOptional(),
  remove: writeRoute.exactOptional(),
  add: writeRoute.exactOptional(),
  /** The key of the list of ids in a write's body. */
  users: z.string().exactOptional(),
  /** In which form ids are sent, where a server does not take the form that it tells. */
  ids: z.enum(['number', 'text']).exactOptional(),
});

const namedProfileSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  about: z.string().min(10),
  expected: expectedSchema,
  /** Whether somebody could have built it in earnest. */
  sensible: z.boolean().default(true),
  adminEnters: adminEntersSchema.default({}),
  server: serverProfileSchema,
});

/** A server with a name, and with what a client can be held to. */
export type NamedProfile = z.output<typeof namedProfileSchema>;
/** A named server as it is written. */
export type NamedProfileInput = z.input<typeof namedProfileSchema>;
/** What an admin enters by hand. */
export type AdminEntries = z.output<typeof adminEntersSchema>;

/** A named profile with everything filled in. Throws a ZodError for one that makes no sense. */
export function namedProfile(input: NamedProfileInput): NamedProfile {
  return namedProfileSchema.parse(input);
}

/** A server's form with everything filled in. Throws a ZodError for one that makes no sense. */
export function serverProfile(input: ServerProfileInput = {}): ServerProfile {
  return serverProfileSchema.parse(input);
}
