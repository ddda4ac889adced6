import { plainName } from '@contract';
import { requestJira } from '@forge/bridge';
import type { PageProblem } from './ask';

/** A Jira user as the viewer may see them. */
export type JiraUser = { readonly accountId: string; readonly displayName: string };
/** What a search for users came to. */
export type FoundUsers =
  | { readonly kind: 'ok'; readonly value: readonly JiraUser[] }
  | { readonly kind: 'problem'; readonly problem: PageProblem };

/**
 * Finds Jira users by name or e-mail. The page asks Jira itself, as its viewer: what they type does
 * not pass through the app. Never rejects.
 * @param most how many are answered at most
 * @see
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-search-get
 */
export async function findUsers(query: string, most: number): Promise<FoundUsers> {
  try {
    const search = new URLSearchParams({ query, maxResults: String(most) });
    const response = await requestJira(`/rest/api/3/user/search?${search.toString()}`);
    if (!response.ok)
      return { kind: 'problem', problem: { code: 'jira', status: response.status, retryAfterMs: null, limit: null } };
    return { kind: 'ok', value: usersIn(await response.json()) };
  } catch {
    return { kind: 'problem', problem: { code: 'jira', status: null, retryAfterMs: null, limit: null } };
  }
}

function usersIn(body: unknown): JiraUser[] {
  const users: readonly unknown[] = Array.isArray(body) ? body : [];
  return users.flatMap((user) => {
    if (typeof user !== 'object' || user === null || !('accountId' in user) || !('displayName' in user)) return [];
    const { accountId, displayName } = user;
    return typeof accountId === 'string' && typeof displayName === 'string'
      ? [{ accountId, displayName: plainName(displayName) }]
      : [];
  });
}
