import { Agent, request } from 'node:http';
import { Readable } from 'node:stream';
import { brokenConnection } from './functionFetch';
import type { PostedRequest } from './messages';
import { ANSWER_HEADER, type CarriedAnswer } from './wire';

/** A body beyond this is handed on as it arrives; for a smaller one the stream would cost more than it saves. */
const STREAMED_BYTES = 1_000_000;
/** How much of a streamed body may wait to be read. */
const WAITING_BYTES = 256 * 1024;

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/**
 * Posts a platform request from the function process to the host and answers what the platform said.
 * An aborted signal drops the connection, which aborts what the platform does; a dropped connection
 * becomes `TypeError: fetch failed`.
 */
export function post(port: number, posted: PostedRequest, signal: AbortSignal | undefined): Promise<CarriedAnswer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const text = JSON.stringify(posted);
    const outgoing = request({
      host: '127.0.0.1',
      port,
      method: 'POST',
      agent,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
    });
    const abort = (): void => {
      outgoing.destroy();
      reject(signal?.reason);
    };
    const failed = (error: unknown): void => {
      signal?.removeEventListener('abort', abort);
      reject(brokenConnection(error));
    };
    signal?.addEventListener('abort', abort);
    outgoing.on('error', failed);
    outgoing.on('response', (response) => {
      response.on('close', () => signal?.removeEventListener('abort', abort));
      const head = headOf(JSON.parse(decodeURIComponent(String(response.headers[ANSWER_HEADER]))));
      if (Number(response.headers['content-length']) > STREAMED_BYTES) {
        // Without this, Node 20 counts chunks for bytes and takes in all of it, however slowly it is read.
        const strategy = new ByteLengthQueuingStrategy({ highWaterMark: WAITING_BYTES });
        resolve({ ...head, body: Readable.toWeb(response, { strategy }) });
        return;
      }
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', failed);
      response.on('end', () => {
        resolve({ ...head, body: Buffer.concat(chunks) });
      });
    });
    outgoing.end(text);
  });
}

/** Checked by hand: this is all that a function process parses, and a library would be half of what it loads. */
function headOf(told: unknown): Pick<CarriedAnswer, 'status' | 'headers'> {
  if (typeof told !== 'object' || told === null || !('status' in told) || !('headers' in told))
    throw new TypeError('The host sent no status and headers');
  const { status, headers } = told;
  if (typeof status !== 'number' || typeof headers !== 'object' || headers === null)
    throw new TypeError('The host sent a status or headers that are none');
  return { status, headers: Object.fromEntries(Object.entries(headers).map(headerOf)) };
}

function headerOf([name, value]: readonly [string, unknown]): readonly [string, string] {
  if (typeof value !== 'string') throw new TypeError(`The host sent a header ${name} that is no text`);
  return [name, value];
}
