import { createServer, type IncomingMessage, type Server } from 'node:http';
import { z } from 'zod';
import { closeServer, listen, readText } from './httpServer';
import type { Platform } from './platform';
import { ANSWER_HEADER, jsonAnswer, PROXY_ERROR_HEADER, type Invocation, type PlatformAnswer } from './wire';

const postedSchema = z.object({
  token: z.string(),
  meta: z.object({
    type: z.string(),
    provider: z.string().optional(),
    remote: z.string().optional(),
    accountId: z.string().optional(),
    contextAri: z.string().optional(),
  }),
  path: z.string(),
  init: z.object({ method: z.string(), headers: z.record(z.string(), z.string()), body: z.string().nullable() }),
});

/** The platform as the function process reaches it. */
export type PlatformServer = { readonly port: number; readonly close: () => Promise<void> };

/**
 * Serves a platform on 127.0.0.1. `invocationOf` answers whose token it is; a token of an invocation
 * that ended (or never was) is refused with 401, so that what runs on after a time-out changes nothing.
 */
export async function servePlatform(
  platform: Platform,
  invocationOf: (token: string) => Invocation | undefined,
): Promise<PlatformServer> {
  const server: Server = createServer((request, response) => {
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    answer(platform, invocationOf, request, gone.signal).then(
      ({ body, ...head }) => {
        const bytes = Buffer.from(body);
        response.writeHead(200, {
          [ANSWER_HEADER]: encodeURIComponent(JSON.stringify(head)),
          'content-length': bytes.length,
        });
        response.end(bytes);
      },
      // A broken connection upstream is a broken connection here.
      () => void response.destroy(),
    );
  });
  server.keepAliveTimeout = 0;
  const port = await listen(server, 0);
  return { port, close: () => closeServer(server) };
}

async function answer(
  platform: Platform,
  invocationOf: (token: string) => Invocation | undefined,
  request: IncomingMessage,
  signal: AbortSignal,
): Promise<PlatformAnswer> {
  const { token, meta, path, init } = postedSchema.parse(JSON.parse(await readText(request)));
  const invocation = invocationOf(token);
  if (invocation === undefined)
    return jsonAnswer(401, { message: 'The invocation has ended' }, { [PROXY_ERROR_HEADER]: 'INVOCATION_ENDED' });
  return platform.handle(meta, path, { ...init, signal }, invocation);
}
