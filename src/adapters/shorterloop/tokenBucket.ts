/**
 * How fast one site may ask Shorter Loop, over all its entry points. Shorter Loop documents no limit, so the
 * app starts modestly, halves its rate whenever it is told to wait, and recovers slowly.
 * Times are milliseconds, instants since the epoch.
 *
 * The rule is a token bucket: a call costs one token, one comes back every `intervalMs`, and at most
 * {@link BURST_CALLS} are kept. Callers that have to wait leave it in debt.
 */
export type TokenBucket = {
  /** What was left at `atMs`; less than nothing while promised calls still wait. */
  readonly tokens: number;
  readonly atMs: number;
  /** Time until one more call may be made. */
  readonly intervalMs: number;
  /** Until then nothing may be asked, because Shorter Loop said so. */
  readonly closedUntilMs: number;
  /** When the interval was last made longer. */
  readonly slowedAtMs: number;
};

/** What an answer says of limits: a refusal with the wait it asks for, or how many calls are left until a reset. */
export type LimitSignal =
  | { readonly kind: 'refused'; readonly retryAfterMs: number | null }
  | { readonly kind: 'left'; readonly calls: number; readonly resetMs: number };

/** Five calls a second in the long run. */
export const INTERVAL_MS = 200;
/** The slowest that the app makes itself: one call in eight seconds. */
export const MAX_INTERVAL_MS = 8_000;
/** How many calls may be made at once after a rest. */
export const BURST_CALLS = 40;
/** The wait when Shorter Loop refuses without saying for how long. */
export const DEFAULT_WAIT_MS = 5_000;
/** The longest wait that is obeyed: a header beyond it is a mistake, and would shut the app out for good. */
export const MAX_WAIT_MS = 3_600_000;
/** After this long without a refusal the interval is halved, down to {@link INTERVAL_MS}. */
export const RECOVERY_MS = 60_000;
/** With fewer calls left than this, they are spread over the time until the reset. */
export const LOW_CALLS_LEFT = 10;

/** The token bucket of a site that has not asked yet. */
export const FULL_BUCKET: TokenBucket = {
  tokens: BURST_CALLS,
  atMs: 0,
  intervalMs: INTERVAL_MS,
  closedUntilMs: 0,
  slowedAtMs: 0,
};

/** How long a caller has to wait before so many calls. */
export function waitForTokens(tokenBucket: TokenBucket, calls: number, nowMs: number): number {
  const { tokens, intervalMs, closedUntilMs } = at(tokenBucket, nowMs);
  return Math.max(0, (calls - tokens) * intervalMs, closedUntilMs - nowMs);
}

/** The token bucket after so many calls were promised to a caller. */
export function spend(tokenBucket: TokenBucket, calls: number, nowMs: number): TokenBucket {
  const now = at(tokenBucket, nowMs);
  return { ...now, tokens: now.tokens - calls };
}

/** The token bucket after calls that did not wait: they use up what is there, and leave nobody in debt. */
export function spendSpare(tokenBucket: TokenBucket, calls: number, nowMs: number): TokenBucket {
  const now = at(tokenBucket, nowMs);
  return { ...now, tokens: Math.min(now.tokens, Math.max(0, now.tokens - calls)) };
}

/** Whether the site has lately asked more than a trickle, so that every call has to be counted. */
export function isBusy(tokenBucket: TokenBucket, nowMs: number): boolean {
  return tokenBucket.closedUntilMs > nowMs || at(tokenBucket, nowMs).tokens < BURST_CALLS;
}

/** The token bucket after what an answer said of limits; the very same one when it says nothing new. */
export function applyLimitSignal(tokenBucket: TokenBucket, signal: LimitSignal, nowMs: number): TokenBucket {
  const now = at(tokenBucket, nowMs);
  if (signal.kind === 'refused') {
    const closedUntilMs = closedFor(tokenBucket, signal.retryAfterMs ?? DEFAULT_WAIT_MS, nowMs);
    // Side by side, several calls are refused for one and the same reason: it slows the site once.
    if (nowMs < tokenBucket.closedUntilMs) return { ...tokenBucket, closedUntilMs };
    return slowed(now, now.intervalMs * 2, closedUntilMs, nowMs);
  }
  if (signal.calls >= LOW_CALLS_LEFT) return tokenBucket;
  if (signal.calls === 0) return { ...now, closedUntilMs: closedFor(tokenBucket, signal.resetMs, nowMs) };
  const spreadMs = signal.resetMs / signal.calls;
  return spreadMs > now.intervalMs ? slowed(now, spreadMs, tokenBucket.closedUntilMs, nowMs) : tokenBucket;
}

function closedFor(tokenBucket: TokenBucket, waitMs: number, nowMs: number): number {
  return Math.max(tokenBucket.closedUntilMs, nowMs + Math.min(waitMs, MAX_WAIT_MS));
}

/** The same rate limit as it stands at a later time: tokens have come back, and the interval has recovered. */
function at(tokenBucket: TokenBucket, nowMs: number): TokenBucket {
  const rests = Math.max(0, Math.floor((nowMs - tokenBucket.slowedAtMs) / RECOVERY_MS));
  const intervalMs = Math.max(INTERVAL_MS, tokenBucket.intervalMs / 2 ** rests);
  const tokens = Math.min(BURST_CALLS, tokenBucket.tokens + Math.max(0, nowMs - tokenBucket.atMs) / intervalMs);
  // The recovery is counted once: what is written back says when it was counted.
  return {
    ...tokenBucket,
    tokens,
    atMs: Math.max(tokenBucket.atMs, nowMs),
    intervalMs,
    slowedAtMs: tokenBucket.slowedAtMs + rests * RECOVERY_MS,
  };
}

function slowed(now: TokenBucket, intervalMs: number, closedUntilMs: number, nowMs: number): TokenBucket {
  // The burst is used up: after a wait, calls come one by one and not all at once.
  const atMs = Math.max(nowMs, closedUntilMs);
  return {
    tokens: Math.min(now.tokens, 0),
    atMs,
    intervalMs: Math.min(MAX_INTERVAL_MS, intervalMs),
    closedUntilMs,
    slowedAtMs: nowMs,
  };
}
