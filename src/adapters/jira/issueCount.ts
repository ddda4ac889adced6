import { route } from '@forge/api';
import { z } from 'zod';
import { askPriced, type As, type JiraCost, type JiraResult } from './request';

const countSchema = z.object({ count: z.number() });

/**
 * About how many issues a query finds, for one point however many they are. Jira's index may be some seconds behind.
 * @param jql bounded: Jira refuses a query without a restriction
 * @returns `failed` with status 400 when Jira does not understand the query
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
 *   api-rest-api-3-search-approximate-count-post
 */
export async function countIssues(
  as: As,
  jql: string,
): Promise<JiraResult<{ readonly count: number; readonly cost: JiraCost }>> {
  const answer = await askPriced(as, 'POST', route`/rest/api/3/search/approximate-count`, {
    body: { jql },
    schema: countSchema,
  });
  return answer.kind === 'ok'
    ? { kind: 'ok', value: { count: answer.value.answer.count, cost: answer.value.cost } }
    : answer;
}
