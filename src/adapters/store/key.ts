import { kvs } from '@forge/kvs';
import { z } from 'zod';

/** The name of the API key in Forge's secret store. */
export const API_KEY_SECRET = 'shorter-loop-key';
const storedSchema = z.object({ key: z.string().min(1), storedAtMs: z.number() });

/** The API key, and since when it is stored (milliseconds since the epoch). */
export type StoredKey = z.infer<typeof storedSchema>;

/**
 * The API key from Forge's secret store, null when none is stored. It leaves this process only in
 * the Authorization header of a call to Shorter Loop. Throws ForgeKvsError when storage fails.
 * @see https://developer.atlassian.com/platform/forge/runtime-reference/storage-api-secret/
 */
export async function readKey(): Promise<string | null> {
  return (await readStoredKey())?.key ?? null;
}

/** {@link readKey} with the time since when it is stored, milliseconds since the epoch. */
export async function readStoredKey(): Promise<StoredKey | null> {
  const stored = await kvs.getSecret<unknown>(API_KEY_SECRET);
  return stored === undefined ? null : storedSchema.parse(stored);
}

/** Replaces the API key. Throws ForgeKvsError when storage fails. */
export async function writeKey(key: string, nowMs: number): Promise<void> {
  await kvs.setSecret(API_KEY_SECRET, { key, storedAtMs: nowMs });
}
