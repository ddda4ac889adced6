import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { brokenConnection, createForgeFetch, createFunctionFetch } from './functionFetch';
import { actionOf, runDeclaredAction, type ActionInputs, type ActionResult } from './actions';
import { backendContextOf, pageContext, resolverBody, runtimeFacts, runtimeOf, timeLimitMs } from './invocation';
import { moduleOf } from './manifest';
import type { Platform } from './platform';
import { FUNCTIONS } from './rules/functions';
import { scheduledTriggerBody } from './scheduledTriggers';
import type { Invocation, Transport } from './wire';

type Running = { readonly platform: Platform; readonly invocation: Invocation; readonly runtime: object };

const running = new AsyncLocalStorage<Running>();

const transport: Transport = async (meta, path, init) => {
  const current = running.getStore();
  if (current === undefined)
    throw new Error(`${init.method} ${path}: a platform call outside an invocation; use runAs`);
  const work = current.platform.handle(meta, path, init, current.invocation).catch((error: unknown) => {
    init.signal?.throwIfAborted();
    throw error instanceof TypeError ? error : brokenConnection(error);
  });
  return init.signal === undefined ? work : abortable(work, init.signal);
};

/** Rejects with the signal's reason as soon as it aborts, as `fetch` does, whatever the platform does. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/**
 * Puts Forge's globals in this process: `__forge_runtime__`, `__forge_fetch__` and `fetch`. They must
 * stand before @forge/api is imported, because it keeps the `fetch` that it finds. Outside an
 * invocation they throw; `fetch` still reaches 127.0.0.1, where tests run their servers.
 */
export function installGlobals(): void {
  const ownFetch = globalThis.fetch;
  const functionFetch = createFunctionFetch(transport);
  Object.defineProperty(globalThis, '__forge_runtime__', {
    configurable: true,
    get: () => running.getStore()?.runtime,
  });
  Object.defineProperty(globalThis, '__forge_fetch__', { configurable: true, value: createForgeFetch(transport) });
  globalThis.fetch = (input, init) => {
    if (running.getStore() !== undefined) return functionFetch(input, init);
    const { hostname, href } = new URL(input instanceof Request ? input.url : input);
    if (hostname === '127.0.0.1') return ownFetch(input, init);
    return Promise.reject(new Error(`${href}: a fetch outside an invocation; use runAs`));
  };
}

/** The fields of an invocation that a test may name; the others have defaults. */
export type InvocationInput = {
  readonly accountId?: string | null;
  readonly moduleKey?: string;
  readonly functionKey?: string;
  /** How long the function may run, in milliseconds; Forge's limit for the module unless given. */
  readonly limitMs?: number;
  /** The invocation's id, by which its calls can be told in the platform's record; a new one unless given. */
  readonly invocationId?: string;
};

/** A function as it is exported for a consumer, scheduled trigger, action or web trigger of the manifest. */
export type ExportedFunction = (body: never, context: never) => unknown;

/** A resolver as it is exported for the manifest. */
type ResolverFunction = (request: never, context: never) => Promise<unknown>;

/** Runs the app's functions in this process, on the real @forge packages. */
export type InProcess = {
  readonly platform: Platform;
  /** Runs something as one invocation. */
  readonly runAs: <T>(input: InvocationInput, work: () => T) => T;
  /** Calls a resolver as the platform does when a page invokes it, and answers what the page would get. */
  readonly invoke: (
    resolver: ResolverFunction,
    call: { readonly functionKey: string; readonly payload?: unknown; readonly extension?: object } & Omit<
      InvocationInput,
      'functionKey'
    >,
  ) => Promise<unknown>;
  /**
   * Calls a function that no page invokes as the platform does: nobody is in front of a screen unless
   * `accountId` names whoever triggered it (an action), whatever the defaults say. `body` goes through
   * JSON; without one a scheduled trigger gets Forge's, and anything else an empty object.
   */
  readonly runFunction: (
    handler: ExportedFunction,
    call: { readonly moduleKey: string; readonly body?: unknown } & Omit<InvocationInput, 'functionKey' | 'moduleKey'>,
  ) => Promise<unknown>;
  /** Runs an action as Automation does, as the rule's user: inputs and outputs are held to manifest.yml. */
  readonly runAction: (
    handler: ExportedFunction,
    call: { readonly moduleKey: string; readonly inputs: ActionInputs; readonly accountId: string } & Omit<
      InvocationInput,
      'functionKey' | 'moduleKey' | 'accountId'
    >,
  ) => Promise<ActionResult>;
};

