import { systemClock, type Clock } from './clock';
import { createEgress, type Egress, type RouteEgress } from './egress';
import type { JiraRest } from './jiraRest';
import { createKvs, type Kvs } from './kvs';
import type { Manifest } from './manifest';
import { createPersonalData, type PersonalData } from './personalData';
import { READINGS, type Readings } from './rules/readings';
import { createQueue, type Deliver, type Queue } from './queue';
import { createWebtriggers, type Webtriggers } from './webtriggers';
import {
  jsonAnswer,
  notModelled,
  PROXY_ERROR_HEADER,
  type Invocation,
  type PlatformAnswer,
  type PlatformInit,
  type PlatformMeta,
} from './wire';

/** The services behind the platform's entry point, by what a call of theirs is called in the record. */
type CallKind = 'kvs' | 'jira' | 'egress' | 'queue' | 'webtrigger' | 'privacy' | 'unmodelled';

/** One call of a function to the platform. Times are milliseconds of `performance.now()`; null while it runs. */
export type PlatformCall = {
  readonly invocationId: string;
  readonly functionKey: string;
  readonly kind: CallKind;
  readonly method: string;
  /** A path; for `egress` the whole URL. */
  readonly path: string;
  readonly startedMs: number;
  /** Null also when the connection broke. */
  status: number | null;
  endedMs: number | null;
};

/**
 * Stands between a call and its service. It may answer by itself, call `proceed` and answer something
 * else, or throw, which the function sees as a broken connection. Undefined leaves the call as it is.
 * `proceed` may be given another body, as if the function had sent that; a second `proceed` answers what the first did.
 */
export type Interceptor = (
  call: PlatformCall,
  proceed: (body?: string) => Promise<PlatformAnswer>,
  init: PlatformInit,
) => Promise<PlatformAnswer | undefined> | PlatformAnswer | undefined;

/** The one entry point behind `__forge_fetch__`. */
export type Platform = {
  readonly manifest: Manifest;
  /** Which side it plays of what nobody knows of Forge. */
  readonly readings: Readings;
  readonly handle: (
    meta: PlatformMeta,
    path: string,
    init: PlatformInit,
    invocation: Invocation,
  ) => Promise<PlatformAnswer>;
  readonly kvs: Kvs;
  readonly queue: Queue;
  readonly webtriggers: Webtriggers;
  /** Every call since the start or the last reset, in the order of their starts. */
  readonly calls: readonly PlatformCall[];
  readonly personalData: PersonalData;
  /** Adds an interceptor, asked before those added earlier; answers how to take it away. */
  readonly intercept: (interceptor: Interceptor) => () => void;
  /** Forgets the calls on record. */
  readonly clearRecords: () => void;
  /** Empties storage, queue, records and interceptors. */
  readonly reset: () => void;
  readonly close: () => void;
};

/** What a platform is made from. */
export type PlatformOptions = {
  readonly manifest: Manifest;
  readonly jira: JiraRest;
  readonly routeEgress: RouteEgress;
  readonly clock?: Clock;
  /** Which side is played of what nobody knows of Forge; `READINGS.a` unless given. */
  readonly readings?: Readings;
  /** How long an expired value can still be read, in milliseconds. */
  readonly ttlLagMs?: number;
  /** Runs a consumer's function; without it every event fails. */
  readonly deliver?: Deliver;
  /** How long a second of the queue lasts, in milliseconds. */
  readonly queueSecondMs?: number;
  /** The origin of web trigger URLs. */
  readonly webtriggerOrigin?: () => string;
};

/** The services of a platform, and what it keeps of its calls. */
type PlatformState = {
  readonly manifest: Manifest;
  readonly jira: JiraRest;
  readonly kvs: Kvs;
  readonly egress: Egress;
  readonly queue: Queue;
  readonly webtriggers: Webtriggers;
  readonly personalData: PersonalData;
  readonly calls: PlatformCall[];
  interceptors: readonly Interceptor[];
};

/** A call as it arrives: what the runtime says of it, the request itself, and whose it is. */
type PlatformRequest = {
  readonly meta: PlatformMeta;
  readonly path: string;
  readonly init: PlatformInit;
  readonly invocation: Invocation;
};

/** Makes a platform without any transport: an HTTP server or a test puts it behind the functions. */
export function createPlatform(options: PlatformOptions): Platform {
  const { manifest, jira, clock = systemClock, readings = READINGS.a } = options;
  const state: PlatformState = {
    manifest,
    jira,
    kvs: createKvs({ entities: manifest.entities, clock, ttlLagMs: options.ttlLagMs ?? 0, readings }),
    egress: createEgress(manifest.backendEgress, options.routeEgress),
    queue: createQueue({
      consumers: manifest.modules.filter(({ type }) => type === 'consumer'),
      deliver: options.deliver ?? (() => Promise.reject(new Error('This platform runs no consumers'))),
      secondMs: options.queueSecondMs ?? 1_000,
    }),
    webtriggers: createWebtriggers(manifest, options.webtriggerOrigin ?? (() => 'https://webtrigger.invalid')),
    personalData: createPersonalData(clock),
    calls: [],
    interceptors: [],
  };
  const { kvs, queue, webtriggers, personalData, calls } = state;
  return {
    manifest,
    readings,
    kvs,
    queue,
    webtriggers,
    calls,
    personalData,
    handle: (meta, path, init, invocation) => handleCall(state, { meta, path, init, invocation }),
    intercept: (interceptor) => {
      state.interceptors = [interceptor, ...state.interceptors];
      return () => {
        state.interceptors = state.interceptors.filter((other) => other !== interceptor);
      };
    },
    clearRecords: () => {
      calls.length = 0;
    },
    reset: () => resetPlatform(state),
    close: state.egress.close,
  };
}

