import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { handleAutomation, type AutomationControl } from './automation';
import { ForgeInvocationError, type ForgeHost } from './forge/host';
import { readText, saysJson, sendJson } from './forge/httpServer';
import { handleIssues } from './issueControl';
import { PROJECT, type Jira } from './jira';

/** What scripts can ask of the sandbox. */
export type ControlParts = {
  readonly host: ForgeHost;
  readonly jira: Jira;
  readonly automation: AutomationControl;
  readonly reset: () => Promise<void>;
};

type Reply = { readonly status: number; readonly body: unknown };

const invokeSchema = z.object({
  module: z.string(),
  functionKey: z.string(),
  payload: z.unknown().optional(),
  issueKey: z.string().optional(),
  accountId: z.string().optional(),
});

const triggerSchema = z.object({ module: z.string() });

/**
 * Answers `/__sandbox/…`, the sandbox's own entry point for scripts and tests; see sandbox/README.md.
 * False for any other path.
 */
export function handleControl(
  parts: ControlParts,
  request: IncomingMessage,
  response: ServerResponse,
  accountId: string,
): boolean {
  const url = new URL(request.url ?? '/', 'http://sandbox.invalid');
  if (!url.pathname.startsWith('/__sandbox/')) return false;
  reply(parts, request, url, accountId).then(
    ({ status, body }) => sendJson(response, status, body),
    (error: unknown) => {
      console.error('sandbox: a script request failed', error);
      sendJson(response, 500, { error: 'The sandbox failed' });
    },
  );
  return true;
}

async function reply(
  { host, jira, automation, reset }: ControlParts,
  request: IncomingMessage,
  url: URL,
  accountId: string,
): Promise<Reply> {
  const what = `${request.method ?? 'GET'} ${url.pathname}`;
  if (request.method === 'POST' && !saysJson(request)) {
    // A form of another site can't send JSON: a page that someone has open elsewhere can't reach this entry point.
    return { status: 415, body: { error: 'Send application/json' } };
  }
  switch (what) {
    case 'POST /__sandbox/invoke':
      return invoke(host, jira, await readText(request));
    case 'POST /__sandbox/trigger':
      return trigger(host, await readText(request));
    case 'POST /__sandbox/reset':
      await reset();
      return { status: 200, body: { reset: true } };
    case 'GET /__sandbox/kvs':
      return readKvs(host, url.searchParams.get('entity'));
    case 'GET /__sandbox/ledger':
      return readKvs(host, 'ledger');
    default: {
      const body = request.method === 'POST' ? jsonOf(await readText(request)) : undefined;
      return (
        handleIssues(jira, what, body, accountId) ??
        (await handleAutomation(automation, what, body, accountId)) ?? {
          status: 404,
          body: { error: `The sandbox has no ${what}` },
        }
      );
    }
  }
}

function readKvs({ kvs, manifest }: ForgeHost, entity: string | null): Reply {
  if (entity === null) return { status: 200, body: { plain: kvs.plain(), secretNames: kvs.secretNames() } };
  if (!manifest.entities.some(({ name }) => name === entity))
    return { status: 404, body: { error: `manifest.yml declares no entity ${entity}` } };
  return { status: 200, body: kvs.entity(entity) };
}

async function invoke(host: ForgeHost, jira: Jira, body: string): Promise<Reply> {
  const parsed = invokeSchema.safeParse(jsonOf(body));
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
  const { module, functionKey, payload, issueKey, accountId = jira.defaultAccountId } = parsed.data;
  if (!host.manifest.modules.some(({ key }) => key === module))
    return { status: 404, body: { error: `manifest.yml has no module ${module}` } };
  const issue = jira.issues.find(({ key }) => key === issueKey);
  if (issueKey !== undefined && issue === undefined)
    return { status: 404, body: { error: `Jira has no issue ${issueKey}` } };
  const extension =
    issue === undefined
      ? {}
      : { issue: { id: issue.id, key: issue.key, type: issue.type.name, typeId: issue.type.id }, project: PROJECT };
  return resultOf(host.invoke({ moduleKey: module, functionKey, payload, accountId, extension }));
}

async function trigger(host: ForgeHost, body: string): Promise<Reply> {
  const parsed = triggerSchema.safeParse(jsonOf(body));
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
  const { module } = parsed.data;
  const isKnown = host.manifest.modules.some(({ key, type }) => key === module && type === 'scheduledTrigger');
  return isKnown
    ? resultOf(host.runScheduledTrigger(module))
    : { status: 404, body: { error: `manifest.yml has no scheduled trigger ${module}` } };
}

async function resultOf(run: Promise<unknown>): Promise<Reply> {
  try {
    const result = await run;
    return { status: 200, body: result === undefined ? {} : { result } };
  } catch (error) {
    if (!(error instanceof ForgeInvocationError)) throw error;
    return { status: 502, body: { error: error.message, errorType: error.errorType } };
  }
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
