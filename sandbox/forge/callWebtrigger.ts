import type { ExportedFunction, InProcess } from './inProcess';
import { webtriggerAnswer, webtriggerContext, webtriggerRequest, type WebtriggerAnswer } from './webtriggerServer';

/**
 * A call from outside. Without a method it is a GET, or a POST when it has a body; a body that is no text is
 * sent as JSON.
 */
export type WebtriggerCall = {
  readonly moduleKey: string;
  readonly method?: string;
  /** What follows the trigger's URL, with its query: `/more?a=1`. */
  readonly rest?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/**
 * Calls a web trigger of functions that run in this process, in the shapes that Forge uses and with
 * nobody in front of it. Throws what the function throws, and for an answer of another shape.
 */
export async function callWebtrigger(
  app: InProcess,
  handler: ExportedFunction,
  call: WebtriggerCall,
): Promise<WebtriggerAnswer> {
  const { moduleKey, body, rest = '', headers = {} } = call;
  const method = call.method ?? (body === undefined ? 'GET' : 'POST');
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const request = webtriggerRequest(method, `/public/in-process${rest}`, lists, text);
  return webtriggerAnswer(
    await app.runFunction(handler, { moduleKey, body: { ...request, ...webtriggerContext(moduleKey) } }),
  );
}
