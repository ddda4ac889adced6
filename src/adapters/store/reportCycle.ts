import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { pastMoment } from './moments';

const CYCLE_KEY = 'personal-data-cycle';

const cycleSchema = z.object({
  startedAtMs: z.number(),
  stepAtMs: z.number(),
  finishedAtMs: z.number().nullable(),
  /** Where it goes on: the how-manyth kind of rows, and after which key. */
  place: z.int(),
  after: z.string().nullable(),
  reported: z.int(),
  erased: z.int(),
});

/**
 * One round in which every account of which the app holds an id is told to Atlassian. Times are milliseconds since
 * the epoch.
 */
export type ReportCycle = z.infer<typeof cycleSchema>;

/** The round that runs or ran last; null before the first. Throws ForgeKvsError when storage fails. */
export async function readReportCycle(): Promise<ReportCycle | null> {
  const stored = await kvs.get<unknown>(CYCLE_KEY);
  if (stored === undefined) return null;
  const cycle = cycleSchema.parse(stored);
  return { ...cycle, startedAtMs: pastMoment(cycle.startedAtMs), stepAtMs: pastMoment(cycle.stepAtMs) };
}

/** Stores how far the round has come. Throws ForgeKvsError when storage fails. */
export async function writeReportCycle(cycle: ReportCycle): Promise<void> {
  await kvs.set(CYCLE_KEY, cycle);
}
