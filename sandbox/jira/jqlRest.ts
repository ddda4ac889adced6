import { z } from 'zod';
import type { JiraRestAnswer } from '../forge/jiraRest';
import { json, refusal } from './answers';
import { issueJson } from './issueJson';
import type { SearchResult } from './jql';
import type { Asker } from './permissions';
import type { FunctionAnswer, Precomputations } from './precomputations';
import type { JiraPerson } from './types';

/** What the resources around JQL need of the REST side. */
export type JqlRestParts = {
  readonly people: readonly JiraPerson[];
  readonly precomputations: Precomputations;
  readonly search: (jql: string, asker: Asker) => Promise<SearchResult>;
  readonly nowMs: () => number;
};

const MOST_UPDATES = 100;
const updateSchema = z.object({
  values: z
    .array(z.object({ id: z.string(), value: z.string().optional(), error: z.string().optional() }))
    .max(MOST_UPDATES),
});
const searchSchema = z.object({
  jql: z.string(),
  fields: z.array(z.string()).default([]),
  maxResults: z.int().min(1).max(5_000).default(50),
  nextPageToken: z.string().nullish(),
});

/**
 * `GET /rest/api/3/jql/function/computation`: the answers of the app's functions that Jira keeps, those of
 * `functionKey` alone where it is given.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-jql-functions--apps-/
 */
export function answerPrecomputations(
  { precomputations }: JqlRestParts,
  asker: Asker,
  query: URLSearchParams,
): JiraRestAnswer {
  if (asker.kind !== 'app') return refusal(403, 'Only apps can read the precomputations of their functions.');
  const startAt = Number(query.get('startAt') ?? 0);
  const maxResults = Math.min(Number(query.get('maxResults') ?? 100), 100);
  const all = precomputations.all(query.getAll('functionKey'));
  const values = all
    .slice(startAt, startAt + maxResults)
    .map(({ createdAtMs, updatedAtMs, usedAtMs, value, error, ...rest }) => ({
      ...rest,
      ...(value === null ? { error } : { value }),
      created: dateOf(createdAtMs),
      updated: dateOf(updatedAtMs),
      used: dateOf(usedAtMs),
    }));
  return json(200, { startAt, maxResults, total: all.length, isLast: startAt + values.length >= all.length, values });
}

/**
 * `POST /rest/api/3/jql/function/computation`: replaces answers, each by JQL or by an error. An id that is
 * not known refuses them all, unless `skipNotFoundPrecomputations` is true: then the others are replaced.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-jql-functions--apps-/
 */
export function updatePrecomputations(
  { precomputations, nowMs }: JqlRestParts,
  asker: Asker,
  query: URLSearchParams,
  body: string | null,
): JiraRestAnswer {
  if (asker.kind !== 'app') return refusal(403, 'Only apps can update the precomputations of their functions.');
  const parsed = updateSchema.safeParse(jsonOf(body));
  if (!parsed.success) return refusal(400, 'The updates are not understood.');
  const updates = parsed.data.values.flatMap(({ id, value, error }) => {
    const answer: FunctionAnswer | null = value !== undefined ? { value } : error !== undefined ? { error } : null;
    return answer === null ? [] : [{ id, answer }];
  });
  if (updates.length < parsed.data.values.length) return refusal(400, 'Each update needs a value or an error.');
  const skipsUnknown = query.get('skipNotFoundPrecomputations') === 'true';
  const known = new Set(precomputations.all().map(({ id }) => id));
  const unknown = precomputations.update(skipsUnknown ? updates.filter(({ id }) => known.has(id)) : updates, nowMs());
  return unknown.length === 0
    ? json(204, undefined)
    : json(404, { errorMessages: ['Some precomputations were not found.'], notFoundPrecomputationIDs: unknown });
}

/**
 * `POST /rest/api/3/search/jql`: ids alone unless `fields` asks for more. The token of the next page holds where it
 * starts.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
 */
export async function answerSearch(
  { people, search }: JqlRestParts,
  asker: Asker,
  body: string | null,
): Promise<JiraRestAnswer> {
  const parsed = searchSchema.safeParse(jsonOf(body));
  if (!parsed.success)
    return refusal(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
  const { jql, fields, maxResults, nextPageToken } = parsed.data;
  if (/^\s*(order\s+by\b.*)?$/is.test(jql))
    return refusal(400, 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.');
  const start = nextPageToken == null ? 0 : startOf(nextPageToken);
  if (start === null) return refusal(400, 'The provided next page token is invalid or expired.');
  const found = await search(jql, asker);
  if (found.kind === 'refused') return refusal(400, found.message);
  const issues = found.issues
    .slice(start, start + maxResults)
    .map((issue) =>
      fields.every((name) => name === 'id') ? { id: issue.id } : issueJson(issue, people, asker, fields.join(',')),
    );
  const end = start + issues.length;
  return json(200, {
    issues,
    ...(end < found.issues.length ? { nextPageToken: tokenOf(end), isLast: false } : { isLast: true }),
  });
}

/**
 * `POST /rest/api/3/search/approximate-count`: how many issues a query finds, of those that the asker may browse.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
 *   #api-rest-api-3-search-approximate-count-post
 */
export async function answerCount(
  { search }: JqlRestParts,
  asker: Asker,
  body: string | null,
): Promise<JiraRestAnswer> {
  const parsed = z.object({ jql: z.string() }).safeParse(jsonOf(body));
  if (!parsed.success)
    return refusal(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
  if (/^\s*(order\s+by\b.*)?$/is.test(parsed.data.jql))
    return refusal(400, 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.');
  const found = await search(parsed.data.jql, asker);
  return found.kind === 'refused' ? refusal(400, found.message) : json(200, { count: found.issues.length });
}

/**
 * `POST /rest/api/3/jql/parse`: what is wrong with each query. With strict validation, as it is here alone, a field or
 * value that is not there is an error too. The structure of a query is not modelled.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-jql/#api-rest-api-3-jql-parse-post
 */
export async function answerParse(
  { search }: JqlRestParts,
  asker: Asker,
  query: URLSearchParams,
  body: string | null,
): Promise<JiraRestAnswer> {
  const parsed = z.object({ queries: z.array(z.string()).min(1) }).safeParse(jsonOf(body));
  if (!parsed.success || query.get('validation') !== 'strict')
    return refusal(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
  const queries = [];
  for (const jql of parsed.data.queries) {
    const found = await search(jql, asker);
    queries.push(found.kind === 'refused' ? { query: jql, errors: [found.message] } : { query: jql });
  }
  return json(200, { queries });
}

function tokenOf(start: number): string {
  return Buffer.from(`from:${start}`).toString('base64url');
}

function startOf(token: string): number | null {
  const start = /^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  return start === undefined ? null : Number(start);
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString();
}

function jsonOf(body: string | null): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
}
