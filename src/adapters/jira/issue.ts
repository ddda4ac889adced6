import { route } from '@forge/api';
import { z } from 'zod';
import { isIssueIdOrKey } from '../../contract';
import type { Reporter } from '../../domain/people';
import { getJson, type As, type JiraResult } from './request';
import { userSchema } from './user';

/** An issue as the viewer may see it, with its reporter; null when the field is empty. */
export type IssueReporter = {
  readonly issueId: string;
  readonly issueKey: string;
  readonly projectId: string;
  readonly reporter: Reporter | null;
};

const issueSchema = z
  .object({
    id: z.string(),
    key: z.string(),
    fields: z.object({
      project: z.object({ id: z.string() }),
      reporter: userSchema.nullish(),
    }),
  })
  .transform(({ id, key, fields: { project, reporter } }): IssueReporter => ({
    issueId: id,
    issueKey: key,
    projectId: project.id,
    reporter: reporter ?? null,
  }));

/**
 * Who reported an issue. Read as the user, that is also the proof that they may see it; as the app
 * only for callers whom an admin has let in.
 * @param issueIdOrKey checked here to be one of the two, because it may come from outside
 * @returns `failed` with status 404 when it does not exist or the user may not see it
 * @see
 *   https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-get
 */
export function readIssueReporter(issueIdOrKey: string, as: As = 'user'): Promise<JiraResult<IssueReporter>> {
  // What is neither is an issue that nobody sees; it must not become another path.
  if (!isIssueIdOrKey(issueIdOrKey))
    return Promise.resolve({ kind: 'problem', problem: { status: 404, retryAfterMs: null, limit: null } });
  return getJson(as, route`/rest/api/3/issue/${issueIdOrKey}?fields=reporter,project`, issueSchema);
}
