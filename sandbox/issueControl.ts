import { z } from 'zod';
import type { Jira } from './jira';

type Reply = { readonly status: number; readonly body: unknown };

const accountId = z.string().optional();
const createSchema = z.object({ likeKey: z.string() });
const reporterSchema = z.object({ issueKey: z.string(), reporterAccountId: z.string().nullable(), accountId });
const deleteSchema = z.object({ issueKey: z.string(), accountId });

/**
 * Answers `POST /__sandbox/issues…`, with which scripts create, change and delete issues as people do; null for any
 * other path. The app is told by its events.
 * @param viewerAccountId who is meant where the body names nobody
 */
export function handleIssues(jira: Jira, what: string, body: unknown, viewerAccountId: string): Reply | null {
  switch (what) {
    case 'POST /__sandbox/issues':
      return given(createSchema, body, ({ likeKey }) =>
        jira.issues.some(({ key }) => key === likeKey)
          ? { status: 200, body: { key: jira.createIssue(likeKey).key } }
          : { status: 404, body: { error: `Jira has no issue ${likeKey}` } },
      );
    case 'POST /__sandbox/issues/reporter':
      return given(reporterSchema, body, ({ issueKey, reporterAccountId, accountId: actor = viewerAccountId }) =>
        replyOf(jira.setReporter(actor, issueKey, reporterAccountId)),
      );
    case 'POST /__sandbox/issues/delete':
      return given(deleteSchema, body, ({ issueKey, accountId: actor = viewerAccountId }) =>
        replyOf(jira.deleteIssue(actor, issueKey)),
      );
    default:
      return null;
  }
}

function replyOf(changed: ReturnType<Jira['setReporter']>): Reply {
  return changed.kind === 'changed'
    ? { status: 200, body: changed }
    : { status: changed.status, body: { error: changed.message } };
}

function given<T>(schema: z.ZodType<T>, body: unknown, work: (value: T) => Reply): Reply {
  const parsed = schema.safeParse(body);
  return parsed.success ? work(parsed.data) : { status: 400, body: { error: z.prettifyError(parsed.error) } };
}
