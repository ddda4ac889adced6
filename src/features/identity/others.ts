import { isInScope, ok, SYNC_STATES, type ProjectScope, type Result } from '../../contract';
import { SYNC_KEPT_POINTS } from '../../usecases/identity';
import { fromJira } from '../../usecases/result';
import { withinJiraBudget } from '../../usecases/connection';
import { searchReporters } from '../../adapters/jira';
import { readProjectScope, readSyncTotals, reportersIn, type IdentitySync } from '../../adapters/store';
import { lookAndNote } from './note';
import { othersJql, scopeJql } from './query';
import type { SyncChange } from './session';
import type { SyncTools } from './tools';

/** So many people are left out by name; where more are known, everybody else comes with the rest. */
const MOST_KNOWN = 1_000;
/** Fewer issues than this are read for little more than a search for others costs. */
const WORTH_ISSUES = 2_000;
/** How many issues a page holds: few, as everybody on it is left out of the next one. */
const ISSUES_A_PAGE = 100;
/** How many pages are read at most, and how many before it is stored how far this has come. */
const MOST_PAGES = 20;
const PAGES_AT_ONCE = 5;
/** The most rows that Forge returns at once, and what it costs to read them. */
const ROWS = 100;
const ROWS_UNITS = 8;

/**
 * Whether it is worth searching for those whom the newest issues of the projects left out: where few people report most
 * of them, most points would be spent on people who are known, and everybody else would wait for hours.
 */
export function areOthersSought({ issues, issuesInAll, read, projects }: IdentitySync): boolean {
  return read < projects && (issuesInAll === null || issuesInAll - issues >= WORTH_ISSUES);
}

/**
 * Reads the newest issues of those who are not known yet, and looks at them; their issues are counted with the rest.
 * Once a thousand are known, a page brings nobody new, or Jira doesn't take the query, the rest follows: some come
 * earlier by this, and nobody is missed without it. Throws ForgeKvsError when storage fails.
 */
export async function readOthers(sync: IdentitySync, tools: SyncTools): Promise<Result<SyncChange>> {
  const scope = await readProjectScope();
  const inScope = scopeJql(scope);
  const known = inScope === null ? null : await knownReporters(tools);
  let points = sync.points;
  for (let place = sync.place; inScope !== null && known !== null && known.size < MOST_KNOWN;) {
    const looked = await lookAtOthers({ inScope, scope, known, cycleId: sync.cycleId }, tools);
    if (looked.kind === 'problem') return looked;
    place += 1;
    points += looked.value.points;
    if (looked.value.areAll || place >= MOST_PAGES) break;
    if (place - sync.place === PAGES_AT_ONCE) return ok({ place, points });
  }
  return ok({ pass: 'rest', place: 0, points });
}

/** Whom a page leaves out, and where it looks. */
type Sought = {
  readonly inScope: string;
  readonly scope: ProjectScope;
  /** Everybody who is looked at is added. */
  readonly known: Set<string>;
  readonly cycleId: string;
};

async function lookAtOthers(
  { inScope, scope, known, cycleId }: Sought,
  tools: SyncTools,
): Promise<Result<{ readonly points: number; readonly areAll: boolean }>> {
  await tools.fetches.take(1);
  const asked = await withinJiraBudget(
    ISSUES_A_PAGE + 1,
    () => searchReporters('app', othersJql(inScope, [...known]), null, ISSUES_A_PAGE),
    SYNC_KEPT_POINTS,
  );
  if (asked.kind === 'problem') return asked;
  const answer = asked.value;
  // What Jira refuses now it may refuse whenever it is asked: only for a limit it is asked again.
  if (answer.kind === 'problem' && answer.problem.status !== 429) return ok({ points: 1, areAll: true });
  const page = fromJira(answer);
  if (page.kind === 'problem') return page;
  const { reporters, issuesOf, nextPageToken, cost } = page.value;
  const projectOf = new Map(
    issuesOf.flatMap(({ projectId, reporterAccountId: id }) =>
      id === null || id === 'unknown' || !isInScope(scope, projectId) ? [] : [[id, projectId] as const],
    ),
  );
  const fresh = reporters.filter(({ accountId }) => projectOf.has(accountId) && !known.has(accountId));
  const unseen = (id: string) => ({ cycleId, projectId: projectOf.get(id) ?? '', numbers: [] });
  const looked = await lookAndNote(fresh, unseen, tools);
  if (looked.kind === 'problem') return looked;
  for (const { accountId } of fresh) known.add(accountId);
  return ok({ points: cost.points + looked.value, areAll: fresh.length === 0 || nextPageToken === null });
}

/** Everybody of whom something is known, or as many as can be left out. Throws ForgeKvsError when storage fails. */
async function knownReporters({ storageLimiter }: SyncTools): Promise<Set<string>> {
  const known = new Set<string>();
  const totals = await readSyncTotals();
  for (const state of SYNC_STATES.filter((one) => (totals?.counts[one].reporters ?? 0) > 0)) {
    let after: string | null = null;
    do {
      await storageLimiter.spend('read', ROWS_UNITS);
      const page: Awaited<ReturnType<typeof reportersIn>> = await reportersIn(state, after, ROWS);
      for (const { accountId } of page.reporters) known.add(accountId);
      after = page.next;
    } while (after !== null && known.size < MOST_KNOWN);
  }
  return known;
}
