import type { KeyForm, ManageCall, Result, Segment, ShorterLoopCause, SiteProfile } from '../../contract';
import type { PageHeaders, ReadSegment } from '../../domain/profile';

/** How to reach one initiative. Values come from settings and are checked before anything is sent. */
export type Connection = {
  /** An https origin without a path, see {@link checkOrigin}. */
  readonly origin: string;
  readonly key: string;
  readonly initiativeId: number;
  readonly profile: SiteProfile;
};

/** A segment with its members, each once; `unreadable` where that can't be told in full. */
export type SegmentWithMembers = ReadSegment;

/** An answer as it came, for the check alone: `json` is undefined where the body is none. */
export type RawAnswer = {
  readonly status: number;
  readonly contentType: string | null;
  /** Of a redirect, which is never followed. */
  readonly location: string | null;
  readonly link: string | null;
  /** Headers that hand over a cursor, by their names. */
  readonly cursors?: PageHeaders;
  readonly allow: readonly string[];
  readonly json: unknown;
};

/** Why a call failed. No variant holds a body, an address, a key or a URL. */
export type ShorterLoopError =
  | (ErrorFacts & { readonly cause: Exclude<ShorterLoopCause, 'rateLimited'> })
  | (ErrorFacts & {
      readonly cause: 'rateLimited';
      /** What Shorter Loop asks to wait; null when it does not say. */
      readonly retryAfterMs: number | null;
    });

type ErrorFacts = {
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** Whether the write may have been applied all the same. Always false for a read. */
  readonly mayHaveBeenApplied: boolean;
};

/** A value, or why there is none. */
export type ShorterLoopResult<T> = Result<T, ShorterLoopError>;

/** What the answer to a write claims; only a read-back can confirm it. */
export type WriteReceipt = {
  readonly status: number;
  /** The answer's `count` when it is a whole number; the documented sample has 0 for two members. */
  readonly count: number | null;
  /** `accepted` when success is claimed for exactly as many members as were sent. */
  readonly claim: 'accepted' | 'unclear';
};

/** Members that leave `from` for `to`; ids are positive safe integers. */
type MoveRequest = { readonly from: number; readonly to: number; readonly users: readonly number[] };
/** Members that leave `from`. */
type RemoveRequest = { readonly from: number; readonly users: readonly number[] };

/** Members that join `to`. */
type AddRequest = { readonly to: number; readonly users: readonly number[] };

/** The calls that only read. None of them throws for what the network or the server does. */
export type ShorterLoopReads = {
  readonly listSegments: () => Promise<ShorterLoopResult<Segment[]>>;
  readonly segmentWithMembers: (segmentId: number) => Promise<ShorterLoopResult<SegmentWithMembers>>;
  /** The ids alone of a segment's members: a third of the memory where there are 100,000. */
  readonly memberIdsOf: (segmentId: number) => Promise<ShorterLoopResult<ReadonlySet<number>>>;
  readonly segmentsWithMembers: () => Promise<ShorterLoopResult<SegmentWithMembers[]>>;
  /** How many records of what was read so far have no id that can be read, and were left out. */
  readonly leftOut: () => number;
  /**
   * One question of the check, as the answer comes: any status but 429 and 5xx is an answer.
   * @param key the form in which the key is shown; the profile's unless given
   */
  readonly raw: (method: 'GET' | 'OPTIONS', path: string, key?: KeyForm) => Promise<ShorterLoopResult<RawAnswer>>;
};

/** The calls that change memberships. None of them throws for what the network or the server does. */
export type ShorterLoopWrites = {
  readonly move: (request: MoveRequest) => Promise<ShorterLoopResult<WriteReceipt>>;
  readonly remove: (request: RemoveRequest) => Promise<ShorterLoopResult<WriteReceipt>>;
  readonly add: (request: AddRequest) => Promise<ShorterLoopResult<WriteReceipt>>;
  /** A call that manages segments or people. None of them is documented. */
  readonly manage: (call: ManageCall) => Promise<ShorterLoopResult<WriteReceipt>>;
};

/** Every call of the API that the app uses. */
export type ShorterLoop = ShorterLoopReads & ShorterLoopWrites;
