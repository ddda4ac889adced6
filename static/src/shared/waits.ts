import type { PageProblem } from './ask';

/** The longest wait that a page waits out by itself, in milliseconds; a longer one is told, and left to the user. */
export const LONGEST_WAIT_MS = 60_000;
/** The wait when nobody says how long. */
export const DEFAULT_WAIT_MS = 3_000;
/** How often in a row a page waits by itself. */
export const MAX_WAITS = 5;

/**
 * How long to wait before the same thing is asked again, in milliseconds; null when a wait would not
 * help. Only for problems that say that nothing was recorded or sent.
 */
export function waitOf(problem: PageProblem): number | null {
  switch (problem.code) {
    case 'busy':
      return within(problem.retryAfterMs);
    case 'shorterLoop':
      return problem.cause === 'rateLimited' ? within(problem.retryAfterMs) : null;
    case 'jira':
      return problem.status === 429 && problem.limit !== 'quota' ? within(problem.retryAfterMs) : null;
    default:
      return null;
  }
}

/**
 * How long a reading rests before it goes on by itself, in milliseconds, where an hour's points of Jira are used up;
 * null for every other problem.
 */
export function pauseOf(problem: PageProblem): number | null {
  if (problem.code === 'jiraBudget') return problem.retryAfterMs;
  return problem.code === 'jira' && problem.limit === 'quota' ? problem.retryAfterMs : null;
}

/** A wait that a page may wait out; null for one that is too long. */
export function within(waitMs: number | null): number | null {
  const wanted = waitMs ?? DEFAULT_WAIT_MS;
  return wanted > LONGEST_WAIT_MS ? null : Math.max(wanted, 1_000);
}
