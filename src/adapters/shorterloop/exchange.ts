import type { APIResponse, FetchMethod } from '@forge/api';
import { refusalError } from './badKey';
import { plainError, statusError, thrownError, type CallKind } from './errors';
import type { Probe } from './dialects';
import { limitSignal } from './limits';
import type { LimitSignal } from './tokenBucket';
import type { ShorterLoopResult } from './types';
import { createPieceReader, withoutMark } from './pieces';
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
  /** Reads the answer in pieces and keeps this of each object of a long list; without it, all of it is kept. */
  readonly keep?: (element: unknown) => unknown;
};

/** What every exchange of a client goes through. `now` answers milliseconds since the epoch. */
export type Transport = {
  readonly fetch: FetchMethod;
  readonly now: () => number;
  readonly onLimit: (signal: LimitSignal) => Promise<void>;
};

/** A JSON answer with status 2xx, not yet looked into; `kept` of what was read in pieces. */
export type JsonAnswer = { readonly status: number; readonly json: unknown; readonly kept: readonly unknown[] };

/**
 * Sends one request and reads its whole answer within `timeoutMs`. Redirects are not followed: the
 * key would go with them. Never throws.
 */
export function exchange(transport: Transport, request: Exchange): Promise<ShorterLoopResult<JsonAnswer>> {
  return withinTime(request, (signal) => sendAndRead(transport, request, signal));
}

/**
 * Sends one request without a body and looks only at the head of its answer, whatever its status.
 * Never throws.
 */
export function probe(
  transport: Transport,
  request: Omit<Exchange, 'target' | 'body' | 'maximumBytes' | 'keep'> & { readonly method: 'GET' | 'OPTIONS' },
): Promise<ShorterLoopResult<Probe>> {
  return withinTime(request, async (signal) => {
    const { status, headers } = await transport.fetch(request.url, {
      method: request.method,
      headers: { ...request.headers },
      redirect: 'manual',
      signal,
    });
    const limit = limitSignal(status, headers, transport.now());
    if (limit !== null) await transport.onLimit(limit);
    if (status === 429 || status >= 500)
      return { kind: 'problem', problem: statusError(status, 'read', headers.get('retry-after'), transport.now()) };
    const allowed = (headers.get('allow') ?? '').split(',').map((verb) => verb.trim().toUpperCase());
    return { kind: 'ok', value: { status, allowed: allowed.filter((verb) => verb !== '') } };
  });
}

async function withinTime<T>(
  request: Pick<Exchange, 'kind' | 'timeoutMs'>,
  work: (signal: AbortSignal) => Promise<ShorterLoopResult<T>>,
): Promise<ShorterLoopResult<T>> {
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
    return { kind: 'problem', problem: thrownError(error, request.kind, state.timedOut) };
  } finally {
    clearTimeout(timer);
  }
}

async function sendAndRead(
  { fetch, now, onLimit }: Transport,
  request: Exchange,
  signal: AbortSignal,
): Promise<ShorterLoopResult<JsonAnswer>> {
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
    return { kind: 'problem', problem: await refusalError(response, kind, now()) };
  }
  const malformed: ShorterLoopResult<JsonAnswer> = {
    kind: 'problem',
    problem: plainError('malformed', status, kind === 'write'),
  };
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(response.headers.get('content-type') ?? '')) return malformed;
  if (Number(response.headers.get('content-length') ?? 0) > request.maximumBytes) return malformed;
  const read = await (request.keep === undefined
    ? readWhole(response, request.maximumBytes)
    : readPieces(response, request.maximumBytes, request.keep));
  return read === undefined ? malformed : { kind: 'ok', value: { status, ...read } };
}

type Body = Omit<JsonAnswer, 'status'>;

/** The body as JSON; undefined when it is none, or larger than allowed. */
async function readWhole(response: APIResponse, maximumBytes: number): Promise<Body | undefined> {
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength > maximumBytes) return undefined;
  return parsed(() => {
    const json: unknown = JSON.parse(withoutMark(Buffer.from(bytes).toString('utf8')));
    return { json, kept: [] };
  });
}

/** {@link readWhole} for an answer that may be large: its bytes are let go as soon as they were looked at. */
async function readPieces(
  response: APIResponse,
  maximumBytes: number,
  keep: (element: unknown) => unknown,
): Promise<Body | undefined> {
  const reader = createPieceReader(keep);
  let left = maximumBytes;
  for await (const bytes of bytesOf(response)) {
    left -= bytes.byteLength;
    if (left < 0 || parsed(() => (reader.write(bytes), true)) === undefined) return undefined;
  }
  return parsed(reader.end);
}

/**
 * The body as it arrives. Forge's types do not name the stream that its runtime's answers have: without one, all of
 * it at once.
 */
async function* bytesOf(response: APIResponse): AsyncGenerator<Uint8Array> {
  if ('body' in response && response.body instanceof ReadableStream) {
    const body: ReadableStreamDefaultReader<unknown> = response.body.getReader();
    for (let part = await body.read(); !part.done; part = await body.read()) {
      if (part.value instanceof Uint8Array) yield part.value;
    }
    return;
  }
  yield new Uint8Array(await response.arrayBuffer());
}

/** Undefined when the text is no JSON. */
function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
