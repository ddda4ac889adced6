import type { Result, ShorterLoopError } from './types';

/** How often a read is sent at most. */
export const READ_ATTEMPTS = 3;
/** The longest first wait before a read is sent again; the next may be twice as long. Milliseconds. */
export const FIRST_BACKOFF_MS = 300;

/** What waiting needs. `random` answers 0 to 1. */
export type Waiting = {
  readonly deadlineAtMs: number;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly random: () => number;
};

/**
 * Sends a read again after a failure that may pass (network, 5xx, 429), waiting with full jitter and
 * at least as long as Shorter Loop asks. Gives the last failure when the next wait would end after
 * the deadline.
 */
export async function withRetries<T>(waiting: Waiting, attempt: () => Promise<Result<T>>): Promise<Result<T>> {
  for (let sent = 1; ; sent += 1) {
    const result = await attempt();
    if (result.kind === 'ok' || sent === READ_ATTEMPTS || !mayPass(result.error)) return result;
    const waitMs = Math.max(askedWaitMs(result.error), waiting.random() * FIRST_BACKOFF_MS * 2 ** (sent - 1));
    if (waiting.now() + waitMs >= waiting.deadlineAtMs) return result;
    await waiting.sleep(waitMs);
  }
}

function mayPass({ cause }: ShorterLoopError): boolean {
  return cause === 'network' || cause === 'server' || cause === 'rateLimited';
}

function askedWaitMs(error: ShorterLoopError): number {
  return error.cause === 'rateLimited' ? (error.retryAfterMs ?? 0) : 0;
}
