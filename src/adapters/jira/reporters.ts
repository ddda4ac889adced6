import { route } from '@forge/api';
import { z } from 'zod';
import type { Reporter } from '../../domain/people';
import { askPriced, type As, type JiraCost, type JiraResult } from './request';
import { rowsOf } from './rows';
import { userSchema } from './user';

/** How many issues one page holds at most; Jira answers fewer when it wants to. */
export const REPORTERS_A_PAGE = 500;

/** One page of the issues that a query finds. */
export type ReporterPage = {
  /** How many issues of this page could be read, those without a reporter included. */
  readonly issues: number;
  /** How many could not. */
  readonly leftOut: number;
  /** The distinct reporters on this page, in the order of the issues. */
  readonly reporters: readonly Reporter[];
  /** The ids of the issues, each with its project's id and its reporter's account id. */
  readonly issuesOf: readonly {
    readonly issueId: string;
    readonly issueKey: string;
    readonly projectId: string;
    readonly reporterAccountId: string | null;
  }[];
  /** Where the next page starts; null on the last one. Jira lets a token expire. */
  readonly nextPageToken: string | null;
  readonly cost: JiraCost;
};

const pageSchema = z.object({
  issues: rowsOf(
    z.object({
      id: z.string(),
      key: z.string(),
      fields: z.object({ project: z.object({ id: z.string() }), reporter: userSchema.nullish() }),
    }),
  ),
  nextPageToken: z.string().nullish(),
});

/**
 * The reporters of the issues that a query finds, one page after the other.
 * @param as `user` where the user's own view of Jira decides what is read
 * @param pageToken null for the first page
 * @param most how many issues the page may hold
 * @returns `failed` with status 400 when Jira does not understand the query or the token
 * @see
 *   https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-jql-post
 */
export async function searchReporters(
  as: As,
  jql: string,
  pageToken: string | null,
  most = REPORTERS_A_PAGE,
): Promise<JiraResult<ReporterPage>> {
  const body = {
    jql,
    fields: ['project', 'reporter'],
    maxResults: most,
    ...(pageToken === null ? {} : { nextPageToken: pageToken }),
  };
  // A search changes nothing, so that it may be sent again although it is a POST.
  const answer = await askPriced(as, 'POST', route`/rest/api/3/search/jql`, { body, schema: pageSchema });
  if (answer.kind === 'problem') return answer;
  const { issues: found, nextPageToken } = answer.value.answer;
  const { rows: issues, leftOut } = found;
  const reporters = new Map(
    issues.flatMap(({ fields: { reporter } }) => (reporter ? [[reporter.accountId, reporter] as const] : [])),
  );
  const issuesOf = issues.map(({ id, key, fields: { project, reporter } }) => ({
    issueId: id,
    issueKey: key,
    projectId: project.id,
    reporterAccountId: reporter?.accountId ?? null,
  }));
  return {
    kind: 'ok',
    value: {
      issues: issues.length,
      leftOut,
      reporters: [...reporters.values()],
      issuesOf,
      nextPageToken: nextPageToken ?? null,
      cost: answer.value.cost,
    },
  };
}
