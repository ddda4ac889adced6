import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { FULL_BUCKET, MAX_INTERVAL_MS, MAX_WAIT_MS, type TokenBucket } from '../shorterloop';
import type { Place } from './batch';
import { endWithin, pastMoment } from './moments';
import { createRow, parseCounted, versioned, compareAndSwap, type Versioned } from './versioned';

export const RATE_LIMIT_ENTITY = 'rate-limit';
const RATE_LIMIT_KEY = 'shorter-loop';

/** Where the rate limit stands, to be read along with other things. */
export const TOKEN_BUCKET_PLACE: Place = { key: RATE_LIMIT_KEY, entityName: RATE_LIMIT_ENTITY };

const storedSchema = z.object({
  tokens: z.number(),
  atMs: z.number(),
  intervalMs: z.number(),
  closedUntilMs: z.number(),
  slowedAtMs: z.number(),
  revision: z.string(),
});

/**
 * Parses a stored token bucket; undefined stands for none. Whatever stands in it, it keeps nobody waiting for longer
 * than the longest wait that is obeyed.
 */
export function parseTokenBucket(stored: unknown): Versioned<TokenBucket> | null {
  if (stored === undefined) return null;
  const { tokens, atMs, intervalMs, closedUntilMs, slowedAtMs, revision } = parseCounted<TokenBucket>(
    storedSchema,
    stored,
    FULL_BUCKET,
  );
  const paceMs = Math.min(MAX_INTERVAL_MS, Math.max(1, intervalMs));
  return {
    tokens: Math.max(tokens, -MAX_WAIT_MS / paceMs),
    // It may lie ahead: after a wait, tokens come back only from its end on.
    atMs: endWithin(atMs, MAX_WAIT_MS),
    intervalMs: paceMs,
    closedUntilMs: endWithin(closedUntilMs, MAX_WAIT_MS),
    slowedAtMs: pastMoment(slowedAtMs),
    revision,
  };
}

/** The token bucket of this site, null before the first time. Throws ForgeKvsError when storage fails. */
export async function readTokenBucket(): Promise<Versioned<TokenBucket> | null> {
  return parseTokenBucket(await kvs.entity<unknown>(RATE_LIMIT_ENTITY).get(RATE_LIMIT_KEY));
}

/**
 * Replaces the rate limit if it still is `before`; false when another invocation was faster. Throws ForgeKvsError
 * when storage fails.
 */
export async function writeTokenBucket(before: Versioned<TokenBucket> | null, next: TokenBucket): Promise<boolean> {
  const row = versioned(next);
  return before === null
    ? createRow(RATE_LIMIT_ENTITY, RATE_LIMIT_KEY, row)
    : compareAndSwap(RATE_LIMIT_ENTITY, RATE_LIMIT_KEY, before, row);
}
