import { z } from 'zod';
import type { JiraRest, JiraRestAnswer, JiraRestRequest } from '../forge/jiraRest';
import { answerGroupsOf, answerPermissionCheck, answerProject } from './accessRest';
import { answerGroupPicker } from './groups';
import { faultAnswer, issueNotFound, json, refusal, scopeMissing } from './answers';
import type { JiraFaults } from './faults';
import { avatarUrlsOf, groupsJson, issueJson, SITE_URL, userJson } from './issueJson';
import { askerOf, holds, PERMISSIONS, visibleIssue, type Asker } from './permissions';
import { answerEmails, answerProjects, answerUserSearch, toldEmail } from './peopleRest';
import { answerCount, answerParse, answerPrecomputations, answerSearch, updatePrecomputations } from './jqlRest';
import { answerFields, answerFieldUpdate, type FieldValues } from './fields';
import type { PanelPins } from './panels';
import type { Meter } from './points';
import type { SearchResult } from './jql';
import type { Precomputations } from './precomputations';
import { PROJECT, type JiraGroup, type JiraIssue, type JiraPerson } from './types';
import { own } from '../forge/own';

/** One call that came in; times in milliseconds since the epoch. */
export type JiraCall = Pick<JiraRestRequest, 'as' | 'accountId' | 'method' | 'path'> & {
  readonly status: number;
  readonly atMs: number;
};

/** What the REST side of a Jira needs. */
export type RestParts = {
  readonly people: readonly JiraPerson[];
  /** Whether the resources that answer users by id know this account. */
  readonly inUserResources: (person: JiraPerson) => boolean;
  readonly groupsOf: (accountId: string) => readonly JiraGroup[];
  readonly issues: readonly JiraIssue[];
  readonly faults: JiraFaults;
  readonly precomputations: Precomputations;
  readonly search: (jql: string, asker: Asker) => Promise<SearchResult>;
  /** Told of every call, the unmodelled ones too. */
  readonly record: (call: JiraCall) => void;
  readonly nowMs: () => number;
  readonly meter: Meter;
  readonly fieldValues: FieldValues;
  readonly panelPins: PanelPins;
};

type Query = URLSearchParams;
/** What a request says beside its query: the id in its path, an empty text where there is none, and its body. */
type Sent = { readonly id: string; readonly body: string | null };
type Resource = {
  /** GET unless given. */
  readonly method?: 'POST';
  readonly path: RegExp;
  readonly scope: string;
  answer(parts: RestParts, asker: Asker, query: Query, sent: Sent): JiraRestAnswer | Promise<JiraRestAnswer>;
};

