import { z } from 'zod';
import { TYPE_NAMES, type Jira } from './jira';

/** What a script gets back. */
export type IssueReply = { readonly status: number; readonly body: unknown };

const accountId = z.string().exactOptional();
const createSchema = z.strictObject({
  summary: z.string().trim().min(1).max(255),
  type: z.enum(TYPE_NAMES).default('Story'),
  reporterAccountId: z.string().exactOptional(),
  accountId,
});
const reporterSchema = z.strictObject({ issueKey: z.string(), reporterAccountId: z.string().nullable(), accountId });
const deleteSchema = z.strictObject({ issueKey: z.string(), accountId });

/**
 * Creates an issue, changes who reports one or deletes one, as that person or whoever the bar is set to; null for any
 * other request.
 */
export function handleIssues(jira: Jira, what: string, body: unknown, viewerAccountId: string): IssueReply | null {
  switch (what) {
    case 'POST /__sandbox/issues':
      return given(createSchema, body, ({ accountId: actor = viewerAccountId, ...wanted }) =>
        jira.createIssueAs(actor, wanted),
      );
    case 'POST /__sandbox/issues/reporter':
      return given(reporterSchema, body, ({ accountId: actor = viewerAccountId, issueKey, reporterAccountId }) =>
        jira.setReporter(actor, issueKey, reporterAccountId),
      );
    case 'POST /__sandbox/issues/delete':
      return given(deleteSchema, body, ({ accountId: actor = viewerAccountId, issueKey }) =>
        jira.deleteIssue(actor, issueKey),
      );
    default:
      return null;
  }
}

function given<T>(
  schema: z.ZodType<T>,
  body: unknown,
  doIt: (input: T) => ReturnType<Jira['deleteIssue']>,
): IssueReply {
  const parsed = schema.safeParse(body);
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
  const result = doIt(parsed.data);
  return result.kind === 'changed'
    ? { status: 200, body: { key: result.issue.key } }
    : { status: result.status, body: { error: result.message } };
}
