import { PROXY_ERROR_HEADER, type CarriedAnswer, type PlatformInit, type PlatformMeta, type Transport } from './wire';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const WITHOUT_BODY = new Set([101, 204, 205, 304]);
const MOST_HOPS = 20;

/** `__forge_fetch__` as the @forge packages call it, over a transport. */
export function createForgeFetch(
  transport: Transport,
): (meta: PlatformMeta, path: unknown, init?: RequestInit) => Promise<Response> {
  return async (meta, path, init) => responseOf(await transport(meta, String(path), initOf(init)), '');
}

/**
 * `fetch` as a function sees it: each hop, redirects included, goes to the platform, which holds it
 * against the manifest. A refused hop throws Forge's error; the Authorization header stays with its origin.
 */
export function createFunctionFetch(transport: Transport): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    let { url, method } = request;
    const headers = new Headers(request.headers);
    let body = request.body === null ? null : await request.text();
    for (let hop = 0; hop <= MOST_HOPS; hop += 1) {
      const answer = await transport({ type: 'egress' }, url, {
        method,
        headers: Object.fromEntries(headers),
        body,
        signal: request.signal,
      });
      throwIfRefused(answer, url);
      const target = answer.headers['location'];
      if (request.redirect === 'manual' || !REDIRECTS.has(answer.status) || target === undefined)
        return responseOf(answer, url);
      if (request.redirect === 'error') break;
      const next = new URL(target, url);
      if (next.origin !== new URL(url).origin) headers.delete('authorization');
      if (answer.status === 303 || (answer.status < 303 && method === 'POST')) {
        method = 'GET';
        body = null;
        headers.delete('content-type');
      }
      url = next.href;
    }
    throw new TypeError('fetch failed');
  };
}

function throwIfRefused(answer: CarriedAnswer, url: string): void {
  const reason = answer.headers[PROXY_ERROR_HEADER];
  if (reason === undefined) return;
  const blocked = reason === 'BLOCKED_EGRESS';
  const message = blocked
    ? `URL not included in the external fetch backend permissions: ${url}. Visit ` +
      'go.atlassian.com/forge-egress for more information.'
    : `Forge platform failed to process runtime HTTP request - ${answer.status} - ${reason}`;
  throw Object.assign(new Error(message), {
    name: blocked ? 'REQUEST_EGRESS_ALLOWLIST_ERR' : 'PROXY_ERR',
    status: answer.status,
  });
}

function initOf(init: RequestInit = {}): PlatformInit {
  const { body = null, method = 'GET', signal } = init;
  if (body !== null && typeof body !== 'string')
    throw new TypeError('The sandbox models only text as the body of a platform request');
  return { method, headers: Object.fromEntries(new Headers(init.headers)), body, ...(signal ? { signal } : {}) };
}

function responseOf({ status, headers, body }: CarriedAnswer, url: string): Response {
  const response = new Response(WITHOUT_BODY.has(status) ? null : body, { status, headers });
  Object.defineProperty(response, 'url', { value: url });
  return response;
}

/** The error of a broken connection, as `fetch` rejects with it. */
export function brokenConnection(cause: unknown): TypeError {
  return new TypeError('fetch failed', { cause });
}
