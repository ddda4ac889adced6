import type { LedgerState, Outcome, Segment } from './segments';
import type { OutcomeReason } from './ledger';
import type { Answer } from './panel';
import type { Problem, StaleReason } from './problem';

/** A column of the board; `members` is null until someone has read the segment. */
export type BoardSegment = Segment & { readonly members: number | null };

/** What the board starts with. */
export type BoardView = {
  /** Every segment of the initiative, in Shorter Loop's order. */
  readonly segments: readonly BoardSegment[];
  /** When the counts were read, milliseconds since the epoch; null when there are none. */
  readonly countedAtMs: number | null;
  /** Why the viewer may not do it in this project; null where they may. */
  readonly refusals: { readonly move: Problem | null; readonly remove: Problem | null };
};

/** A member as the board draws one: id and name, which is null when Shorter Loop gave none. Short, because there may be 100,000. */
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

/** Where the next part of the project's issues starts; null for the first part. Jira lets a token expire. */
export type BoardReportersInput = { readonly pageToken: string | null };

/** How many issues of a month (`2026-03`, in Jira's own time zone) a member reported; null for all reporters without a link. */
export type ReportedMonth = { readonly memberId: number | null; readonly month: string; readonly issues: number };

/** A part of the project's issues, the newest first, by the member who reported them. */
export type BoardReporters = { readonly months: readonly ReportedMonth[]; readonly issues: number; readonly nextPageToken: string | null };

/** How many members one call may write about. */
export const BOARD_WRITES = 100;

/** One member of a write, with an operation id (a UUID made by the page for each decision), so that it happens at most once. */
export type BoardWrite = { readonly operationId: string; readonly memberId: number };
/** Members who are to leave one segment for another; 1 to {@link BOARD_WRITES}, each once. */
export type BoardMoveInput = { readonly fromSegmentId: number; readonly toSegmentId: number; readonly writes: readonly BoardWrite[] };
/** @see BoardMoveInput */
export type BoardRemoveInput = Omit<BoardMoveInput, 'toSegmentId'>;

/** What became of one member of a write. */
export type BoardResult = BoardWrite &
  (
    | { readonly kind: 'written'; readonly outcome: Outcome; readonly reason: OutcomeReason }
    /** The same operation had been sent before, and has not come to its end: `state` says how far it is. */
    | { readonly kind: 'underWay'; readonly state: LedgerState }
    /** Nothing was sent: the segments are no longer what the page showed. */
    | { readonly kind: 'stale'; readonly reason: StaleReason }
    /** Nothing was sent: someone else is writing about this member. The same operation may be asked for again. */
    | { readonly kind: 'held' }
  );

/** What became of every member of a write, in the order asked. */
export type BoardWritten = {
  readonly results: readonly BoardResult[];
  /** How long Shorter Loop asked to wait when it refused for that reason alone; null otherwise. */
  readonly retryAfterMs: number | null;
  /** How many members both segments have now, where they could be read. */
  readonly counts: readonly { readonly segmentId: number; readonly members: number }[];
};

/** Every function the board can invoke. */
export type BoardDefinitions = {
  'board.open': () => Answer<BoardView>;
  'board.members': (input: BoardMembersInput) => Answer<BoardMembers>;
  'board.reporters': (input: BoardReportersInput) => Answer<BoardReporters>;
  'board.move': (input: BoardMoveInput) => Answer<BoardWritten>;
  'board.remove': (input: BoardRemoveInput) => Answer<BoardWritten>;
};
