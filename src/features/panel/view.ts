import {
  labelledSegments,
  segmentLabels,
  straysViewOf,
  type HistoryEntry,
  type HistoryRow,
  type LedgerEntry,
  type Match,
  type PanelView,
  type PanelAct,
  type Problem,
  type Proofs,
  type ReporterView,
  type Segment,
  type ViewSource,
  type WriteEnds,
} from '../../contract';
import { inviteRefusal, type WriteRefusals } from '../../usecases/connection';
import type { Reporter } from '../../domain/people';
import { planUndo, readableSegments, toSegmentRef, type SegmentMembers } from '../../domain/segments';

/** What a view is made of. */
export type ViewFacts = {
  readonly viewerAccountId: string;
  readonly reporter: Reporter | null;
  readonly match: Match;
  /** What stands in the way of each kind of write, whoever asks for it. */
  readonly gate: WriteRefusals;
  readonly segments: readonly SegmentMembers[];
  readonly source: ViewSource;
  /** Null where the page asks for it by itself. */
  readonly history: readonly LedgerEntry[] | null;
  readonly refusals: Readonly<Record<PanelAct, Problem | null>>;
  readonly proofs: Proofs;
  /** Null where there is nobody to look for in Shorter Loop. */
  readonly apiOrigin: string | null;
};

/** All that the panel shows. No e-mail address is in it. */
export function panelViewOf({
  viewerAccountId,
  reporter,
  match,
  gate,
  segments,
  source,
  history,
  refusals: personal,
  proofs,
  apiOrigin,
}: ViewFacts): PanelView {
  const writesOn = gate.move?.code !== 'notProven';
  const refusals = withGate(personal, gate, proofs);
  return {
    viewerAccountId,
    reporter: reporter === null ? null : viewOfReporter(reporter),
    match,
    writesOn,
    segments: shownSegments({ match, segments: labelledSegments(readableSegments(segments)), refusals }),
    source,
    history: history === null ? null : historyRows({ reporter, memberId: memberIdOf(match), segments, history, gate }),
    refusals,
    sync: null,
    shorterLoopUrl: apiOrigin === null ? null : urlOfPages(apiOrigin),
  };
}

/**
 * What the viewer may not do, and beside it what nobody may do now. That the reads are not proven is said once, for all
 * acts, by `writesOn`.
 */
function withGate(
  { move, remove, add, link }: ViewFacts['refusals'],
  gate: WriteRefusals,
  proofs: Proofs,
): PanelView['refusals'] {
  const of = (refusal: Problem | null): Problem | null => (refusal?.code === 'notProven' ? null : refusal);
  return {
    move: move ?? of(gate.move),
    remove: remove ?? of(gate.remove),
    add: add ?? of(gate.add),
    link,
    invite: add ?? inviteRefusal(proofs),
  };
}

/**
 * Where Shorter Loop's own pages are. Assumed: beside `api.` there is `app.`, and any other server has its pages and
 * its API at one address. Where that is wrong, the link leads to a page that says so, and nothing is sent to it.
 */
function urlOfPages(apiOrigin: string): string {
  const url = new URL(apiOrigin);
  return url.host === 'api.shorterloop.com' ? 'https://app.shorterloop.com' : url.origin;
}

/**
 * The names of an initiative's segments say what a company does with its customers: who only looks is told of those
 * that the reporter is in, and who may choose one, of all.
 */
function shownSegments({
  match,
  segments,
  refusals: { move, add, link, invite },
}: Pick<ViewFacts, 'match' | 'segments'> & Pick<PanelView, 'refusals'>): Segment[] {
  const mayChoose = [move, add, link, invite].some((refusal) => refusal === null);
  const isTheirs = ({ id }: Segment): boolean => match.state === 'linked' && match.member.segmentIds.includes(id);
  return segments.map(toSegmentRef).filter((segment) => mayChoose || isTheirs(segment));
}

function viewOfReporter({ accountId, displayName, active, avatarUrl }: Reporter): ReporterView {
  return { accountId, displayName, isInactive: active === false, avatarUrl: avatarUrl ?? null };
}

function memberIdOf(match: Match): number | null {
  return match.state === 'linked' ? match.member.id : null;
}

/** What a history is judged by; `memberId` is null where the reporter is not linked. */
export type HistoryFacts = Pick<ViewFacts, 'reporter' | 'segments' | 'gate'> & {
  readonly memberId: number | null;
  readonly history: readonly LedgerEntry[];
};

/** The rows of a history, with whether each can be undone from here now. */
export function historyRows(facts: HistoryFacts): HistoryRow[] {
  return facts.history.map((entry) => withUndo(entry, facts));
}

function withUndo(entry: LedgerEntry, { reporter, memberId, segments, history, gate }: HistoryFacts): HistoryRow {
  const shown = historyEntryOf(entry, segments);
  if (reporter === null || memberId === null || gate.move !== null) return { ...shown, undoable: false };
  const plan = planUndo(entry, { reporterAccountId: reporter.accountId, memberId, segments, history });
  return { ...shown, undoable: plan.kind === 'request' };
}

/** What is shown of a write: chosen one by one, so that nothing that the ledger gets to keep is shown by accident. */
export function historyEntryOf(entry: LedgerEntry, segments: readonly Segment[]): HistoryEntry {
  const { operationId, state, actorAccountId, members, intendedAtMs, finishedAtMs, recoveredAtMs, undoes, answer } =
    entry;
  const ends = [entry.from, entry.to].filter((segment) => segment !== null);
  return {
    ...labelledEnds(entry, segments),
    ...{ operationId, state, actorAccountId, members, intendedAtMs, finishedAtMs, recoveredAtMs, undoes, answer },
    strays: straysViewOf(
      entry.strays,
      members.map(({ memberId }) => memberId),
      [...segments, ...ends.filter(({ id }) => !segments.some((segment) => segment.id === id))],
    ),
  };
}

function labelledEnds(entry: LedgerEntry, segments: readonly Segment[]): WriteEnds {
  const labelOf = segmentLabels(segments);
  const labelled = (segment: Segment): Segment => ({ id: segment.id, name: labelOf(segment) });
  switch (entry.kind) {
    case 'move':
      return { kind: entry.kind, from: labelled(entry.from), to: labelled(entry.to) };
    case 'remove':
      return { kind: entry.kind, from: labelled(entry.from), to: null };
    case 'add':
      return { kind: entry.kind, from: null, to: labelled(entry.to) };
  }
}
