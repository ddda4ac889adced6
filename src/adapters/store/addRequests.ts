import { randomUUID } from 'node:crypto';
import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { ensureBlindName } from './emailKey';
import { pastMoment } from './moments';

/** What the keys of all requests to add somebody by their address begin with. */
const PREFIX = 'add-request:';
/** How long nobody else may ask for the same reporter. */
const CLAIMED_MS = 10 * 60 * 1_000;
/** Forge may still return what has expired (documented), so that whoever reads looks at the time too. */
const KEPT = { ttl: { value: 1, unit: 'HOURS' } } as const;

const requestSchema = z.object({ requestId: z.string(), atMs: z.number() });

/** The sole right to have a reporter added by their address. */
export type AddRequest = { readonly key: string };

/**
 * Claims the right to have this reporter added by their address, for ten minutes: Shorter Loop may write to whom it is
 * asked to add, so that two rules at the same moment, or an event that is delivered twice, ask it once. The key says
 * nothing of anybody. Each ten minutes have a key of their own, as one that has expired may still be taken. Throws
 * ForgeKvsError when storage fails.
 * @returns null where somebody claimed it in the last ten minutes
 */
export async function claimAddRequest(reporterAccountId: string, nowMs: number): Promise<AddRequest | null> {
  const blindName = await ensureBlindName();
  const period = Math.floor(nowMs / CLAIMED_MS);
  const keyOf = (of: number): string => `${PREFIX}${blindName(`add ${of} ${reporterAccountId}`)}`;
  const before = await readAtMs(keyOf(period - 1));
  if (before !== null && nowMs - pastMoment(before) < CLAIMED_MS) return null;
  const key = keyOf(period);
  const requestId = randomUUID();
  try {
    await kvs.set(key, { requestId, atMs: nowMs }, { ...KEPT, keyPolicy: 'FAIL_IF_EXISTS' });
    return { key };
  } catch (error) {
    // Which code a taken key has is not documented, and a lost answer has none: the store itself is asked.
    const stored = await kvs.get<unknown>(key);
    if (stored === undefined) throw error;
    return requestSchema.parse(stored).requestId === requestId ? { key } : null;
  }
}

/** Gives the right back, where it is known that nobody was added. Throws ForgeKvsError when storage fails. */
export async function releaseAddRequest({ key }: AddRequest): Promise<void> {
  await kvs.delete(key);
}

async function readAtMs(key: string): Promise<number | null> {
  const stored = await kvs.get<unknown>(key);
  return stored === undefined ? null : requestSchema.parse(stored).atMs;
}
