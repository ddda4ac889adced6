import type { ShorterLoopCause } from '../../contract';
import { MAX_WAIT_MS } from './tokenBucket';
import type { ShorterLoopError } from './types';

/** Whether a call changes anything: what decides if a failure leaves doubt. */
export type CallKind = 'read' | 'write';

/**
 * The statuses after which a write was certainly not applied. No redirect is among them: 303 is the usual answer to a
 * write that was done, and of the others nothing says that it was not.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.4
 */
const DEFINITE_NO = new Set([
  400, 401, 402, 403, 404, 405, 409, 410, 411, 412, 413, 414, 415, 417, 422, 428, 429, 431, 451,
]);

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
  const mayHaveBeenApplied = mayBeApplied(status, kind);
  if (status === 429)
    return { cause: 'rateLimited', status, mayHaveBeenApplied, retryAfterMs: retryAfterMs(retryAfter, nowMs) };
  return plainError(causeOf(status), status, mayHaveBeenApplied);
}

/** The error of an answer that says in words that too much was asked, whatever its status. */
export function limitError(
  status: number,
  kind: CallKind,
  retryAfter: string | null,
  nowMs: number,
): Extract<ShorterLoopError, { readonly cause: 'rateLimited' }> {
  return {
    cause: 'rateLimited',
    status,
    mayHaveBeenApplied: mayBeApplied(status, kind),
    retryAfterMs: retryAfterMs(retryAfter, nowMs),
  };
}

/** The error of an answer that refuses the key, whatever its status. */
export function badKeyError(status: number, kind: CallKind): ShorterLoopError {
  return plainError('unauthorized', status, mayBeApplied(status, kind));
}

function mayBeApplied(status: number, kind: CallKind): boolean {
  return kind === 'write' && !DEFINITE_NO.has(status);
}

function causeOf(status: number): Exclude<ShorterLoopCause, 'rateLimited'> {
  switch (status) {
    case 401:
      return 'unauthorized';
    // What the plan of the account, or the law, does not allow is not the key's to do either.
    case 402:
    case 403:
    case 451:
      return 'forbidden';
    case 404:
    case 410:
      return 'notFound';
    // 501 says that the verb means nothing to the server, which no wait changes.
    case 405:
    case 501:
      return 'wrongDialect';
    default:
      if (status >= 500) return 'server';
      if (status >= 400) return 'invalid';
      // A redirect is not followed, because the key would go with it. 304 names no address: nothing was asked for that
      // could be unchanged.
      return status >= 300 && status !== 304 ? 'redirected' : 'malformed';
  }
}

/**
 * Reads a Retry-After header: seconds, or an HTTP date. A wait of years is a mistake, and is cut to the longest that is
 * obeyed.
 * @returns milliseconds from `nowMs`, never negative; null when there is none or it is not understood
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(MAX_WAIT_MS, Math.ceil(Number(text) * 1000));
  const isDate = /^(?:[a-z]{3,9},? |\d{4}-\d\d-\d\dT)/i.test(text);
  const at = isDate ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.min(MAX_WAIT_MS, Math.max(0, at - nowMs));
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
