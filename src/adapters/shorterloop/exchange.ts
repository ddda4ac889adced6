import type { APIResponse, FetchMethod } from '@forge/api';
import { pageHeadersIn, type PageHeaders } from '../../domain/profile';
import { meansLimit, meansLimitInJson, MOST_REFUSAL_BYTES, refusalError, refusesKey } from './badKey';
import { bytesOf } from './bytes';
import { badKeyError, limitError, plainError, thrownError, type CallKind } from './errors';
import { limitSignal } from './limits';
import type { LimitSignal } from './tokenBucket';
import type { RawAnswer, ShorterLoopError, ShorterLoopResult } from './types';
import { createPieceReader } from './pieces';
import { isPlainUtf8, textOf } from './text';
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
  /**
   * Reads the answer in pieces and keeps this of each object of the list at this level (1 for the outermost brackets);
   * without it, all of it is kept.
   */
  readonly keep?: { readonly level: number; readonly of: (element: unknown) => unknown } | undefined;
};

/** What every exchange of a client goes through. `now` answers milliseconds since the epoch. */
export type Transport = {
  readonly fetch: FetchMethod;
  readonly now: () => number;
  readonly onLimit: (signal: LimitSignal) => Promise<void>;
};

/** A JSON answer with status 2xx, not yet looked into; `kept` of what was read in pieces. `link` is a header. */
export type JsonAnswer = {
  readonly status: number;
  readonly link: string | null;
  readonly cursors: PageHeaders;
  readonly json: unknown;
  readonly kept: readonly unknown[];
};

/**
 * Sends one request and reads its whole answer within `timeoutMs`. Redirects are not followed: the
 * key would go with them. Never throws.
 */
export function exchange(transport: Transport, request: Exchange): Promise<ShorterLoopResult<JsonAnswer>> {
  return withinTime(request, (signal) => sendAndRead(transport, request, signal));
}

/**
 * Sends one request without a body and answers it as it comes, whatever its status and its body. 429 and 5xx are
 * problems, because they say nothing of what was asked. Never throws.
 */
export function askRaw(
  transport: Transport,
  request: Pick<Exchange, 'url' | 'headers' | 'timeoutMs' | 'maximumBytes'> & { readonly method: 'GET' | 'OPTIONS' },
): Promise<ShorterLoopResult<RawAnswer>> {
  return withinTime({ kind: 'read', timeoutMs: request.timeoutMs }, async (signal) => {
    const { method, url, headers: sent } = request;
    const response = await transport.fetch(url, { method, headers: { ...sent }, redirect: 'manual', signal });
    const { status, headers } = response;
    const limit = limitSignal(status, headers, transport.now());
    if (limit !== null) await transport.onLimit(limit);
    // Of OPTIONS, 501 is an answer: the server does not know the verb.
    if (status === 429 || (status >= 500 && method === 'GET'))
      return { kind: 'problem', problem: await refused(transport, response, 'read') };
    const read = method === 'GET' ? await readWhole(response, request.maximumBytes) : undefined;
    const told = typeof read === 'string' ? wordsOf(status, read) : read?.json;
    const retryAfter = headers.get('retry-after');
    const isLimit = status < 300 ? meansLimitInJson(told) : meansLimit(status, retryAfter, textIn(told));
    if (isLimit) return { kind: 'problem', problem: await refusedByLimit(transport, status, 'read', retryAfter) };
    const allow = (headers.get('allow') ?? '').split(',').map((verb) => verb.trim().toUpperCase());
    return {
      kind: 'ok',
      value: {
        status,
        contentType: headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? null,
        location: headers.get('location'),
        link: headers.get('link'),
        cursors: pageHeadersIn(headers),
        allow: allow.filter((verb) => verb !== ''),
        json: told,
      },
    };
  });
}

function textIn(json: unknown): string {
  return json === undefined ? '' : JSON.stringify(json);
}

/** Why an answer without success is none. */
async function refused({ now, onLimit }: Transport, response: APIResponse, kind: CallKind): Promise<ShorterLoopError> {
  const problem = await refusalError(response, kind, now());
  // A status of 429 was noted as soon as it came.
  if (problem.cause === 'rateLimited' && response.status !== 429)
    await onLimit({ kind: 'refused', retryAfterMs: problem.retryAfterMs });
  return problem;
}

