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
  const stored = await kvs.get<unknown>(RETENTION_KEY);
  return { days: stored === undefined ? RETENTION_DAYS.most : storedSchema.parse(stored).days };
}

/**
 * Stores how long the ledger is kept; the admin entry point has checked it. Throws ForgeKvsError when storage fails.
 */
export async function writeRetention({ days }: Retention): Promise<void> {
  await kvs.set(RETENTION_KEY, { version: 1, days });
}
