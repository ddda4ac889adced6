import { route } from '@forge/api';
import { z } from 'zod';
import { plainName, type Group } from '../../contract';
import { getJson, type As, type JiraResult } from './request';
import { rowsOf } from './rows';

const groupIdSchema = z.object({ groupId: z.string().min(1) });
const groupSchema = groupIdSchema.extend({ name: z.string() });
const groupIdsSchema = rowsOf(groupIdSchema);
const myselfSchema = z.object({ groups: z.object({ items: groupIdsSchema }) });
const foundSchema = z.object({ groups: rowsOf(groupSchema) });

/**
 * The ids of the groups that someone is in.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/#api-rest-api-3-myself-get
 */
export async function readOwnGroupIds(as: As = 'user'): Promise<JiraResult<string[]>> {
  const answer = await getJson(as, route`/rest/api/3/myself?expand=groups`, myselfSchema);
  return answer.kind === 'ok' ? { kind: 'ok', value: idsOf(answer.value.groups.items) } : answer;
}

/**
 * The ids of the groups that someone else is in, as the user may see them.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-groups-get
 */
export async function readGroupIdsOf(accountId: string): Promise<JiraResult<string[]>> {
  const answer = await getJson('user', route`/rest/api/3/user/groups?accountId=${accountId}`, groupIdsSchema);
  return answer.kind === 'ok' ? { kind: 'ok', value: idsOf(answer.value) } : answer;
}

function idsOf({ rows }: z.infer<typeof groupIdsSchema>): string[] {
  return rows.map(({ groupId }) => groupId);
}

/** How many groups a search asks for; Jira may answer fewer. */
const MOST_FOUND = 50;

/**
 * Groups with a text in their name, letters' case aside, as the user may see them: none for a user who may not browse
 * groups. Jira answers at most {@link MOST_FOUND} and sorts them by name.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/#api-rest-api-3-groups-picker-get
 */
export async function findGroups(text: string): Promise<JiraResult<Group[]>> {
  // The bulk resource would take ids and names, but asks for more than the scope read:jira-user.
  const path = route`/rest/api/3/groups/picker?query=${text}&maxResults=${MOST_FOUND}&caseInsensitive=true`;
  const answer = await getJson('user', path, foundSchema);
  return answer.kind === 'ok'
    ? {
        kind: 'ok',
        value: answer.value.groups.rows.map(({ groupId, name }) => ({ id: groupId, name: plainName(name) })),
      }
    : answer;
}

/** The group with exactly this name, letters' case aside; null when the user sees none. @see findGroups */
export async function findGroup(name: string): Promise<JiraResult<Group | null>> {
  const answer = await findGroups(name);
  if (answer.kind === 'problem') return answer;
  return { kind: 'ok', value: answer.value.find((group) => group.name.toLowerCase() === name.toLowerCase()) ?? null };
}
