import { z } from 'zod';
import path from 'node:path';
import type { Dialect, ServerProfile } from './shorterloop';
import { automationMain, createRules, searchMain, type AutomationControl } from './automation';
import { configure, storeLinks } from './configure';
import { handleControl } from './controlPlane';
import { automationActionsOf } from './forge/actions';
import { systemClock, type Clock } from './forge/clock';
import { createForgeHost, type ForgeHost, type ForgeHostOptions } from './forge/host';
import { closeServer, createSafeServer, isOwnHost, listen, sendText, type Handle } from './forge/httpServer';
import { jqlFunctionsOf } from './forge/jqlFunctions';
import { titleIn } from './forge/locales';
import { moduleOf, readManifest } from './forge/manifest';
import type { FunctionLog } from './forge/messages';
import { createJira, issueEvent, type Jira } from './jira';
import { customFieldsOf } from './jira/fields';
import {
  BULK_PATH,
  createPages,
  globalMain,
  isBulkPath,
  type ContextView,
  type FirstStep,
  type JiraPages,
  type ModuleView,
} from './jira/pages';
import { placesOf, type Connection } from './places';
import { embedShorterLoop, useShorterLoop, type ShorterLoopSite } from './shorterLoopSite';
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
  /** Further reporters in Jira, each with an issue from ACME-1001 on. */
  readonly extraReporters?: number;
  /** Further issues in Jira by the same reporters, from ACME-1000001 on. */
  readonly extraIssues?: number;
  /** A site as it is after a year, with a card on its pages that says what to try first. */
  readonly isLiving?: boolean;
  readonly dialect?: Dialect;
  /** The form in which the embedded Shorter Loop answers, where it is another than the documented one. */
  readonly profile?: ServerProfile;
  /** Starts without settings, as after an installation. */
  readonly fresh?: boolean;
  /** Keeps the app's storage in this file from one start to the next. */
  readonly stateFile?: string;
  readonly clock?: Clock;
  /** Files of the app that are taken from elsewhere, for what compares the two. */
  readonly replaced?: ForgeHostOptions['replaced'];
  /** What was made of the app before, for one sandbox after another. */
  readonly bundle?: ForgeHostOptions['bundle'];
  /** Scripts for whoever looks at the app's pages. @see ForgeHostOptions */
  readonly uiScripts?: ForgeHostOptions['uiScripts'];
  /** Told each line that a function logs. */
  readonly onLog?: (log: FunctionLog) => void;
};

