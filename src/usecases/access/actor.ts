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
    return await ask();
  } catch (error) {
    if (error instanceof NeedsAuthenticationError && as !== 'user') return err({ code: 'consentNeeded' });
    throw error;
  }
}
