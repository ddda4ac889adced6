import { route } from '@forge/api';
import { z } from 'zod';
import { plainName } from '../../contract';
import { getJson, type As, type JiraResult } from './request';

/** A project of Jira, as the user may see it. */
export type Project = { readonly id: string; readonly key: string; readonly name: string };

const projectSchema = z.object({ id: z.string(), key: z.string(), name: z.string().transform(plainName) });
const PAGE = 50;
/** More than this many are not listed: whoever has more names them by key. */
const MAX_PROJECTS = 500;
const pageSchema = z.object({ values: z.array(projectSchema), isLast: z.boolean().nullish() });

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
export async function readProjects(): Promise<JiraResult<Project[]>> {
  const projects: Project[] = [];
  for (let startAt = 0; startAt < MAX_PROJECTS; startAt += PAGE) {
    const page = await getJson(
      'user',
      route`/rest/api/3/project/search?action=browse&orderBy=name&startAt=${startAt}&maxResults=${PAGE}`,
      pageSchema,
    );
    if (page.kind === 'problem') return page;
    projects.push(...page.value.values);
    if (page.value.isLast !== false || page.value.values.length === 0) break;
  }
  return { kind: 'ok', value: projects };
}
