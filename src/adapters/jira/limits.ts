import type { JiraLimit } from '../../contract';

/** Headers as `fetch` answers them. */
type HeaderReader = { readonly get: (name: string) => string | null };

/**
 * How long Jira asks to wait, in milliseconds; null when it does not say. Its gateway has sent 429
 * without Retry-After; then the instant of the reset tells.
 * @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
export function retryAfterMs(headers: HeaderReader, nowMs: number): number | null {
  const header = headers.get('retry-after')?.trim() ?? '';
  const seconds = header === '' ? Number.NaN : Number(header);
  if (Number.isFinite(seconds) && seconds >= 0) return Math.ceil(seconds * 1000);
  const resetMs = Date.parse(headers.get('x-ratelimit-reset') ?? '');
  return Number.isNaN(resetMs) ? null : Math.max(0, resetMs - nowMs);
}

/** Which limit a 429 is about; null when Jira does not say, and for every other status. */
export function limitOf(status: number, headers: HeaderReader): JiraLimit | null {
  const reason = status === 429 ? (headers.get('ratelimit-reason') ?? '') : '';
  if (reason.startsWith('jira-quota-')) return 'quota';
  return reason === 'jira-burst-based' || reason === 'jira-per-issue-on-write' ? 'burst' : null;
}

/**
 * Whether Jira says that less than a fifth of the hour's points is left to the app, over all of its sites.
 * @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
export function isNearLimit(headers: HeaderReader): boolean {
  return headers.get('x-ratelimit-nearlimit')?.trim().toLowerCase() === 'true';
}
