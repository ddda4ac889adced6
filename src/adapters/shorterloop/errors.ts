import type { ShorterLoopCause } from '../../contract';
import type { ShorterLoopError } from './types';

/** Whether a call changes anything: what decides if a failure leaves doubt. */
export type CallKind = 'read' | 'write';

/** The statuses after which a write was certainly not applied. */
const DEFINITE_NO = new Set([400, 401, 403, 404, 405, 409, 422, 429]);

/** An error without an answer, or with one of the wrong shape. */
export function plainError(
  cause: Exclude<ShorterLoopCause, 'rateLimited'>,
  status: number | null,
  mayHaveBeenApplied: boolean,
): ShorterLoopError {
  return { cause, status, mayHaveBeenApplied };
}

/** The error that an HTTP status other than 2xx stands for. */
export function statusError(
  status: number,
  kind: CallKind,
  retryAfter: string | null,
  nowMs: number,
): ShorterLoopError {
  const mayHaveBeenApplied = kind === 'write' && !DEFINITE_NO.has(status);
  if (status === 429)
    return { cause: 'rateLimited', status, mayHaveBeenApplied, retryAfterMs: retryAfterMs(retryAfter, nowMs) };
  return plainError(causeOf(status), status, mayHaveBeenApplied);
}

function causeOf(status: number): Exclude<ShorterLoopCause, 'rateLimited'> {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'notFound';
    case 405:
      return 'wrongDialect';
    default:
      if (status >= 500) return 'server';
      // Neither 1xx nor 3xx is an answer of this API; a redirect is not followed, because the key would go with it.
      return status >= 400 ? 'invalid' : 'malformed';
  }
}

/**
 * Reads a Retry-After header: seconds, or an HTTP date.
 * @returns milliseconds from `nowMs`, never negative; null when there is none or it is not understood
 */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

/** The error that a failed fetch stands for. Its message is not passed on: it can hold an address. */
export function thrownError(error: unknown, kind: CallKind, timedOut: boolean): ShorterLoopError {
  if (timedOut) return plainError('timeout', null, kind === 'write');
  if (isEgressRefusal(error)) return plainError('invalid', null, false);
  return plainError('network', null, kind === 'write' && !neverConnected(error));
}

function isEgressRefusal(error: unknown): boolean {
  return (
    error instanceof Error && ['REQUEST_EGRESS_ALLOWLIST_ERR', 'ExternalEndpointNotAllowedError'].includes(error.name)
  );
}

function neverConnected(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return false;
  return cause.code === 'ECONNREFUSED' || cause.code === 'ENOTFOUND';
}
