import { NeedsAuthenticationError } from '@forge/api';
import { err, type Problem, type Result } from '../../contract';
import type { As } from '../../adapters/jira';

/** Who asks for an act. */
export type Actor =
  /** The user of this invocation: of a page, or of a rule that runs now. */
  | { readonly kind: 'user' }
  /** Somebody who asked earlier and is not there now: the user of a rule whose change waited, the starter of a run. */
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'apiClient'; readonly apiClientId: string }
  /** The app for itself, which finishes what was allowed before. */
  | { readonly kind: 'app' };

/** What an issue that Jira does not show means. */
export const ISSUE_NOT_VISIBLE: Problem = { code: 'issueNotVisible' };

/** As whom Jira is asked for an actor who has an account. */
export function asOf(actor: Extract<Actor, { kind: 'user' | 'account' }>): As {
  return actor.kind === 'user' ? 'user' : { accountId: actor.accountId };
}

/**
 * Asks Jira as somebody. Only who is there can be asked for their consent: of anybody else, whoever has not given it,
 * or has no account any more, may not.
 */
export async function askAs<T>(as: As, ask: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    const answer = await ask();
    return answer.kind === 'problem' && isLockedOut(as, answer.problem) ? err(CONSENT_NEEDED) : answer;
  } catch (error) {
    if (error instanceof NeedsAuthenticationError && as !== 'user') return err(CONSENT_NEEDED);
    throw error;
  }
}

const CONSENT_NEEDED: Problem = { code: 'consentNeeded' };

/** Whether Jira does not take somebody who is not there for one of its users any more (401, assumed). */
function isLockedOut(as: As, problem: Problem): boolean {
  return typeof as === 'object' && problem.code === 'jira' && problem.status === 401;
}
