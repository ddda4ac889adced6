import type { IncomingMessage, ServerResponse } from 'node:http';
import { actionOf, runDeclaredAction, type ActionInputs, type ActionResult } from './actions';
import { dynamicPropertiesFault } from './issueContext';
import { dynamicPropertiesBody, handleBridge, type DynamicPropertiesCall, type ProductSession } from './bridgeServer';
import { bundleApp, type AppBundle, type ReplacedFiles } from './bundle';
import type { Clock } from './clock';
import type { RouteEgress } from './egress';
import { createFunctionProcess, ForgeInvocationError } from './functionProcess';
import { pageContext, resolverBody } from './invocation';
import { createIssueEvents, type IssueEvents } from './issueEvents';
import type { JiraRest } from './jiraRest';
import type { Kvs } from './kvs';
import { moduleOf, readManifest, type Manifest } from './manifest';
import type { FunctionLog } from './messages';
import { createPlatform, type Platform, type PlatformOptions } from './platform';
import { deliverIssueEvent, type EventDelivery, type IssueEvent } from './productEvents';
import { servePlatform } from './platformServer';
import { runFunction, type FunctionRuns } from './runFunction';
import type { Readings } from './rules/readings';
import { FUNCTIONS } from './rules/functions';
import { scheduledTriggerBody, scheduledTriggersOf, scheduleFailure, startSchedule } from './scheduledTriggers';
import { keepInFile } from './stateFile';
import { serveUi } from './uiServer';
import { handleWebtrigger, webtriggerContext } from './webtriggerServer';
import type { Invocation } from './wire';

export { ForgeInvocationError } from './functionProcess';

/** What a host is made from. */
export type ForgeHostOptions = {
  /** The folder with manifest.yml and src/. */
  readonly appDir: string;
  readonly jira: JiraRest;
  /** Files of the app that are taken from elsewhere; none unless given. */
  readonly replaced?: ReplacedFiles;
  /** What was made of the app before, and outlives this host; it makes its own unless given. */
  readonly bundle?: AppBundle;
  readonly routeEgress: RouteEgress;
  readonly clock?: Clock;
  /** Keeps storage in this file from one start to the next. */
  readonly stateFile?: string;
  /** Scripts that whoever looks at the app's pages loads into them, each by its path at the pages' own origin. */
  readonly uiScripts?: Readonly<Record<string, string>>;
  /** The origins under which the product page may frame the app's pages; the first takes web triggers. */
  readonly productOrigins?: () => readonly string[];
  /** Told each line that a function logs. */
  readonly onLog?: (log: FunctionLog) => void;
  /** How long an expired value can still be read, in milliseconds. */
  readonly ttlLagMs?: number;
  /** Which side is played of what nobody knows of Forge; `READINGS.a` unless given. */
  readonly readings?: Readings;
  /** How long a second of the queue lasts, in milliseconds. */
  readonly queueSecondMs?: number;
  /** How long a minute of the scheduled triggers lasts, in milliseconds. */
  readonly scheduleMinuteMs?: number;
  /** In place of Forge's time limits, for tests that can't wait. */
  readonly limitMs?: number;
};

/** A page's call of a resolver. */
type ResolverCall = {
  readonly moduleKey: string;
  readonly functionKey: string;
  readonly payload?: unknown;
  readonly accountId: string;
  /** What the product tells the page of where it stands: `{issue: {id, key, …}, project: {…}}`. */
  readonly extension?: object;
};

/** A call of a module's function without a page: web trigger, action, consumer, scheduled trigger. */
type FunctionCall = { readonly moduleKey: string; readonly body: unknown; readonly accountId?: string | null };

