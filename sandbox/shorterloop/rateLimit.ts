import { failed, type HttpAnswer } from './envelope';
import type { RateLimit } from './types';

/** What the gate says to one request: the answer that refuses it, null when it may pass, and the headers of either. */
export type Verdict = { readonly refusal: HttpAnswer | null; readonly headers: Readonly<Record<string, string>> };

/** The gate in front of a simulator. */
export type Gate = {
  /** Counts a request that comes at `nowMs`, or refuses it; who is refused does not count. */
  readonly ask: (nowMs: number) => Verdict;
  /** How many were refused since the last reset. */
  readonly refused: () => number;
  readonly reset: () => void;
};

/** A gate that lets so many requests pass in any window that ends now; without a limit it lets all pass. */
export function createGate(limit: RateLimit | undefined): Gate {
  let passedAtMs: number[] = [];
  let refused = 0;
  return {
    ask(nowMs) {
      if (limit === undefined) return { refusal: null, headers: {} };
      passedAtMs = passedAtMs.filter((atMs) => atMs > nowMs - limit.windowMs);
      const isOver = passedAtMs.length >= limit.requests;
      if (isOver) refused += 1;
      else passedAtMs.push(nowMs);
      const resetSeconds = Math.ceil(((passedAtMs[0] ?? nowMs) + limit.windowMs - nowMs) / 1000);
      const headers =
        limit.headers === true ? standing(limit.requests, limit.requests - passedAtMs.length, resetSeconds) : {};
      return {
        refusal: isOver ? failed(429, 'Too many requests', { 'retry-after': String(resetSeconds), ...headers }) : null,
        headers,
      };
    },
    refused: () => refused,
    reset() {
      passedAtMs = [];
      refused = 0;
    },
  };
}

function standing(limit: number, remaining: number, resetSeconds: number): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
  };
}
