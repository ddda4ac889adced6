import type { HistoryRow, LedgerEntry, Match, PanelView, ReporterView, Segment, ViewSource } from '../../contract';
import type { Reporter } from '../../domain/people';
import { planUndo, readableSegments, toSegmentRef, type SegmentMembers } from '../../domain/segments';

/** What a view is made of. */
export type ViewFacts = {
  readonly viewerAccountId: string;
  readonly reporter: Reporter | null;
  readonly match: Match;
  readonly writesOn: boolean;
  readonly segments: readonly SegmentMembers[];
  readonly source: ViewSource;
  /** Null where the page asks for it by itself. */
  readonly history: readonly LedgerEntry[] | null;
  readonly refusals: PanelView['refusals'];
};

/** All that the panel shows. No e-mail address is in it. */
export function panelViewOf({
  viewerAccountId,
  reporter,
  match,
  writesOn,
  segments,
  source,
  history,
  refusals,
}: ViewFacts): PanelView {
  return {
    viewerAccountId,
    reporter: reporter === null ? null : viewOfReporter(reporter),
    match,
    writesOn,
    segments: shownSegments({ match, segments: readableSegments(segments), refusals }),
    source,
    history: history === null ? null : historyRows({ reporter, memberId: memberIdOf(match), segments, history }),
    refusals,
  };
}

/**
 * The names of an initiative's segments say what a company does with its customers: who only looks is told of those
 * that the reporter is in, and who may choose one, of all.
 */
function shownSegments({ match, segments, refusals }: Pick<ViewFacts, 'match' | 'segments' | 'refusals'>): Segment[] {
  const mayChoose = refusals.move === null || refusals.link === null;
  const isTheirs = ({ id }: Segment): boolean => match.state === 'linked' && match.member.segmentIds.includes(id);
  return segments.map(toSegmentRef).filter((segment) => mayChoose || isTheirs(segment));
}

function viewOfReporter({ accountId, displayName, active }: Reporter): ReporterView {
  return { accountId, displayName, isInactive: active === false };
}

function memberIdOf(match: Match): number | null {
  return match.state === 'linked' ? match.member.id : null;
}

/** What a history is judged by; `memberId` is null where the reporter is not linked. */
export type HistoryFacts = Pick<ViewFacts, 'reporter' | 'segments'> & {
  readonly memberId: number | null;
  readonly history: readonly LedgerEntry[];
};

/** The rows of a history, with whether each can be undone from here now. */
export function historyRows(facts: HistoryFacts): HistoryRow[] {
  return facts.history.map((entry) => withUndo(entry, facts));
}

function withUndo(entry: LedgerEntry, { reporter, memberId, segments, history }: HistoryFacts): HistoryRow {
  if (reporter === null || memberId === null) return { ...entry, undoable: false };
  const plan = planUndo(entry, { reporterAccountId: reporter.accountId, memberId, segments, history });
  return { ...entry, undoable: plan.kind === 'request' };
}