/** Forge on this machine, for one app on one site. */
export type ForgeHost = {
  readonly manifest: Manifest;
  /** Where the app's pages are: another origin than the product's. */
  readonly uiOrigin: string;
  readonly platform: Platform;
  readonly kvs: Kvs;
  /** What functions logged since the start or the last reset. */
  readonly logs: readonly FunctionLog[];
  /** Calls a resolver as a page does. Rejects with ForgeInvocationError when it throws or times out. */
  readonly invoke: (call: ResolverCall) => Promise<unknown>;
  /** Calls a module's function with the body that the product would send. Rejects like `invoke`. */
  readonly invokeFunction: (call: FunctionCall) => Promise<unknown>;
  /**
   * Runs a scheduled trigger now, beside its schedule, and answers what its function returned, which
   * Forge does not look at. Rejects like `invoke`, and for a module that is no scheduled trigger.
   */
  readonly runScheduledTrigger: (moduleKey: string) => Promise<unknown>;
  /** Delivers an event of an issue to the triggers that ask for it. @see deliverIssueEvent */
  readonly deliverEvent: (event: IssueEvent) => Promise<EventDelivery[]>;
  /** The events of the product that are on their way; after an uninstallation none arrives. */
  readonly events: IssueEvents;
  /**
   * Runs an action as Automation does, as the rule's user: inputs and outputs are held to manifest.yml.
   * Rejects only for a key that names no action.
   */
  readonly runAction: (actionKey: string, inputs: ActionInputs, accountId: string) => Promise<ActionResult>;
  /** Serves what the product page needs of the host; false when the path is not the host's. */
  readonly handleProductRequest: (
    request: IncomingMessage,
    response: ServerResponse,
    session: ProductSession,
  ) => boolean;
  /** Empties storage, queue, records and logs. */
  readonly reset: () => void;
  /**
   * Takes the app off the site: its web triggers answer 424 from now on, nothing runs on schedule, until a
   * reset. Storage stays, as Forge keeps it for a while.
   */
  readonly uninstall: () => void;
  /** Kills the function process as an infrastructure fault would; the next invocation starts a new one. */
  readonly killFunctions: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** What stands behind a host. */
type HostState = FunctionRuns & {
  readonly platform: Platform;
  readonly logs: FunctionLog[];
  readonly onLog: (log: FunctionLog) => void;
  uninstalled: boolean;
};

/** Bundles an app and starts everything that Forge would run around it. Throws when it does not compile. */
export async function createForgeHost(options: ForgeHostOptions): Promise<ForgeHost> {
  const { appDir, jira, productOrigins = () => [], uiScripts = {} } = options;
  const manifest = readManifest(appDir);
  const bundle = options.bundle ?? (await bundleApp(appDir, options.replaced));
  const { dir: bundleDir, runner, bridgeScript, productScript } = bundle;
  const logs: FunctionLog[] = [];
  const onLog = (log: FunctionLog): void => {
    logs.push(log);
    options.onLog?.(log);
  };
  const invocations = new Map<string, Invocation>();
  // Events are delivered only once the host stands.
  const platform = createPlatform({
    ...platformOptions(options, manifest, productOrigins),
    deliver: (consumer, event) =>
      runFunction(host, {
        functionKey: consumer.function,
        moduleType: consumer.type,
        moduleKey: consumer.key,
        accountId: null,
        body: event,
      }),
  });
  const flush = options.stateFile === undefined ? () => undefined : keepInFile(platform.kvs, options.stateFile);
  const platformServer = await servePlatform(platform, (token) => invocations.get(token));
  const ui = await serveUi({ manifest, appDir, bridgeScript, productOrigins, uiScripts });
  const functions = createFunctionProcess({ runner, bundleDir, platformPort: platformServer.port, onLog });
  const { limitMs } = options;
  const host: HostState = { manifest, functions, invocations, limitMs, platform, logs, onLog, uninstalled: false };
  await functions.start();
  const stopSchedule = startSchedule(
    scheduledTriggersOf(manifest),
    (moduleKey) => runOnSchedule(host, moduleKey),
    options.scheduleMinuteMs ?? 60_000,
  );
  const stop = async (): Promise<void> => {
    stopSchedule();
    platform.queue.end();
    await functions.end();
    await Promise.all([platformServer.close(), ui.close()]);
    platform.close();
    flush();
    if (options.bundle === undefined) bundle.remove();
  };
  return {
    uiOrigin: ui.origin,
    ...callsOf(host),
    ...pagesOf(host, { jira, productScript, uiOrigin: ui.origin }),
    stop,
  };
}

function platformOptions(
  options: ForgeHostOptions,
  manifest: Manifest,
  productOrigins: () => readonly string[],
): PlatformOptions {
  return {
    manifest,
    jira: options.jira,
    routeEgress: options.routeEgress,
    webtriggerOrigin: () => productOrigins()[0] ?? 'http://webtrigger.invalid',
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.ttlLagMs === undefined ? {} : { ttlLagMs: options.ttlLagMs }),
    ...(options.readings === undefined ? {} : { readings: options.readings }),
    ...(options.queueSecondMs === undefined ? {} : { queueSecondMs: options.queueSecondMs }),
  };
}

