import { retryAfterMs } from './errors';
import type { LimitSignal } from './tokenBucket';

/** Headers as `fetch` answers them. */
type HeaderReader = { readonly get: (name: string) => string | null };

/**
 * What an answer says of limits, null when it says nothing. Shorter Loop documents none of these
 * headers: they are read in case it sends them, as most APIs do.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (the separate fields of its earlier
 *   versions)
 */
export function limitSignal(status: number, headers: HeaderReader, nowMs: number): LimitSignal | null {
  if (status === 429) return { kind: 'refused', retryAfterMs: retryAfterMs(headers.get('retry-after'), nowMs) };
  const calls = wholeNumber(headers.get('ratelimit-remaining') ?? headers.get('x-ratelimit-remaining'));
  const resetSeconds = wholeNumber(headers.get('ratelimit-reset') ?? headers.get('x-ratelimit-reset'));
  if (calls === null || resetSeconds === null) return null;
  // Some send the instant of the reset instead of the time until it.
  const resetMs = resetSeconds > AN_INSTANT ? resetSeconds * 1000 - nowMs : resetSeconds * 1000;
  return { kind: 'left', calls, resetMs: Math.max(0, resetMs) };
}

const LIMIT = new RegExp(
  [
    String.raw`\brate[\s_-]*limit`,
    String.raw`\btoo[\s_-]*many[\s_-]*(?:api[\s_-]*)?(?:requests|calls)\b`,
    String.raw`\bthrottl`,
    String.raw`\b(?:request|api|call)s?[\s_-]*(?:limit|quota)[\s_-]*(?:was|is|has been)?[\s_-]*(?:exceeded|reached)\b`,
  ].join('|'),
  'i',
);

/** Whether a text from outside, of whatever form, says that too much was asked: some say it under another status. */
export function speaksOfLimit(text: string): boolean {
  return LIMIT.test(text.replaceAll(/([a-z])([A-Z])/g, '$1 $2'));
}

/** No window lasts as many seconds as have passed since 1970 already. */
const AN_INSTANT = 1_000_000_000;

function wholeNumber(header: string | null): number | null {
  const text = header?.trim() ?? '';
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}
