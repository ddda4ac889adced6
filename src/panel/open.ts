import type { Answer, PanelView } from '../contract';
import { ok, type KnownReporter } from '../flow';
import type { PanelRequest } from './request';
import { readSituation } from './situation';
import { viewOf } from './view';

/** Everything that the panel shows when it opens. */
export async function open({ viewerAccountId, issueId }: PanelRequest): Promise<Answer<PanelView>> {
  const situation = await readSituation({ viewerAccountId, issueId });
  if (situation.kind === 'problem') return situation;
  const found = situation.value;
  if (found.kind === 'known') return ok(viewOfKnown(viewerAccountId, found));
  return ok(viewOf({ viewerAccountId, reporter: found.reporter, match: found.match, writesOn: true, segments: [], history: [] }));
}

/** The view of a known reporter, with what changed since it was read. */
export function viewOfKnown(
  viewerAccountId: string,
  known: KnownReporter,
  changed: Partial<Pick<KnownReporter, 'match' | 'segments' | 'history'>> = {},
): PanelView {
  return viewOf({ viewerAccountId, writesOn: known.connected.writes !== null, ...known, ...changed });
}
