import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { Dialect } from '../src/contract';
import { z } from 'zod';
import { automationMain, createRules, readActions, searchMain, type AutomationControl } from './automation';
import { configure, storeLinks } from './configure';
import { handleControl } from './controlPlane';
import type { Clock } from './forge/clock';
import { createForgeHost, type ForgeHost } from './forge/host';
import { closeServer, listen, sendText } from './forge/httpServer';
import { moduleOf, type Manifest } from './forge/manifest';
import type { FunctionLog } from './forge/messages';
import { createJira, type AskFunction, type Jira } from './jira';
import { createPages, type JiraPages, type ModuleView } from './jira/pages';
import { embedShorterLoop, useShorterLoop } from './shorterLoopSite';
import type { Simulator } from './shorterloop';

/** How a sandbox is made. Everything has a default. */
export type SandboxOptions = {
  /** The port of the product page; a free one unless given. */
  readonly port?: number;
  /** A Shorter Loop simulator that runs elsewhere, in place of the embedded one. */
  readonly shorterLoopOrigin?: string;
  readonly members?: number;
  readonly segments?: number;
  readonly seed?: number;
  readonly dialect?: Dialect;
  /** Starts without settings, as after an installation. */
  readonly fresh?: boolean;
  /** Keeps the app's storage in this file from one start to the next. */
  readonly stateFile?: string;
  readonly clock?: Clock;
  /** Told each line that a function logs. */
  readonly onLog?: (log: FunctionLog) => void;
};