/** Notes that too much was asked, where the status does not say it. */
async function refusedByLimit(
  { now, onLimit }: Transport,
  status: number,
  kind: CallKind,
  retryAfter: string | null,
): Promise<ShorterLoopError> {
  const error = limitError(status, kind, retryAfter, now());
  await onLimit({ kind: 'refused', retryAfterMs: error.retryAfterMs });
  return error;
}

/** What a refusal says in plain words: it may be the key. A page says nothing of itself. */
function wordsOf(status: number, text: string): string | undefined {
  const isShort = text.trim() !== '' && text.length <= MOST_REFUSAL_BYTES;
  return status >= 400 && isShort && !text.trimStart().startsWith('<') ? text : undefined;
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
    return { kind: 'problem', problem: await refused({ fetch, now, onLimit }, response, kind) };
  }
  const malformed: ShorterLoopResult<JsonAnswer> = {
    kind: 'problem',
    problem: plainError('malformed', status, kind === 'write'),
  };
  if (Number(response.headers.get('content-length') ?? 0) > request.maximumBytes) return malformed;
  const read = await (request.keep === undefined
    ? readWhole(response, request.maximumBytes)
    : readPieces(response, request.maximumBytes, request.keep));
  if (read === undefined) return malformed;
  // Where people log in, a page comes with success instead of an answer.
  if (typeof read === 'string')
    return refusesKey(read) ? { kind: 'problem', problem: badKeyError(status, kind) } : malformed;
  if (meansLimitInJson(read.json)) {
    const retryAfter = response.headers.get('retry-after');
    return { kind: 'problem', problem: await refusedByLimit({ fetch, now, onLimit }, status, kind, retryAfter) };
  }
  return {
    kind: 'ok',
    value: { status, link: response.headers.get('link'), cursors: pageHeadersIn(response.headers), ...read },
  };
}

type Body = Pick<JsonAnswer, 'json' | 'kept'>;

/**
 * The body as JSON, by what it holds and not by what it is called; its text when it is none, and undefined when it is
 * larger than allowed.
 */
async function readWhole(response: APIResponse, maximumBytes: number): Promise<Body | string | undefined> {
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength > maximumBytes) return undefined;
  const text = textOf(new Uint8Array(bytes), response.headers.get('content-type'));
  return parsed((): Body => ({ json: JSON.parse(text), kept: [] })) ?? text;
}

/** {@link readWhole} for an answer that may be large: its bytes are let go as soon as they were looked at. */
async function readPieces(
  response: APIResponse,
  maximumBytes: number,
  keep: NonNullable<Exchange['keep']>,
): Promise<Body | undefined> {
  const reader = createPieceReader(keep.level, keep.of);
  let left = maximumBytes;
  // Only UTF-8 can be taken apart byte by byte, which the first bytes show; anything else is read as a whole.
  let isUtf8: boolean | null = null;
  const whole: Uint8Array[] = [];
  for await (const bytes of togetherAtFirst(bytesOf(response), MARK_BYTES)) {
    left -= bytes.byteLength;
    if (left < 0) return undefined;
    isUtf8 ??= isPlainUtf8(bytes, response.headers.get('content-type'));
    if (!isUtf8) whole.push(Uint8Array.from(bytes));
    else if (parsed(() => (reader.write(bytes), true)) === undefined) return undefined;
  }
  return isUtf8 === false ? inPieces(Buffer.concat(whole), response, keep) : parsed(reader.end);
}

/** So many bytes tell a byte order mark from text. */
const MARK_BYTES = 2;

/** Pieces whose first one has at least so many bytes, where there are as many: a network may cut after any byte. */
async function* togetherAtFirst(pieces: AsyncIterable<Uint8Array>, least: number): AsyncGenerator<Uint8Array> {
  let first: Uint8Array | null = new Uint8Array();
  for await (const bytes of pieces) {
    if (first === null) {
      yield bytes;
      continue;
    }
    // A piece is only good until the next one comes.
    first = Buffer.concat([first, bytes]);
    if (first.byteLength < least) continue;
    yield first;
    first = null;
  }
  if (first !== null) yield first;
}

/** What {@link readPieces} makes of an answer that had to be read as a whole first. */
function inPieces(bytes: Uint8Array, response: APIResponse, keep: NonNullable<Exchange['keep']>): Body | undefined {
  const reader = createPieceReader(keep.level, keep.of);
  return parsed(() => {
    reader.write(Buffer.from(textOf(bytes, response.headers.get('content-type'))));
    return reader.end();
  });
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
