import { ok, type JiraEstimate, type PeopleView, type QueuePage, type Result, type ScanView } from '../../../contract';
import { fromJira } from '../../../usecases/result';
import { readProjects } from '../../../adapters/jira';

/** What the People tab opens with: the projects that the admin may browse. The identity sync has taken the count's place. */
export async function people(): Promise<Result<PeopleView>> {
  const projects = fromJira(await readProjects(), { code: 'jira', status: 404, retryAfterMs: null, limit: null });
  if (projects.kind === 'problem') return projects;
  return ok({ scan: null, projects: projects.value.map(({ key, name }) => ({ key, name })) });
}

const NOTHING: ScanView = {
  phase: 'done',
  projectKeys: [],
  issues: 0,
  counts: { linked: 0, found: 0, ambiguous: 0, emailHidden: 0, notFound: 0, notAPerson: 0 },
  startedAtMs: 0,
  finishedAtMs: 0,
  pausedUntilMs: null,
};

/** Nothing is estimated any more. */
export const estimateScan = (): Promise<Result<JiraEstimate | null>> => Promise.resolve(ok(null));
/** Nothing is counted any more. */
export const startScan = (): Promise<Result<ScanView>> => Promise.resolve(ok(NOTHING));
/** No count is under way. */
export const stepScan = (): Promise<Result<ScanView | null>> => Promise.resolve(ok(null));
/** Nobody is in the count's queue. */
export const peopleQueue = (): Promise<Result<QueuePage>> => Promise.resolve(ok({ accountIds: [], next: null }));
