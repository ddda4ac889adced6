import { route } from '@forge/api';
import { z } from 'zod';
import type { EmailHiddenReason } from '../../contract';
import type { EmailFact, Reporter } from '../../domain/people';
import { inParts, pointsOfUsers } from './parts';
import { getJson } from './request';
import { rowsOf } from './rows';
import { accountQuery } from './user';

const emailSchema = z.object({ email: z.string().includes('@') });
const oneOfMany = z.object({ accountId: z.string(), email: z.string().nullish().catch(null) });
// Atlassian's description says one object; a list is what a question about many calls for. Either is taken.
const emailsSchema = z.union([
  rowsOf(oneOfMany).transform(({ rows }) => [...rows]),
  oneOfMany.transform((one) => [one]),
]);

/**
 * The reporter's e-mail: as the app, whatever the person's profile shows; failing that, what the
 * viewer may see of it. Call it only after the issue was read as the user.
 *
 * Jira answers 404 when there is no address to give, and 400 when Atlassian has not approved the app.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-email-get
 */
export async function readEmail(reporter: Reporter): Promise<EmailFact> {
  const answer = await getJson('app', route`/rest/api/3/user/email?accountId=${reporter.accountId}`, emailSchema);
  return answer.kind === 'ok'
    ? { kind: 'email', email: answer.value.email }
    : seenOrHidden(reporter, reasonOf(answer.problem.status));
}

/** What {@link readEmails} costs for so many reporters, in Jira's points: two a user, and one a request. */
export function pointsOfEmails(reporters: number): number {
  return pointsOfUsers(reporters);
}

/**
 * The e-mails of many reporters, many in one call: {@link readEmail} for a page of issues that was
 * read as the user. Someone of whom Jira tells no address is hidden.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-email-bulk-get
 */
export async function readEmails(reporters: readonly Reporter[]): Promise<ReadonlyMap<string, EmailFact>> {
  const accountIds = reporters.map(({ accountId }) => accountId);
  const answer = await inParts(accountIds, async (part) =>
    getJson('app', route`/rest/api/3/user/email/bulk?${accountQuery(part)}`, emailsSchema),
  );
  const told = new Map(
    answer.kind === 'ok' ? answer.value.map(({ accountId, email }) => [accountId, email ?? null]) : [],
  );
  const reason = answer.kind === 'ok' ? 'hidden' : reasonOf(answer.problem.status);
  return new Map(
    reporters.map((reporter) => {
      const email = told.get(reporter.accountId) ?? null;
      return [
        reporter.accountId,
        email?.includes('@') === true ? { kind: 'email', email } : seenOrHidden(reporter, reason),
      ];
    }),
  );
}

function seenOrHidden({ visibleEmail }: Reporter, reason: EmailHiddenReason): EmailFact {
  return visibleEmail === null ? { kind: 'hidden', reason } : { kind: 'email', email: visibleEmail };
}

function reasonOf(status: number | null): EmailHiddenReason {
  if (status === 404) return 'hidden';
  return status === 400 || status === 401 || status === 403 ? 'appNotApproved' : 'unavailable';
}
