import type { Interceptor } from '../../sandbox/forge/platform';

/** An account of a crowd, and what Jira tells of it. */
export type CrowdAccount = {
  readonly accountId: string;
  readonly accountType: 'atlassian' | 'customer' | 'app';
  readonly active: boolean;
  /** Null where Jira tells no address. */
  readonly email: string | null;
};

/** An issue of a crowd, `ONE-7` in the project `ONE`. */
export type CrowdIssue = {
  readonly projectKey: string;
  readonly number: number;
  readonly accountId: string;
  /** Whether it was created in the last two days. */
  readonly isNew?: true;
};

/** A Jira of many projects and people, as far as the identity sync asks for them. */
export type Crowd = {
  readonly projects: readonly string[];
  /** Projects that are listed, and whose issues are not shown. */
  readonly closed: ReadonlySet<string>;
  readonly accounts: Map<string, CrowdAccount>;
  readonly issues: CrowdIssue[];
  /** How many issues a page holds; Jira may answer fewer than it was asked for. */
  readonly pageSize: number;
  /** Whether a key whose issue is gone is refused in a comparison, which nobody knows. */
  readonly refusesGoneKeys: boolean;
  /** Whether the names of many accounts are refused in a query, which nobody knows. */
  readonly refusesNames: boolean;
  /** How many issues Jira says that there are: it promises to be about right. */
  readonly countsAbout: number;
  /** Done after each page: issues may come and go. */
  readonly afterPage: () => void;
  /** Asked before each page of a search whether Jira says with it that few points are left. */
  readonly isNearLimit: () => boolean;
};

type Call = { readonly path: string; readonly body: string | null };

/** Answers the app's requests to Jira from a crowd, in place of the sandbox's Jira. */
export function answerFromCrowd(crowd: Crowd): Interceptor {
  return (call, _proceed, { body }) => {
    if (call.kind !== 'jira') return undefined;
    const isNear = call.path.includes('/search/jql') && crowd.isNearLimit();
    const answer = answerOf(crowd, { path: call.path, body: typeof body === 'string' ? body : null });
    const headers = { 'content-type': 'application/json', ...(isNear ? { 'x-ratelimit-nearlimit': 'true' } : {}) };
    return answer === null ? undefined : { status: answer.status, headers, body: JSON.stringify(answer.body) };
  };
}

function answerOf(crowd: Crowd, { path, body }: Call): { readonly status: number; readonly body: unknown } | null {
  const { pathname, searchParams } = new URL(path, 'http://jira.invalid');
  const asked = searchParams.getAll('accountId').flatMap((accountId) => crowd.accounts.get(accountId) ?? []);
  switch (pathname) {
    case '/rest/api/3/project/search':
      return listed(crowd, Number(searchParams.get('startAt') ?? 0), Number(searchParams.get('maxResults') ?? 50));
    case '/rest/api/3/search/approximate-count':
      return { status: 200, body: { count: crowd.countsAbout } };
    case '/rest/api/3/search/jql':
      return searched(crowd, body ?? '');
    case '/rest/api/3/user/email/bulk':
      return { status: 200, body: asked.map(({ accountId, email }) => ({ accountId, email })) };
    case '/rest/api/3/user/bulk':
      return { status: 200, body: { values: asked.map(userOf) } };
    default:
      return null;
  }
}

function listed({ projects }: Crowd, from: number, most: number): { readonly status: number; readonly body: unknown } {
  const values = projects.slice(from, from + most).map(projectOf);
  return { status: 200, body: { values, isLast: from + most >= projects.length } };
}

function searched(crowd: Crowd, body: string): { readonly status: number; readonly body: unknown } {
  if (!body.includes('project = ') && !body.includes('created >= ')) return searchedOthers(crowd, body);
  const projectKey = /project = \\"([A-Z]+)\\"/.exec(body)?.[1] ?? '';
  const bound = /key < \\"[A-Z]+-(\d+)\\"/.exec(body)?.[1];
  // The sweep asks for what is new, wherever it is.
  const issues = crowd.issues.filter((issue) =>
    body.includes('created >= ')
      ? issue.isNew === true && !crowd.closed.has(issue.projectKey)
      : issue.projectKey === projectKey,
  );
  const isGone = bound !== undefined && !issues.some(({ number }) => number === Number(bound));
  if (crowd.closed.has(projectKey) || (isGone && crowd.refusesGoneKeys))
    return { status: 400, body: { errorMessages: [] } };
  const below = issues
    .filter(({ number }) => bound === undefined || number < Number(bound))
    .sort((a, b) => b.number - a.number);
  // A token is good within one question; the cycle asks by numbers, and the sweep by tokens.
  const from = Number(/"nextPageToken":"(\d+)"/.exec(body)?.[1] ?? 0);
  const page = below.slice(from, from + crowd.pageSize);
  const answer = {
    issues: page.map((issue) => issueOf(crowd, issue)),
    ...(below.length > from + page.length ? { nextPageToken: String(from + page.length) } : {}),
  };
  crowd.afterPage();
  return { status: 200, body: answer };
}

/** The newest issues of those who are not named, wherever they are shown. */
function searchedOthers(crowd: Crowd, body: string): { readonly status: number; readonly body: unknown } {
  const names = /reporter not in \(([^)]*)\)/.exec(body)?.[1] ?? '';
  if (crowd.refusesNames && names !== '') return { status: 400, body: { errorMessages: [] } };
  const isNamed = (accountId: string): boolean => names.includes(`\\"${accountId}\\"`);
  const found = crowd.issues
    .filter(({ projectKey, accountId }) => !crowd.closed.has(projectKey) && !isNamed(accountId))
    .sort((a, b) => b.number - a.number);
  const page = found.slice(0, Math.min(crowd.pageSize, Number(/"maxResults":(\d+)/.exec(body)?.[1])));
  const answer = {
    issues: page.map((issue) => issueOf(crowd, issue)),
    ...(found.length > page.length ? { nextPageToken: 'more' } : {}),
  };
  crowd.afterPage();
  return { status: 200, body: answer };
}

function issueOf(crowd: Crowd, { projectKey, number, accountId }: CrowdIssue): object {
  return {
    id: `${projectKey}${String(number)}`,
    key: `${projectKey}-${String(number)}`,
    fields: { project: { id: projectKey }, reporter: reporterOf(crowd, accountId) },
  };
}

function reporterOf({ accounts }: Crowd, accountId: string): object {
  const account = accounts.get(accountId);
  return account === undefined ? { accountId } : userOf(account);
}

function userOf({ accountId, accountType, active }: CrowdAccount): object {
  return { accountId, accountType, active, displayName: 'Somebody' };
}

function projectOf(key: string): object {
  return { id: key, key, name: `Project ${key}` };
}
