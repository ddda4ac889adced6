import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { CLOCKS_DIFFER_MS, pastMoment } from './moments';

/** Under which the secret of the hint's address is kept, as a SHA-256. */
const SECRET_KEY = 'hint-secret';
/** Under which the last hint is kept. */
const HINT_KEY = 'hint';
/** The longest that a refresh waits for the one before it. */
const LONGEST_WAIT_MS = 60_000;

const secretSchema = z.object({ secretHash: z.string(), rotatedAtMs: z.number() });
const hintSchema = z.object({ atMs: z.number(), dueMs: z.number(), memberIds: z.array(z.number()) });

/** What is kept of the secret, and since when it holds (milliseconds since the epoch). */
export type HintSecret = z.infer<typeof secretSchema>;
/** The last hint, when its refresh was or is to begin, and the members whom it named. */
export type Hint = z.infer<typeof hintSchema>;

/** Null while none was ever made. Throws ForgeKvsError when storage fails. */
export async function readHintSecret(): Promise<HintSecret | null> {
  const stored = await kvs.get<unknown>(SECRET_KEY);
  return stored === undefined ? null : secretSchema.parse(stored);
}

/** Replaces it: from now on the one before opens nothing. Throws ForgeKvsError when storage fails. */
export async function writeHintSecret(secret: HintSecret): Promise<void> {
  await kvs.set(SECRET_KEY, secret);
}

/** Forgets it: nothing opens the address any more. Throws ForgeKvsError when storage fails. */
export async function deleteHintSecret(): Promise<void> {
  await kvs.delete(SECRET_KEY);
}

/** The last hint; null while none came. Throws ForgeKvsError when storage fails. */
export async function readHint(): Promise<Hint | null> {
  const stored = await kvs.get<unknown>(HINT_KEY);
  if (stored === undefined) return null;
  const { atMs, dueMs, memberIds } = hintSchema.parse(stored);
  const isKnown = dueMs <= Date.now() + LONGEST_WAIT_MS + CLOCKS_DIFFER_MS;
  return { atMs: pastMoment(atMs), dueMs: isKnown ? dueMs : 0, memberIds };
}

/** Stores it. Throws ForgeKvsError when storage fails. */
export async function writeHint(hint: Hint): Promise<void> {
  await kvs.set(HINT_KEY, hint);
}
