import { OUTCOMES, WRITE_KINDS, type LedgerState, type LinkOrigin, type Outcome, type WriteEnds } from './segments';
import type { ShorterLoopCause } from './problem';

/** The places from which a write can be asked; `app` for what the app does by itself while somebody looks. */
export const ENTRY_POINTS = ['panel', 'board', 'automation', 'apiClient', 'bulk', 'admin', 'app'] as const;
/** One of {@link ENTRY_POINTS}. */
export type EntryPoint = (typeof ENTRY_POINTS)[number];

/** Why a write has the outcome that it has, as data. */
export const OUTCOME_REASONS = [
  /** Read-back shows the member where the write should have put them. */
  'readBackAgrees',
  /** Read-back shows the member still where they were. */
  'unchanged',
  /** Read-back shows the member in both segments. */
  'inBoth',
  /** Read-back shows the member in neither segment. */
  'inNeither',
  /** Shorter Loop said no, and nothing was applied. */
  'saidNo',
  /** The request never reached Shorter Loop, so nothing was applied. */
  'notSent',
  /** The read-back itself failed, so nothing is known. */
  'notReadable',
] as const;
/** One of {@link OUTCOME_REASONS}. */
export type OutcomeReason = (typeof OUTCOME_REASONS)[number];

/**
 * Others who were in another place after a write than before it, though it was not about them: those who are no longer
 * in a segment of it, and those who are in one and were not. At most {@link MOST_STRAYS} each are named.
 */
export type Strays = {
  readonly missing: readonly Stray[];
  readonly joined: readonly Stray[];
  /** How many there are in all. */
  readonly count: number;
};
/** Somebody who was changed beside a write, and the segment that it is about. */
export type Stray = { readonly memberId: number; readonly segmentId: number };
/** So many are named of each kind. */
export const MOST_STRAYS = 50;

/**
 * Who was seen beside a write before it was sent, kept while it is not finished: some of the others of each end, and
 * the other segments of its member. By them it is seen later whether others were changed.
 */
export type Witnesses = {
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Ids of segments. */
  readonly others: readonly number[];
  /** Ids of further segments that showed the member, though only a part of each could be read. */
  readonly inPart?: readonly number[];
};

/** One write of the ledger. Outcomes are null while it is `intended`. Times are milliseconds since the epoch. */
export type LedgerEntry = WriteEnds & EntryFacts;

type EntryFacts = {
  readonly operationId: string;
  readonly entryPoint: EntryPoint;
  readonly state: LedgerState;
  readonly actorAccountId: string;
  readonly reporterAccountId: string | null;
  readonly issueId: string | null;
  readonly issueKey: string | null;
  /** Exactly one: a write about several members has a row for each. */
  readonly members: readonly {
    readonly memberId: number;
    readonly outcome: Outcome | null;
    readonly reason: OutcomeReason | null;
  }[];
  /**
   * The form of the request as it was sent, such as `PUT /api/v2/segments/{from}/segment-users/{to}`; null for a link,
   * and for who joined by a call that manages.
   */
  readonly form: string | null;
  /** What the request itself said; null where there was no answer. */
  readonly answer: {
    readonly status: number | null;
    readonly cause: ShorterLoopCause | null;
    readonly count: number | null;
  } | null;
  /** Who else was changed beside it, as far as was seen; null where nobody was, or nobody could look. */
  readonly strays: Strays | null;
  /** Only of a write that is not finished. */
  readonly witnesses?: Witnesses;
  readonly intendedAtMs: number;
  readonly finishedAtMs: number | null;
  /**
   * When a write that its entry point left unfinished was read back and settled; null when its entry point finished
   * it.
   */
  readonly recoveredAtMs: number | null;
  /** The operation that this one undoes, or null. */
  readonly undoes: string | null;
  /** The bulk run that it is a part of, or null. */
  readonly runId: string | null;
  /** The API client who asked for it, or null. */
  readonly apiClientId: string | null;
  /** What an API client asked for, as a digest by which the very same request is known again; null for all others. */
  readonly requestDigest: string | null;
};

/** What is done to links, and recorded as writes are. */
export const LINK_KINDS = ['link', 'unlink'] as const;
/** Everything that the ledger records. */
export const LEDGER_KINDS = [...WRITE_KINDS, ...LINK_KINDS] as const;
/** One of {@link LEDGER_KINDS}. */
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/**
 * A link that was made or taken back: always finished and confirmed, as nobody but the app's own storage had a part in
 * it. `actorAccountId` is null when the app linked by e-mail on its own.
 */
export type LinkEntry = Omit<EntryFacts, 'actorAccountId' | 'reporterAccountId'> & {
  readonly kind: (typeof LINK_KINDS)[number];
  readonly from: null;
  readonly to: null;
  readonly how: LinkOrigin;
  readonly actorAccountId: string | null;
  readonly reporterAccountId: string;
};

/** One row of the ledger. */
export type LedgerRecord = LedgerEntry | LinkEntry;

/** What an entry is told by in a list: its outcome, or that it has none for good yet. */
export const LEDGER_OUTCOMES = [...OUTCOMES, 'unfinished'] as const;
/** One of {@link LEDGER_OUTCOMES}. */
export type LedgerOutcome = (typeof LEDGER_OUTCOMES)[number];
