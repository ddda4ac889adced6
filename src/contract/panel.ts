import type { LedgerEntry } from './ledger';
import type { ManageOutcome } from './manage';
import type { Problem } from './problem';
import type { Match, MemberView, Segment, WriteEnds } from './segments';
import type { Result } from './result';
import type { StraysView } from './strays';
import type { SyncSummary } from './syncSummary';

/** The reporter as Jira shows them to the viewer. */
export type ReporterView = {
  readonly accountId: string;
  readonly displayName: string;
  /** Whether their account was deactivated: they still are who they were. */
  readonly isInactive: boolean;
  /** Their picture, where it is on a host that a page of Forge may load from; null for anyone else. */
  readonly avatarUrl: string | null;
};

/**
 * What the panel shows of a write, and no more: nothing in it tells which run or API client asked for it. Segments are
 * under their labels.
 */
export type HistoryEntry = WriteEnds &
  Pick<
    LedgerEntry,
    | 'operationId'
    | 'state'
    | 'actorAccountId'
    | 'members'
    | 'intendedAtMs'
    | 'finishedAtMs'
    | 'recoveredAtMs'
    | 'undoes'
    | 'answer'
  > & {
    /** Who else was changed beside it, in numbers; null where nobody was seen to be. */
    readonly strays: StraysView | null;
  };

/** A write about this reporter, with whether it can be undone from here now. */
export type HistoryRow = HistoryEntry & { readonly undoable: boolean };

/** How far what is not read now can be trusted: `fresh` for a minute, `stale` after a day. */
export type DirectoryAge = 'fresh' | 'aged' | 'stale';

/** Where a view's memberships come from. */
export type ViewSource =
  /** All segments were read from Shorter Loop for it. */
  | { readonly kind: 'live' }
  /** The segments in which the directory has the member were read for it; of the others it may know too little. */
  | { readonly kind: 'checked'; readonly othersAsOfMs: number }
  /** Nothing was read for it; it has no names. */
  | { readonly kind: 'directory'; readonly asOfMs: number; readonly age: DirectoryAge };

/** What the panel offers; an undo is a move, and a search is a part of linking. */
export const PANEL_ACTS = ['move', 'remove', 'add', 'link'] as const;
/** One of {@link PANEL_ACTS}. */
export type PanelAct = (typeof PANEL_ACTS)[number];
/** What the panel offers: `invite` is adding someone by their email address whom no segment has. */
export type PanelOffer = PanelAct | 'invite';

/** All that the panel shows, in one answer. */
export type PanelView = {
  /** The person looking at the panel. */
  readonly viewerAccountId: string;
  /** Null when the issue has no reporter. */
  readonly reporter: ReporterView | null;
  readonly match: Match;
  /** Whether changes can be made: not before an admin has checked the connection. */
  readonly writesOn: boolean;
  /**
   * The segments of the initiative, in Shorter Loop's order: every one for whoever may move or link the reporter, and
   * those that the reporter is in for anyone else.
   */
  readonly segments: readonly Segment[];
  readonly source: ViewSource;
  /** The last five writes about this reporter, newest first; null where `panel.history` is to be asked for them. */
  readonly history: readonly HistoryRow[] | null;
  /** Why the viewer may not do it on this issue; null where they may. */
  readonly refusals: Readonly<Record<PanelOffer, Problem | null>>;
  /** Where Shorter Loop itself is; null where there is nobody to look for there. */
  readonly shorterLoopUrl: string | null;
  /** How many of the site's reporters are known; null where all are, and where it was not asked. */
  readonly sync: SyncSummary | null;
};

/** The reporter's other work items that the viewer may see: about how many, and the search that finds them. */
export type OtherWorkItems = { readonly count: number; readonly jql: string };

/** A write that came to an end, whatever its outcome, with the panel as it is after it. */
export type WriteResult = {
  readonly entry: HistoryEntry;
  /** How long Shorter Loop asked to wait when it refused for that reason alone; null otherwise. */
  readonly retryAfterMs: number | null;
  readonly view: PanelView;
};

/**
 * Every write names the member that the user saw (`memberId`), so that a panel left open is refused
 * rather than obeyed, and an operation id (a UUID made by the page for each click), so that it happens at most once.
 */
export type MoveInput = {
  readonly operationId: string;
  readonly memberId: number;
  readonly fromSegmentId: number;
  readonly toSegmentId: number;
};
/** @see MoveInput */
export type RemoveInput = Omit<MoveInput, 'toSegmentId'>;
/** @see MoveInput */
export type AddInput = Omit<MoveInput, 'fromSegmentId'>;
/** Adds the reporter to a segment by their email address, of whom no segment knows yet. */
export type InviteInput = { readonly toSegmentId: number };
/** What became of it: Shorter Loop's segment has them, its word has to do, or neither. */
export type InviteResult = { readonly outcome: ManageOutcome; readonly to: Segment; readonly view: PanelView };
/** `undoes` is the operation id of the confirmed move that is to be taken back. */
export type UndoInput = { readonly operationId: string; readonly undoes: string };
/** Which member the panel shows, and where: by that it is told what can be undone. Null where it shows none. */
export type HistoryInput = { readonly shown: Pick<MemberView, 'id' | 'segmentIds'> | null };
/** A member picked by hand for the reporter. */
export type LinkInput = { readonly memberId: number };
/**
 * A name (part of it, 2 characters or more), a whole e-mail address or a member id. On a large site a name
 * is looked for in one segment.
 */
export type SearchInput = { readonly query: string; readonly segmentId?: number };
/**
 * At most {@link SEARCH_LIMIT} members; `truncated` says that there were more, `needsSegment` that a segment has to
 * be chosen first.
 */
export type SearchResult = {
  readonly members: readonly MemberView[];
  readonly truncated: boolean;
  readonly needsSegment: boolean;
};

/** How many members a search answers at most. */
export const SEARCH_LIMIT = 20;
/** How many ledger rows the panel shows. */
export const HISTORY_LIMIT = 5;

/** Every function the issue panel can invoke: one definition for the resolver and for the page. */
export type PanelDefinitions = {
  'panel.open': () => Result<PanelView>;
  /** Reads from Shorter Loop what `panel.open` took from the directory, with names. */
  'panel.readThrough': () => Result<PanelView>;
  /** The history that `panel.open` left out. */
  'panel.history': (input: HistoryInput) => Result<readonly HistoryRow[]>;
  'panel.move': (input: MoveInput) => Result<WriteResult>;
  /** How many other work items the reporter has; asked for once the page stands. */
  'panel.others': () => Result<OtherWorkItems>;
  'panel.remove': (input: RemoveInput) => Result<WriteResult>;
  'panel.add': (input: AddInput) => Result<WriteResult>;
  'panel.invite': (input: InviteInput) => Result<InviteResult>;
  'panel.undo': (input: UndoInput) => Result<WriteResult>;
  'panel.link': (input: LinkInput) => Result<PanelView>;
  'panel.unlink': (input: LinkInput) => Result<PanelView>;
  'panel.searchMembers': (input: SearchInput) => Result<SearchResult>;
};
