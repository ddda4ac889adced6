import { route } from '@forge/api';
import { z } from 'zod';
import { plainName } from '../../contract';
import type { Reporter } from '../../domain/people';
import { inParts } from './parts';
import { getJson, type As, type JiraResult } from './request';
import { rowsOf } from './rows';

/**
 * A user as Jira answers one anywhere, as the reporter that they may be. What is told of them in another form is not
 * told; without an id they are nobody.
 */
export const userSchema = z
  .object({
    accountId: z.string().min(1),
    displayName: z.string().transform(plainName).catch(''),
    accountType: z.string().nullish().catch(null),
    active: z.boolean().nullish().catch(null),
    emailAddress: z.string().nullish().catch(null),
    avatarUrls: z.looseObject({ '48x48': z.string().nullish() }).nullish().catch(null),
  })
  .transform(({ accountId, displayName, accountType, active, emailAddress, avatarUrls }): Reporter => ({
    accountId,
    displayName,
    accountType: accountType ?? null,
    active: active ?? null,
    visibleEmail: emailAddress ?? null,
    ...loadable(avatarUrls?.['48x48'] ?? null),
  }));

/**
 * The hosts of pictures of people from which a page of Forge may load. Measured: the Content-Security-Policy that
 * `@forge/csp` 6.3.2 builds. A picture from elsewhere would be blocked, and its address told to a console.
 */
const AVATAR_HOSTS: readonly string[] = [
  'secure.gravatar.com',
  'avatar-management--avatars.us-west-2.prod.public.atl-paas.net',
];

function loadable(url: string | null): { readonly avatarUrl?: string } {
  if (url === null || !URL.canParse(url)) return {};
  const { protocol, host } = new URL(url);
  return protocol === 'https:' && AVATAR_HOSTS.includes(host) ? { avatarUrl: url } : {};
}

const usersSchema = z.object({ values: rowsOf(userSchema) });

/**
 * The accounts with these ids, as the user may see them; one that Jira does not know, or tells in another form, is left
 * out.
 * @param as `app` where nobody is there whose view of Jira could decide
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-bulk-get
 */
export function readUsers(accountIds: readonly string[], as: As = 'user'): Promise<JiraResult<Reporter[]>> {
  return inParts(accountIds, async (part) => {
    const path = route`/rest/api/3/user/bulk?${accountQuery(part)}&maxResults=${part.length}`;
    const answer = await getJson(as, path, usersSchema);
    return answer.kind === 'ok' ? { kind: 'ok', value: [...answer.value.values.rows] } : answer;
  });
}

/** `accountId=…&accountId=…`, as the resources that take many accounts want it. */
export function accountQuery(accountIds: readonly string[]): URLSearchParams {
  return new URLSearchParams(accountIds.map((accountId): [string, string] => ['accountId', accountId]));
}
