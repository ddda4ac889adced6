import { systemClock, type Clock } from './clock';
import { createEgress, type RouteEgress } from './egress';
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

/** Makes a platform without any transport: an HTTP server or a test puts it behind the functions. */
export function createPlatform(options: PlatformOptions): Platform {
  const { manifest, jira, clock = systemClock, readings = READINGS.a } = options;
  const kvs = createKvs({ entities: manifest.entities, clock, ttlLagMs: options.ttlLagMs ?? 0, readings });
  const egress = createEgress(manifest.backendEgress, options.routeEgress);
  const queue = createQueue({
    consumers: manifest.modules.filter(({ type }) => type === 'consumer'),
    deliver: options.deliver ?? (() => Promise.reject(new Error('This platform runs no consumers'))),
    secondMs: options.queueSecondMs ?? 1_000,
  });
  const webtriggers = createWebtriggers(manifest, options.webtriggerOrigin ?? (() => 'https://webtrigger.invalid'));
  const calls: PlatformCall[] = [];
  const personalData = createPersonalData(clock);
  let interceptors: Interceptor[] = [];

  const askJira = (
    meta: PlatformMeta,
    path: string,
    init: PlatformInit,
    invocation: Invocation,
  ): Promise<PlatformAnswer> => {
    const as = meta.provider === 'user' || meta.provider === 'app' ? meta.provider : 'none';
    const accountId = as === 'user' ? (meta.accountId ?? invocation.accountId) : null;
    if (as === 'user' && accountId === null)
      return Promise.resolve(jsonAnswer(401, undefined, { [PROXY_ERROR_HEADER]: 'NEEDS_AUTHENTICATION_ERR' }));
    return jira({ as, accountId, method: init.method, path, body: init.body, scopes: manifest.scopes });
  };
  const serve = async (
    kind: CallKind,
    meta: PlatformMeta,
    path: string,
    init: PlatformInit,
    invocation: Invocation,
  ): Promise<PlatformAnswer> => {
    switch (kind) {
      case 'kvs': {
        const { status, body } = kvs.handle(path, parseJson(init.body));
        return jsonAnswer(status, body);
      }
      case 'jira':
        return askJira(meta, path, init, invocation);
      case 'egress':
        return egress.request(path, init);
      case 'queue':
        return queue.handle(path, parseJson(init.body)) ?? notModelled(path);
      case 'webtrigger':
        return webtriggers.handle(parseJson(init.body));
      case 'privacy':
        return personalData.handle(parseJson(init.body));
      case 'unmodelled':
        return notModelled(`${meta.type} ${meta.provider ?? ''} ${meta.remote ?? ''} ${init.method} ${path}`);
    }
  };
  // A broken egress is the function's to see; anything else that throws here is a fault of the sandbox.
  const serveOrReport: typeof serve = async (kind, ...request) => {
    try {
      return await serve(kind, ...request);
    } catch (error) {
      if (kind === 'egress') throw error;
      console.error(`sandbox: ${kind} failed`, error);
      return jsonAnswer(500, { message: 'The sandbox failed' }, { [PROXY_ERROR_HEADER]: 'SANDBOX_FAILED' });
    }
  };
  return {
    manifest,
    readings,
    kvs,
    queue,
    webtriggers,
    calls,
    personalData,
    handle: async (meta, path, init, invocation) => {
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
      calls.push(call);
      try {
        const answer = await throughInterceptors(interceptors, call, init, (sent) =>
          serveOrReport(kind, meta, path, sent, invocation),
        );
        call.status = answer.status;
        return answer;
      } finally {
        call.endedMs = performance.now();
      }
    },
    intercept: (interceptor) => {
      interceptors = [interceptor, ...interceptors];
      return () => {
        interceptors = interceptors.filter((other) => other !== interceptor);
      };
    },
    clearRecords: () => {
      calls.length = 0;
    },
    reset: () => {
      kvs.reset();
      queue.reset();
      webtriggers.reset();
      calls.length = 0;
      personalData.reset();
      interceptors = [];
    },
    close: egress.close,
  };
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
