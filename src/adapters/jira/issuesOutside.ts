import { route } from '@forge/api';
import { z } from 'zod';
import { inPartsOf } from './parts';
import { askPriced, type As, type JiraCost, type JiraResult } from './request';
import { rowsOf } from './rows';

/** How many issues one question is about at most. */
const ISSUES_AT_ONCE = 500;
/** How many `issue/bulkfetch` documents for one request. */
const READ_AT_ONCE = 100;

const foundSchema = z.object({
  issues: rowsOf(z.object({ id: z.string() })),
  nextPageToken: z.string().nullish(),
});
const fetchedSchema = z.object({
  issues: rowsOf(z.object({ id: z.string(), fields: z.object({ project: z.object({ id: z.string() }) }) })),
});
const NUMBER = /^\d{1,19}$/;

type Outside = { readonly outside: ReadonlySet<string>; readonly cost: JiraCost };

/**
 * Which of some issues are in none of these projects now: issues are moved. A search for them costs a point and one
 * more for each that it finds; its index may be some seconds behind. Where Jira refuses it, the issues are read by
 * their ids, and one that is not there is outside. That it refuses a search for an issue or a project that is gone is
 * assumed: where it does not, such an issue is not outside, and nobody is permitted anything on it.
 * @param issueIds in parts of {@link ISSUES_AT_ONCE}, all of which are asked about
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
 *   api-rest-api-3-search-jql-post
 */
export async function issuesOutside(
  issueIds: readonly string[],
  projectIds: readonly string[],
  as: As,
): Promise<JiraResult<Outside>> {
  const ids = issueIds.filter((id) => NUMBER.test(id));
  const projects = projectIds.filter((id) => NUMBER.test(id));
  const parts = inPartsOf(projects.length === 0 ? [] : ids, ISSUES_AT_ONCE);
  const found = await eachPart(parts, (part) => searchOutside(part, projects, as));
  if (found.kind === 'problem') return found;
  const unasked = projects.length === 0 ? issueIds : issueIds.filter((id) => !NUMBER.test(id));
  return { kind: 'ok', value: { ...found.value, outside: new Set([...found.value.outside, ...unasked]) } };
}

async function searchOutside(
  issueIds: readonly string[],
  projectIds: readonly string[],
  as: As,
): Promise<JiraResult<Outside>> {
  const jql = `id in (${issueIds.join(', ')}) AND project not in (${projectIds.join(', ')})`;
  const body = { jql, fields: ['id'], maxResults: issueIds.length };
  const found = await askPriced(as, 'POST', route`/rest/api/3/search/jql`, { body, schema: foundSchema });
  if (found.kind === 'problem') return found.problem.status === 400 ? readOutside(issueIds, projectIds, as) : found;
  const { issues, nextPageToken } = found.value.answer;
  // Jira may answer fewer than it was asked for; nothing is gone through page by page here. An issue that was found and
  // can't be told is outside: which one, reading them tells.
  if ((nextPageToken ?? null) !== null || issues.leftOut > 0) return readOutside(issueIds, projectIds, as);
  return { kind: 'ok', value: { outside: new Set(issues.rows.map(({ id }) => id)), cost: found.value.cost } };
}

function readOutside(issueIds: readonly string[], projectIds: readonly string[], as: As): Promise<JiraResult<Outside>> {
  return eachPart(inPartsOf(issueIds, READ_AT_ONCE), async (part) => {
    const body = { issueIdsOrKeys: part, fields: ['project'] };
    const read = await askPriced(as, 'POST', route`/rest/api/3/issue/bulkfetch`, { body, schema: fetchedSchema });
    if (read.kind === 'problem') return read;
    const inside = read.value.answer.issues.rows.filter(({ fields }) => projectIds.includes(fields.project.id));
    const outside = part.filter((id) => !inside.some((issue) => issue.id === id));
    return { kind: 'ok', value: { outside: new Set(outside), cost: read.value.cost } };
  });
}

/** One part after the other, until one fails. */
async function eachPart(
  parts: readonly (readonly string[])[],
  ask: (part: readonly string[]) => Promise<JiraResult<Outside>>,
): Promise<JiraResult<Outside>> {
  const outside = new Set<string>();
  let cost: JiraCost = { points: 0, isNearLimit: false };
  for (const part of parts) {
    const answer = await ask(part);
    if (answer.kind === 'problem') return answer;
    for (const id of answer.value.outside) outside.add(id);
    const { points, isNearLimit } = answer.value.cost;
    cost = { points: cost.points + points, isNearLimit: cost.isNearLimit || isNearLimit };
  }
  return { kind: 'ok', value: { outside, cost } };
}
