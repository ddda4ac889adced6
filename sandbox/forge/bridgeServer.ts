import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readText, saysJson, sendJson, sendText } from './httpServer';
import { pageContext } from './invocation';
import type { JiraRest } from './jiraRest';
import { SITE } from './site';
import { moduleOf, type Manifest, type ModuleDeclaration } from './manifest';

/** What the product page's server side needs. */
export type BridgeParts = {
  readonly manifest: Manifest;
  readonly jira: JiraRest;
  readonly productScript: string;
  readonly uiOrigin: string;
  readonly dynamicProperties: (call: DynamicPropertiesCall) => Promise<unknown>;
  readonly invoke: (call: {
    moduleKey: string;
    functionKey: string;
    payload: unknown;
    accountId: string;
    extension: object;
  }) => Promise<unknown>;
};

/** What Jira asks of an issue context that is collapsed. */
export type DynamicPropertiesCall = {
  readonly moduleKey: string;
  readonly extension: object;
  readonly accountId: string;
};

/** Who is signed in on the product page, and the language of their profile. */
export type ProductSession = { readonly accountId: string; readonly locale: string };

/** Where the product page asks for what stands on a collapsed line. */
const DYNAMIC_PROPERTIES = '/__forge/dynamic-properties';
const base = { moduleKey: z.string(), extension: z.looseObject({}), colorMode: z.enum(['light', 'dark']) };
const requestSchema = z.discriminatedUnion('op', [
  z.object({ ...base, op: z.literal('getContext') }),
  z.object({
    ...base,
    op: z.literal('invoke'),
    data: z.looseObject({ functionKey: z.string(), payload: z.unknown().optional() }),
  }),
  z.object({
    ...base,
    op: z.literal('fetchProduct'),
    data: z.looseObject({
      product: z.string(),
      restPath: z.string(),
      isMultipartFormData: z.boolean().optional(),
      fetchRequestInit: z.looseObject({ method: z.string().default('GET'), body: z.string().nullish() }),
    }),
  }),
]);
type BridgeRequest = z.infer<typeof requestSchema>;

/**
 * Answers what the product page asks of the host: its script and the bridge operations that need a
 * server. False when the path is not the host's.
 */
export function handleBridge(
  parts: BridgeParts,
  request: IncomingMessage,
  response: ServerResponse,
  session: ProductSession,
): boolean {
  const { pathname } = new URL(request.url ?? '/', 'http://product.invalid');
  if (pathname === '/__forge/host.js') {
    sendText(response, 200, 'text/javascript; charset=utf-8', configOf(parts) + parts.productScript);
    return true;
  }
  if (pathname !== '/__forge/bridge' && pathname !== DYNAMIC_PROPERTIES) return false;
  if (request.method !== 'POST' || !saysJson(request)) {
    // A form of another site can't send JSON: only the product page itself gets in.
    sendJson(response, 415, { error: 'Send a POST with application/json' });
    return true;
  }
  const answering = pathname === DYNAMIC_PROPERTIES ? dynamicProperties : answer;
  answering(parts, request, session).then(
    (ok) => sendJson(response, 200, { ok: ok ?? null }),
    (error: unknown) => sendJson(response, 200, { error: error instanceof Error ? error.message : String(error) }),
  );
  return true;
}

async function dynamicProperties(
  parts: BridgeParts,
  request: IncomingMessage,
  { accountId }: ProductSession,
): Promise<unknown> {
  const asked = z
    .object({ moduleKey: z.string(), extension: z.looseObject({}) })
    .parse(JSON.parse(await readText(request)));
  return parts.dynamicProperties({ ...asked, accountId });
}

/**
 * The payload of such a function, as it is documented.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/jira-issue-context/
 */
export function dynamicPropertiesBody(manifest: Manifest, moduleKey: string, extension: object): object {
  return { cloudId: SITE.cloudId, extension: { type: moduleOf(manifest, moduleKey).type, ...extension } };
}

/** What the product page's script must know: where the app's pages are. */
function configOf({ manifest, uiOrigin }: BridgeParts): string {
  const pages = manifest.modules.flatMap((module) => {
    const resource = module.resource ?? module.config?.resource;
    return resource === undefined ? [] : [[module.key, pageOf(resource)] as const];
  });
  return `globalThis.__forgeHost = ${JSON.stringify({ uiOrigin, pages: Object.fromEntries<unknown>(pages) })};\n`;
}

/** `panel` → `panel/index.html`; `panel/other` → `panel/other.html`, the form of a resource with several entries. */
function pageOf(resource: string): string {
  const [key, entry] = resource.split('/');
  return entry === undefined ? `${key}/index.html` : `${key}/${entry}.html`;
}

async function answer(parts: BridgeParts, request: IncomingMessage, session: ProductSession): Promise<unknown> {
  const parsed = requestSchema.safeParse(JSON.parse(await readText(request)));
  if (!parsed.success) throw new Error(`The sandbox does not model this bridge call: ${z.prettifyError(parsed.error)}`);
  const module = moduleOf(parts.manifest, parsed.data.moduleKey);
  return perform(parts, parsed.data, module, session);
}

async function perform(
  { manifest, jira, invoke }: BridgeParts,
  request: BridgeRequest,
  module: ModuleDeclaration,
  { accountId, locale }: ProductSession,
): Promise<unknown> {
  switch (request.op) {
    case 'getContext':
      return {
        ...pageContext(manifest, module, accountId, request.extension),
        locale,
        theme: { colorMode: request.colorMode },
      };
    case 'invoke': {
      const { functionKey, payload } = request.data;
      return invoke({ moduleKey: module.key, functionKey, payload, accountId, extension: request.extension }).catch(
        (error: unknown) => {
          throw new Error(
            `There was an error invoking the function - ${error instanceof Error ? error.message : String(error)}`,
          );
        },
      );
    }
    case 'fetchProduct': {
      const { product, restPath, isMultipartFormData, fetchRequestInit } = request.data;
      if (product !== 'jira' || isMultipartFormData === true)
        throw new Error(
          'The sandbox does not model fetchProduct for ' +
            `${product}${isMultipartFormData === true ? ' with form data' : ''}`,
        );
      const { status, headers, body } = await jira({
        as: 'user',
        accountId,
        method: fetchRequestInit.method,
        path: restPath,
        body: fetchRequestInit.body ?? null,
        scopes: manifest.scopes,
      });
      return { status, statusText: '', headers, body, isAttachment: false };
    }
  }
}
