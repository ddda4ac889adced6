import { route } from '@forge/api';
import { z } from 'zod';
import { plainName } from '../../contract';
import { getJson, type As, type JiraResult } from './request';
import { isEmpty, rowsOf } from './rows';

/** A project of Jira, as the user may see it. */
export type Project = { readonly id: string; readonly key: string; readonly name: string };

const projectSchema = z.object({ id: z.string(), key: z.string(), name: z.string().transform(plainName) });
const PAGE = 50;
/** More than this many are not listed: whoever has more names them by key. */
const MAX_PROJECTS = 500;
const pageSchema = z.object({ values: rowsOf(projectSchema), isLast: z.boolean().nullish() });

/**
 * The project with this key, as the asker may see it.
 * @param key checked by the caller to be one
 * @returns `failed` with status 404 when there is none, or the user may not see it
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/
 *   api-rest-api-3-project-projectidorkey-get
 */
export async function findProject(key: string, as: As = 'user'): Promise<JiraResult<Project>> {
  return getJson(as, route`/rest/api/3/project/${key}`, projectSchema);
}

/**
 * The projects that the user may browse, by name, {@link MAX_PROJECTS} at most.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/
 *   api-rest-api-3-project-search-get
 */
export function readProjects(as: As = 'user'): Promise<JiraResult<Project[]>> {
  return searchProjects(as, { orderBy: 'name', most: MAX_PROJECTS });
}

/** How many projects the identity sync reads at most: those with the latest activity. */
const MAX_PROJECTS_READ = 2_000;

/**
 * The projects whose issues the app itself may read, those with the latest activity first. The page's list of orders
 * and its description spell the activity in two ways: where Jira refuses the one, they come as Jira likes.
 * @see {@link readProjects}
 */
export async function readProjectsOfApp(): Promise<JiraResult<Project[]>> {
  const ordered = await searchProjects('app', { orderBy: '-lastIssueUpdatedDate', most: MAX_PROJECTS_READ });
  const isRefused = ordered.kind === 'problem' && ordered.problem.status === 400;
  return isRefused ? searchProjects('app', { orderBy: 'key', most: MAX_PROJECTS_READ }) : ordered;
}

/** What listing so many projects costs, in Jira's points. */
export function pointsOfProjects(projects: number): number {
  return projects + Math.max(1, Math.ceil(projects / PAGE));
}

async function searchProjects(
  as: As,
  { orderBy, most }: { readonly orderBy: string; readonly most: number },
): Promise<JiraResult<Project[]>> {
  const projects: Project[] = [];
  for (let startAt = 0; startAt < most; startAt += PAGE) {
    const page = await getJson(
      as,
      route`/rest/api/3/project/search?action=browse&orderBy=${orderBy}&startAt=${startAt}&maxResults=${PAGE}`,
      pageSchema,
    );
    if (page.kind === 'problem') return page;
    const { values, isLast } = page.value;
    projects.push(...values.rows);
    if (isLast !== false || isEmpty(values)) break;
  }
  return { kind: 'ok', value: projects };
}
