import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readText, sendText } from './httpServer';
import { TRIGGERS } from './rules/functions';
import { SITE } from './site';

const answerSchema = z.object({
  statusCode: z.number().int(),
  headers: z.record(z.string(), z.array(z.string())).default({}),
  body: z.string().default(''),
});

/** A request as Forge hands it to a web trigger's function. Names of headers are in lower case. */
export type WebtriggerRequest = {
  readonly method: string;
  readonly path: string;
  /** What follows the trigger's own path; empty for nothing. */
  readonly userPath: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly queryParameters: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
};

/**
 * What a web trigger's request carries beside what the caller sent. Seen on a real site by name; the
 * contents of `call` and `contextToken` are the sandbox's, and mean nothing to an app.
 */
export function webtriggerContext(moduleKey: string): {
  readonly call: object;
  readonly context: object;
  readonly contextToken: string;
} {
  return {
    call: { functionKey: moduleKey },
    context: { cloudId: SITE.cloudId, moduleKey },
    contextToken: 'kept by the sandbox',
  };
}

/** What a web trigger's function answers. */
export type WebtriggerAnswer = z.output<typeof answerSchema>;

/** Parses what a web trigger's function returned. Throws when it has not Forge's shape. */
export function webtriggerAnswer(returned: unknown): WebtriggerAnswer {
  return answerSchema.parse(returned);
}

/** Puts a request into Forge's shape. `target` is the path with its query: `/public/<id>/rest?a=1`. */
export function webtriggerRequest(
  method: string,
  target: string,
  headers: NodeJS.Dict<string[]>,
  body: string,
): WebtriggerRequest {
  const url = new URL(target, 'http://webtrigger.invalid');
  const rest = url.pathname.split('/').slice(3);
  return {
    method,
    path: url.pathname,
    userPath: rest.length === 0 ? '' : `/${rest.join('/')}`,
    headers: Object.fromEntries(Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values ?? []])),
    queryParameters: Object.fromEntries(
      [...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)]),
    ),
    body,
  };
}

/** Runs the function behind a web trigger URL's id; null when there is no such URL. */
export type RunWebtrigger = (id: string, body: object) => Promise<unknown> | null | 'uninstalled';

/**
 * Answers calls of web trigger URLs (`/public/<id>`, or `/x1/<id>` for `urlFormat: v1`). False when the path
 * is none.
 */
export function handleWebtrigger(run: RunWebtrigger, request: IncomingMessage, response: ServerResponse): boolean {
  const url = new URL(request.url ?? '/', 'http://webtrigger.invalid');
  const [, prefix, id = ''] = url.pathname.split('/');
  if (prefix !== 'x1' && prefix !== 'public') return false;
  const answer = async (): Promise<void> => {
    const result = run(
      id,
      webtriggerRequest(request.method ?? 'GET', request.url ?? '/', request.headersDistinct, await readText(request)),
    );
    if (result === null) return sendText(response, 404, 'text/plain', 'No such web trigger');
    if (result === 'uninstalled')
      return sendText(response, TRIGGERS.webtriggerGone.value, 'text/plain', 'Failed Dependency');
    const { statusCode, headers, body } = webtriggerAnswer(await result);
    response.writeHead(statusCode, headers);
    response.end(body);
  };
  answer().catch((error: unknown) => {
    console.error('sandbox: a web trigger failed', error);
    sendText(response, 500, 'text/plain', 'The web trigger failed');
  });
  return true;
}
