import type { ManageRoute } from './manage';
import { WRITE_KINDS, type ReadPlan, type WriteKind } from './segments';

/**
 * Everything about the form of one Shorter Loop that its documentation leaves open: how the key is shown, how each
 * call is made, and how each answer is read. Learned by the check, correctable by an admin, and stored with its
 * evidence. {@link DEFAULT_PROFILE} is what docs/shorterloop.openapi.yaml describes.
 */

/** The reads that the app makes. None of their paths is documented. */
export const READ_CALLS = ['listSegments', 'segmentWithMembers', 'segmentsWithMembers'] as const;
/** One of {@link READ_CALLS}. */
export type ReadCall = (typeof READ_CALLS)[number];

/** Keys from the outside in, as in `['data', 'rows']`; empty for the value itself. */
export type KeyPath = readonly string[];

/** How the key is shown: in which header, and after which word; null for the bare key. */
export type KeyForm = { readonly header: string; readonly scheme: string | null };

/** Whether ids are told and sent as numbers, or as strings of digits. */
export type IdForm = 'number' | 'text';

/** Where a member's facts stand, seen from the member's record; null where no answer has them. */
export type MemberShape = {
  /** The id that `users` takes, where a record has several; empty where the record is the id itself. */
  readonly id: KeyPath;
  readonly email: KeyPath | null;
  readonly name: KeyPath | null;
  readonly firstName: KeyPath | null;
  readonly lastName: KeyPath | null;
  /**
   * Where a record says that its member has left, on servers that keep those in their lists; absent where none was
   * seen to say it, and empty where an admin has said that none does.
   */
  readonly gone?: KeyPath;
};

/** Where an answer's facts stand. */
export type AnswerShape = {
  /** The list of segments; of `segmentWithMembers` the one segment. */
  readonly records: KeyPath;
  /** Seen from the segment's record; null where the answer to `segmentWithMembers` does not name the segment. */
  readonly id: KeyPath | null;
  readonly name: KeyPath | null;
  /** The list of members, seen from the segment's record; null for `listSegments`. */
  readonly members: KeyPath | null;
  /** How many members the segment says that it has; null where it does not say. */
  readonly memberCount: KeyPath | null;
  /** Null for `listSegments`. */
  readonly member: MemberShape | null;
};

/**
 * How a list that is cut goes on. `page` and `offset` count by a parameter of the query, `cursor` hands a value of the
 * answer back (of a header, where its place begins with `@header`), `address` has the next request's address in the
 * answer, and `link` has it in the header `Link`.
 */
export type Paging =
  | { readonly kind: 'none' }
  | { readonly kind: 'page'; readonly parameter: string; readonly first: 0 | 1 }
  | { readonly kind: 'offset'; readonly parameter: string }
  | { readonly kind: 'cursor'; readonly parameter: string; readonly cursor: KeyPath }
  | { readonly kind: 'address'; readonly address: KeyPath }
  | { readonly kind: 'link' };

/** How a read is made and how its answer is read. All reads are GET. */
export type ReadForm = {
  /** From the first slash on, with `{id}` where an id goes; a query and a trailing slash are part of it. */
  readonly path: string;
  readonly shape: AnswerShape;
  readonly paging: Paging;
  /** Where the answer says how many records the whole list has; null where it does not. */
  readonly total: KeyPath | null;
};

/** The verbs that a write may have. */
export const WRITE_VERBS = ['PUT', 'POST', 'PATCH', 'DELETE'] as const;
/** One of {@link WRITE_VERBS}. */
export type WriteVerb = (typeof WRITE_VERBS)[number];

/** How a write is made: `{from}` and `{to}` stand in the path where the ids of segments go. */
export type WriteForm = {
  readonly verb: WriteVerb;
  readonly path: string;
  /** The body's key of the list of members' ids: `users` is documented. */
  readonly users: string;
};

/** A part of a profile that is learned or chosen by itself. */
export type ProfileAspect = 'key' | 'ids' | 'readPlan' | ReadCall | WriteKind;

/**
 * Why a part is as it is: on the documentation's page, assumed until something shows better, learned by the check, or
 * chosen by an admin. Times are milliseconds since the epoch.
 */
export type Evidence =
  | { readonly how: 'documented' | 'assumed' }
  | { readonly how: 'learned'; readonly atMs: number }
  | { readonly how: 'chosen'; readonly atMs: number; readonly byAccountId: string };