/** What a script or a test asks of a host. */
function callsOf(host: HostState): Omit<ForgeHost, 'uiOrigin' | 'handleProductRequest' | 'stop'> {
  const { manifest, platform, logs, functions } = host;
  const deliverEvent = (event: IssueEvent): Promise<EventDelivery[]> =>
    deliverIssueEvent(manifest, event, ({ key }, body) => invokeFunction(host, { moduleKey: key, body }));
  const events = createIssueEvents(async (event) => {
    if (!host.uninstalled) await deliverEvent(event);
  });
  return {
    manifest,
    platform,
    kvs: platform.kvs,
    logs,
    invoke: (call) => invokeResolver(host, call),
    invokeFunction: (call) => invokeFunction(host, call),
    runScheduledTrigger: (moduleKey) => runScheduledTrigger(host, moduleKey),
    deliverEvent,
    events,
    runAction: async (actionKey, inputs, accountId) =>
      runDeclaredAction(actionOf(manifest, actionKey), inputs, (body) =>
        invokeFunction(host, { moduleKey: actionKey, body, accountId }),
      ),
    reset: () => {
      events.reset();
      platform.reset();
      host.uninstalled = false;
      logs.length = 0;
    },
    uninstall: () => {
      host.uninstalled = true;
    },
    killFunctions: functions.kill,
  };
}

/** What the product page needs of a host. */
function pagesOf(
  host: HostState,
  parts: { readonly jira: JiraRest; readonly productScript: string; readonly uiOrigin: string },
): Pick<ForgeHost, 'handleProductRequest'> {
  const bridgeParts = {
    ...parts,
    manifest: host.manifest,
    invoke: (call: ResolverCall) => invokeResolver(host, call),
    // Whether Forge tells this function who looks is not documented; here it does.
    dynamicProperties: async ({ moduleKey, extension, accountId }: DynamicPropertiesCall) => {
      const body = dynamicPropertiesBody(host.manifest, moduleKey, extension);
      const answer = await invokeFunction(host, { moduleKey, body, accountId });
      const fault = dynamicPropertiesFault(answer);
      if (fault !== null) throw new Error(`dynamicProperties of ${moduleKey}: ${fault}`);
      return answer;
    },
  };
  return {
    handleProductRequest: (request, response, session) =>
      handleBridge(bridgeParts, request, response, session) ||
      handleWebtrigger((id, body) => runWebtrigger(host, id, body), request, response),
  };
}

async function invokeResolver(host: HostState, call: ResolverCall): Promise<unknown> {
  const { moduleKey, functionKey, payload, accountId, extension = {} } = call;
  const module = moduleOf(host.manifest, moduleKey);
  limitSize('The request of an invoke()', payload, FUNCTIONS.requestSize.value);
  const answer = await runFunction(host, {
    functionKey: module.resolver?.function,
    moduleType: module.type,
    moduleKey: module.key,
    accountId,
    body: resolverBody(pageContext(host.manifest, module, accountId, extension), functionKey, payload),
    role: 'resolver',
  });
  limitSize('The answer of an invoke()', answer, FUNCTIONS.responseSize.value);
  return answer;
}

function invokeFunction(host: HostState, { moduleKey, body, accountId = null }: FunctionCall): Promise<unknown> {
  const module = moduleOf(host.manifest, moduleKey);
  return runFunction(host, {
    functionKey: module.function ?? module.view?.value?.function ?? module.dynamicProperties?.function,
    moduleType: module.type,
    moduleKey: module.key,
    accountId,
    body,
  });
}

async function runScheduledTrigger(host: HostState, moduleKey: string): Promise<unknown> {
  const { type } = moduleOf(host.manifest, moduleKey);
  if (type !== 'scheduledTrigger') throw new Error(`The module ${moduleKey} is a ${type}, no scheduledTrigger`);
  return invokeFunction(host, { moduleKey, body: scheduledTriggerBody(moduleKey) });
}

/** Forge does not try again what failed on schedule: the log is all that is left of it. */
async function runOnSchedule(host: HostState, moduleKey: string): Promise<void> {
  const failed = (cause: string): void => {
    host.onLog({
      level: 'error',
      invocationId: null,
      functionKey: moduleOf(host.manifest, moduleKey).function ?? null,
      message: `The scheduled trigger ${moduleKey} failed: ${cause}`,
    });
  };
  if (host.uninstalled) return;
  try {
    const failure = scheduleFailure(await runScheduledTrigger(host, moduleKey), host.platform.readings);
    if (failure !== null) failed(failure);
  } catch (error) {
    failed(String(error));
  }
}

function runWebtrigger(host: HostState, id: string, body: object): Promise<unknown> | null | 'uninstalled' {
  if (host.uninstalled) return 'uninstalled';
  const moduleKey = host.platform.webtriggers.keyOf(id);
  return moduleKey === null
    ? null
    : invokeFunction(host, { moduleKey, body: { ...body, ...webtriggerContext(moduleKey) } });
}

function limitSize(what: string, value: unknown, maximum: number): void {
  const bytes = value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
  if (bytes > maximum)
    throw new ForgeInvocationError('PAYLOAD_TOO_LARGE', `${what} has ${bytes} bytes; Forge takes ${maximum}`);
}
