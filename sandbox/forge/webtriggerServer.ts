import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readText, sendText } from './httpServer';

const answerSchema = z.object({
  statusCode: z.number().int(),
  headers: z.record(z.string(), z.array(z.string())).default({}),
  body: z.string().default(''),
});

/** Runs the function behind a web trigger URL's id; null when there is no such URL. */
export type RunWebtrigger = (id: string, body: object) => Promise<unknown> | null;

/** Answers calls of web trigger URLs (`/x1/<id>`). False when the path is none. */
export function handleWebtrigger(run: RunWebtrigger, request: IncomingMessage, response: ServerResponse): boolean {
  const url = new URL(request.url ?? '/', 'http://webtrigger.invalid');
  const [, prefix, id = '', ...rest] = url.pathname.split('/');
  if (prefix !== 'x1') return false;
  const answer = async (): Promise<void> => {
    const queryParameters: Record<string, string[]> = {};
    for (const name of url.searchParams.keys()) queryParameters[name] = url.searchParams.getAll(name);
    const result = run(id, {
      method: request.method,
      path: url.pathname,
      userPath: rest.length === 0 ? '' : `/${rest.join('/')}`,
      headers: request.headersDistinct,
      queryParameters,
      body: await readText(request),
    });
    if (result === null) return sendText(response, 404, 'text/plain', 'No such web trigger');
    const { statusCode, headers, body } = answerSchema.parse(await result);
    response.writeHead(statusCode, headers);
    response.end(body);
  };
  answer().catch((error: unknown) => {
    console.error('sandbox: a web trigger failed', error);
    sendText(response, 500, 'text/plain', 'The web trigger failed');
  });
  return true;
}
