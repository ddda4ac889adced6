import fc from '../../../support/chance';
import {
  BURST_CALLS,
  LOW_CALLS_LEFT,
  FULL_BUCKET,
  applyLimitSignal,
  INTERVAL_MS,
  isBusy,
  MAX_WAIT_MS,
  RECOVERY_MS,
  MAX_INTERVAL_MS,
  spend,
  spendSpare,
  DEFAULT_WAIT_MS,
  waitForTokens,
  type LimitSignal,
  type TokenBucket,
} from '../../../../src/adapters/shorterloop';
import { tries } from '../../../support/tries';

const NOW = 1_700_000_000_000;
const refused = (retryAfterMs: number | null): LimitSignal => ({ kind: 'refused', retryAfterMs });
const left = (calls: number, resetMs: number): LimitSignal => ({ kind: 'left', calls, resetMs });

/** The token bucket after so many calls, one by one, at one moment. */
function spent(calls: number, tokenBucket: TokenBucket = FULL_BUCKET, nowMs = NOW): TokenBucket {
  return Array.from({ length: calls }).reduce<TokenBucket>((before) => spend(before, 1, nowMs), tokenBucket);
}

describe('a site that asks now and then', () => {
  it('never waits', () => {
    expect(waitForTokens(FULL_BUCKET, 1, NOW)).toBe(0);
    expect(waitForTokens(FULL_BUCKET, BURST_CALLS, NOW)).toBe(0);
    expect(isBusy(FULL_BUCKET, NOW)).toBe(false);
  });

  it('leaves nobody in debt by calls that did not wait', () => {
    expect(spendSpare(FULL_BUCKET, 8, NOW).tokens).toBe(BURST_CALLS - 8);
    expect(spendSpare(FULL_BUCKET, BURST_CALLS + 8, NOW).tokens).toBe(0);
    const inDebt = spend(FULL_BUCKET, BURST_CALLS + 5, NOW);
    expect(spendSpare(inDebt, 8, NOW).tokens).toBe(-5);
  });

  it('is busy until what it asked for has come back', () => {
    const after = spend(FULL_BUCKET, 4, NOW);
    expect(isBusy(after, NOW)).toBe(true);
    expect(isBusy(after, NOW + 4 * INTERVAL_MS - 1)).toBe(true);
    expect(isBusy(after, NOW + 4 * INTERVAL_MS)).toBe(false);
  });
});

describe('a site that asks a lot', () => {
  it('waits one interval for each call beyond the burst', () => {
    const after = spent(BURST_CALLS);
    expect(waitForTokens(after, 1, NOW)).toBe(INTERVAL_MS);
    expect(waitForTokens(after, 3, NOW)).toBe(3 * INTERVAL_MS);
    expect(waitForTokens(after, 1, NOW + 50)).toBe(INTERVAL_MS - 50);
    expect(waitForTokens(after, 1, NOW + INTERVAL_MS)).toBe(0);
  });

  it('makes those who come later wait longer', () => {
    expect(waitForTokens(spent(BURST_CALLS + 10), 1, NOW)).toBe(11 * INTERVAL_MS);
  });

  it('keeps no more than a burst, however long it rests', () => {
    const rested = spend(spent(BURST_CALLS), BURST_CALLS, NOW + 3_600_000);
    expect(waitForTokens(rested, 1, NOW + 3_600_000)).toBe(INTERVAL_MS);
  });

  it('lets through no more than burst and rate allow, whoever asks when', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ afterMs: fc.nat(2_000), calls: fc.integer({ min: 1, max: 8 }) }), {
          minLength: 1,
          maxLength: 60,
        }),
        (requests) => {
          let tokenBucket = FULL_BUCKET;
          let nowMs = NOW;
          let calls = 0;
          let lastMs = NOW;
          for (const request of requests) {
            nowMs += request.afterMs;
            lastMs = Math.max(lastMs, nowMs + waitForTokens(tokenBucket, request.calls, nowMs));
            tokenBucket = spend(tokenBucket, request.calls, nowMs);
            calls += request.calls;
          }
          expect(calls).toBeLessThanOrEqual(BURST_CALLS + (lastMs - NOW) / INTERVAL_MS + 1e-6);
        },
      ),
      tries(100),
    );
  });
});

