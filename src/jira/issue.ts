import { route } from '@forge/api';
import { z } from 'zod';
import type { Reporter } from '../people';
import { getJson, type JiraResult } from './request';

/** An issue as the viewer may see it, with its reporter; null when the field is empty. */
export type IssueReporter = { readonly issueId: string; readonly issueKey: string; readonly reporter: Reporter | null };

const issueSchema = z
  .object({
    id: z.string(),
    key: z.string(),
    fields: z.object({
      reporter: z
        .object({
          accountId: z.string().min(1),
          displayName: z.string().catch(''),
          accountType: z.string().nullish(),
          emailAddress: z.string().nullish(),
        })
        .nullish(),
    }),
  })
  .transform(({ id, key, fields: { reporter } }): IssueReporter => ({
    issueId: id,
    issueKey: key,
    reporter: reporter
      ? {
          accountId: reporter.accountId,
          displayName: reporter.displayName,
          accountType: reporter.accountType ?? null,
          visibleEmail: reporter.emailAddress ?? null,
        }
      : null,
  }));

/**
 * Who reported an issue, read as the user: that read is also the proof that they may see it.
 * @param issueId the issue's numeric id, as a string
 * @returns `failed` with status 404 when it does not exist or the user may not see it
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-get
 */
export function readIssueReporter(issueId: string): Promise<JiraResult<IssueReporter>> {
  return getJson('user', route`/rest/api/3/issue/${issueId}?fields=reporter`, issueSchema);
}
