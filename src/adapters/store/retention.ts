import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { RETENTION_DAYS, type Retention } from '../../contract';

const RETENTION_KEY = 'ledger-retention';

const storedSchema = z.object({
  version: z.literal(1),
  days: z.int().min(RETENTION_DAYS.least).max(RETENTION_DAYS.most),
});

/** How long the ledger is kept; the longest until an admin says otherwise. Throws ForgeKvsError when storage fails. */
export async function readRetention(): Promise<Retention> {
  // Whatever else may stand there keeps nothing for longer than the longest, and keeps no sweep from its work.
  const stored = storedSchema.safeParse(await kvs.get<unknown>(RETENTION_KEY));
  return { days: stored.success ? stored.data.days : RETENTION_DAYS.most };
}

/**
 * Stores how long the ledger is kept; the admin entry point has checked it. Throws ForgeKvsError when storage fails.
 */
export async function writeRetention({ days }: Retention): Promise<void> {
  await kvs.set(RETENTION_KEY, { version: 1, days });
}
