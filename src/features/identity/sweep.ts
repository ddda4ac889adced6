import { isInScope, ok, type Result } from '../../contract';
import { SYNC_KEPT_POINTS } from '../../usecases/identity';
import { fromJira } from '../../usecases/result';
import { withinJiraBudget } from '../../usecases/connection';
import { REPORTERS_A_PAGE, searchReporters, type JiraResult, type ReporterPage } from '../../adapters/jira';
import { readProjectScope, readReporters, type IdentitySync } from '../../adapters/store';
import { lookAndNote } from './note';
import { scopeJql } from './query';
import type { SyncChange } from './session';
import { daysNow } from './tidy';
import type { SyncTools } from './tools';

/** So many pages of new issues are looked at in a day; what is beyond them comes with the next cycle. */
const MOST_PAGES = 10;
/** Twice as long as the sweep rests, for one that came late. */
const SINCE = '-2d';

/**
 * Looks once a day for reporters whom events have missed, among the issues of the last two days: one call where there
 * are few. Their issues are counted with the next cycle. Throws ForgeKvsError when storage fails.
 */
export async function sweep(sync: IdentitySync, tools: SyncTools): Promise<Result<SyncChange>> {
  const scope = await readProjectScope();
  const where = scopeJql(scope);
  const jql = `${where ?? 'reporter is not EMPTY'} AND created >= "${SINCE}" ORDER BY created DESC`;
  let points = 0;
  let token: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    await tools.fetches.take(1);
    const from: string | null = token;
    const asked: Result<JiraResult<ReporterPage>> = await withinJiraBudget(
      REPORTERS_A_PAGE + 1,
      () => searchReporters('app', jql, from),
      SYNC_KEPT_POINTS,
    );
    if (asked.kind === 'problem') return asked;
    const page: Result<ReporterPage> = fromJira(asked.value);
    if (page.kind === 'problem') return page;
    const looked = await lookAtNew(page.value, (projectId) => isInScope(scope, projectId), tools);
    if (looked.kind === 'problem') return looked;
    points += page.value.cost.points + looked.value;
    token = page.value.nextPageToken;
    if (token === null) break;
  }
  return ok({ points: sync.points + points, sweptAtMs: Date.now(), days: await daysNow(sync) });
}

async function lookAtNew(
  { reporters, issuesOf }: ReporterPage,
  isWanted: (projectId: string) => boolean,
  tools: SyncTools,
): Promise<Result<number>> {
  const wanted = new Set(
    issuesOf.flatMap(({ projectId, reporterAccountId }) => (isWanted(projectId) ? (reporterAccountId ?? []) : [])),
  );
  wanted.delete('unknown');
  const known = await readReporters([...wanted]);
  const fresh = reporters.filter(({ accountId }) => wanted.has(accountId) && !known.has(accountId));
  return lookAndNote(fresh, () => 'one', tools);
}
