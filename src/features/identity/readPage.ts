import { ok, type Result } from '../../contract';
import { SYNC_KEPT_POINTS } from '../../usecases/identity';
import { fromJira } from '../../usecases/result';
import { withinJiraBudget } from '../../usecases/connection';
import { REPORTERS_A_PAGE, searchReporters, type JiraResult, type ReporterPage } from '../../adapters/jira';
import {
  noteReporters,
  PROJECTS_A_ROW,
  readReporters,
  readCycleProjects,
  writeCycleProjects,
  type IdentitySync,
} from '../../adapters/store';
import type { CountedIssues, CycleProject } from '../../domain/people';
import { lookAndNote } from './note';
import { areOthersSought } from './others';
import { MOST_UNREAD, numberOfKey, projectJql } from './query';
import type { SyncChange, SyncSession } from './session';
import type { SyncTools } from './tools';

/** How many of a page's lowest numbers are kept: where the issue at one of them is gone, the next one bounds. */
const MOST_BOUNDS = 5;
/** How often a project is begun anew because every issue at its bounds is gone. */
const MOST_RESTARTS = 2;
/** What counting a reporter who is known already writes: a share of the transaction with their row, in units. */
const COUNT_UNITS = 0.2;
/** How many empty pages are passed over in one go. */
const MOST_EMPTY_PAGES = 10;

/**
 * Reads the next page of a cycle: first the newest issues of every project, then the rest of each. Who was not looked
 * at in this cycle is, and everybody's issues are counted. A page that is read again after a crash, or beside another
 * reading of it, changes nothing. Throws ForgeKvsError when storage fails.
 */
export async function readPage(session: SyncSession, tools: SyncTools): Promise<Result<SyncChange>> {
  const { cycleId, pass, place, bounds, restarts } = session.sync();
  const row = Math.floor(place / PROJECTS_A_ROW);
  const projects = await readCycleProjects(cycleId, row);
  const next = projects.findIndex((one, nth) => nth >= place % PROJECTS_A_ROW && !one.isRead);
  const project = projects[next];
  if (project === undefined) return ok(afterRow(session.sync(), row, projects.length));
  const at = row * PROJECTS_A_ROW + next;
  const isBegun = at === place && (bounds.length > 0 || restarts > 0);
  const from = isBegun ? bounds : pass === 'rest' ? project.bounds : [];
  const where: Where = { row, projects, project, at, from };
  await tools.fetches.take(1);
  const asked = await withinJiraBudget(
    REPORTERS_A_PAGE + 1,
    () => searchPage(projectJql(project.key, from[0] ?? null)),
    SYNC_KEPT_POINTS,
  );
  if (asked.kind === 'problem') return asked;
  const answer = asked.value;
  if (answer.kind === 'problem' && isNotShown(answer.problem.status)) return ok(await refused(session.sync(), where));
  const page = fromJira(answer);
  if (page.kind === 'problem') return page;
  const noted = await notePage(page.value, { cycleId, projectId: project.id }, tools);
  return noted.kind === 'ok' ? ok(await afterPage(session.sync(), where, page.value, noted.value)) : noted;
}

/** Where a project stands in a cycle, and the numbers below which it goes on. */
type Where = {
  readonly row: number;
  readonly projects: readonly CycleProject[];
  readonly project: CycleProject;
  readonly at: number;
  readonly from: readonly number[];
};

/** A page with issues on it, or the last one: an empty page that has a token is passed over. */
async function searchPage(jql: string): Promise<JiraResult<ReporterPage>> {
  let token: string | null = null;
  for (let pages = 1; ; pages += 1) {
    const page: JiraResult<ReporterPage> = await searchReporters('app', jql, token);
    if (page.kind === 'problem' || page.value.issues > 0 || page.value.nextPageToken === null) return page;
    if (pages === MOST_EMPTY_PAGES) return { kind: 'ok', value: { ...page.value, nextPageToken: null } };
    token = page.value.nextPageToken;
  }
}

/** Jira answers 400 for a project that the asker may not see, as for a key that it does not know. */
function isNotShown(status: number | null): boolean {
  return status === 400 || status === 403 || status === 404;
}