/** The resources that the app uses. @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/ */
const RESOURCES: readonly Resource[] = [
  { path: /^\/rest\/api\/3\/issue\/([^/]+)$/, scope: 'read:jira-work', answer: answerIssue },
  {
    method: 'POST',
    path: /^\/rest\/api\/3\/issue\/bulkfetch$/,
    scope: 'read:jira-work',
    answer: (parts, asker, _query, { body }) => answerBulkFetch(parts, asker, body),
  },
  { path: /^\/rest\/api\/3\/field$/, scope: 'read:jira-work', answer: (parts) => answerFields(parts) },
  {
    method: 'POST',
    path: /^\/rest\/api\/3\/app\/field\/value$/,
    scope: 'write:app-data:jira',
    answer: (parts, asker, _query, { body }) => answerFieldUpdate(parts, asker, body),
  },
  { path: /^\/rest\/api\/3\/mypermissions$/, scope: 'read:jira-work', answer: answerPermissions },
  { path: /^\/rest\/api\/3\/user\/email$/, scope: 'read:email-address:jira', answer: answerEmail },
  {
    path: /^\/rest\/api\/3\/user\/email\/bulk$/,
    scope: 'read:email-address:jira',
    answer: ({ people, inUserResources }, asker, query) => answerEmails(people.filter(inUserResources), asker, query),
  },
  {
    path: /^\/rest\/api\/3\/user\/search$/,
    scope: 'read:jira-user',
    answer: ({ people }, asker, query) => answerUserSearch(people, asker, query),
  },
  {
    path: /^\/rest\/api\/3\/user\/groups$/,
    scope: 'read:jira-user',
    answer: ({ people, groupsOf }, asker, query) => answerGroupsOf(people, groupsOf, asker, query),
  },
  {
    method: 'POST',
    path: /^\/rest\/api\/3\/permissions\/check$/,
    scope: 'read:jira-work',
    answer: ({ people, issues }, asker, _query, { body }) => answerPermissionCheck(people, issues, asker, body),
  },
  {
    path: /^\/rest\/api\/3\/project\/search$/,
    scope: 'read:jira-work',
    answer: (_parts, asker, query) => answerProjects(asker, query),
  },
  {
    path: /^\/rest\/api\/3\/project\/([^/]+)$/,
    scope: 'read:jira-work',
    answer: (_parts, asker, _query, { id }) => answerProject(asker, id),
  },
  { path: /^\/rest\/api\/3\/user\/bulk$/, scope: 'read:jira-user', answer: answerUsers },
  { path: /^\/rest\/api\/3\/myself$/, scope: 'read:jira-user', answer: answerMyself },
  {
    path: /^\/rest\/api\/3\/jql\/function\/computation$/,
    scope: 'read:app-data:jira',
    answer: (parts, asker, query) => answerPrecomputations(parts, asker, query),
  },
  {
    method: 'POST',
    path: /^\/rest\/api\/3\/jql\/function\/computation$/,
    scope: 'write:app-data:jira',
    answer: (parts, asker, query, { body }) => updatePrecomputations(parts, asker, query, body),
  },
  {
    method: 'POST',
    path: /^\/rest\/api\/3\/search\/jql$/,
    scope: 'read:jira-work',
    answer: (parts, asker, _query, { body }) => answerSearch(parts, asker, body),
  },
  {
    method: 'POST',
    path: /^\/rest\/api\/3\/jql\/parse$/,
    scope: 'read:jira-work',
    answer: (parts, asker, query, { body }) => answerParse(parts, asker, query, body),
  },
  {
    method: 'POST',
    path: /^\/rest\/api\/3\/search\/approximate-count$/,
    scope: 'read:jira-work',
    answer: (parts, asker, _query, { body }) => answerCount(parts, asker, body),
  },
  // https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-panels/
  {
    method: 'POST',
    path: /^\/rest\/api\/3\/forge\/panel\/action\/bulk\/async$/,
    scope: 'manage:jira-project',
    answer: ({ panelPins, nowMs }, asker, _query, { body }) => panelPins.pin(asker, body, nowMs()),
  },
  {
    method: 'POST',
    path: /^\/rest\/api\/3\/forge\/panel\/action\/bulk\/status$/,
    scope: 'manage:jira-project',
    answer: ({ panelPins }, asker, _query, { body }) => panelPins.status(asker, body),
  },
  {
    path: /^\/rest\/api\/3\/task\/([^/]+)$/,
    scope: 'read:jira-work',
    answer: ({ panelPins, nowMs }, asker, _query, { id }) => panelPins.task(asker, id, nowMs()),
  },
  {
    path: /^\/rest\/api\/3\/groups\/picker$/,
    scope: 'read:jira-user',
    answer: (_parts, asker, query) => answerGroupPicker(asker, query),
  },
];

const fetchSchema = z.object({ issueIdsOrKeys: z.array(z.string()), fields: z.array(z.string()) });

/** Jira documents no limit of its URLs; this is what servers in front of such sites commonly take. */
const LONGEST_PATH = 8_192;

/** Jira's REST API as far as the app uses it. What is not modelled answers 501 and says so. */
export function createRest(parts: RestParts): JiraRest {
  const answering = parts.meter.behind((request) => answerRequest(parts, request));
  return async (request) => {
    const answer = await answering(request);
    const { as, accountId, method, path } = request;
    parts.record({ as, accountId, method, path, status: answer.status, atMs: parts.nowMs() });
    return answer;
  };
}

async function answerRequest(parts: RestParts, request: JiraRestRequest): Promise<JiraRestAnswer> {
  if (request.path.length > LONGEST_PATH) return refusal(414, 'URI Too Long');
  if (!URL.canParse(request.path, 'http://jira.invalid')) return refusal(400, 'Bad Request');
  const url = new URL(request.path, 'http://jira.invalid');
  for (const resource of RESOURCES) {
    const found = resource.path.exec(url.pathname);
    if (found === null || request.method.toUpperCase() !== (resource.method ?? 'GET')) continue;
    const fault = parts.faults.strike(request.path);
    if (fault !== null) return faultAnswer(fault);
    if (!request.scopes.includes(resource.scope)) return scopeMissing();
    const asker = askerOf(request, parts.people);
    if (asker.kind === 'nobody') return refusal(401, 'Client must be authenticated to access this resource.');
    const id = decoded(found[1] ?? '');
    if (id === null) return refusal(400, 'Bad Request');
    return resource.answer(parts, asker, url.searchParams, { id, body: request.body });
  }
  return refusal(
    501,
    `The sandbox's Jira does not model ${request.method} ${url.pathname}. Add it to sandbox/jira/rest.ts.`,
  );
}

