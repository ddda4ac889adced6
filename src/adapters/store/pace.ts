import { kvs } from '@forge/kvs';
import { z } from 'zod';
import type { Pace } from '../shorterloop';
import type { Place } from './batch';
import { createRow, stamped, swapRow, type Stamped } from './stamped';

const PACE_ENTITY = 'pace';
const PACE_KEY = 'shorter-loop';

/** Where the pace stands, to be read along with other things. */
export const PACE_PLACE: Place = { key: PACE_KEY, entityName: PACE_ENTITY };

const storedSchema = z.object({
  tokens: z.number(),
  atMs: z.number(),
  intervalMs: z.number(),
  closedUntilMs: z.number(),
  slowedAtMs: z.number(),
  stamp: z.string(),
});

/** Parses a stored pace; undefined stands for none. */
export function parsePace(stored: unknown): Stamped<Pace> | null {
  return stored === undefined ? null : storedSchema.parse(stored);
}

/** The pace at which this site asks Shorter Loop, null before the first time. Throws ForgeKvsError when storage fails. */
export async function readPace(): Promise<Stamped<Pace> | null> {
  return parsePace(await kvs.entity<unknown>(PACE_ENTITY).get(PACE_KEY));
}

/** Replaces the pace if it still is `before`; false when another invocation was faster. Throws ForgeKvsError when storage fails. */
export async function writePace(before: Stamped<Pace> | null, next: Pace): Promise<boolean> {
  const row = stamped(next);
  return before === null ? createRow(PACE_ENTITY, PACE_KEY, row) : swapRow(PACE_ENTITY, PACE_KEY, before, row);
}
