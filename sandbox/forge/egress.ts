import { Agent } from 'node:http';
import { EgressFilteringService } from '@forge/egress';
import fetch from 'node-fetch';
import { brokenConnection } from './functionFetch';
import { PROXY_ERROR_HEADER, type PlatformAnswer, type PlatformInit } from './wire';

/** Answers which local server stands in for a URL, as an origin; null when none does. */
export type RouteEgress = (url: URL) => string | null;

/** One hop of a function's fetch: checked, routed to its stand-in, never followed. */
export type Egress = {
  readonly request: (url: string, init: PlatformInit) => Promise<PlatformAnswer>;
  readonly close: () => void;
};

const HOP_HEADERS = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);
const CODING_HEADERS = new Set([...HOP_HEADERS, 'content-encoding']);

/**
 * Holds fetches to the addresses of `permissions.external.fetch.backend` with Atlassian's own matcher:
 * https, host and port as listed. A refused hop answers 403 with `forge-proxy-error: BLOCKED_EGRESS`;
 * a broken connection or an aborted signal rejects.
 */
export function createEgress(addresses: readonly string[], route: RouteEgress): Egress {
  const allowed = new EgressFilteringService([...addresses]);
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const request = async (target: string, init: PlatformInit): Promise<PlatformAnswer> => {
    const url = new URL(target);
    // The matcher reads text: it gets the parsed URL, so that no spelling of one host passes for another.
    if (url.protocol !== 'https:' || !allowed.isValidUrl(`${url.protocol}//${url.host}${url.pathname}`))
      return refusal(403, 'BLOCKED_EGRESS');
    const origin = route(url);
    if (origin === null) {
      console.error(`sandbox: nothing stands in for ${url.origin}`);
      return refusal(502, 'NO_LOCAL_ROUTE');
    }
    try {
      const response = await fetch(origin + url.pathname + url.search, {
        method: init.method,
        headers: without(Object.entries(init.headers), HOP_HEADERS),
        redirect: 'manual',
        agent,
        ...(init.body === null ? {} : { body: init.body }),
        ...(init.signal === undefined ? {} : { signal: init.signal }),
      });
      const headers = without([...response.headers], CODING_HEADERS);
      // node-fetch resolves a Location against the stand-in; the function must see the one that was sent.
      const location = headers['location'];
      if (location !== undefined && location.startsWith(`${origin}/`))
        headers['location'] = url.origin + location.slice(origin.length);
      return { status: response.status, headers, body: new Uint8Array(await response.arrayBuffer()) };
    } catch (error) {
      if (init.signal?.aborted === true) throw init.signal.reason;
      throw brokenConnection(error);
    }
  };
  return { request, close: () => agent.destroy() };
}

function refusal(status: number, reason: string): PlatformAnswer {
  return { status, headers: { [PROXY_ERROR_HEADER]: reason }, body: '' };
}

function without(headers: readonly (readonly [string, string])[], names: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(headers.filter(([name]) => !names.has(name.toLowerCase())));
}
