import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** Answers a request, at once or later. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/**
 * A server that no request can end: what its handler throws or rejects with becomes an answer. An address that is none
 * (such as `//`) is refused before any handler parses it.
 */
export function createSafeServer(handle: Handle): Server {
  return createServer((request, response) => {
    if (!URL.canParse(request.url ?? '/', 'http://sandbox.invalid'))
      return sendText(response, 400, 'text/plain', 'The address of this request is none');
    // In a promise, so that what is thrown at once and what is thrown later come to the same.
    new Promise<void>((resolve) => {
      resolve(handle(request, response));
    }).catch((error: unknown) => {
      console.error('sandbox: a request failed', error);
      if (response.headersSent) response.destroy();
      else sendText(response, 500, 'text/plain', 'The sandbox failed to answer this');
    });
  });
}

/** Whether a request names this very server: another name for it would be a page of another site that reaches in. */
export function isOwnHost({ headers }: Pick<IncomingMessage, 'headers'>, hosts: readonly string[]): boolean {
  return hosts.includes(headers.host ?? '');
}

/** Whether a request says that it sends JSON, which a form of another site can't. */
export function saysJson({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

/** Listens on 127.0.0.1 (0 takes a free port) and answers the port. Rejects when the port is taken. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Closes a server and every connection to it. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Sends text of a content type. */
export function sendText(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

/** Sends a value as JSON; undefined as null. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendText(response, status, 'application/json', JSON.stringify(value ?? null));
}

/** Reads a request's body as text; rejects when the connection breaks. */
export function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
    request.on('error', reject);
  });
}
