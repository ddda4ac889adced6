import type { BoardMember, BoardMembers, BoardResult, BoardView, BoardWritten, Segment, StraysView } from '@contract';
import type { PageProblem } from '../shared/ask';

/** How far a column's members have been read. */
type Loading =
  { readonly state: 'waiting' | 'loading' | 'loaded' } | { readonly state: 'failed'; readonly problem: PageProblem };

/**
 * A segment with whoever Shorter Loop said is in it; what is under way is told apart, in {@link
 * BoardState.pending}.
 */
export type Column = {
  readonly segment: Segment;
  /** How many members there are in all; null when nobody has told yet. */
  readonly total: number | null;
  readonly members: readonly BoardMember[];
  readonly loading: Loading;
};

/** What is to be done with members of the column `from`, which whoever is added to another one does not leave. */
export type Change =
  | { readonly kind: 'move' | 'add'; readonly from: Segment; readonly to: Segment }
  | { readonly kind: 'remove'; readonly from: Segment; readonly to: null };

/** A write that is under way about one member. The page shows the member where they are to go. */
export type Pending = Change & {
  readonly operationId: string;
  /** The decision that it is a part of. */
  readonly decisionId: string;
  readonly member: BoardMember;
};

/** What is to be told on a card about the last write. */
export type Mark = 'moved' | 'added' | 'back' | 'kept' | 'notAdded' | 'unknown';

/** Why a member was not changed as wanted: the app's own word, or that their call had a problem. */
export type Shortfall = {
  readonly pending: Pending;
  readonly result: BoardResult | null;
  readonly problem: PageProblem | null;
};

/** What a decision came to, or has come to so far. */
export type Report = Change & {
  readonly decisionId: string;
  readonly asked: number;
  readonly done: number;
  readonly short: readonly Shortfall[];
  /** Who else was changed beside it, call by call. */
  readonly beside: readonly StraysView[];
};

/** All that the board knows. Pure data, changed by `reduce` alone. */
export type BoardState = {
  readonly columns: readonly Column[];
  /** By member id: nobody is written about twice at once. */
  readonly pending: ReadonlyMap<number, Pending>;
  /** By {@link markKey}. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** Of each decision that is under way, fell short, or was the last; the oldest first. */
  readonly reports: readonly Report[];
};

/** What can happen to the board. */
export type BoardEvent =
  | { readonly kind: 'loading'; readonly segmentId: number }
  | { readonly kind: 'read'; readonly segmentId: number; readonly part: BoardMembers; readonly isFirst: boolean }
  | { readonly kind: 'readFailed'; readonly segmentId: number; readonly problem: PageProblem }
  | {
      readonly kind: 'decided';
      readonly decisionId: string;
      readonly change: Change;
      readonly writes: readonly Pending[];
    }
  | { readonly kind: 'answered'; readonly written: BoardWritten }
  /** A call had a problem; without an answer nothing is known of those in it. */
  | { readonly kind: 'callFailed'; readonly operationIds: ReadonlySet<string>; readonly problem: PageProblem }
  /** Calls that were not made, because an earlier one had a problem. */
  | { readonly kind: 'notSent'; readonly operationIds: ReadonlySet<string>; readonly problem: PageProblem }
  | { readonly kind: 'dismissed'; readonly decisionId: string };

/** The board as it opens. */
export function boardOf({ segments }: BoardView): BoardState {
  const columns = segments.map(({ members, ...segment }): Column => ({
    segment,
    total: members,
    members: [],
    loading: { state: 'waiting' },
  }));
  return { columns, pending: new Map(), marks: new Map(), reports: [] };
}

/** Where a mark stands: on a member in one column. */
export function markKey(segmentId: number, memberId: number): string {
  return `${String(segmentId)} ${String(memberId)}`;
}

/** What a card tells of somebody who is not where they were to be. */
export function markOfNotDone({ kind }: Change): Mark {
  return NOT_DONE[kind];
}

const NOT_DONE = { move: 'back', remove: 'kept', add: 'notAdded' } as const;

/** Whether somebody is to leave a segment, by a write that is under way. */
export function isLeaving({ kind, from }: Change, segmentId: number): boolean {
  return kind !== 'add' && from.id === segmentId;
}

/** Changes one column, where it is shown. */
export function onColumn(state: BoardState, segmentId: number, change: (column: Column) => Column): BoardState {
  return {
    ...state,
    columns: state.columns.map((column) => (column.segment.id === segmentId ? change(column) : column)),
  };
}

/** Adds to the report of each decision what became of some of its members. */
export function onReports(state: BoardState, done: readonly Pending[], short: readonly Shortfall[]): BoardState {
  const reports = state.reports.map((report): Report => ({
    ...report,
    done: report.done + done.filter(({ decisionId }) => decisionId === report.decisionId).length,
    short: [...report.short, ...short.filter(({ pending }) => pending.decisionId === report.decisionId)],
  }));
  return { ...state, reports };
}

/** Whether nothing of a decision is under way any more. */
export function isOver({ asked, done, short }: Report): boolean {
  return done + short.length >= asked;
}

const NONE: readonly Pending[] = [];

/** The writes under way that take somebody out of a segment or into it; the same empty list whenever there are none. */
export function concerning(pending: ReadonlyMap<number, Pending>, segmentId: number): readonly Pending[] {
  const found = [...pending.values()].filter(({ from, to }) => from.id === segmentId || to?.id === segmentId);
  return found.length === 0 ? NONE : found;
}

/** What is to be told on the cards of one column, by member. */
export function marksIn(marks: ReadonlyMap<string, Mark>, segmentId: number): ReadonlyMap<number, Mark> {
  const start = markKey(segmentId, 0).slice(0, -1);
  return new Map(
    [...marks].flatMap(([key, mark]) =>
      key.startsWith(start) ? [[Number(key.slice(start.length)), mark] as const] : [],
    ),
  );
}
