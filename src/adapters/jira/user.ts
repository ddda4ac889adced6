import { route } from '@forge/api';
import { z } from 'zod';
import { plainName } from '../../contract';
import type { Reporter } from '../../domain/people';
import { inParts } from './parts';
import { getJson, type As, type JiraResult } from './request';

/** A user as Jira answers one anywhere, as the reporter that they may be. */
export const userSchema = z
  .object({
    accountId: z.string().min(1),
    displayName: z.string().transform(plainName).catch(''),
    accountType: z.string().nullish(),
    active: z.boolean().nullish(),
    emailAddress: z.string().nullish(),
  })
  .transform(({ accountId, displayName, accountType, active, emailAddress }): Reporter => ({
    accountId,
    displayName,
    accountType: accountType ?? null,
    active: active ?? null,
    visibleEmail: emailAddress ?? null,
  }));
const usersSchema = z.object({ values: z.array(userSchema) });

/**
 * The accounts with these ids, as the user may see them; one that Jira does not know is left out.
 * @param as `app` where nobody is there whose view of Jira could decide
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-bulk-get
 */
export function readUsers(accountIds: readonly string[], as: As = 'user'): Promise<JiraResult<Reporter[]>> {
  return inParts(accountIds, async (part) => {
    const path = route`/rest/api/3/user/bulk?${accountQuery(part)}&maxResults=${part.length}`;
    const answer = await getJson(as, path, usersSchema);
    return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.values } : answer;
  });
}

/** `accountId=…&accountId=…`, as the resources that take many accounts want it. */
export function accountQuery(accountIds: readonly string[]): URLSearchParams {
  return new URLSearchParams(accountIds.map((accountId): [string, string] => ['accountId', accountId]));
}