async function notePage(
  { reporters, issuesOf }: ReporterPage,
  cycle: Pick<CountedIssues, 'cycleId' | 'projectId'>,
  tools: SyncTools,
): Promise<Result<number>> {
  const numbers = new Map<string, number[]>();
  for (const { issueKey, reporterAccountId } of issuesOf) {
    const number = numberOfKey(issueKey);
    if (number === null || reporterAccountId === null) continue;
    numbers.set(reporterAccountId, [...(numbers.get(reporterAccountId) ?? []), number]);
  }
  const counted = reporters.filter(({ accountId }) => accountId !== 'unknown' && numbers.has(accountId));
  const rows = await readReporters(counted.map(({ accountId }) => accountId));
  const isFresh = (accountId: string): boolean => rows.get(accountId)?.count?.cycleId !== cycle.cycleId;
  const issues = (accountId: string): CountedIssues => ({ ...cycle, numbers: numbers.get(accountId) ?? [] });
  const fresh = counted.filter(({ accountId }) => isFresh(accountId));
  const looked = await lookAndNote(fresh, issues, tools);
  if (looked.kind === 'problem') return looked;
  const known = counted.filter(({ accountId }) => !isFresh(accountId));
  await tools.storageLimiter.spend('write', COUNT_UNITS * known.length);
  await noteReporters(
    known.map(({ accountId }) => ({ accountId, state: null, memberId: null, issues: issues(accountId) })),
  );
  return looked;
}

async function afterPage(
  sync: IdentitySync,
  where: Where,
  page: ReporterPage,
  lookPoints: number,
): Promise<SyncChange> {
  const { issues, issuesOf, nextPageToken, cost } = page;
  const numbers = issuesOf.flatMap(({ issueKey }) => numberOfKey(issueKey) ?? []);
  const lowest = [...numbers].sort((a, b) => a - b).slice(0, MOST_BOUNDS);
  const told = { issues: sync.issues + issues, points: sync.points + cost.points + lookPoints };
  if (nextPageToken !== null && lowest.length > 0) {
    if (sync.pass === 'rest') return { ...told, place: where.at, bounds: lowest };
    await writeProject(sync.cycleId, where, { bounds: lowest, isRead: false });
    return { ...told, ...afterProject(where) };
  }
  await writeProject(sync.cycleId, where, { bounds: [], isRead: true });
  return { ...told, ...afterProject(where), read: sync.read + 1 };
}

/**
 * The next bound where an issue at one is gone, the project from its top where all are; what shows nothing is named.
 */
async function refused(sync: IdentitySync, where: Where): Promise<SyncChange> {
  const [, ...others] = where.from;
  const points = sync.points + 1;
  if (others.length > 0) return { points, place: where.at, bounds: others };
  const restarts = where.at === sync.place ? sync.restarts : 0;
  if (where.from.length > 0 && restarts < MOST_RESTARTS)
    return { points, place: where.at, bounds: [], restarts: restarts + 1 };
  await writeProject(sync.cycleId, where, { bounds: [], isRead: true });
  const { key, name } = where.project;
  const unread = [...sync.unread, { key, name }].slice(0, MOST_UNREAD);
  return { points, ...afterProject(where), unread, unreadCount: sync.unreadCount + 1 };
}

function afterProject({ at }: Where): Pick<IdentitySync, 'place' | 'bounds' | 'restarts'> {
  return { place: at + 1, bounds: [], restarts: 0 };
}

function afterRow(sync: IdentitySync, row: number, projects: number): SyncChange {
  const begun = { bounds: [], restarts: 0 };
  if (projects === PROJECTS_A_ROW) return { ...begun, place: (row + 1) * PROJECTS_A_ROW };
  if (sync.pass !== 'newest') return { ...begun, phase: 'tidying', tidied: null };
  return { ...begun, pass: areOthersSought(sync) ? 'others' : 'rest', place: 0 };
}

async function writeProject(
  cycleId: string,
  { row, projects, project }: Where,
  change: Pick<CycleProject, 'bounds' | 'isRead'>,
): Promise<void> {
  await writeCycleProjects(
    cycleId,
    row,
    projects.map((one) => (one.id === project.id ? { ...one, ...change } : one)),
  );
}
