import type { JiraRestAnswer } from '../forge/jiraRest';
import { json, refusal } from './answers';
import { projectJson, SITE_URL, userJson } from './issueJson';
import { holds, type Asker } from './permissions';
import type { JiraPerson } from './types';

/** The e-mail that Jira tells the app of a person, null when it has none to give. */
export function toldEmail(person: JiraPerson | undefined): string | null {
  const tells = person?.emailVisibility === 'everyone' || person?.emailVisibility === 'appOnly';
  return tells ? person.email : null;
}

/**
 * `GET /rest/api/3/user/email/bulk`: those of the accounts that have an e-mail to give; the others are left out.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-email-bulk-get
 */
export function answerEmails(people: readonly JiraPerson[], asker: Asker, query: URLSearchParams): JiraRestAnswer {
  if (asker.kind !== 'app') return refusal(403, 'This resource is only available to apps.');
  const wanted = new Set(query.getAll('accountId'));
  if (wanted.size === 0) return refusal(400, 'At least one accountId is required.');
  const told = people
    .filter(({ accountId }) => wanted.has(accountId))
    .map((person) => ({ accountId: person.accountId, email: toldEmail(person) }));
  return json(
    200,
    told.filter(({ email }) => email !== null),
  );
}

/**
 * `GET /rest/api/3/user/search`: active people whose name, or whose e-mail that the asker may see, has a word that
 * starts so.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/
 *   #api-rest-api-3-user-search-get
 */
export function answerUserSearch(people: readonly JiraPerson[], asker: Asker, query: URLSearchParams): JiraRestAnswer {
  const text = (query.get('query') ?? '').trim().toLowerCase();
  if (text === '') return refusal(400, 'Either the query, accountId or property parameter is required.');
  const startAt = Number(query.get('startAt') ?? 0);
  const most = Math.min(Number(query.get('maxResults') ?? 50), 1_000);
  const found = holds(asker, 'USER_PICKER')
    ? people.filter((person) => person.active && wordsOf(person, asker).some((word) => word.startsWith(text)))
    : [];
  return json(
    200,
    found.slice(startAt, startAt + most).map((person) => userJson(person, asker)),
  );
}

function wordsOf(person: JiraPerson, asker: Asker): string[] {
  const name = person.displayName.toLowerCase();
  const { emailAddress } = userJson(person, asker);
  return [name, ...name.split(/\s+/), ...(typeof emailAddress === 'string' ? [emailAddress.toLowerCase()] : [])];
}

/**
 * `GET /rest/api/3/project/search`: the one project, for who may browse it.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/
 *   #api-rest-api-3-project-search-get
 */
export function answerProjects(asker: Asker, query: URLSearchParams): JiraRestAnswer {
  const startAt = Number(query.get('startAt') ?? 0);
  const maxResults = Math.min(Number(query.get('maxResults') ?? 50), 100);
  const projects = holds(asker, 'BROWSE_PROJECTS') ? [projectJson()] : [];
  return json(200, {
    self: `${SITE_URL}/rest/api/3/project/search?${query.toString()}`,
    startAt,
    maxResults,
    total: projects.length,
    isLast: true,
    values: projects.slice(startAt, startAt + maxResults),
  });
}
