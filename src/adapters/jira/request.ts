import { sleep } from '../../clock';
import { asApp, asUser, NeedsAuthenticationError, type APIResponse, type Route } from '@forge/api';
import type { z } from 'zod';
import type { JiraLimit, Result } from '../../contract';
import { isNearLimit, limitOf, retryAfterMs } from './limits';
import { pointsOf } from './points';

/**
 * Whose permissions Jira applies: those of the person in front of the screen, the app's own, or those of somebody who
 * is not there now but asked for it earlier.
 *
 * The last is offline user impersonation, for which the scopes in manifest.yml say `allowImpersonation`. Documented
 * is that `asUser(accountId)` does it; that an account which is closed, or may not use Jira any more, is answered by
 * 401 as a missing consent is assumed.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/permissions/
 * @see https://developer.atlassian.com/platform/forge/events-reference/product_events/
 */
export type As = 'user' | 'app' | { readonly accountId: string };

/** Why Jira gave no answer of the expected shape. */
export type JiraError = {
  /** HTTP status; null when Jira gave no answer in time, or one of another shape. */
  readonly status: number | null;
  /** How long Jira asks to wait (429, 503), in milliseconds; null when it does not say. */
  readonly retryAfterMs: number | null;
  /** Which of its limits was reached (429); null when it does not say, or none was. */
  readonly limit: JiraLimit | null;
};

/** An answer of Jira that has the expected shape, or why there is none. */
export type JiraResult<T> = Result<T, JiraError>;
type Method = 'GET' | 'POST';
/** What a question sends (null for none), and the form of its answer. */
type Form<T> = { readonly body: object | null; readonly schema: z.ZodType<T> };
type Failure = Extract<JiraResult<never>, { kind: 'problem' }>;

/** How long one call to Jira may take, retries included. Two calls in a row stay well within a resolver's 25 s. */
export const JIRA_CALL_LIMIT_MS = 6_000;
/** How often a call is sent at most. */
const ATTEMPTS = 3;
/** The longest wait for another try; who is asked to wait longer is told so instead. */
const MAX_WAIT_MS = 2_000;
/** The wait when Jira does not say how long; the next is twice as long. */
const FIRST_WAIT_MS = 300;

/**
 * Reads one JSON resource of Jira and parses it. Never throws for what Jira or the network does,
 * but for one thing: `NeedsAuthenticationError` when the user has not allowed the app, as only Jira can ask them. A
 * short wait that Jira asks for is waited; when the hour's quota is used up, nothing is tried again.
 * @see https://developer.atlassian.com/platform/forge/apis-reference/fetch-api-product.requestjira/
 * @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
export function getJson<T>(as: As, path: Route, schema: z.ZodType<T>): Promise<JiraResult<T>> {
  return askJson(as, 'GET', path, { body: null, schema });
}

/**
 * {@link getJson} with a body, for a question that Jira takes as a POST. Only for what changes nothing:
 * it is tried again like any other question.
 */
export async function askJson<T>(as: As, method: Method, path: Route, form: Form<T>): Promise<JiraResult<T>> {
  const answer = await askPriced(as, method, path, form);
  return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.answer } : answer;
}

/** What an answered request cost, in Jira's points, and whether Jira says that few are left this hour. */
export type JiraCost = { readonly points: number; readonly isNearLimit: boolean };

/** {@link askJson}, with what the answer cost: for questions that read many issues. */
export async function askPriced<T>(
  as: As,
  method: Method,
  path: Route,
  form: Form<T>,
): Promise<JiraResult<{ readonly answer: T; readonly cost: JiraCost }>> {
  const endMs = Date.now() + JIRA_CALL_LIMIT_MS;
  for (let sent = 1; ; sent += 1) {
    const answer = await tryOnce(() => exchange(as, method, path, form), endMs - Date.now());
    const waitMs = answer.kind === 'ok' || sent === ATTEMPTS ? null : waitBefore(answer.problem, sent);
    if (waitMs === null || Date.now() + waitMs >= endMs) return answer;
    await sleep(waitMs);
  }
}

/**
 * Sends one JSON document to Jira, once. Never throws for what Jira or the network does.
 * @see {@link getJson}
 */
export async function postJson(as: As, path: Route, body: object): Promise<JiraResult<null>> {
  const send = async (): Promise<JiraResult<null>> => {
    const caller = callerOf(as);
    const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
    const response = await caller.requestJira(path, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.ok ? { kind: 'ok', value: null } : refused(response);
  };
  return within(JIRA_CALL_LIMIT_MS, send()).catch(thrown);
}

function callerOf(as: As) {
  if (as === 'app') return asApp();
  return as === 'user' ? asUser() : asUser(as.accountId);
}

/** How long to wait before another try; null when there should be none. */
function waitBefore({ status, limit, retryAfterMs: asked }: JiraError, sent: number): number | null {
  if ((status !== 429 && status !== 503) || limit === 'quota') return null;
  // Between 0.7 and 1.3 times as long, so that all who were refused together do not come back together.
  const waitMs = Math.max(asked ?? 0, FIRST_WAIT_MS * 2 ** (sent - 1) * (0.7 + 0.6 * Math.random()));
  return waitMs > MAX_WAIT_MS ? null : waitMs;
}

async function tryOnce<T>(asking: () => Promise<JiraResult<T>>, limitMs: number): Promise<JiraResult<T>> {
  try {
    return await within(limitMs, asking());
  } catch (error) {
    return thrown(error);
  }
}

async function exchange<T>(
  as: As,
  method: Method,
  path: Route,
  { body, schema }: Form<T>,
): Promise<JiraResult<{ readonly answer: T; readonly cost: JiraCost }>> {
  const caller = callerOf(as);
  const headers = { Accept: 'application/json', ...(body === null ? {} : { 'Content-Type': 'application/json' }) };
  const response = await caller.requestJira(path, {
    method,
    headers,
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  });
  // 202 is what Jira takes in and does in a task of its own.
  if (response.status !== 200 && response.status !== 202) return refused(response);
  const json: unknown = await response.json();
  const parsed = schema.safeParse(json);
  if (!parsed.success) return failed(null);
  const points = pointsOf({ method, path: path.value }, { status: response.status, body: json });
  return { kind: 'ok', value: { answer: parsed.data, cost: { points, isNearLimit: isNearLimit(response.headers) } } };
}

function refused({ status, headers }: APIResponse): Failure {
  return {
    kind: 'problem',
    problem: { status, retryAfterMs: retryAfterMs(headers, Date.now()), limit: limitOf(status, headers) },
  };
}

/**
 * What the SDK throws: a proxy error is an outage, whose text may hold URLs and is not passed on; a missing consent
 * is not.
 */
function thrown(error: unknown): Failure {
  if (error instanceof NeedsAuthenticationError) throw error;
  return failed(null);
}

function failed(status: number | null): Failure {
  return { kind: 'problem', problem: { status, retryAfterMs: null, limit: null } };
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Jira did not answer in time')), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
