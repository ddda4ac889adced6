import { connect } from 'node:net';

/** What of a request a client library would refuse to send as it is. */
export type RawRequest = {
  readonly method?: string;
  /** What stands in the first line, whatever it is. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/**
 * Sends a request byte by byte as it is written, and answers the status; null where the connection broke without one.
 * @param origin `http://127.0.0.1:<port>`
 */
export function rawRequest(
  origin: string,
  { method = 'GET', target, headers = {}, body = '' }: RawRequest,
): Promise<number | null> {
  const { host, port, hostname } = new URL(origin);
  const sent = { host, connection: 'close', 'content-length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}`);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
    });
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => resolve(null));
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? Number.NaN) || null));
  });
}

/** Names that every object has, and addresses and escapes that mean nothing. */
export const ODD_NAMES = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
  '%',
  '%00',
  '%E0%A4%A',
  '%2e%2e%2fpackage.json',
  '..%2f..%2fpackage.json',
] as const;
