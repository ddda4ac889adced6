import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { isOwnHost, saysJson } from '../forge/httpServer';
import { bytesOf } from './bytes';
import { control, isControlPath } from './control';
import { http } from './envelope';
import type { SimulatedAnswer, Simulator } from './types';

/** A simulator that listens. */
export type RunningSimulator = {
  /** Without a trailing slash: `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** Stops listening and drops every open connection, the silent ones too. */
  stop(): Promise<void>;
};

const BODY_LIMIT_BYTES = 1_000_000;

/**
 * Serves a simulator over HTTP on this machine only, with its control plane under `/__simulator`.
 * @param port 0 for any free one
 */
export async function serveSimulator(simulator: Simulator, port = 0): Promise<RunningSimulator> {
  const server = createServer((request, response) => {
    serve(simulator, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The simulator listens on no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(simulator: Simulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const method = request.method ?? 'GET';
  const path = request.url ?? '/';
  if (body === null)
    return deliver(
      { kind: 'http', status: 413, headers: {}, body: '', delayMs: 0, truncateAt: null },
      request,
      response,
    );
  if (isControlPath(path))
    return deliver(refusalOf(request) ?? control(simulator, method, path, body), request, response);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]));
  await deliver(await simulator.handle({ method, path, headers, body: body === '' ? null : body }), request, response);
}

/**
 * What keeps a request from the control plane, which asks for no key: it is for scripts on this machine, and not for a
 * page of another site that someone has open. Null when nothing does.
 */
function refusalOf(request: IncomingMessage): SimulatedAnswer | null {
  const port = request.socket.localPort ?? 0;
  if (!isOwnHost(request, [`127.0.0.1:${port}`, `localhost:${port}`]))
    return http(421, JSON.stringify({ error: `Ask http://127.0.0.1:${port}` }));
  if (request.method === 'POST' && !saysJson(request))
    return http(415, JSON.stringify({ error: 'Send application/json' }));
  return null;
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const buffer of request.iterator() as AsyncIterable<Buffer>) {
    bytes += buffer.length;
    // Read on to the end all the same, so that the answer reaches whoever is still sending.
    if (bytes <= BODY_LIMIT_BYTES) chunks.push(buffer);
  }
  return bytes > BODY_LIMIT_BYTES ? null : Buffer.concat(chunks).toString('utf8');
}

async function deliver(answer: SimulatedAnswer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (answer.kind === 'silence') return;
  if (answer.delayMs > 0) await wait(answer.delayMs, undefined, { ref: false });
  if (response.destroyed) return;
  if (answer.kind === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const body = bytesOf(answer.body, answer.charset);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  if (answer.truncateAt === null) {
    response.end(body);
    return;
  }
  // The cut has to come after the bytes, or the client would see a reset before any answer.
  response.write(body.subarray(0, answer.truncateAt), () => request.socket.end());
}