describe('a site that was told to wait', () => {
  it('asks nothing until then, and then slowly', () => {
    const told = applyLimitSignal(FULL_BUCKET, refused(10_000), NOW);
    expect(isBusy(told, NOW)).toBe(true);
    expect(waitForTokens(told, 1, NOW)).toBe(10_000);
    expect(waitForTokens(told, 1, NOW + 4_000)).toBe(6_000);
    expect(waitForTokens(told, 1, NOW + 10_000)).toBe(2 * INTERVAL_MS);
    expect(waitForTokens(told, 1, NOW + 10_000 + 2 * INTERVAL_MS)).toBe(0);
  });

  it('waits a while when it is not told how long, and never longer than an hour', () => {
    expect(waitForTokens(applyLimitSignal(FULL_BUCKET, refused(null), NOW), 1, NOW)).toBe(DEFAULT_WAIT_MS);
    expect(waitForTokens(applyLimitSignal(FULL_BUCKET, refused(9e12), NOW), 1, NOW)).toBe(MAX_WAIT_MS);
  });

  it('is slowed once by refusals that come together, and keeps the longest wait', () => {
    const once = applyLimitSignal(FULL_BUCKET, refused(10_000), NOW);
    const again = applyLimitSignal(applyLimitSignal(once, refused(20_000), NOW + 5), refused(1_000), NOW + 6);
    expect(again.intervalMs).toBe(once.intervalMs);
    expect(again.closedUntilMs).toBe(NOW + 5 + 20_000);
  });

  it('slows down by half each time it is refused anew, to a limit', () => {
    let tokenBucket = FULL_BUCKET;
    let nowMs = NOW;
    const intervals: number[] = [];
    for (let times = 0; times < 8; times += 1) {
      tokenBucket = applyLimitSignal(tokenBucket, refused(1_000), nowMs);
      intervals.push(tokenBucket.intervalMs);
      nowMs += 1_000;
    }
    expect(intervals).toEqual([400, 800, 1_600, 3_200, 6_400, 8_000, 8_000, 8_000]);
    expect(MAX_INTERVAL_MS).toBe(8_000);
  });

  it('recovers step by step while it is not refused', () => {
    const slow: TokenBucket = { ...FULL_BUCKET, tokens: 0, atMs: NOW, intervalMs: 1_600, slowedAtMs: NOW };
    const wait = (afterMs: number): number =>
      waitForTokens({ ...slow, tokens: -1_000_000, atMs: NOW + afterMs }, 1, NOW + afterMs) / 1_000_001;
    expect(wait(RECOVERY_MS - 1)).toBe(1_600);
    expect(wait(RECOVERY_MS)).toBe(800);
    expect(wait(2 * RECOVERY_MS)).toBe(400);
    expect(wait(30 * RECOVERY_MS)).toBe(INTERVAL_MS);
  });

  it('counts a recovery once, however often the rate limit is written back', () => {
    let tokenBucket: TokenBucket = { ...FULL_BUCKET, tokens: 0, atMs: NOW, intervalMs: 1_600, slowedAtMs: NOW };
    for (let at = NOW; at <= NOW + 1.5 * RECOVERY_MS; at += 1_000) tokenBucket = spend(tokenBucket, 1, at);
    expect(tokenBucket.intervalMs).toBe(800);
    expect(tokenBucket.slowedAtMs).toBe(NOW + RECOVERY_MS);
  });
});

describe('a site that is told how many calls are left', () => {
  it('goes on when they are plenty', () => {
    expect(applyLimitSignal(FULL_BUCKET, left(LOW_CALLS_LEFT, 60_000), NOW)).toBe(FULL_BUCKET);
  });

  it('spreads few over the time until the reset', () => {
    const slowed = applyLimitSignal(FULL_BUCKET, left(LOW_CALLS_LEFT - 1, 27_000), NOW);
    expect(slowed.intervalMs).toBe(3_000);
    expect(waitForTokens(slowed, 1, NOW)).toBe(3_000);
    expect(slowed.slowedAtMs).toBe(NOW);
  });

  it('is not hurried by a reset that is near', () => {
    expect(applyLimitSignal(FULL_BUCKET, left(5, 5 * INTERVAL_MS), NOW)).toBe(FULL_BUCKET);
  });

  it('is busy until the reset when none is left, though nothing was spent', () => {
    const closed = applyLimitSignal(FULL_BUCKET, left(0, 30_000), NOW);
    expect([0, 29_999, 30_000].map((afterMs) => isBusy(closed, NOW + afterMs))).toEqual([true, true, false]);
  });

  it('waits for the reset when none is left', () => {
    const closed = applyLimitSignal(spend(FULL_BUCKET, 1, NOW), left(0, 30_000), NOW);
    expect(waitForTokens(closed, 1, NOW)).toBe(30_000);
    expect(waitForTokens(closed, 1, NOW + 30_000)).toBe(0);
  });
});