function resetPlatform(state: PlatformState): void {
  state.kvs.reset();
  state.queue.reset();
  state.webtriggers.reset();
  state.calls.length = 0;
  state.personalData.reset();
  state.interceptors = [];
}

/** Records a call, and lets it through the interceptors to its service. */
async function handleCall(state: PlatformState, request: PlatformRequest): Promise<PlatformAnswer> {
  const { meta, path, init, invocation } = request;
  const kind = kindOf(meta, path);
  const call: PlatformCall = {
    invocationId: invocation.id,
    functionKey: invocation.functionKey,
    kind,
    method: init.method,
    path,
    startedMs: performance.now(),
    status: null,
    endedMs: null,
  };
  state.calls.push(call);
  try {
    const answer = await throughInterceptors(state.interceptors, call, init, (sent) =>
      serveOrReport(state, kind, { ...request, init: sent }),
    );
    call.status = answer.status;
    return answer;
  } finally {
    call.endedMs = performance.now();
  }
}

/** A broken egress is the function's to see; anything else that throws here is a fault of the sandbox. */
async function serveOrReport(state: PlatformState, kind: CallKind, request: PlatformRequest): Promise<PlatformAnswer> {
  try {
    return await serve(state, kind, request);
  } catch (error) {
    if (kind === 'egress') throw error;
    console.error(`sandbox: ${kind} failed`, error);
    return jsonAnswer(500, { message: 'The sandbox failed' }, { [PROXY_ERROR_HEADER]: 'SANDBOX_FAILED' });
  }
}

async function serve(state: PlatformState, kind: CallKind, request: PlatformRequest): Promise<PlatformAnswer> {
  const { meta, path, init } = request;
  switch (kind) {
    case 'kvs': {
      const { status, body } = state.kvs.handle(path, parseJson(init.body));
      return jsonAnswer(status, body);
    }
    case 'jira':
      return askJira(state, request);
    case 'egress':
      return state.egress.request(path, init);
    case 'queue':
      return state.queue.handle(path, parseJson(init.body)) ?? notModelled(path);
    case 'webtrigger':
      return state.webtriggers.handle(parseJson(init.body));
    case 'privacy':
      return state.personalData.handle(parseJson(init.body));
    case 'unmodelled':
      return notModelled(`${meta.type} ${meta.provider ?? ''} ${meta.remote ?? ''} ${init.method} ${path}`);
  }
}

function askJira({ jira, manifest }: PlatformState, request: PlatformRequest): Promise<PlatformAnswer> {
  const { meta, path, init, invocation } = request;
  const as = meta.provider === 'user' || meta.provider === 'app' ? meta.provider : 'none';
  const accountId = as === 'user' ? (meta.accountId ?? invocation.accountId) : null;
  if (as === 'user' && accountId === null)
    return Promise.resolve(jsonAnswer(401, undefined, { [PROXY_ERROR_HEADER]: 'NEEDS_AUTHENTICATION_ERR' }));
  // Offline user impersonation; the same account as the user of the invocation is simply that user.
  const isImpersonated = as === 'user' && meta.accountId !== undefined && meta.accountId !== invocation.accountId;
  const scopes = isImpersonated ? manifest.impersonationScopes : manifest.scopes;
  return jira({ as, accountId, method: init.method, path, body: init.body, scopes });
}

function kindOf({ type, provider, remote }: PlatformMeta, path: string): CallKind {
  if (type === 'kvs') return 'kvs';
  if (type === 'egress') return 'egress';
  if (type !== 'fpp') return 'unmodelled';
  if (remote === 'jira') return 'jira';
  if (remote !== 'stargate' || provider !== 'app') return 'unmodelled';
  if (path.startsWith('/webhook/queue/')) return 'queue';
  if (path === '/graphql') return 'webtrigger';
  return path === '/app/report-accounts' ? 'privacy' : 'unmodelled';
}

async function throughInterceptors(
  interceptors: readonly Interceptor[],
  call: PlatformCall,
  init: PlatformInit,
  serve: (init: PlatformInit) => Promise<PlatformAnswer>,
): Promise<PlatformAnswer> {
  const [first, ...rest] = interceptors;
  if (first === undefined) return serve(init);
  let served: Promise<PlatformAnswer> | undefined;
  const proceed = (body = init.body): Promise<PlatformAnswer> =>
    (served ??= throughInterceptors(rest, call, { ...init, body }, serve));
  return (await first(call, proceed, init)) ?? proceed();
}

function parseJson(body: string | null): unknown {
  return body === null || body === '' ? {} : JSON.parse(body);
}
