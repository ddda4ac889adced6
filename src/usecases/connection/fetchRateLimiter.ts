import { sleep } from '../../clock';

/**
 * Forge lets one invocation make 100 fetches to the outside in a minute. So many are planned; the others are
 * for what is asked once more.
 * @see https://developer.atlassian.com/platform/forge/platform-quotas-and-limits/
 */
export const FETCHES_A_MINUTE = 80;
/** How many may be made at once after a rest. */
const AT_ONCE = 10;
const INTERVAL_MS = 60_000 / FETCHES_A_MINUTE;

/** Holds one long invocation to the fetches that Forge lets it make; one that is over in 25 s needs none. */
export type FetchRateLimiter = {
  /** Waits until so many more may be made. */
  readonly take: (fetches: number) => Promise<void>;
};

/** The token bucket of an invocation that begins. */
export function createFetchRateLimiter(): FetchRateLimiter {
  let paidUntilMs = 0;
  return {
    take: async (fetches) => {
      const nowMs = Date.now();
      paidUntilMs = Math.max(paidUntilMs, nowMs - AT_ONCE * INTERVAL_MS) + fetches * INTERVAL_MS;
      if (paidUntilMs > nowMs) await sleep(paidUntilMs - nowMs);
    },
  };
}