/** A Jira site with the app installed, on this machine. */
export type Sandbox = {
  /** The product page: `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly host: ForgeHost;
  readonly jira: Jira;
  /** The embedded Shorter Loop; null when another one is used. */
  readonly simulator: Simulator | null;
  /** Back to how it started: storage, Jira and the embedded Shorter Loop. */
  readonly reset: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const APP_DIR = path.join(__dirname, '..');

/** Starts everything. Throws when a port is taken, the app does not compile, or it refuses its settings. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { shorterLoopOrigin, members, segments, seed = 1, dialect, fresh = false, clock } = options;
  const size = { seed, ...(members === undefined ? {} : { members }), ...(segments === undefined ? {} : { segments }), ...(dialect === undefined ? {} : { dialect }), ...(clock === undefined ? {} : { clock }) };
  const site = await (shorterLoopOrigin === undefined ? embedShorterLoop(size) : useShorterLoop(shorterLoopOrigin, size));
  const jira = createJira({ seed, members: site.members, ...(clock === undefined ? {} : { clock }) });
  let handle: Handle = (_request, response) => sendText(response, 503, 'text/plain', 'The sandbox is starting');
  const server = createServer((request, response) => handle(request, response));
  const undo: (() => Promise<unknown>)[] = [site.stop, () => closeServer(server)];
  const stop = async (): Promise<void> => {
    for (const step of undo.toReversed()) await step();
  };
  const stopOnFailure = async (error: unknown): Promise<never> => {
    await stop();
    throw error;
  };
  const port = await listen(server, options.port ?? 0).catch(stopOnFailure);
  const url = `http://127.0.0.1:${port}`;
  const productOrigins = [url, `http://localhost:${port}`];
  const host = await createForgeHost({
    appDir: APP_DIR,
    jira: jira.rest,
    routeEgress: ({ hostname }) => (hostname.endsWith('.shorterloop.com') ? site.origin : null),
    productOrigins: () => productOrigins,
    ...(clock === undefined ? {} : { clock }),
    ...(options.stateFile === undefined ? {} : { stateFile: options.stateFile }),
    ...(options.onLog === undefined ? {} : { onLog: options.onLog }),
  }).catch(stopOnFailure);
  undo.push(host.stop);
  const automation: AutomationControl = { jira, rules: createRules(), actions: readActions(APP_DIR), call: host.invokeFunction };
  const furnish = async (): Promise<void> => {
    storeLinks(host, jira);
    if (!fresh) await configure(host, jira, site);
    // What the furnishing asked is nobody's business who counts calls.
    host.platform.clearRecords();
    jira.reset();
  };
  const reset = async (): Promise<void> => {
    host.reset();
    jira.reset();
    automation.rules.reset();
    site.simulator?.reset();
    await furnish();
  };
  if (fresh) host.reset();
  const isKept = host.kvs.plain().length > 0;
  if (!isKept) await furnish().catch(stopOnFailure);
  handle = productServer({ host, jira, automation, reset, hosts: productOrigins.map((origin) => new URL(origin).host) });
  return { url, host, jira, simulator: site.simulator, reset, stop };
}

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

function productServer(parts: { readonly host: ForgeHost; readonly jira: Jira; readonly automation: AutomationControl; readonly reset: () => Promise<void>; readonly hosts: readonly string[] }): Handle {
  const { host, jira, automation } = parts;
  const pages = pagesOf(host, jira, automation);
  return (request, response) => {
    // Another name for this machine would be a page of another site that reaches in.
    if (!parts.hosts.includes(request.headers.host ?? '')) return sendText(response, 421, 'text/plain', `Open ${parts.hosts[0] ?? ''}`);
    const session = { accountId: pages.accountOf(request) };
    if (handleControl(parts, request, response, session.accountId)) return;
    if (host.handleProductRequest(request, response, session)) return;
    pages.handleJiraPage(request, response, session).then(
      (handled) => {
        if (!handled) sendText(response, 404, 'text/plain', 'The sandbox has no such page');
      },
      (error: unknown) => {
        console.error('sandbox: a Jira page failed', error);
        sendText(response, 500, 'text/plain', 'The sandbox failed to make this page');
      },
    );
  };
}

function pagesOf(host: ForgeHost, jira: Jira, automation: AutomationControl): JiraPages {
  const parts = { ...automation, ask: askFunction(host) };
  const choosable = [jira.defaultAccountId, jira.adminAccountId, jira.viewerAccountId, jira.noAccessAccountId];
  return createPages({
    people: jira.people,
    users: choosable.flatMap((accountId) => jira.people.find((person) => person.accountId === accountId) ?? []),
    issues: jira.issues,
    modules: { panel: viewOf(host.manifest, 'segments-panel', host.uiOrigin), admin: viewOf(host.manifest, 'segments-admin', host.uiOrigin) },
    morePages: async (url, accountId) => {
      if (url.pathname === '/automation') return { title: 'Automation', main: automationMain(parts) };
      if (url.pathname === '/issues') return { title: 'Search', main: await searchMain(parts, url.searchParams.get('jql') ?? '', accountId) };
      return null;
    },
  });
}

const fragmentSchema = z.union([z.object({ jql: z.string() }), z.object({ error: z.string() })]);

/** Asks the app's JQL function of that name, as Jira does: nobody stands behind the call. */
function askFunction(host: ForgeHost): AskFunction {
  return async ({ name, ...clause }) => {
    const module = host.manifest.modules.find((one) => one.type === 'jira:jqlFunction' && one['name'] === name);
    if (module === undefined) return { error: `Unable to find JQL function '${name}'.` };
    const answer = await host.invokeFunction({ moduleKey: module.key, body: { clause: { ...clause, functionName: name } } }).catch(() => null);
    const parsed = fragmentSchema.safeParse(answer);
    if (!parsed.success) return { error: `The function '${name}' failed.` };
    return 'jql' in parsed.data ? { value: parsed.data.jql } : { error: parsed.data.error };
  };
}

/** `resource:panel;icon.svg` names a file of a resource; anything else is no icon that this page could show. */
function viewOf(manifest: Manifest, key: string, uiOrigin: string): ModuleView {
  const { title = key, icon } = moduleOf(manifest, key);
  const [, resource, file] = /^resource:([^;]+);(.+)$/.exec(icon ?? '') ?? [];
  return { key, title, iconUrl: resource === undefined || file === undefined ? null : `${uiOrigin}/${resource}/${file}` };
}
