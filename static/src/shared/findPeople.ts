import { findUsers } from './jiraUsers';

/** A person of Jira, as the viewer may see them. */
export type FoundPerson = { readonly accountId: string; readonly name: string };

const MOST = 8;

/** A few people whose name or visible e-mail begins with a text; null when Jira could not be asked. @see findUsers */
export async function findPeople(query: string): Promise<readonly FoundPerson[] | null> {
  const found = await findUsers(query, MOST);
  return found.kind === 'ok'
    ? found.value.map(({ accountId, displayName }) => ({ accountId, name: displayName }))
    : null;
}
