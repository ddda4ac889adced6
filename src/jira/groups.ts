import { route } from '@forge/api';
import { z } from 'zod';
import type { Group } from '../contract';
import { getJson, type JiraResult } from './request';

const groupSchema = z.object({ name: z.string(), groupId: z.string().min(1) });
const myselfSchema = z.object({ groups: z.object({ items: z.array(groupSchema) }) });
const pageSchema = z.object({ values: z.array(groupSchema) });

/**
 * The ids of the groups that the user is in.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/#api-rest-api-3-myself-get
 */
export async function readOwnGroupIds(): Promise<JiraResult<string[]>> {
  const answer = await getJson('user', route`/rest/api/3/myself?expand=groups`, myselfSchema);
  return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.groups.items.map(({ groupId }) => groupId) } : answer;
}

/**
 * The groups with these names, as the user sees them; a name that no group has is left out.
 * @param names at most 20
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/#api-rest-api-3-group-bulk-get
 */
export async function findGroups(names: readonly string[]): Promise<JiraResult<Group[]>> {
  const wanted = new URLSearchParams([['maxResults', '50'], ...names.map((name): [string, string] => ['groupName', name])]);
  const answer = await getJson('user', route`/rest/api/3/group/bulk?${wanted}`, pageSchema);
  return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.values.map(({ groupId, name }) => ({ id: groupId, name })) } : answer;
}
