import type { HistoryRow, LedgerEntry, Match, PanelView, ViewSource } from '../../contract';
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
  readonly history: readonly LedgerEntry[];
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
}: ViewFacts): PanelView {
  return {
    viewerAccountId,
    reporter: reporter === null ? null : { accountId: reporter.accountId, displayName: reporter.displayName },
    match,
    writesOn,
    segments: readableSegments(segments).map(toSegmentRef),
    source,
    history: history.map((entry) => withUndo(entry, { reporter, match, segments, history })),
  };
}

function withUndo(
  entry: LedgerEntry,
  { reporter, match, segments, history }: Pick<ViewFacts, 'reporter' | 'match' | 'segments' | 'history'>,
): HistoryRow {
  if (reporter === null || match.state !== 'linked') return { ...entry, undoable: false };
  const plan = planUndo(entry, { reporterAccountId: reporter.accountId, memberId: match.member.id, segments, history });
  return { ...entry, undoable: plan.kind === 'request' };
}
