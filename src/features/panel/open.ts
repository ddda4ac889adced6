import { type HistoryRow, type Result, type PanelView, type ViewSource, ok } from '../../contract';
import {
  updateDirectory,
  resolveReporter,
  readOpening,
  readSubject,
  type ResolvedReporter,
  type NoMember,
  type CachedReporter,
} from '../../usecases/lookup';
import { ageOf } from '../../domain/people';
import type { PanelRequest } from './request';
import { panelViewOf } from './view';

/**
 * Everything that the panel shows when it opens. With a directory nothing is read from Shorter Loop for
 * a linked reporter: the page then asks {@link readThrough} where that is too old.
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
      const known = await resolveReporter(opening.value.subject, 'look');
      return known.kind === 'ok' ? ok(panelViewOfResolved(viewerAccountId, known.value)) : known;
    }
  }
}

/** The history of the reporter alone, where the opening left it out. */
export async function history(request: PanelRequest): Promise<Result<readonly HistoryRow[]>> {
  const opened = await open(request);
  return opened.kind === 'ok' ? ok(opened.value.history ?? []) : opened;
}

/**
 * The panel with what Shorter Loop says now of this one reporter, names included. What the directory had
 * otherwise is corrected.
 */
export async function readThrough({ viewerAccountId, issueId }: PanelRequest): Promise<Result<PanelView>> {
  const found = await readSubject(issueId);
  if (found.kind === 'problem') return found;
  if (found.value.kind === 'noMember') return ok(viewOfNobody(viewerAccountId, found.value));
  const known = await resolveReporter(found.value.subject, 'look');
  if (known.kind === 'problem') return known;
  const { match, directoryMeta, segments, reading } = known.value;
  if (match.state === 'linked')
    await updateDirectory(directoryMeta, { memberId: match.member.id, segments, live: reading.live });
  return ok(panelViewOfResolved(viewerAccountId, known.value));
}

/** The view of a known reporter, with what changed since it was read. */
export function panelViewOfResolved(
  viewerAccountId: string,
  known: ResolvedReporter,
  changed: Partial<Pick<ResolvedReporter, 'match' | 'segments' | 'history'>> = {},
): PanelView {
  return panelViewOf({
    viewerAccountId,
    writesOn: known.connected.writes !== null,
    refusals: NOTHING_REFUSED,
    ...known,
    source: sourceOf(known),
    ...changed,
  });
}

const NOTHING_REFUSED: PanelView['refusals'] = { move: null, remove: null, link: null };

function viewOfCached(viewerAccountId: string, told: CachedReporter): PanelView {
  const { asOfMs } = told;
  return panelViewOf({
    viewerAccountId,
    refusals: NOTHING_REFUSED,
    ...told,
    source: { kind: 'directory', asOfMs, age: ageOf(asOfMs, Date.now()) },
  });
}

function viewOfNobody(viewerAccountId: string, { reporter, match }: NoMember): PanelView {
  return panelViewOf({
    viewerAccountId,
    reporter,
    match,
    writesOn: true,
    segments: [],
    source: { kind: 'live' },
    history: [],
    refusals: NOTHING_REFUSED,
  });
}

function sourceOf({ reading: { othersAsOfMs } }: ResolvedReporter): ViewSource {
  return othersAsOfMs === null ? { kind: 'live' } : { kind: 'checked', othersAsOfMs };
}
