import type { ShorterLoopResult, ShorterLoopError } from './types';

/** How often a call is sent at most. */
export const ATTEMPTS = 3;
/** The longest first wait before a call is sent again; the next may be twice as long. Milliseconds. */
export const FIRST_BACKOFF_MS = 300;

/** What waiting needs. `random` answers 0 to 1. */
export type Waiting = {
  readonly deadlineAtMs: number;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly random: () => number;
};

/** Whether a failure of a read may pass by itself: network, 5xx, 429. After a timeout the read's own time is over. */
export function isTransientRead({ cause }: ShorterLoopError): boolean {
  return cause === 'network' || cause === 'server' || cause === 'rateLimited';
}

/** Whether a write may be sent again: only when Shorter Loop said that it did not even look at it. */
export function isTransientWrite({ cause, mayHaveBeenApplied }: ShorterLoopError): boolean {
  return cause === 'rateLimited' && !mayHaveBeenApplied;
}

/**
 * Sends a call again after a failure that may pass, waiting with full jitter and at least as long as
 * Shorter Loop asks. Gives the last failure when the next wait would end after
 * the deadline.
 */
export async function withRetries<T>(
  waiting: Waiting,
  isTransient: (error: ShorterLoopError) => boolean,
  attempt: () => Promise<ShorterLoopResult<T>>,
): Promise<ShorterLoopResult<T>> {
  for (let sent = 1; ; sent += 1) {
    const result = await attempt();
    if (result.kind === 'ok' || sent === ATTEMPTS || !isTransient(result.problem)) return result;
    const waitMs = Math.max(askedWaitMs(result.problem), waiting.random() * FIRST_BACKOFF_MS * 2 ** (sent - 1));
    if (waiting.now() + waitMs >= waiting.deadlineAtMs) return result;
    await waiting.sleep(waitMs);
  }
}

function askedWaitMs(error: ShorterLoopError): number {
  return error.cause === 'rateLimited' ? (error.retryAfterMs ?? 0) : 0;
}
