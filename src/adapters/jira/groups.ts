import { route } from '@forge/api';
import { z } from 'zod';
import { plainName, type Group } from '../../contract';
import { getJson, type As, type JiraResult } from './request';

const groupSchema = z.object({ name: z.string(), groupId: z.string().min(1) });
const myselfSchema = z.object({ groups: z.object({ items: z.array(groupSchema) }) });
const foundSchema = z.object({ groups: z.array(groupSchema) });

/**
 * The ids of the groups that someone is in.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/#api-rest-api-3-myself-get
 */
export async function readOwnGroupIds(as: As = 'user'): Promise<JiraResult<string[]>> {
  const answer = await getJson(as, route`/rest/api/3/myself?expand=groups`, myselfSchema);
  return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.groups.items.map(({ groupId }) => groupId) } : answer;
}

/**
 * The ids of the groups that someone else is in, as the user may see them.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-groups-get
 */
export async function readGroupIdsOf(accountId: string): Promise<JiraResult<string[]>> {
  const answer = await getJson('user', route`/rest/api/3/user/groups?accountId=${accountId}`, z.array(groupSchema));
  return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.map(({ groupId }) => groupId) } : answer;
}

/**
 * The group with exactly this name, letters' case aside; null when the user sees none.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/#api-rest-api-3-groups-picker-get
 */
export async function findGroup(name: string): Promise<JiraResult<Group | null>> {
  // The bulk resource would take all names at once, but asks for more than the scope read:jira-user.
  const answer = await getJson('user', route`/rest/api/3/groups/picker?query=${name}&maxResults=50`, foundSchema);
  if (answer.kind === 'problem') return answer;
  const found = answer.value.groups.find((group) => group.name.toLowerCase() === name.toLowerCase());
  return { kind: 'ok', value: found === undefined ? null : { id: found.groupId, name: plainName(found.name) } };
}
