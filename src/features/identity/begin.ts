import { ok, type ProjectScope, type Result, isInScope } from '../../contract';
import { SYNC_KEPT_POINTS } from '../../usecases/identity';
import { logFailure, fromJira } from '../../usecases/result';
import { spendJiraPoints } from '../../usecases/connection';
import { countIssues, pointsOfProjects, readProjects, readProjectsOfApp, type Project } from '../../adapters/jira';
import { beginDomains, inGroupsOf, PROJECTS_A_ROW, readProjectScope, writeCycleProjects } from '../../adapters/store';
import { MOST_UNREAD, scopeJql } from './query';
import type { SyncChange, SyncSession } from './session';

/** What the lists of projects are taken to cost before they are there. */
const LISTS_POINTS = pointsOfProjects(500);

/**
 * Begins a cycle: lists the projects whose issues the app may read, without those in which it may not be used, and
 * names those that it can't read though the admin who connected it sees them. Throws ForgeKvsError when storage fails.
 */
export async function beginCycle({ sync, savedByAccountId }: SyncSession): Promise<Result<SyncChange>> {
  const { cycleId, points } = sync();
  const spent = await spendJiraPoints(LISTS_POINTS, SYNC_KEPT_POINTS);
  if (spent.kind === 'problem') return spent;
  const [scope, listed] = await Promise.all([readProjectScope(), readProjectsOfApp()]);
  const seen = fromJira(listed);
  if (seen.kind === 'problem') return seen;
  const projects = seen.value.filter(({ id }) => isInScope(scope, id));
  const unread = await unreadProjects(scope, new Set(seen.value.map(({ id }) => id)), savedByAccountId);
  for (const [row, rows] of inGroupsOf(projects, PROJECTS_A_ROW).entries())
    await writeCycleProjects(
      cycleId,
      row,
      rows.map((project) => ({ ...project, bounds: [], isRead: false })),
    );
  const jql = scopeJql(scope);
  const counted = jql === null ? null : await countIssues('app', jql);
  await beginDomains(cycleId);
  return ok({
    phase: 'reading',
    projects: projects.length,
    issuesInAll: counted?.kind === 'ok' ? counted.value.count : null,
    points: points + pointsOfProjects(seen.value.length) + 1,
    unread: unread.slice(0, MOST_UNREAD).map(({ key, name }) => ({ key, name })),
    unreadCount: unread.length,
  });
}

/** Projects in scope that others see and the app does not: those that are named in the scope, and the admin's. */
async function unreadProjects(
  scope: ProjectScope,
  seen: ReadonlySet<string>,
  adminAccountId: string,
): Promise<Project[]> {
  const named = scope.kind === 'only' ? scope.projects : [];
  const all = [...named, ...(await projectsOfAdmin(adminAccountId))];
  const unread = all.filter(({ id }) => !seen.has(id) && isInScope(scope, id));
  return [...new Map(unread.map((project) => [project.id, project])).values()];
}

/**
 * Whoever connected the app may have left, or may not have allowed it: then nobody can say what the app does not see.
 */
async function projectsOfAdmin(accountId: string): Promise<Project[]> {
  try {
    const answer = await readProjects({ accountId });
    return answer.kind === 'ok' ? answer.value : [];
  } catch (error) {
    logFailure('identity-sync', error);
    return [];
  }
}
