import { requestJira } from '@forge/bridge';
import type { PageProblem } from '../../../shared/ask';

/** A Jira user as the admin may see them. */
export type JiraUser = { readonly accountId: string; readonly displayName: string };
/** What a search for users came to. */
export type FoundUsers = { readonly kind: 'ok'; readonly value: readonly JiraUser[] } | { readonly kind: 'problem'; readonly problem: PageProblem };

/** How many users a search answers at most. */
export const MOST_USERS = 20;

/**
 * Finds Jira users by name or e-mail. The page asks Jira itself, as the admin: what they type does
 * not pass through the app. Never rejects.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-search-get
 */
export async function findUsers(query: string): Promise<FoundUsers> {
  try {
    const search = new URLSearchParams({ query, maxResults: String(MOST_USERS) });
    const response = await requestJira(`/rest/api/3/user/search?${search.toString()}`);
    if (!response.ok) return { kind: 'problem', problem: { code: 'jira', status: response.status, retryAfterMs: null, limit: null } };
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
    return typeof accountId === 'string' && typeof displayName === 'string' ? [{ accountId, displayName }] : [];
  });
}
