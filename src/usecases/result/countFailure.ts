import type { FailureCause, Problem } from '../../contract';
import { incrementFailure } from '../../adapters/store';
import { logFailure } from './log';

/**
 * Counts a problem for the admin's Health tab, when it is a failure of something and not an answer to
 * what a user asked. Never throws: the answer is more important than the count.
 */
export async function countFailure(what: Problem): Promise<void> {
  const cause = failureOf(what);
  if (cause !== null) await countFailureCause(cause);
}

/** Counts a failure by its cause. Never throws. @see countFailure */
export async function countFailureCause(cause: FailureCause): Promise<void> {
  await incrementFailure(cause, Date.now()).catch((error: unknown) => {
    logFailure('health', error);
  });
}

/** The failure that a problem tells of, null when nothing has failed. */
function failureOf(what: Problem): FailureCause | null {
  switch (what.code) {
    case 'shorterLoop':
      return what.cause;
    case 'jira':
      if (what.limit === 'quota') return 'jiraQuota';
      return what.limit === 'burst' ? 'jiraBusy' : 'jiraFailed';
    case 'consentNeeded':
    case 'segmentUnreadable':
    case 'storage':
    case 'internal':
      return what.code;
    default:
      return null;
  }
}
