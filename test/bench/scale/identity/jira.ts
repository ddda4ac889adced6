import { z } from 'zod';
import type { JiraRest } from '../../../../sandbox/forge/jiraRest';
import { jsonAnswer, type PlatformAnswer } from '../../../../sandbox/forge/wire';

/** Of each request to Jira, in milliseconds of virtual time. */
const LATENCY_MS = 300;
/** How many reporters a project has of its own; they report in the next project as well. */
const REPORTERS_A_PROJECT = 500;
/** How many issues each reporter has in the mean. */
export const ISSUES_A_REPORTER = 10;

const searchSchema = z.object({ jql: z.string(), maxResults: z.number() });

/**
 * A Jira of so many reporters, as far as the identity sync asks for them. No issue is kept: who reported one follows
 * from its number, so that a million of them cost nothing. A project's oldest issues have a reporter each, so that
 * everybody has one; all others are of somebody of this project or the one before it, so that a page names some people
 * twice, as often on a large site as on a small one.
 * @param emailOf the address of the nth reporter, from 0 on
 */
export function jiraOf(reporters: number, emailOf: (nth: number) => string): JiraRest {
  const projects = reporters / REPORTERS_A_PROJECT;
  const issues = (reporters * ISSUES_A_REPORTER) / projects;
  const own = REPORTERS_A_PROJECT;
  const reporterOf = (project: number, number: number): number => {
    const place = number <= own ? number - 1 : (spread(project * issues + number) % (2 * own)) - own;
    return (project * own + place + reporters) % reporters;
  };
  /** The newest issues of all projects, which were created side by side, without those of who is named. */
  const newestOfOthers = (jql: string, most: number): PlatformAnswer => {
    const named = new Set([...jql.matchAll(/"a(\d+)"/g)].map(([, nth]) => Number(nth)));
    const found: object[] = [];
    for (let number = issues; number > 0; number -= 1)
      for (let project = 0; project < projects; project += 1) {
        const reporter = reporterOf(project, number);
        if (named.has(reporter)) continue;
        if (found.length === most) return jsonAnswer(200, { issues: found, nextPageToken: 'more' });
        found.push(issueOf(project, number, reporter));
      }
    return jsonAnswer(200, { issues: found });
  };
  const answers: Readonly<Record<string, (asked: URL, body: string) => PlatformAnswer>> = {
    '/rest/api/3/project/search': ({ searchParams }) => {
      const from = Number(searchParams.get('startAt') ?? 0);
      const until = Math.min(projects, from + Number(searchParams.get('maxResults') ?? 50));
      const values = Array.from({ length: until - from }, (_none, nth) => projectOf(from + nth));
      return jsonAnswer(200, { values, isLast: until === projects });
    },
    '/rest/api/3/search/approximate-count': () => jsonAnswer(200, { count: reporters * ISSUES_A_REPORTER }),
    '/rest/api/3/search/jql': (_asked, body) => {
      const { jql, maxResults } = searchSchema.parse(JSON.parse(body));
      if (!jql.includes('project = ')) return newestOfOthers(jql, maxResults);
      const [, key = ''] = /project = "(P\d+)"/.exec(jql) ?? [];
      const bound = Number(/key < "P\d+-(\d+)"/.exec(jql)?.[1] ?? issues + 1);
      const length = Math.min(maxResults, bound - 1);
      const found = Array.from({ length }, (_none, nth) => {
        const number = bound - 1 - nth;
        return issueOf(Number(key.slice(1)), number, reporterOf(Number(key.slice(1)), number));
      });
      return jsonAnswer(200, { issues: found, ...(length < bound - 1 ? { nextPageToken: 'more' } : {}) });
    },
    '/rest/api/3/user/email/bulk': (asked) =>
      jsonAnswer(
        200,
        asked.searchParams
          .getAll('accountId')
          .map((accountId) => ({ accountId, email: emailOf(Number(accountId.slice(1))) })),
      ),
  };
  return async ({ path, body }) => {
    await new Promise((resolve) => setTimeout(resolve, LATENCY_MS));
    const asked = new URL(path, 'http://jira.invalid');
    const answer = answers[asked.pathname]?.(asked, body ?? '');
    if (answer === undefined) throw new Error(`The identity sync asks Jira ${path}`);
    return { status: answer.status, headers: answer.headers, body: String(answer.body) };
  };
}

function issueOf(project: number, number: number, reporter: number): object {
  const id = `P${String(project)}`;
  return {
    id: `${String(project)}${String(number)}`,
    key: `${id}-${String(number)}`,
    fields: { project: { id }, reporter: userOf(reporter) },
  };
}

function projectOf(nth: number): object {
  return { id: `P${String(nth)}`, key: `P${String(nth)}`, name: `Project ${String(nth)}` };
}

/** As long as an account id of Atlassian. */
function userOf(nth: number): object {
  return {
    accountId: `a${String(nth).padStart(42, '0')}`,
    accountType: 'atlassian',
    active: true,
    displayName: 'Somebody',
  };
}

/** A number that looks like chance, always the same for the same one. */
function spread(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
