import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { actionOf, runDeclaredAction, type ActionInputs, type ActionResult } from './actions';
import { handleBridge, type ProductSession } from './bridgeServer';
import { bundleBrowserScript, bundleFunctions } from './bundle';
import type { Clock } from './clock';
import type { RouteEgress } from './egress';
import { createFunctionProcess, ForgeInvocationError } from './functionProcess';
import { backendContextOf, pageContext, resolverBody, runtimeFacts, timeLimitMs } from './invocation';
import type { JiraRest } from './jiraRest';
import type { Kvs } from './kvs';
import { functionOf, moduleOf, readManifest, type Manifest } from './manifest';
import type { FunctionLog } from './messages';
import { createPlatform, type Platform } from './platform';
import { deliverIssueEvent, type EventDelivery, type IssueEvent } from './productEvents';
import { servePlatform } from './platformServer';
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
  readonly routeEgress: RouteEgress;
  readonly clock?: Clock;
  /** Keeps storage in this file from one start to the next. */
  readonly stateFile?: string;
  /** The port of the app's pages; a free one unless given. */
  readonly uiPort?: number;
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

/** Bundles an app and starts everything that Forge would run around it. Throws when it does not compile. */
export async function createForgeHost(options: ForgeHostOptions): Promise<ForgeHost> {
  const { appDir, jira, productOrigins = () => [] } = options;
  const manifest = readManifest(appDir);
  const bundleDir = mkdtempSync(path.join(tmpdir(), 'forge-sandbox-'));
  const [{ runner }, bridgeScript, productScript] = await Promise.all([
    bundleFunctions(manifest, appDir, bundleDir),
    bundleBrowserScript('bridge'),
    bundleBrowserScript('product'),
  ]);

  const logs: FunctionLog[] = [];
  let uninstalled = false;
  const invocations = new Map<string, Invocation>();
  const platform = createPlatform({
    manifest,
    jira,
    routeEgress: options.routeEgress,
    deliver: (consumer, event) => run(consumer.function, consumer.type, consumer.key, null, event),
    webtriggerOrigin: () => productOrigins()[0] ?? 'http://webtrigger.invalid',
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.ttlLagMs === undefined ? {} : { ttlLagMs: options.ttlLagMs }),
    ...(options.readings === undefined ? {} : { readings: options.readings }),
    ...(options.queueSecondMs === undefined ? {} : { queueSecondMs: options.queueSecondMs }),
  });
  const flush = options.stateFile === undefined ? () => undefined : keepInFile(platform.kvs, options.stateFile);
  const platformServer = await servePlatform(platform, (token) => invocations.get(token));
  const ui = await serveUi({ manifest, appDir, bridgeScript, productOrigins, port: options.uiPort ?? 0 });
  const onLog = (log: FunctionLog): void => {
    logs.push(log);
    options.onLog?.(log);
  };
  const functions = createFunctionProcess({
    runner,
    bundleDir,
    platformPort: platformServer.port,
    onLog,
  });

  const run = async (
    functionKey: string | undefined,
    moduleType: string,
    moduleKey: string,
    accountId: string | null,
    body: unknown,
    role: 'resolver' | 'function' = 'function',
  ): Promise<unknown> => {
    if (functionKey === undefined) throw new Error(`The module ${moduleKey} names no function in manifest.yml`);
    const declared = functionOf(manifest, functionKey);
    const invocation: Invocation = { id: randomUUID(), functionKey, moduleType, moduleKey, accountId };
    const token = randomUUID();
    invocations.set(token, invocation);
    try {
      return await functions.run({
        requestId: invocation.id,
        token,
        functionKey,
        handler: declared.handler,
        body,
        backendContext: backendContextOf(invocation),
        facts: runtimeFacts(manifest, invocation),
        limitMs: options.limitMs ?? timeLimitMs(role === 'resolver' ? 'resolver' : moduleType, declared.timeoutSeconds),
      });
    } finally {
      // From here on, what the function still does is refused: Forge freezes it.
      invocations.delete(token);
    }
  };
  const invoke = async ({
    moduleKey,
    functionKey,
    payload,
    accountId,
    extension = {},
  }: ResolverCall): Promise<unknown> => {
    const module = moduleOf(manifest, moduleKey);
    limitSize('The request of an invoke()', payload, FUNCTIONS.requestSize.value);
    const body = resolverBody(pageContext(manifest, module, accountId, extension), functionKey, payload);
    const answer = await run(module.resolver?.function, module.type, module.key, accountId, body, 'resolver');
    limitSize('The answer of an invoke()', answer, FUNCTIONS.responseSize.value);
    return answer;
  };
  const invokeFunction = ({ moduleKey, body, accountId = null }: FunctionCall): Promise<unknown> => {
    const module = moduleOf(manifest, moduleKey);
    return run(module.function, module.type, module.key, accountId, body);
  };
  const runScheduledTrigger = async (moduleKey: string): Promise<unknown> => {
    const { type } = moduleOf(manifest, moduleKey);
    if (type !== 'scheduledTrigger') throw new Error(`The module ${moduleKey} is a ${type}, no scheduledTrigger`);
    return invokeFunction({ moduleKey, body: scheduledTriggerBody(moduleKey) });
  };
  // Forge does not try again what failed on schedule: the log is all that is left of it.
  const runOnSchedule = async (moduleKey: string): Promise<void> => {
    const failed = (cause: string): void => {
      onLog({
        level: 'error',
        invocationId: null,
        functionKey: moduleOf(manifest, moduleKey).function ?? null,
        message: `The scheduled trigger ${moduleKey} failed: ${cause}`,
      });
    };
    if (uninstalled) return;
    try {
      const failure = scheduleFailure(await runScheduledTrigger(moduleKey), platform.readings);
      if (failure !== null) failed(failure);
    } catch (error) {
      failed(String(error));
    }
  };
  const runWebtrigger = (id: string, body: object): Promise<unknown> | null | 'uninstalled' => {
    if (uninstalled) return 'uninstalled';
    const moduleKey = platform.webtriggers.keyOf(id);
    return moduleKey === null
      ? null
      : invokeFunction({ moduleKey, body: { ...body, ...webtriggerContext(moduleKey) } });
  };
  await functions.start();
  const stopSchedule = startSchedule(scheduledTriggersOf(manifest), runOnSchedule, options.scheduleMinuteMs ?? 60_000);
  const bridgeParts = { manifest, jira, productScript, uiOrigin: ui.origin, invoke };
  return {
    manifest,
    uiOrigin: ui.origin,
    platform,
    kvs: platform.kvs,
    logs,
    invoke,
    invokeFunction,
    runScheduledTrigger,
    deliverEvent: (event) =>
      deliverIssueEvent(manifest, event, ({ key }, body) => invokeFunction({ moduleKey: key, body })),
    runAction: async (actionKey, inputs, accountId) =>
      runDeclaredAction(actionOf(manifest, actionKey), inputs, (body) =>
        invokeFunction({ moduleKey: actionKey, body, accountId }),
      ),
    handleProductRequest: (request, response, session) =>
      handleBridge(bridgeParts, request, response, session) || handleWebtrigger(runWebtrigger, request, response),
    reset: () => {
      platform.reset();
      uninstalled = false;
      logs.length = 0;
    },
    uninstall: () => {
      uninstalled = true;
    },
    killFunctions: functions.kill,
    stop: async () => {
      stopSchedule();
      platform.queue.reset();
      await functions.kill();
      await Promise.all([platformServer.close(), ui.close()]);
      platform.close();
      flush();
      rmSync(bundleDir, { recursive: true, force: true });
    },
  };
}

function limitSize(what: string, value: unknown, maximum: number): void {
  const bytes = value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
  if (bytes > maximum)
    throw new ForgeInvocationError('PAYLOAD_TOO_LARGE', `${what} has ${bytes} bytes; Forge takes ${maximum}`);
}
