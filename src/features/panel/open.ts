import { type Match, type PanelView, type Result, type ViewSource, ok } from '../../contract';
import {
  updateDirectory,
  resolveMember,
  resolveReporter,
  readOpening,
  readRefusals,
  readSubject,
  type CachedReporter,
  type NoMember,
  type ResolvedMember,
} from '../../usecases/lookup';
import { readSyncSummary } from '../../usecases/identity';
import { settleSeen } from '../../usecases/write';
import { NOTHING_REFUSED } from '../../usecases/connection';
import { ageOf } from '../../domain/people';
import type { PanelRequest } from './request';
import { panelViewOf, type ViewFacts } from './view';

const notAsked = (): Promise<boolean> => Promise.resolve(false);

type Refusals = ViewFacts['refusals'];

/**
 * Everything that the panel shows when it opens. With a directory nothing is read from Shorter Loop for
 * a linked reporter: the page then asks {@link readThrough} where that is too old, and {@link history}.
 */
export async function open({ viewerAccountId, issueId }: PanelRequest): Promise<Result<PanelView>> {
  const opening = await readOpening(issueId);
  if (opening.kind === 'problem') return opening;
  switch (opening.value.kind) {
    case 'cached':
      return ok(viewOfCached(viewerAccountId, opening.value));
    case 'noMember':
      return ok(viewOfNobody(viewerAccountId, opening.value));
    case 'subject': {
      const { subject, place, rules } = opening.value;
      const [known, refusals] = await Promise.all([resolveMember(subject, 'look'), readRefusals(place, rules)]);
      if (known.kind === 'problem') return known;
      if (refusals.kind === 'problem') return refusals;
      const view = panelViewOfResolved(viewerAccountId, { ...known.value, history: null }, refusals.value);
      // Whoever is linked has nothing to wait for. That the viewer administers Jira is not worth a question here.
      return ok(view.match.state === 'linked' ? view : { ...view, sync: await readSyncSummary(notAsked) });
    }
  }
}

/**
 * The panel with what Shorter Loop says now of this one reporter, names included. What the directory had
 * otherwise is corrected.
 */
export async function readThrough({ viewerAccountId, issueId }: PanelRequest): Promise<Result<PanelView>> {
  const found = await readSubject(issueId);
  if (found.kind === 'problem') return found;
  if (found.value.kind === 'noMember') return ok(viewOfNobody(viewerAccountId, found.value));
  const { subject, place, rules } = found.value;
  const [read, refusals] = await Promise.all([resolveReporter(subject, 'look'), readRefusals(place, rules)]);
  if (read.kind === 'problem') return read;
  if (refusals.kind === 'problem') return refusals;
  // What was accepted and did not show then may show now.
  const known = await settleSeen(read.value);
  const { match, directoryMeta, segments, reading } = known;
  if (match.state === 'linked')
    await updateDirectory(directoryMeta, { memberId: match.member.id, segments, live: reading.live });
  return ok(panelViewOfResolved(viewerAccountId, known, refusals.value));
}

/** The view of a known reporter, with what changed since it was read. */
export function panelViewOfResolved(
  viewerAccountId: string,
  known: ResolvedMember & Pick<ViewFacts, 'history'>,
  refusals: Refusals,
  changed: { readonly match?: Match } = {},
): PanelView {
  const { settings, proofs, refusals: gate } = known.connected;
  return panelViewOf({
    viewerAccountId,
    gate,
    proofs,
    apiOrigin: settings.apiOrigin,
    refusals,
    ...known,
    source: sourceOf(known),
    ...changed,
  });
}

function viewOfCached(viewerAccountId: string, told: CachedReporter): PanelView {
  const { asOfMs } = told;
  return panelViewOf({
    viewerAccountId,
    ...told,
    history: null,
    source: { kind: 'directory', asOfMs, age: ageOf(asOfMs, Date.now()) },
  });
}

/** Nobody can be written about or linked, so that nothing stands in anybody's way. */
const NOTHING_OFFERED: Refusals = { move: null, remove: null, add: null, link: null };

function viewOfNobody(viewerAccountId: string, { reporter, match }: NoMember): PanelView {
  return panelViewOf({
    viewerAccountId,
    reporter,
    match,
    gate: NOTHING_REFUSED,
    proofs: {},
    apiOrigin: null,
    segments: [],
    source: { kind: 'live' },
    history: [],
    refusals: NOTHING_OFFERED,
  });
}

function sourceOf({ reading: { othersAsOfMs } }: ResolvedMember): ViewSource {
  return othersAsOfMs === null ? { kind: 'live' } : { kind: 'checked', othersAsOfMs };
}
