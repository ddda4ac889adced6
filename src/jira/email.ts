import { route } from '@forge/api';
import { z } from 'zod';
import type { EmailHiddenReason } from '../contract';
import type { EmailFact, Reporter } from '../people';
import { getJson } from './request';

const emailSchema = z.object({ email: z.string().includes('@') });

/**
 * The reporter's e-mail: as the app, whatever the person's profile shows; failing that, what the
 * viewer may see of it. Call it only after the issue was read as the user.
 *
 * Jira answers 404 when there is no address to give, and 400 when Atlassian has not approved the app.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-email-get
 */
export async function readEmail(reporter: Reporter): Promise<EmailFact> {
  const answer = await getJson('app', route`/rest/api/3/user/email?accountId=${reporter.accountId}`, emailSchema);
  if (answer.kind === 'ok') return { kind: 'email', email: answer.value.email };
  if (reporter.visibleEmail !== null) return { kind: 'email', email: reporter.visibleEmail };
  return { kind: 'hidden', reason: reasonOf(answer.status) };
}

function reasonOf(status: number | null): EmailHiddenReason {
  if (status === 404) return 'hidden';
  return status === 400 || status === 401 || status === 403 ? 'appNotApproved' : 'unavailable';
}
