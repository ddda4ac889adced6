import type { APIResponse, FetchMethod } from '@forge/api';
import { plainError, statusError, thrownError, type CallKind } from './errors';
import type { Stance } from './dialects';
import { limitSignal } from './limits';
import type { LimitSignal } from './pace';
import type { Result } from './types';
import type { Target } from './routes';

/** One HTTP exchange, ready to be sent. Times are milliseconds. */
export type Exchange = {
  readonly kind: CallKind;
  readonly url: string;
  readonly target: Target;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
  readonly maximumBytes: number;
};

/** What every exchange of a client goes through. `now` answers milliseconds since the epoch. */
export type Line = { readonly fetch: FetchMethod; readonly now: () => number; readonly onLimit: (signal: LimitSignal) => Promise<void> };

/** A JSON answer with status 2xx, not yet looked into. */
export type JsonAnswer = { readonly status: number; readonly json: unknown };

/**
 * Sends one request and reads its whole answer within `timeoutMs`. Redirects are not followed: the
 * key would go with them. Never throws.
 */
export function exchange(line: Line, request: Exchange): Promise<Result<JsonAnswer>> {
  return withinTime(request, (signal) => sendAndRead(line, request, signal));
}

/** Sends one request without a body and looks only at the head of its answer, whatever its status. Never throws. */
export function askStance(line: Line, request: Omit<Exchange, 'target' | 'body' | 'maximumBytes'> & { readonly method: 'GET' | 'OPTIONS' }): Promise<Result<Stance>> {
  return withinTime(request, async (signal) => {
    const { status, headers } = await line.fetch(request.url, { method: request.method, headers: { ...request.headers }, redirect: 'manual', signal });
    const limit = limitSignal(status, headers, line.now());
    if (limit !== null) await line.onLimit(limit);
    if (status === 429 || status >= 500) return { kind: 'failed', error: statusError(status, 'read', headers.get('retry-after'), line.now()) };
    const allowed = (headers.get('allow') ?? '').split(',').map((verb) => verb.trim().toUpperCase());
    return { kind: 'ok', value: { status, allowed: allowed.filter((verb) => verb !== '') } };
  });
}

async function withinTime<T>(request: Pick<Exchange, 'kind' | 'timeoutMs'>, work: (signal: AbortSignal) => Promise<Result<T>>): Promise<Result<T>> {
  const abort = new AbortController();
  const state = { timedOut: false };
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      state.timedOut = true;
      abort.abort();
      // Also ends the wait where the platform's fetch does not listen to the signal.
      reject(new Error('timed out'));
    }, request.timeoutMs);
  });
  try {
    return await Promise.race([work(abort.signal), timeout]);
  } catch (error) {
    return { kind: 'failed', error: thrownError(error, request.kind, state.timedOut) };
  } finally {
    clearTimeout(timer);
  }
}

async function sendAndRead({ fetch, now, onLimit }: Line, request: Exchange, signal: AbortSignal): Promise<Result<JsonAnswer>> {
  const { kind, url, target, headers, body } = request;
  const response = await fetch(url, {
    method: target.method,
    headers: body === null ? { ...headers } : { ...headers, 'Content-Type': 'application/json' },
    ...(body === null ? {} : { body }),
    redirect: 'manual',
    signal,
  });
  const { status } = response;
  const limit = limitSignal(status, response.headers, now());
  if (limit !== null) await onLimit(limit);
  if (!response.ok) {
    return { kind: 'failed', error: statusError(status, kind, response.headers.get('retry-after'), now()) };
  }
  const malformed: Result<JsonAnswer> = { kind: 'failed', error: plainError('malformed', status, kind === 'write') };
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(response.headers.get('content-type') ?? '')) return malformed;
  const text = await readText(response, request.maximumBytes);
  const json = text === null ? undefined : parseJson(text);
  return json === undefined ? malformed : { kind: 'ok', value: { status, json } };
}

/** The body as text, null when it is larger than allowed: announced size first, so that most are never read. */
async function readText(response: APIResponse, maximumBytes: number): Promise<string | null> {
  if (Number(response.headers.get('content-length') ?? 0) > maximumBytes) return null;
  const bytes = await response.arrayBuffer();
  return bytes.byteLength > maximumBytes ? null : Buffer.from(bytes).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
