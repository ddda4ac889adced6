import { requestJira } from '@forge/bridge';

/** A person of Jira, as the viewer may see them. */
export type FoundPerson = { readonly accountId: string; readonly name: string };

const MOST = 8;

/**
 * People whose name or visible e-mail begins with a text; null when Jira could not be asked. Jira is asked as the viewer.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-search-get
 */
export async function findPeople(query: string): Promise<readonly FoundPerson[] | null> {
  const parameters = new URLSearchParams({ query, maxResults: String(MOST) });
  try {
    const response = await requestJira(`/rest/api/3/user/search?${parameters.toString()}`);
    return response.ok ? peopleIn(await response.json()) : null;
  } catch {
    return null;
  }
}

function peopleIn(body: unknown): FoundPerson[] {
  const users: readonly unknown[] = Array.isArray(body) ? body : [];
  return users.flatMap((user) => {
    if (typeof user !== 'object' || user === null || !('accountId' in user) || !('displayName' in user)) return [];
    const { accountId, displayName } = user;
    return typeof accountId === 'string' && typeof displayName === 'string' ? [{ accountId, name: displayName }] : [];
  });
}
