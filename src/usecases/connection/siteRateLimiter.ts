import { ok, err, type Result } from '../../contract';
import { sleep } from '../../clock';
import {
  BURST_CALLS,
  FULL_BUCKET,
  applyLimitSignal,
  isBusy,
  spend,
  spendSpare,
  waitForTokens,
  type LimitSignal,
  type TokenBucket,
} from '../../adapters/shorterloop';
import { readTokenBucket, writeTokenBucket, type StoredTokenBucket } from '../../adapters/store';
import { logFailure } from '../result';

/** How long a call may wait to be let through before its user is told how long it takes. */
const PATIENCE_MS = 4_000;
/**
 * Room for one write, in calls, that whoever only looks leaves: else somebody who may change nothing could keep
 * everybody's changes waiting, by looking all the time.
 */
const ROOM_FOR_A_WRITE = 8;
/** How often a change is tried against others who change the same row. */
const TRIES = 6;
const FIRST_BACKOFF_MS = 20;
/** While the site is calm, one look in so many is counted, and counted so many times. */
const SAMPLE = 8;

/** One invocation's part in the site's rate limit. */
export type SiteRateLimiter = {
  /**
   * Asks for so many calls to Shorter Loop and waits until they are allowed; a problem when that takes too long.
   * Throws ForgeKvsError when storage fails: then nothing may be asked.
   */
  readonly reserve: (calls: number) => Promise<Result<true>>;
  /**
   * {@link SiteRateLimiter.reserve} for someone who only looks. While the site is calm most looks are not
   * counted one by one, so that a panel that opens does not pay for a write to storage. While it is busy, a look is
   * only let through where a write still would be right after it.
   */
  readonly reserveLook: (calls: number) => Promise<Result<true>>;
  /**
   * For the rest of a reading that was let through, such as further pages of its list: counted as a look, and not held
   * up to leave room.
   */
  readonly reserveRest: (calls: number) => Promise<Result<true>>;
  /** Makes the whole site heed what an answer said. Never throws. */
  readonly applyLimitSignal: (signal: LimitSignal) => Promise<void>;
};

/** The limiter of an invocation that has just read the site's rate limit. */
export function createSiteRateLimiter(known: StoredTokenBucket): SiteRateLimiter {
  async function reserve(calls: number, room = 0): Promise<Result<true>> {
    let stored = known;
    for (let tried = 0; tried < TRIES; tried += 1) {
      const nowMs = Date.now();
      const tokenBucket = stored ?? FULL_BUCKET;
      const waitMs = waitForTokens(tokenBucket, calls, nowMs);
      // Nobody is in the way of a site that rested: there even the largest look is let through.
      const left = isBusy(tokenBucket, nowMs) ? room : 0;
      const lateMs = waitForTokens(tokenBucket, calls + left, nowMs) - PATIENCE_MS;
      if (lateMs > 0) {
        const retryAfterMs = Math.ceil(Math.max(waitMs, lateMs));
        return err({ code: 'shorterLoop', cause: 'rateLimited', status: null, retryAfterMs });
      }
      if (await writeTokenBucket(stored, spend(tokenBucket, calls, nowMs))) {
        if (waitMs > 0) await sleep(waitMs);
        return ok(true);
      }
      stored = await afterOthers(tried);
    }
    // So many at once that they can't be counted one by one: refusals are still obeyed by all.
    return ok(true);
  }

  async function change(next: (tokenBucket: TokenBucket) => TokenBucket): Promise<void> {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const stored = tried === 0 ? await readTokenBucket() : await afterOthers(tried);
      const tokenBucket = stored ?? FULL_BUCKET;
      const changed = next(tokenBucket);
      if (changed === tokenBucket || (await writeTokenBucket(stored, changed))) return;
    }
  }

  async function look(calls: number, room: number): Promise<Result<true>> {
    const isCalm = !isBusy(known ?? FULL_BUCKET, Date.now());
    if (!isCalm) return reserve(calls, room);
    // Whoever stands for others waits no longer than they do: not at all.
    if (Math.random() < 1 / SAMPLE) await change((tokenBucket) => spendSpare(tokenBucket, sampled(calls), Date.now()));
    return ok(true);
  }

  return {
    reserve: (calls) => reserve(calls),
    reserveLook: (calls) => look(calls, ROOM_FOR_A_WRITE),
    reserveRest: (calls) => look(calls, 0),
    applyLimitSignal: (signal) =>
      change((tokenBucket) => applyLimitSignal(tokenBucket, signal, Date.now())).catch((error: unknown) => {
        // The answer itself is more important than remembering to be slower.
        logFailure('limiter', error);
      }),
  };
}

/** What a sampled look stands for: never so much that the one after it waits long. */
function sampled(calls: number): number {
  return Math.max(calls, Math.min(calls * SAMPLE, BURST_CALLS / 2));
}

async function afterOthers(tried: number): Promise<StoredTokenBucket> {
  await sleep(Math.random() * FIRST_BACKOFF_MS * 2 ** tried);
  return readTokenBucket();
}