/**
 * Puts a platform behind the globals of {@link installGlobals}; `defaults` holds for every invocation that
 * does not say otherwise.
 */
export function installInProcess(platform: Platform, defaults: InvocationInput = {}): InProcess {
  const { manifest } = platform;
  const start = (input: InvocationInput, role: 'resolver' | 'function' = 'function'): Running => {
    const merged = { ...defaults, ...input };
    const module = merged.moduleKey === undefined ? undefined : moduleOf(manifest, merged.moduleKey);
    const moduleType = module?.type ?? 'unknown';
    // An action has both: the function that runs, and the resolver of its form.
    const ofModule =
      role === 'resolver' ? module?.resolver?.function : (module?.function ?? module?.resolver?.function);
    const invocation: Invocation = {
      id: merged.invocationId ?? randomUUID(),
      functionKey: merged.functionKey ?? ofModule ?? 'test',
      moduleType,
      moduleKey: merged.moduleKey ?? 'test',
      accountId: merged.accountId ?? null,
    };
    const declared = manifest.functions.find(({ key }) => key === invocation.functionKey);
    const deadlineAtMs =
      Date.now() +
      (merged.limitMs ?? timeLimitMs(role === 'resolver' ? 'resolver' : moduleType, declared?.timeoutSeconds));
    return {
      platform,
      invocation,
      runtime: runtimeOf(runtimeFacts(manifest, invocation), process.cwd(), deadlineAtMs),
    };
  };
  const runFunction: InProcess['runFunction'] = async (handler, { body, ...input }) => {
    const current = start({ ...input, accountId: input.accountId ?? null });
    const { moduleKey, moduleType } = current.invocation;
    const sent = json(body ?? (moduleType === 'scheduledTrigger' ? scheduledTriggerBody(moduleKey) : {}));
    return json(
      await running.run(current, (): unknown =>
        Reflect.apply(handler, undefined, [sent, backendContextOf(current.invocation)]),
      ),
    );
  };
  return {
    platform,
    runAs: (input, work) => running.run(start(input), work),
    invoke: async (resolver, { functionKey, payload, extension = {}, ...input }) => {
      const current = start(input, 'resolver');
      const { invocation } = current;
      const context = pageContext(
        manifest,
        moduleOf(manifest, invocation.moduleKey),
        invocation.accountId ?? '',
        extension,
      );
      const body = json(resolverBody(context, functionKey, payload));
      return passedOn(
        await running.run(current, (): unknown =>
          Reflect.apply(resolver, undefined, [body, backendContextOf(invocation)]),
        ),
      );
    },
    runFunction,
    runAction: async (handler, { inputs, ...call }) =>
      runDeclaredAction(actionOf(manifest, call.moduleKey), inputs, (body) => runFunction(handler, { ...call, body })),
  };
}

/** An answer as a page gets it: Forge passes on none that is too large. */
function passedOn(answer: unknown): unknown {
  const text = answer === undefined ? undefined : JSON.stringify(answer);
  if (text === undefined) return undefined;
  const bytes = Buffer.byteLength(text);
  if (bytes > FUNCTIONS.responseSize.value)
    throw new Error(`The answer of an invoke() has ${bytes} bytes; Forge passes on ${FUNCTIONS.responseSize.value}`);
  return JSON.parse(text);
}

/** What is left of a value after it went through JSON. */
function json(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
