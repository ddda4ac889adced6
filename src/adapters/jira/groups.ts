import { route } from '@forge/api';
import { z } from 'zod';
import { plainName, type Group } from '../../contract';
import { getJson, type As, type JiraResult } from './request';
import { rowsOf } from './rows';

const groupIdSchema = z.object({ groupId: z.string().min(1) });
const groupSchema = groupIdSchema.extend({ name: z.string() });
const groupIdsSchema = rowsOf(groupIdSchema);
const myselfSchema = z.object({
  accountId: z.string().nullable().catch(null),
  groups: z.object({ items: groupIdsSchema, size: z.number().nullable().catch(null) }),
});
const foundSchema = z.object({ groups: rowsOf(groupSchema), total: z.number().nullable().catch(null) });

/** The ids of groups that somebody is in; `isWhole` is false where there are rows of which no group can be told. */
export type GroupIds = { readonly ids: readonly string[]; readonly isWhole: boolean };

/**
 * The ids of the groups that someone is in. Where Jira says that there are more than it tells there, or tells of one
 * that can't be read, it is asked once more by their account: that needs more permission, so that a no is none.
 * Assumed: `size` counts also those that are not told. Where it counts those that are told, nothing is asked twice.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/#api-rest-api-3-myself-get
 */
export async function readOwnGroupIds(as: As = 'user'): Promise<JiraResult<GroupIds>> {
  const answer = await getJson(as, route`/rest/api/3/myself?expand=groups`, myselfSchema);
  if (answer.kind === 'problem') return answer;
  const { accountId, groups } = answer.value;
  const told = idsOf(groups.items);
  const isWhole = told.isWhole && (groups.size ?? 0) <= told.ids.length;
  if (isWhole || accountId === null) return { kind: 'ok', value: { ...told, isWhole } };
  const again = await readGroupIdsOf(accountId, as);
  const more = again.kind === 'ok' ? again.value : { ids: [], isWhole: false };
  return { kind: 'ok', value: { ids: [...new Set([...told.ids, ...more.ids])], isWhole: more.isWhole } };
}

/**
 * The ids of the groups that an account is in, as somebody may see them.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-groups-get
 */
export async function readGroupIdsOf(accountId: string, as: As = 'user'): Promise<JiraResult<GroupIds>> {
  const answer = await getJson(as, route`/rest/api/3/user/groups?accountId=${accountId}`, groupIdsSchema);
  return answer.kind === 'ok' ? { kind: 'ok', value: idsOf(answer.value) } : answer;
}

function idsOf({ rows, leftOut }: z.infer<typeof groupIdsSchema>): GroupIds {
  return { ids: rows.map(({ groupId }) => groupId), isWhole: leftOut === 0 };
}

/** How many groups a search asks for; Jira may answer fewer. */
const MOST_FOUND = 50;
/** How many are left out by their ids at most, to see those behind them: each makes the address longer. */
const MOST_LEFT_OUT = 120;

/** Groups that were found; `isAll` where there are no more of them. */
export type GroupsFound = { readonly groups: readonly Group[]; readonly isAll: boolean };

/**
 * Groups with a text in their name, letters' case aside, as the user may see them: none for a user who may not browse
 * groups. Jira answers at most {@link MOST_FOUND} and as few as its own limit says, sorted by name.
 * @param without ids of groups that are known and left out: `excludeId` is known from clients that were made from
 *   Atlassian's description of the API; where Jira passes over it, the same groups come again
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/#api-rest-api-3-groups-picker-get
 */
export async function findGroups(text: string, without: readonly string[] = []): Promise<JiraResult<GroupsFound>> {
  // The bulk resource would take ids and names, but asks for more than the scope read:jira-user.
  const query = new URLSearchParams([
    ['query', text],
    ['maxResults', String(MOST_FOUND)],
    ['caseInsensitive', 'true'],
    ...without.map((id): [string, string] => ['excludeId', id]),
  ]);
  const answer = await getJson('user', route`/rest/api/3/groups/picker?${query}`, foundSchema);
  if (answer.kind === 'problem') return answer;
  const { groups, total } = answer.value;
  const told = groups.rows.length + groups.leftOut;
  return {
    kind: 'ok',
    value: {
      groups: groups.rows.map(({ groupId, name }) => ({ id: groupId, name: plainName(name) })),
      isAll: told === 0 || (total !== null && total <= told),
    },
  };
}

/**
 * The group with exactly this name, letters' case aside; null when the user sees none. Many others may have the name
 * in theirs and be sorted before it: it is looked for behind them. @see findGroups
 * @param id the group's, where it is known: another of the name is none
 * @param told what {@link findGroups} has answered for the name already; null where it was not asked
 */
export async function findGroup(
  name: string,
  id: string | null = null,
  told: GroupsFound | null = null,
): Promise<JiraResult<Group | null>> {
  const isMeant = (group: Group): boolean =>
    (id === null || group.id === id) && group.name.toLowerCase() === name.toLowerCase();
  const seen = new Set<string>();
  let answer: JiraResult<GroupsFound> = told === null ? await findGroups(name) : { kind: 'ok', value: told };
  while (answer.kind === 'ok') {
    const { groups, isAll } = answer.value;
    const found = groups.find(isMeant);
    if (found !== undefined) return { kind: 'ok', value: found };
    const before = seen.size;
    for (const group of groups) seen.add(group.id);
    if (isAll || seen.size === before || seen.size > MOST_LEFT_OUT) return { kind: 'ok', value: null };
    answer = await findGroups(name, [...seen]);
  }
  return answer;
}
