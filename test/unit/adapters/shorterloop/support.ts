import type { FetchMethod } from '@forge/api';
import { DEFAULT_PROFILE } from '../../../../src/contract';
import {
  createShorterLoop,
  type ClientOptions,
  type Connection,
  type LimitSignal,
  type ShorterLoop,
} from '../../../../src/adapters/shorterloop';

/** The key that no error may hold. */
export const KEY = 'sl_test_key_7f3a';

/** What every read is sent with, beside its address. */
export const SENT_READ = {
  method: 'GET',
  headers: {
    Accept: 'application/json',
    Authorization: `Bearer ${KEY}`,
    'Cache-Control': 'no-cache',
    initiativeId: '4711',
  },
  body: null,
  redirect: 'manual',
} as const;

/** A usable connection, with what a test wants to be different. */
function connection(overrides: Partial<Connection> = {}): Connection {
  return {
    origin: 'https://api.shorterloop.com',
    key: KEY,
    initiativeId: 4711,
    profile: DEFAULT_PROFILE,
    ...overrides,
  };
}

/** One request as it was sent. */
type Sent = {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  readonly redirect: string;
};

/** What a fake answers: a Response, something to throw, or nothing for ever. */
export type Reply = Response | Error | 'silence';

/** A client over a fake network that answers in turn and fails on a request that nobody expected. */
export function clientWith(
  replies: readonly Reply[],
  options: { readonly connection?: Partial<Connection> } & Partial<ClientOptions> = {},
) {
  const { connection: overrides, ...rest } = options;
  const sent: Sent[] = [];
  const waits: number[] = [];
  const signals: LimitSignal[] = [];
  const clock = { nowMs: 1_000_000 };
  const fetch: FetchMethod = (url, init = {}) => {
    const reply = replies[sent.length];
    const { method = 'GET', headers = {}, body = null, redirect = 'follow' } = init;
    if (body !== null && typeof body !== 'string') throw new Error('A body that is not text');
    sent.push({ url, method, headers, body, redirect });
    if (reply === undefined) return Promise.reject(new Error(`Nobody expected ${method} ${url}`));
    if (reply === 'silence') return new Promise(() => undefined);
    // A table's answer is read anew by each test that is given it.
    return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply.clone());
  };
  const client: ShorterLoop = createShorterLoop(connection(overrides), {
    deadlineAtMs: clock.nowMs + 20_000,
    fetch,
    onLimit: (signal) => Promise.resolve(void signals.push(signal)),
    now: () => clock.nowMs,
    sleep: (ms) => {
      waits.push(ms);
      clock.nowMs += ms;
      return Promise.resolve();
    },
    random: () => 1,
    ...rest,
  });
  return { client, sent, waits, signals, clock };
}

/** A JSON answer. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** An answer without a body that matters. */
export function status(code: number, headers: Record<string, string> = {}): Response {
  return new Response(code === 204 || code === 304 ? null : '<html>private@example.com</html>', {
    status: code,
    headers,
  });
}
