import { route } from '@forge/api';
import { z } from 'zod';
import { askPriced, type JiraCost, type JiraResult } from './request';
import { rowsOf } from './rows';

/** How many issues one page of a count holds at most; Jira answers fewer when it wants to. */
export const REPORTED_PAGE = 1_000;

/** An issue as far as it tells who reported it and when. */
export type ReportedIssue = {
  readonly key: string;
  /** Null when the issue has no reporter. */
  readonly reporterAccountId: string | null;
  /** `2026-03`, as Jira writes the time of creation. */
  readonly month: string;
  /** When it was created, milliseconds since the epoch. */
  readonly createdMs: number;
};

/** Which of a project's issues, the newest first: one page of them, of `most` at most. */
export type ReportedQuery = {
  readonly most: number;
  /** Those alone that were created in the last so many minutes; null for all. */
  readonly sinceMinutes: number | null;
  /** Null for the first page. */
  readonly pageToken: string | null;
};

/** One page of a project's issues. */
export type ReportedPage = {
  readonly issues: readonly ReportedIssue[];
  /** Where the next page starts; null on the last one. Jira lets a token expire. */
  readonly nextPageToken: string | null;
  readonly cost: JiraCost;
};

const pageSchema = z.object({
  issues: rowsOf(
    z.object({
      key: z.string(),
      fields: z.object({
        reporter: z.object({ accountId: z.string().min(1) }).nullish(),
        created: z
          .string()
          .regex(/^\d{4}-\d{2}-/)
          .refine((text) => !Number.isNaN(Date.parse(text))),
      }),
    }),
  ),
  nextPageToken: z.string().nullish(),
});

/**
 * Who reported a project's issues and when, of those that the user sees, the newest first. An issue of another form is
 * left out.
 * @param projectKey checked by the caller to be a key
 * @returns `failed` with status 400 when Jira does not understand the token, or does not show the project
 * @see
 *   https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-jql-post
 */
export async function searchReported(
  projectKey: string,
  { most, sinceMinutes, pageToken }: ReportedQuery,
): Promise<JiraResult<ReportedPage>> {
  const since = sinceMinutes === null ? '' : ` AND created >= "-${String(sinceMinutes)}m"`;
  const jql = `${projectJql(projectKey)}${since} ORDER BY created DESC`;
  const body = {
    jql,
    fields: ['reporter', 'created'],
    maxResults: most,
    ...(pageToken === null ? {} : { nextPageToken: pageToken }),
  };
  const answer = await askPriced('user', 'POST', route`/rest/api/3/search/jql`, { body, schema: pageSchema });
  if (answer.kind === 'problem') return answer;
  const { issues, nextPageToken } = answer.value.answer;
  return {
    kind: 'ok',
    value: {
      issues: issues.rows.map(({ key, fields: { reporter, created } }) => ({
        key,
        reporterAccountId: reporter?.accountId ?? null,
        month: created.slice(0, 7),
        createdMs: Date.parse(created),
      })),
      nextPageToken: nextPageToken ?? null,
      cost: answer.value.cost,
    },
  };
}

/** @param projectKey checked by the caller to be a key. */
export function projectJql(projectKey: string): string {
  return `project = "${projectKey}"`;
}

const whoSchema = z.object({
  issues: rowsOf(z.object({ fields: z.object({ reporter: z.object({ accountId: z.string() }).nullish() }) })),
  nextPageToken: z.string().nullish(),
});
/** What Jira's account ids are made of; nothing in it ends the quotes of a query. */
const ACCOUNT_ID = /^[\w:.@-]{1,128}$/;

/**
 * Which of some accounts reported issues of a project, as far as one page of issues tells, of those that the user
 * sees; an account of another form reported none. `isAll` when there are no more issues than those.
 * @param projectKey checked by the caller to be a key
 * @see {@link searchReported}
 */
export async function reportersAmong(
  projectKey: string,
  accountIds: readonly string[],
  most: number,
): Promise<JiraResult<{ readonly reported: ReadonlySet<string>; readonly isAll: boolean; readonly cost: JiraCost }>> {
  const asked = accountIds.filter((accountId) => ACCOUNT_ID.test(accountId)).map((accountId) => `"${accountId}"`);
  const jql = `${projectJql(projectKey)} AND reporter in (${asked.join(', ')})`;
  const body = { jql, fields: ['reporter'], maxResults: most };
  const answer = await askPriced('user', 'POST', route`/rest/api/3/search/jql`, { body, schema: whoSchema });
  if (answer.kind === 'problem') return answer;
  const { issues, nextPageToken } = answer.value.answer;
  const reported = new Set(issues.rows.flatMap(({ fields: { reporter } }) => reporter?.accountId ?? []));
  return { kind: 'ok', value: { reported, isAll: (nextPageToken ?? null) === null, cost: answer.value.cost } };
}
