import { createServer } from 'node:http';
import path from 'node:path';
import { z } from 'zod';
import { createForgeHost } from '../../sandbox/forge/host';
import { closeServer, listen } from '../../sandbox/forge/httpServer';
import { jqlFunctionsOf } from '../../sandbox/forge/jqlFunctions';
import { createJira } from '../../sandbox/jira';
import { createSimulator } from '../../sandbox/shorterloop';
import type { Answer } from './app/src/answer';

/** The folder of the app that asks. */
export const APP_DIR = path.join(__dirname, 'app');

const answerSchema = z.union([
  z
    .object({ kind: z.literal('value'), value: z.unknown() })
    .transform(({ value }): Answer => ({ kind: 'value', value: value ?? null })),
  z.object({
    kind: z.literal('refused'),
    status: z.number().exactOptional(),
    code: z.string().exactOptional(),
    message: z.string(),
  }),
  z.object({ kind: z.literal('notSeen') }),
]);
const answersSchema = z.object({ answers: z.record(z.string(), answerSchema) });
const begunSchema = z.object({ done: z.number(), left: z.number() });

/** What `?ask=answers` answered. Throws for anything else. */
export function readAnswers(body: unknown): Record<string, Answer> {
  return answersSchema.parse(body).answers;
}

/** Bundles the app, runs it on the sandbox's Forge host as a site would, and answers what it found. */
export async function playInSandbox(): Promise<Record<string, Answer>> {
  const jira = createJira({
    members: createSimulator({ members: 60 }).truth.snapshot().members,
    jqlApp: {
      functions: () => jqlFunctionsOf(host.manifest),
      compute: (moduleKey, body) => host.invokeFunction({ moduleKey, body }),
    },
  });
  const accountId = jira.adminAccountId;
  let origin = '';
  const host = await createForgeHost({
    appDir: APP_DIR,
    jira: jira.rest,
    routeEgress: () => null,
    queueSecondMs: 2,
    productOrigins: () => [origin],
  });
  const server = createServer((request, response) => {
    if (!host.handleProductRequest(request, response, { accountId, locale: 'en-US' })) response.writeHead(404).end();
  });
  try {
    origin = `http://127.0.0.1:${await listen(server, 0)}`;
    const address = z
      .string()
      .parse(await host.invoke({ moduleKey: 'conformance-panel', functionKey: 'address', accountId }));
    const ask = async (what: string, more = '', headers: Record<string, string> = {}): Promise<unknown> => {
      const response = await fetch(`${origin}${new URL(address).pathname}${more}?ask=${what}`, {
        method: 'POST',
        headers,
      });
      if (!response.ok) throw new Error(`The web trigger answered ${response.status}: ${await response.text()}`);
      return response.json();
    };
    while (begunSchema.parse(await ask('begin&twice=1&twice=2', '/more/path', { 'x-conformance': 'yes' })).left > 0);
    await host.invoke({ moduleKey: 'conformance-panel', functionKey: 'look', accountId });
    await host.runAction('conformance-action', { word: 'hello' }, accountId);
    await jira.search(accountId, 'reporter in conformancePeople("hello")');
    await host.runScheduledTrigger('conformance-schedule');
    await host.platform.queue.idle();
    const answers = readAnswers(await ask('answers'));
    host.uninstall();
    const { status } = await fetch(`${origin}${new URL(address).pathname}`, { method: 'POST' });
    return { ...answers, 'webtrigger.uninstalled': { kind: 'value', value: status } };
  } finally {
    await closeServer(server);
    await host.stop();
  }
}
