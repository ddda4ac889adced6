import { setTimeout as wait } from 'node:timers/promises';
import { bytesOf } from './bytes';
import type { SimulatedAnswer, Simulator } from './types';

/**
 * A `fetch` that asks a simulator in this process, for tests that need no port. It plays what the real
 * one does: rejects with a TypeError for a dropped connection, stays pending through silence and
 * rejects with the signal's reason when that fires. The origin of the URL is not looked at.
 * Bodies other than text and redirects to follow are refused: the app sends neither.
 */
export function simulatorFetch(simulator: Simulator): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = init?.body ?? null;
    if (body !== null && typeof body !== 'string') throw new TypeError('simulatorFetch takes text bodies only');
    request.signal.throwIfAborted();
    const { pathname, search } = new URL(request.url);
    const headers = Object.fromEntries(request.headers.entries());
    const answer = await simulator.handle({ method: request.method, path: pathname + search, headers, body });
    return deliver(answer, request);
  };
}

async function deliver(answer: SimulatedAnswer, request: Request): Promise<Response> {
  if (answer.kind === 'silence') return abortion(request.signal);
  if (answer.delayMs > 0)
    await wait(answer.delayMs, undefined, { signal: request.signal }).catch(() => request.signal.throwIfAborted());
  if (answer.kind === 'reset')
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
  if (answer.status >= 300 && answer.status < 400 && request.redirect === 'follow') {
    throw new TypeError('simulatorFetch follows no redirects');
  }
  const noBody = answer.status === 204 || answer.status === 304;
  return new Response(noBody ? null : bodyOf(bytesOf(answer.body, answer.charset), answer.truncateAt), {
    status: answer.status,
    headers: answer.headers,
  });
}

function bodyOf(
  bytes: Uint8Array<ArrayBuffer>,
  truncateAt: number | null,
): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> {
  if (truncateAt === null) return bytes;
  const part = bytes.subarray(0, truncateAt);
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new TypeError('terminated'));
      else controller.enqueue(part);
      sent = true;
    },
  });
}

function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
