import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { endWithin } from './moments';

/**
 * Until when nobody need be woken for a work that waits, as it is stored under a key: milliseconds since the epoch, 0
 * where nothing is, or what is further ahead than it may be. Throws ForgeKvsError when storage fails.
 */
export async function readWakeTime(key: string, longestMs: number): Promise<number> {
  const stored = await kvs.get<unknown>(key);
  return endWithin(z.number().catch(0).parse(stored), longestMs);
}