/** A Jira site with the app installed, on this machine. */
export type Sandbox = {
  /** The product page: `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly host: ForgeHost;
  readonly jira: Jira;
  /** What the connection form of a fresh installation asks for. */
  readonly connection: Connection;
  /** The embedded Shorter Loop; null when another one is used. */
  readonly simulator: Simulator | null;
  /** Back to how it started: storage, Jira and the embedded Shorter Loop. */
  readonly reset: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const APP_DIR = path.join(__dirname, '..');
const BULK_MODULE = 'segments-bulk';
/** The app's action in a list of issues. */
const NAVIGATOR_ACTION = 'segments-bulk-action';

/** Starts everything. Throws when a port is taken, the app does not compile, or it refuses its settings. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { shorterLoopOrigin, fresh = false, clock } = options;
  const size = sizeOf(options);
  const site = await (shorterLoopOrigin === undefined
    ? embedShorterLoop(size)
    : useShorterLoop(shorterLoopOrigin, size));
  const jira = createJira({
    ...jiraSizeOf(options),
    members: site.members,
    // Asked only by searches, which begin when the host stands.
    jqlApp: {
      functions: () => jqlFunctionsOf(host.manifest),
      compute: (moduleKey, body) => host.invokeFunction({ moduleKey, body }),
    },
    onHappening: (happening) => host.events.publish(issueEvent(happening, jira.people, (clock ?? systemClock).now())),
    fields: customFieldsOf(readManifest(APP_DIR)),
    ...(clock === undefined ? {} : { clock }),
  });
  let handle: Handle = (_request, response) => sendText(response, 503, 'text/plain', 'The sandbox is starting');
  const server = createSafeServer((request, response) => handle(request, response));
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
  const host = await createForgeHost(hostOptions(options, { jira, site, productOrigins })).catch(stopOnFailure);
  undo.push(host.stop);
  const automation = automationOf(host, jira, clock ?? systemClock);
  const furnish = furnisher({ host, jira, site, fresh });
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
  handle = productServer({
    host,
    jira,
    automation,
    reset,
    firstSteps: options.isLiving === true ? placesOf(jira, fresh) : [],
    hosts: productOrigins.map((origin) => new URL(origin).host),
  });
  const { key, initiativeId, simulator } = site;
  return { url, host, jira, connection: { key, initiativeId }, simulator, reset, stop };
}

function automationOf(host: ForgeHost, jira: Jira, clock: Clock): AutomationControl {
  return {
    jira,
    rules: createRules(),
    actions: automationActionsOf(host.manifest),
    runAction: host.runAction,
    nowMs: () => clock.now(),
  };
}

/** What `SandboxOptions` say of the size and the kind of Shorter Loop. */
function sizeOf({ members, segments, seed = 1, dialect, profile, clock }: SandboxOptions) {
  return {
    seed,
    ...(members === undefined ? {} : { members }),
    ...(segments === undefined ? {} : { segments }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(profile === undefined ? {} : { profile }),
    ...(clock === undefined ? {} : { clock }),
  };
}

/** What they say of the people and the issues of Jira. */
function jiraSizeOf({ seed = 1, extraReporters = 0, extraIssues = 0, isLiving = false }: SandboxOptions) {
  return { seed, extraReporters, extraIssues, isLiving };
}

function hostOptions(
  { clock, stateFile, onLog, replaced, bundle, uiScripts }: SandboxOptions,
  parts: { readonly jira: Jira; readonly site: ShorterLoopSite; readonly productOrigins: readonly string[] },
): ForgeHostOptions {
  return {
    appDir: APP_DIR,
    jira: parts.jira.rest,
    routeEgress: ({ hostname }) => (hostname.endsWith('.shorterloop.com') ? parts.site.origin : null),
    productOrigins: () => parts.productOrigins,
    ...(replaced === undefined ? {} : { replaced }),
    ...(bundle === undefined ? {} : { bundle }),
    ...(uiScripts === undefined ? {} : { uiScripts }),
    ...(clock === undefined ? {} : { clock }),
    ...(stateFile === undefined ? {} : { stateFile }),
    ...(onLog === undefined ? {} : { onLog }),
  };
}

type FurnishedParts = {
  readonly host: ForgeHost;
  readonly jira: Jira;
  readonly site: ShorterLoopSite;
  readonly fresh: boolean;
};

/** What fills the app's storage: by the app the first time, and from then on with what that came to. */
function furnisher(parts: FurnishedParts): () => Promise<void> {
  const { kvs } = parts.host;
  let furnished: ReturnType<typeof kvs.snapshot> | null = null;
  return async () => {
    if (furnished !== null) return kvs.restore(furnished);
    await furnishSite(parts);
    furnished = kvs.snapshot();
  };
}

/** Fills the app's storage as it is after a while of use. */
async function furnishSite(parts: FurnishedParts): Promise<void> {
  const { host, jira, site, fresh } = parts;
  storeLinks(host, jira);
  if (!fresh) await configure(host, jira, site);
  // What the furnishing asked is nobody's business who counts calls.
  host.platform.clearRecords();
  jira.reset();
}

function productServer(parts: {
  readonly host: ForgeHost;
  readonly jira: Jira;
  readonly automation: AutomationControl;
  readonly reset: () => Promise<void>;
  readonly firstSteps: readonly FirstStep[];
  readonly hosts: readonly string[];
}): Handle {
  const { host } = parts;
  const pages = pagesOf(parts);
  return (request, response) => {
    if (!isOwnHost(request, parts.hosts)) return sendText(response, 421, 'text/plain', `Open ${parts.hosts[0] ?? ''}`);
    const session = { accountId: pages.accountOf(request), locale: pages.localeOf(request) };
    if (handleControl(parts, request, response, session.accountId)) return;
    if (host.handleProductRequest(request, response, session)) return;
    return pages.handleJiraPage(request, response, session).then((handled) => {
      if (!handled) sendText(response, 404, 'text/plain', 'The sandbox has no such page');
    });
  };
}

function pagesOf({
  host,
  jira,
  automation,
  firstSteps,
}: {
  readonly host: ForgeHost;
  readonly jira: Jira;
  readonly automation: AutomationControl;
  readonly firstSteps: readonly FirstStep[];
}): JiraPages {
  const choosable = [jira.defaultAccountId, jira.adminAccountId, jira.viewerAccountId, jira.noAccessAccountId];
  return createPages({
    people: jira.people,
    users: choosable.flatMap((accountId) => jira.people.find((person) => person.accountId === accountId) ?? []),
    issues: jira.issues,
    firstSteps,
    modules: (locale) => ({
      panel: viewOf(host, 'segments-panel', locale),
      context: contextOf(host, locale),
      admin: viewOf(host, 'segments-admin', locale),
      configure: viewOf(host, 'segments-configure', locale),
      board: viewOf(host, 'segments-board', locale),
    }),
    modulePaths: { [BULK_MODULE]: BULK_PATH },
    fields: jira.fieldValues.fields,
    onIssueView: (issue) => computeFields(host, jira, issue.id),
    morePages: async (url, accountId) => {
      if (isBulkPath(url.pathname))
        return { title: 'Bulk', place: 'Bulk changes', main: globalMain(viewOf(host, BULK_MODULE, 'en-US')) };
      if (url.pathname === '/automation')
        return { title: 'Automation', place: 'Automation', main: automationMain(automation) };
      if (url.pathname === '/issues')
        return {
          title: 'Search',
          place: 'All work',
          main: await searchMain(
            automation,
            {
              jql: url.searchParams.get('jql') ?? '',
              filterId: url.searchParams.get('filter'),
              action: navigatorAction(host),
            },
            accountId,
          ),
        };
      return null;
    },
  });
}

/**
 * Asks the app for the values of its fields, as Jira does whenever an issue is opened (documented), and keeps them. A
 * function that fails leaves what is there.
 */
async function computeFields(host: ForgeHost, jira: Jira, issueId: string): Promise<void> {
  for (const field of jira.fieldValues.fields) {
    const value = jira.fieldValues.of(issueId)[field.id] ?? null;
    const { id, key, name, type, moduleKey } = field;
    const body = { field: { id, key, name, type }, issues: [{ id: Number(issueId), value }] };
    const answered = await host.invokeFunction({ moduleKey, body }).catch(() => null);
    const [computed] = z
      .array(z.array(z.string()).nullable())
      .length(1)
      .catch([null])
      .parse(answered ?? [value]);
    jira.fieldValues.set(field.id, issueId, computed ?? null);
  }
}

/** The app's action in a list of issues. Jira's own is English here, and so are its words. */
function navigatorAction(host: ForgeHost): ModuleView & { readonly tooltip: string } {
  const { tooltip } = moduleOf(host.manifest, NAVIGATOR_ACTION);
  const text = z.union([z.string(), z.object({ i18n: z.string() })]).parse(tooltip);
  return { ...viewOf(host, NAVIGATOR_ACTION, 'en-US'), tooltip: titleIn(host.manifest, APP_DIR, text, 'en-US') };
}

/** The app's issue context, with the text on its line. */
function contextOf(host: ForgeHost, locale: string): ContextView {
  const { label = '' } = moduleOf(host.manifest, 'segments-context');
  return { ...viewOf(host, 'segments-context', locale), label: titleIn(host.manifest, APP_DIR, label, locale) };
}

/** `resource:panel;icon.svg` names a file of a resource; anything else is no icon that this page could show. */
function viewOf({ manifest, uiOrigin }: ForgeHost, key: string, locale: string): ModuleView {
  const { title = key, icon } = moduleOf(manifest, key);
  const [, resource, file] = /^resource:([^;]+);(.+)$/.exec(icon ?? '') ?? [];
  return {
    key,
    title: titleIn(manifest, APP_DIR, title, locale),
    iconUrl: resource === undefined || file === undefined ? null : `${uiOrigin}/${resource}/${file}`,
  };
}
