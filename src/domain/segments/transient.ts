import type { LedgerEntry, Problem, ShorterLoopCause } from '../../contract';

/** Causes that go away by themselves: the same request may be made later. Others stand until someone mends them. */
const TRANSIENT: readonly ShorterLoopCause[] = ['rateLimited', 'server', 'network', 'timeout'];

/** Whether a failure of Shorter Loop goes away by itself. */
function isTransientCause(cause: ShorterLoopCause): boolean {
  return TRANSIENT.includes(cause);
}

/** Whether a problem goes away by itself, so that the same request can be made later. */
export function isTransient(what: Problem): boolean {
  switch (what.code) {
    case 'busy':
    case 'storage':
      return true;
    case 'shorterLoop':
      return isTransientCause(what.cause);
    default:
      return false;
  }
}

/**
 * Whether a write that was not confirmed may be made once more: when it is known to have done
 * nothing for a reason that passes, or when what it did is not known yet.
 */
export function isTransientOutcome({ state, answer, members }: LedgerEntry): boolean {
  if (state !== 'finished') return true;
  const cause = answer?.cause ?? null;
  return members.every(
    ({ outcome, reason }) =>
      (outcome === 'notConfirmed' && reason === 'unchanged') ||
      (outcome === 'refused' && cause !== null && isTransientCause(cause)),
  );
}
