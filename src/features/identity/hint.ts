import { z } from 'zod';
import { askForRefreshIn } from '../../usecases/jobs';
import { logFailure } from '../../usecases/result';
import { isSecretOf, readHint, readHintSecret, writeHint } from '../../adapters/store';
import { idsInHint } from '../../domain/people';

/** A longer body is taken without being looked at. */
const MAX_BODY_CHARACTERS = 100_000;
/** So many members are kept of the hints of a minute. */
const MOST_MEMBERS = 50;
/** Hints ask for one refresh in this time at most, in milliseconds. */
const REFRESH_EVERY_MS = 60_000;

const requestSchema = z.object({
  headers: z.record(z.string(), z.array(z.string()).catch([])),
  body: z.string().optional().catch(undefined),
});

/** What the web trigger answers: nothing but a status. */
type HintAnswer = { readonly statusCode: 202 | 401; readonly headers: Record<string, string[]>; readonly body: string };
const answer = (statusCode: 202 | 401): HintAnswer => ({
  statusCode,
  headers: { 'content-type': ['text/plain'], 'cache-control': ['no-store'] },
  body: '',
});

/**
 * Something has changed in Shorter Loop, says whoever has the secret: the directory is refreshed within a minute, at
 * most once a minute, beginning with the segments of the members whom the body seems to name. The body is never
 * believed, and nothing of it is told, logged or kept but these numbers. What fails here is made good by the next
 * hour's refresh, and is nothing that the caller could do anything about.
 * @see manifest.yml, webtrigger `shorterloop-hint`
 * @see docs/webhook.md
 */
export async function takeHint(request: unknown): Promise<HintAnswer> {
  try {
    const { headers, body } = requestSchema.catch({ headers: {} }).parse(request);
    if (!isSecretOf(secretIn(headers), (await readHintSecret())?.secretHash ?? null)) return answer(401);
    await noteHint(idsIn(body ?? ''));
  } catch (error) {
    logFailure('hint', error);
  }
  return answer(202);
}

async function noteHint(memberIds: readonly number[]): Promise<void> {
  const nowMs = Date.now();
  const last = await readHint();
  const isUnderWay = last !== null && last.dueMs > nowMs;
  const before = last !== null && nowMs - last.dueMs < REFRESH_EVERY_MS ? last.memberIds : [];
  const named = [...new Set([...memberIds, ...before])].slice(0, MOST_MEMBERS);
  // The refresh that is to begin by then sees what this hint is about.
  const dueMs = isUnderWay ? last.dueMs : Math.max(nowMs, (last?.dueMs ?? 0) + REFRESH_EVERY_MS);
  await writeHint({ atMs: nowMs, dueMs, memberIds: named });
  if (!isUnderWay) await askForRefreshIn(Math.ceil((dueMs - nowMs) / 1_000));
}

function idsIn(body: string): readonly number[] {
  if (body.length > MAX_BODY_CHARACTERS) return [];
  try {
    return idsInHint(JSON.parse(body.replace(/^\ufeff/, '')));
  } catch {
    return [];
  }
}

/** A webhook that can set a header sends it as such; one that takes a user and a password, as a password. */
function secretIn(headers: Readonly<Record<string, readonly string[]>>): string {
  const valueOf = (wanted: string): string =>
    Object.entries(headers)
      .find(([name]) => name.toLowerCase() === wanted)?.[1][0]
      ?.trim() ?? '';
  const own = valueOf('x-segments-key');
  if (own !== '') return own;
  const [, scheme = '', credentials = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(valueOf('authorization')) ?? [];
  if (scheme.toLowerCase() !== 'basic') return credentials;
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  return decoded.slice(decoded.indexOf(':') + 1);
}
