import fetch, { type Response } from 'node-fetch';
import { summarize } from '../../src/domain/profile';
import type { Contract } from '../contract/openapi';
import { countsOf } from './counts';
import type { ProbeOptions } from './options';
import type { Asked } from './report';

/** {@link Asked} with the parsed body, which stays inside the probe. */
export type Answer = { readonly asked: Asked; readonly body: unknown };

/** Asks one operation of the contract. `parameters` fill the braces of its path. Never rejects for what the network or the server does. */
export type Ask = (
  operationId: string,
  parameters?: Readonly<Record<string, number>>,
  users?: readonly number[],
) => Promise<Answer>;

const LIMIT_HEADER = /^(x-)?rate-?limit|^retry-after$/i;
const TIMEOUT_MS = 30_000;
const MAXIMUM_BYTES = 50_000_000;

/** Makes the one function by which the probe asks. The key is in the Authorization header, and nowhere else. */
export function createAsk(contract: Contract, options: ProbeOptions, key: string): Ask {
  return async (operationId, parameters = {}, users) => {
    const { method, path: template } = contract.operation(operationId);
    const path = template.replace(/\{(\w+)\}/g, (_hole, name: string) => idOf(parameters, name));
    const startedMs = Date.now();
    const exchanged = await exchange(options.origin + path, {
      method,
      headers: {
        Accept: 'application/json',
        Authorization: `${options.authScheme} ${key}`,
        initiativeId: String(options.initiativeId),
        ...(users === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(users === undefined ? {} : { body: JSON.stringify({ users }) }),
    });
    const asked = { operationId, request: `${method} ${path}`, tookMs: Date.now() - startedMs };
    if ('failure' in exchanged)
      return {
        asked: {
          ...asked,
          status: null,
          counts: {},
          failure: exchanged.failure,
          differences: [],
          came: null,
          limits: {},
        },
        body: null,
      };
    const { response, text } = exchanged;
    const { status } = response;
    const body = parseJson(text);
    const differences = body === undefined ? [] : contract.differences(operationId, status, body);
    const isJson = /^application\/json\b/i.test(response.headers.get('content-type') ?? '');
    if (status === 200 && !isJson) differences.push({ at: 'header content-type', expected: 'application/json' });
    const failure = [failureOf(status), body === undefined ? 'the answer is not JSON' : '']
      .filter((part) => part !== '')
      .join('; ');
    return {
      asked: {
        ...asked,
        status,
        counts: countsOf(body),
        failure,
        differences,
        came: differences.length === 0 ? null : summarize(body),
        limits: limitsOf(response, key),
      },
      body: body ?? null,
    };
  };
}

type Request = { readonly method: string; readonly headers: Record<string, string>; readonly body?: string };

async function exchange(
  url: string,
  request: Request,
): Promise<{ response: Response; text: string } | { failure: string }> {
  try {
    // Redirects are not followed: the key would go along.
    const response = await fetch(url, {
      ...request,
      redirect: 'manual',
      size: MAXIMUM_BYTES,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { response, text: await response.text() };
  } catch (error) {
    // A message may hold an address; name and code say enough.
    const name = error instanceof Error ? error.name : 'unknown';
    if (name === 'AbortError' || name === 'TimeoutError') return { failure: `no answer within ${TIMEOUT_MS / 1000} s` };
    const code = error instanceof Error && 'code' in error ? String(error.code) : name;
    return { failure: `no answer (${code}): check --origin and the connection` };
  }
}

function idOf(parameters: Readonly<Record<string, number>>, name: string): string {
  const id = parameters[name];
  // Without its last id a move is a removal.
  if (id === undefined) throw new Error(`The path needs ${name}`);
  return String(id);
}

function limitsOf({ headers }: Response, key: string): Record<string, string> {
  const limits = [...headers].filter(([name]) => LIMIT_HEADER.test(name));
  // Whoever answers decides what stands in a header.
  return Object.fromEntries(
    limits.map(([name, value]) => [name, value.includes(key) || value.includes('@') ? '(not shown)' : value]),
  );
}

function failureOf(status: number): string {
  if (status === 200) return '';
  if (status >= 300 && status < 400) return 'a redirect, which is not followed: check --origin';
  switch (status) {
    case 401:
      return 'the key was not accepted: check SHORTER_LOOP_KEY and --auth-scheme';
    case 403:
      return 'the key may not do this in this initiative: check --initiative';
    case 404:
      return 'there is no such path or segment';
    case 405:
      return 'the path expects another method: try the other --dialect';
    case 429:
      return 'asked too much: wait, and try again';
    default:
      return status >= 500 ? 'Shorter Loop failed: try again later' : 'not what was hoped for';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
