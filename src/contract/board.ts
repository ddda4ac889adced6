import type { LedgerState, Outcome, Segment } from './segments';
import type { OutcomeReason } from './ledger';
import type { Result } from './result';
import type { StraysView } from './strays';
import type { Problem, StaleReason } from './problem';
import type { SyncSummary } from './syncSummary';

/** A column of the board; `members` is null until someone has read the segment. */
export type BoardSegment = Segment & { readonly members: number | null };

/** What the board starts with. */
export type BoardView = {
  /** Every segment of the initiative, in Shorter Loop's order. */
  readonly segments: readonly BoardSegment[];
  /** When the counts were read, milliseconds since the epoch; null when there are none. */
  readonly countedAtMs: number | null;
  /** Why the viewer may not do it in this project; null where they may. */
  readonly refusals: Readonly<Record<BoardAct, Problem | null>>;
  /** Why nobody can be added here whom no segment has, beside what the viewer may not do; null where it works. */
  readonly inviteRefusal: Problem | null;
  /** How many of the site's reporters are known; null where all are. */
  readonly sync: SyncSummary | null;
};

/**
 * What the board offers. `others` is writing about a member who is no reporter of this project; it is asked in
 * addition to what is done about them.
 */
export type BoardAct = 'move' | 'remove' | 'add' | 'others';

/**
 * A member as the board draws one: id and name, which is null when Shorter Loop gave none. Short, because there may
 * be 100,000.
 */
export type BoardMember = readonly [id: number, name: string | null];

/** Members of a segment by id, from the one after `afterMemberId` on; null for the first. */
export type BoardMembersInput = { readonly segmentId: number; readonly afterMemberId: number | null };

/** A part of a segment's members, by id. */
export type BoardMembers = {
  readonly segment: Segment;
  readonly members: readonly BoardMember[];
  /** How many members the segment has in all. */
  readonly total: number;
  /** What the next part comes after; null when this was the last. */
  readonly nextAfterMemberId: number | null;
};

/**
 * How many issues of a month (`2026-03`, in Jira's own time zone) a member reported; null for all reporters without a
 * link.
 */
export type ReportedMonth = { readonly memberId: number | null; readonly month: string; readonly issues: number };

/** What is known of the project's issues as the board opens: the newest of them, and those of a count that is kept. */
export type BoardReporters = {
  readonly months: readonly ReportedMonth[];
  /** How many issues are counted, those of kept parts that are still to come included. */
  readonly issues: number;
  /** About how many there are; null when it could not be asked just now. */
  readonly total: number | null;
  /** What counting all of them would cost, in Jira's points; null with `total`. */
  readonly points: number | null;
  /** The count that is kept of this project for this viewer; null when there is none. */
  readonly kept: (BoardKeptInput & { readonly atMs: number; readonly hasMore: boolean }) | null;
  /** The key of an issue of each of those reporters of the newest ones whom no segment has: they are added there. */
  readonly withoutSegment: readonly string[];
};

/** Which part of a kept count comes next. */
export type BoardKeptInput = { readonly countId: string; readonly part: number };
/** Some parts of a kept count; `nextPart` is null when these were the last. */
export type BoardKept = { readonly months: readonly ReportedMonth[]; readonly nextPart: number | null };

/** Where a count of all issues goes on. The token is Jira's, which lets it expire; null for the first page. */
export type BoardCountPlace = { readonly page: number; readonly part: number; readonly pageToken: string | null };
/** The next page of a count; `countId` is a UUID that the page makes for each. */
export type BoardCountInput = BoardCountPlace & { readonly countId: string };
/** One counted page, the newest issues first; `next` is null when it was the last. */
export type BoardCounted = {
  readonly months: readonly ReportedMonth[];
  readonly issues: number;
  readonly next: BoardCountPlace | null;
};

/** How many members one call may write about. */
export const BOARD_WRITES = 100;

/**
 * One member of a write, with an operation id (a UUID made by the page for each decision), so that it happens at most
 * once.
 */
export type BoardWrite = { readonly operationId: string; readonly memberId: number };
/** Members who are to leave one segment for another; 1 to {@link BOARD_WRITES}, each once. */
export type BoardMoveInput = {
  readonly fromSegmentId: number;
  readonly toSegmentId: number;
  readonly writes: readonly BoardWrite[];
};
/** @see BoardMoveInput */
export type BoardRemoveInput = Omit<BoardMoveInput, 'toSegmentId'>;
/** Members of one segment who are to join another as well; 1 to {@link BOARD_WRITES}, each once. */
export type BoardAddInput = BoardMoveInput;

/** What became of one member of a write. */
export type BoardResult = BoardWrite &
  (
    | { readonly kind: 'written'; readonly outcome: Outcome; readonly reason: OutcomeReason }
    /**
     * It was sent, now or before, and has not come to its end: `state` says how far it is. `isAccepted`: Shorter Loop
     * has said yes, and does not show it yet. The same operation may be asked for again.
     */
    | { readonly kind: 'underWay'; readonly state: LedgerState; readonly isAccepted: boolean }
    /** Nothing was sent: the segments are no longer what the page showed. */
    | { readonly kind: 'stale'; readonly reason: StaleReason }
    /** Nothing was sent: someone else is writing about this member. The same operation may be asked for again. */
    | { readonly kind: 'leaseHeld' }
    /** Nothing was sent: they report nothing in this project, and the viewer may not write about such members. */
    | { readonly kind: 'refused'; readonly problem: Problem }
  );

/** What became of every member of a write, in the order asked. */
export type BoardWritten = {
  readonly results: readonly BoardResult[];
  /** How long Shorter Loop asked to wait when it refused for that reason alone; null otherwise. */
  readonly retryAfterMs: number | null;
  /** How many members both segments have now, where they could be read. */
  readonly counts: readonly { readonly segmentId: number; readonly members: number }[];
  /** Who else was changed beside it, in numbers; null where nobody was seen to be. */
  readonly strays: StraysView | null;
};

/** Every function the board can invoke. */
export type BoardDefinitions = {
  'board.open': () => Result<BoardView>;
  'board.members': (input: BoardMembersInput) => Result<BoardMembers>;
  'board.reporters': () => Result<BoardReporters>;
  'board.kept': (input: BoardKeptInput) => Result<BoardKept>;
  'board.count': (input: BoardCountInput) => Result<BoardCounted>;
  'board.move': (input: BoardMoveInput) => Result<BoardWritten>;
  'board.remove': (input: BoardRemoveInput) => Result<BoardWritten>;
  'board.add': (input: BoardAddInput) => Result<BoardWritten>;
};
