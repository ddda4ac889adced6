import fetch from 'node-fetch';
import type { Contract, Difference } from '../contract/openapi';
import type { ProbeOptions } from './options';

/** One request of the probe, and how its answer compares with the contract. Nothing in it is personal. */
export type Asked = {
  readonly operationId: string;
  /** Method and path. */
  readonly request: string;
  /** Null when there was no answer. */
  readonly status: number | null;
  readonly tookMs: number;
  /** What stood in the way, or empty. */
  readonly failure: string;
  readonly differences: readonly Difference[];
  /** Headers that hint at limits, by name. */
  readonly limits: Readonly<Record<string, string>>;
};

/** {@link Asked} with the parsed body, which stays inside the probe. */
export type Answer = { readonly asked: Asked; readonly body: unknown };

/** Asks one operation of the contract. `parameters` fill the braces of its path. */
export type Ask = (operationId: string, parameters?: Readonly<Record<string, number>>, users?: readonly number[]) => Promise<Answer>;

const LIMIT_HEADER = /^(x-)?rate-?limit|^retry-after$/i;
const TIMEOUT_MS = 30_000;

/** Makes the one function by which the probe asks. The key is in the Authorization header, and nowhere else. */
export function createAsk(contract: Contract, options: ProbeOptions, key: string): Ask {
  return async (operationId, parameters = {}, users) => {
    const operation = contract.operations.find((one) => one.operationId === operationId);
    if (operation === undefined) throw new Error(`The contract has no operation ${operationId}`);
    const path = operation.path.replace(/\{(\w+)\}/g, (_hole, name: string) => String(parameters[name] ?? ''));
    const request = `${operation.method} ${path}`;
    const startedMs = Date.now();
    const asked = { operationId, request, differences: [], limits: {}, failure: '' };
    try {
      const response = await fetch(options.origin + path, {
        method: operation.method,
        headers: {
          Accept: 'application/json',
          Authorization: `${options.authScheme} ${key}`,
          initiativeId: String(options.initiativeId),
          ...(users === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(users === undefined ? {} : { body: JSON.stringify({ users }) }),
        // The key would go along.
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const limits = Object.fromEntries([...response.headers].filter(([name]) => LIMIT_HEADER.test(name)));
      const body = parseJson(await response.text());
      const tookMs = Date.now() - startedMs;
      if (body === undefined) return { asked: { ...asked, status: response.status, tookMs, limits, failure: 'the answer is not JSON' }, body: null };
      const differences = contract.differences(operationId, response.status, body);
      return { asked: { ...asked, status: response.status, tookMs, limits, differences, failure: failureOf(response.status) }, body };
    } catch (error) {
      // A message may hold an address; its kind says enough.
      return { asked: { ...asked, status: null, tookMs: Date.now() - startedMs, failure: `no answer (${error instanceof Error ? error.name : 'unknown'})` }, body: null };
    }
  };
}

function failureOf(status: number): string {
  if (status === 200) return '';
  switch (status) {
    case 401:
      return 'the key was not accepted';
    case 403:
      return 'the key may not do this in this initiative';
    case 404:
      return 'there is no such path or segment';
    case 405:
      return 'the path expects another method: try the other --dialect';
    case 429:
      return 'asked too much: wait, and try again';
    default:
      return `status ${status}`;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
