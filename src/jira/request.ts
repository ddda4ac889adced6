import { asApp, asUser, type Route } from '@forge/api';
import type { z } from 'zod';

/** Whose permissions Jira applies: the person in front of the screen, or the app's own. */
export type As = 'user' | 'app';

/** An answer of Jira that has the expected shape, or why there is none. */
export type JiraResult<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | {
      readonly kind: 'failed';
      /** HTTP status; null when Jira gave no answer in time, or one of another shape. */
      readonly status: number | null;
      /** How long Jira asks to wait (429, 503), in milliseconds; null when it does not say. */
      readonly retryAfterMs: number | null;
    };

/** How long one call to Jira may take. Two calls in a row stay well within a resolver's 25 s. */
export const JIRA_CALL_LIMIT_MS = 6_000;

/**
 * Reads one JSON resource of Jira and parses it. Never throws for what Jira or the network does.
 * @see https://developer.atlassian.com/platform/forge/apis-reference/fetch-api-product.requestjira/
 */
export async function getJson<T>(as: As, path: Route, schema: z.ZodType<T>): Promise<JiraResult<T>> {
  try {
    return await withinLimit(exchange(as, path, schema));
  } catch {
    // The SDK throws for a missing consent or a proxy error; its texts may hold URLs, so none is passed on.
    return { kind: 'failed', status: null, retryAfterMs: null };
  }
}

async function exchange<T>(as: As, path: Route, schema: z.ZodType<T>): Promise<JiraResult<T>> {
  const caller = as === 'user' ? asUser() : asApp();
  const response = await caller.requestJira(path, { headers: { Accept: 'application/json' } });
  if (response.status !== 200) {
    return { kind: 'failed', status: response.status, retryAfterMs: retryAfterMs(response.headers.get('retry-after')) };
  }
  const parsed = schema.safeParse(await response.json());
  return parsed.success ? { kind: 'ok', value: parsed.data } : { kind: 'failed', status: null, retryAfterMs: null };
}

function retryAfterMs(header: string | null): number | null {
  const seconds = header === null || header.trim() === '' ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1000) : null;
}

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Jira did not answer in time')), JIRA_CALL_LIMIT_MS);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