/** The form of one Shorter Loop. */
export type SiteProfile = {
  readonly version: typeof PROFILE_VERSION;
  readonly key: KeyForm;
  readonly ids: IdForm;
  readonly readPlan: ReadPlan;
  readonly reads: Readonly<Record<ReadCall, ReadForm>>;
  readonly writes: Readonly<Record<WriteKind, WriteForm>>;
  /** Paths of the calls that manage, where they differ from the assumed ones. */
  readonly manage: Partial<Readonly<Record<ManageRoute, string>>>;
  readonly evidence: Readonly<Record<ProfileAspect, Evidence>>;
};

/** The present form of stored profiles. */
export const PROFILE_VERSION = 1;

const MEMBER: MemberShape = {
  id: ['id'],
  email: ['email'],
  name: ['name'],
  firstName: ['firstName'],
  lastName: ['lastName'],
};
const SEGMENT: Omit<AnswerShape, 'member'> = {
  records: ['data'],
  id: ['id'],
  name: ['name'],
  members: ['users'],
  memberCount: null,
};
const WHOLE: Pick<ReadForm, 'paging' | 'total'> = { paging: { kind: 'none' }, total: null };

/** What holds until a check has learned something else. Verb and path of a move and of a removal are documented. */
export const DEFAULT_PROFILE: SiteProfile = {
  version: PROFILE_VERSION,
  key: { header: 'Authorization', scheme: 'Bearer' },
  ids: 'number',
  readPlan: 'all-at-once',
  reads: {
    listSegments: { path: '/api/v2/segments', shape: { ...SEGMENT, members: null, member: null }, ...WHOLE },
    segmentWithMembers: {
      path: '/api/v2/segments/{id}/segment-users',
      shape: { ...SEGMENT, member: MEMBER },
      ...WHOLE,
    },
    segmentsWithMembers: { path: '/api/v2/segments/segment-users', shape: { ...SEGMENT, member: MEMBER }, ...WHOLE },
  },
  writes: {
    move: { verb: 'PUT', path: '/api/v2/segments/{from}/segment-users/{to}', users: 'users' },
    remove: { verb: 'POST', path: '/api/v2/segments/{from}/manage-users', users: 'users' },
    add: { verb: 'POST', path: '/api/v2/segments/{to}/segment-users', users: 'users' },
  },
  manage: {},
  evidence: {
    key: { how: 'assumed' },
    ids: { how: 'documented' },
    readPlan: { how: 'assumed' },
    listSegments: { how: 'assumed' },
    segmentWithMembers: { how: 'assumed' },
    segmentsWithMembers: { how: 'assumed' },
    move: { how: 'documented' },
    remove: { how: 'documented' },
    add: { how: 'assumed' },
  },
};

/** The other forms in which the documentation's page writes a move and a removal: its verbs with its paths. */
export const DOCUMENTED_FORMS: Readonly<Record<'move' | 'remove', readonly WriteForm[]>> = {
  move: [
    { verb: 'PUT', path: '/api/v2/segments/{from}/segment-users/{to}', users: 'users' },
    { verb: 'POST', path: '/api/v2/segments/{from}/manage-users/{to}', users: 'users' },
    // The page's own verb with its own route line, which it never shows together.
    { verb: 'PUT', path: '/api/v2/segments/{from}/manage-users/{to}', users: 'users' },
    { verb: 'POST', path: '/api/v2/segments/{from}/segment-users/{to}', users: 'users' },
  ],
  remove: [
    { verb: 'POST', path: '/api/v2/segments/{from}/manage-users', users: 'users' },
    { verb: 'PUT', path: '/api/v2/segments/{from}/manage-users', users: 'users' },
  ],
};

/**
 * Whether one segment is picked out of the read of all of them: some servers have no other. Its path is the same then.
 */
export function picksFromAll({ reads }: Pick<SiteProfile, 'reads'>): boolean {
  return reads.segmentWithMembers.path === reads.segmentsWithMembers.path;
}

/** A write's form in one line, for the ledger and the pages: `PUT /api/v2/segments/{from}/segment-users/{to}`. */
export function formText({ verb, path }: Pick<WriteForm, 'verb' | 'path'>): string {
  return `${verb} ${path}`;
}

/** Every part of a profile, in the order in which it is shown. */
export const PROFILE_ASPECTS: readonly ProfileAspect[] = ['key', 'ids', 'readPlan', ...READ_CALLS, ...WRITE_KINDS];