/** A part of a path with its escapes read; null where they mean nothing. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function answerIssue({ issues, people }: RestParts, asker: Asker, query: Query, { id }: Sent): JiraRestAnswer {
  const issue = visibleIssue(asker, issues, id);
  return issue === undefined
    ? issueNotFound()
    : json(200, issueJson(issue, people, asker, query.has('fields') ? query.getAll('fields').join(',') : null));
}

const MOST_FETCHED = 100;

/**
 * `POST /rest/api/3/issue/bulkfetch`: issues by id or key; one that the asker may not see is left out. More than 100
 * are refused, which the page allows for some requests.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/
 *   #api-rest-api-3-issue-bulkfetch-post
 */
function answerBulkFetch({ issues, people }: RestParts, asker: Asker, body: string | null): JiraRestAnswer {
  const parsed = fetchSchema.safeParse(JSON.parse(body ?? 'null'));
  if (!parsed.success) return refusal(400, 'The request is not understood.');
  const { issueIdsOrKeys, fields } = parsed.data;
  if (issueIdsOrKeys.length > MOST_FETCHED) return refusal(400, `At most ${MOST_FETCHED} issues can be fetched.`);
  const found = issueIdsOrKeys.flatMap((idOrKey) => visibleIssue(asker, issues, idOrKey) ?? []);
  return json(200, {
    issues: [...new Set(found)].map((issue) => issueJson(issue, people, asker, fields.join(','))),
    issueErrors: [],
  });
}

function answerPermissions({ issues }: RestParts, asker: Asker, query: Query): JiraRestAnswer {
  const names = (query.get('permissions') ?? '').split(',').filter((name) => name !== '');
  if (names.length === 0) return refusal(400, "The 'permissions' query parameter is required.");
  const unknown = names.filter((name) => own(PERMISSIONS, name) === undefined);
  if (unknown.length > 0) return refusal(400, `Unrecognized permissions: ${unknown.join(', ')}`);
  const idOrKey = query.get('issueId') ?? query.get('issueKey');
  if (idOrKey !== null && visibleIssue(asker, issues, idOrKey) === undefined) return issueNotFound();
  const projectKey = query.get('projectKey');
  if (projectKey !== null && (projectKey !== PROJECT.key || !holds(asker, 'BROWSE_PROJECTS'))) {
    return refusal(404, `No project could be found with key '${projectKey}'.`);
  }
  const permissions = names.map(
    (name) =>
      [name, { key: name, ...own(PERMISSIONS, name), description: '', havePermission: holds(asker, name) }] as const,
  );
  return json(200, { permissions: Object.fromEntries<unknown>(permissions) });
}

function answerEmail({ people, inUserResources }: RestParts, asker: Asker, query: Query): JiraRestAnswer {
  // Atlassian: "For Forge apps, this API only supports access via asApp() requests."
  if (asker.kind !== 'app') return refusal(403, 'This resource is only available to apps.');
  const accountId = query.get('accountId') ?? '';
  const person = people.find((candidate) => candidate.accountId === accountId);
  const email = person !== undefined && inUserResources(person) ? toldEmail(person) : null;
  if (email === null) return refusal(404, 'The user has no e-mail address that can be given.');
  return json(200, { accountId, email });
}

function answerUsers({ people, inUserResources }: RestParts, asker: Asker, query: Query): JiraRestAnswer {
  const wanted = new Set(query.getAll('accountId'));
  if (wanted.size === 0) return refusal(400, 'At least one accountId is required.');
  const startAt = Number(query.get('startAt') ?? 0);
  // Jira's default: whoever asks for more than ten has to say so.
  const maxResults = Math.min(Number(query.get('maxResults') ?? 10), 200);
  const found = people.filter((person) => wanted.has(person.accountId) && inUserResources(person));
  const values = found.slice(startAt, startAt + maxResults).map((person) => userJson(person, asker));
  return json(200, {
    maxResults,
    startAt,
    total: found.length,
    isLast: startAt + values.length >= found.length,
    values,
  });
}

const appUser = {
  self: `${SITE_URL}/rest/api/3/user?accountId=557058:app`,
  accountId: '557058:app',
  displayName: 'Shorter Loop Segments for Jira',
  active: true,
  accountType: 'app',
  avatarUrls: avatarUrlsOf('557058:app'),
} as const;

function answerMyself({ groupsOf }: RestParts, asker: Asker, query: Query): JiraRestAnswer {
  const isExpanded = (query.get('expand') ?? '').split(',').some((name) => name.trim() === 'groups');
  const groups = (accountId: string): object => (isExpanded ? { groups: groupsJson(groupsOf(accountId)) } : {});
  if (asker.kind === 'person')
    return json(200, { ...userJson(asker.person, asker), ...groups(asker.person.accountId) });
  return json(200, { ...groups('557058:app'), ...appUser });
}
