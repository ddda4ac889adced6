import { route } from '@forge/api';
import { z } from 'zod';
import { askPriced, type JiraCost, type JiraResult } from './request';

/** How many issues one page holds at most; Jira answers fewer when it wants to. */
const PAGE = 1_000;

/** An issue as far as it tells who reported it and when. */
export type ReportedIssue = {
  /** Null when the issue has no reporter. */
  readonly reporterAccountId: string | null;
  /** `2026-03`, as Jira writes the time of creation. */
  readonly month: string;
};

/** One page of a project's issues. */
export type ReportedPage = {
  readonly issues: readonly ReportedIssue[];
  /** Where the next page starts; null on the last one. Jira lets a token expire. */
  readonly nextPageToken: string | null;
  readonly cost: JiraCost;
};

const pageSchema = z.object({
  issues: z.array(
    z.object({
      fields: z.object({
        reporter: z.object({ accountId: z.string().min(1) }).nullish(),
        created: z.string().regex(/^\d{4}-\d{2}-/),
      }),
    }),
  ),
  nextPageToken: z.string().nullish(),
});

/**
 * Who reported a project's issues and when, of those that the user sees, the newest first.
 * @param projectKey checked by the caller to be a key
 * @param pageToken null for the first page
 * @returns `failed` with status 400 when Jira does not understand the token, or does not show the project
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-jql-post
 */
export async function searchReported(projectKey: string, pageToken: string | null): Promise<JiraResult<ReportedPage>> {
  const jql = `project = "${projectKey}" ORDER BY created DESC`;
  const body = { jql, fields: ['reporter', 'created'], maxResults: PAGE, ...(pageToken === null ? {} : { nextPageToken: pageToken }) };
  const answer = await askPriced('user', 'POST', route`/rest/api/3/search/jql`, body, pageSchema);
  if (answer.kind === 'failed') return answer;
  const { issues, nextPageToken } = answer.value.answer;
  return {
    kind: 'ok',
    value: {
      issues: issues.map(({ fields: { reporter, created } }) => ({ reporterAccountId: reporter?.accountId ?? null, month: created.slice(0, 7) })),
      nextPageToken: nextPageToken ?? null,
      cost: answer.value.cost,
    },
  };
}
