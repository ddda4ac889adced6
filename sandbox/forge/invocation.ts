import type { Manifest, ModuleDeclaration } from './manifest';
import { FUNCTIONS } from './rules/functions';
import { SITE } from './site';
import type { Invocation } from './wire';

/**
 * How long a function may run, in milliseconds: 25 s for a resolver, 55 s for web triggers and
 * actions, and what the manifest says (55 s unless it does) for consumers and scheduled triggers.
 * @see https://developer.atlassian.com/platform/forge/limits-invocation/
 */
export function timeLimitMs(moduleType: string, timeoutSeconds: number | undefined): number {
  switch (moduleType) {
    case 'consumer':
    case 'scheduledTrigger':
      return (timeoutSeconds ?? FUNCTIONS.asyncTime.value) * 1_000;
    case 'webtrigger':
    case 'action':
      return FUNCTIONS.actionTime.value * 1_000;
    case 'preUninstall':
      return FUNCTIONS.uninstallTime.value * 1_000;
    default:
      return FUNCTIONS.resolverTime.value * 1_000;
  }
}

/** What the platform tells a function of its installation, as the second argument of its handler. */
export type BackendContext = {
  readonly installContext: string;
  readonly principal?: { readonly accountId: string };
  readonly license: { readonly active: boolean };
  readonly installation: {
    readonly ari: { readonly installationId: string };
    readonly contexts: readonly { readonly cloudId: string }[];
  };
};

/** The second argument of the handler. */
export function backendContextOf({ accountId }: Invocation): BackendContext {
  return {
    installContext: SITE.contextAri,
    ...(accountId === null ? {} : { principal: { accountId } }),
    license: { active: true },
    installation: { ari: { installationId: SITE.installationId }, contexts: [{ cloudId: SITE.cloudId }] },
  };
}

/** What a page sees as its context, and a resolver as the part of its own that came from the page. */
export function pageContext(
  manifest: Manifest,
  module: ModuleDeclaration,
  accountId: string,
  extension: object,
): Record<string, unknown> {
  return {
    accountId,
    cloudId: SITE.cloudId,
    environmentId: SITE.environmentId,
    environmentType: SITE.environmentType,
    localId: `ari:cloud:ecosystem::extension/${manifest.appId}/${SITE.environmentId}/static/${module.key}`,
    moduleKey: module.key,
    siteUrl: SITE.siteUrl,
    timezone: 'UTC',
    extension: { type: module.type, ...extension },
  };
}

/** The body with which the platform calls a resolver. */
export function resolverBody(context: object, functionKey: string, payload: unknown): object {
  return { call: { functionKey, payload }, context };
}

/**
 * The facts of an invocation that @forge/api reads from `__forge_runtime__`, as far as they can be sent to a
 * process.
 */
export type RuntimeFacts = {
  readonly contextAri: string;
  readonly aaid?: string;
  readonly appContext: object;
  readonly tracing: { readonly traceId: string; readonly spanId: string };
};

/** The facts of one invocation. */
export function runtimeFacts(manifest: Manifest, invocation: Invocation): RuntimeFacts {
  const { id, functionKey, moduleType, moduleKey, accountId } = invocation;
  return {
    contextAri: SITE.contextAri,
    ...(accountId === null ? {} : { aaid: accountId }),
    appContext: {
      appId: manifest.appId,
      appVersion: SITE.appVersion,
      environmentId: SITE.environmentId,
      environmentType: SITE.environmentType,
      invocationId: id,
      installationId: SITE.installationId,
      functionKey,
      moduleType,
      moduleKey,
      installation: backendContextOf(invocation).installation,
      permissions: { scopes: manifest.scopes, external: manifest.permissions.external },
    },
    tracing: { traceId: id.replaceAll('-', ''), spanId: id.slice(0, 8) },
  };
}

const nothing = (): void => undefined;
const metrics = {
  counter: () => ({ incr: nothing, incrBy: nothing, decr: nothing, decrBy: nothing }),
  gauge: () => ({ set: nothing }),
  timing: () => ({ measure: () => ({ stop: nothing }) }),
};

/**
 * The object that stands under `__forge_runtime__` during an invocation.
 * `kvs` is left out: with it, @forge/kvs would speak another protocol.
 */
export function runtimeOf(facts: RuntimeFacts, appCodeDir: string, deadlineAtMs: number): object {
  return {
    ...facts,
    proxy: { token: 'kept by the sandbox', url: 'https://platform.invalid', host: 'platform.invalid' },
    container: { runtime: process.version, appCodeDir },
    lambdaContext: { awsRequestId: facts.tracing.traceId, getRemainingTimeInMillis: () => deadlineAtMs - Date.now() },
    realtime: {},
    metrics,
    featureFlags: () => false,
  };
}
