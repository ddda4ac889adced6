import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { REPORTER_STATES, type ReporterCounts, type ScanView } from '../../contract';
import { endWithin } from './moments';
import { storable } from './row';
import { createRow, compareAndSwap, type Versioned } from './versioned';

/** The entity that keeps how far the count of reporters has come: one row. */
export const SCAN_ENTITY = 'scan';
/** The key of that row. */
export const SCAN_KEY = 'people';
/** A count rests until Jira's next full hour at the latest. */
const LONGEST_PAUSE_MS = 60 * 60 * 1_000;
/**
 * How many counts that nobody let come to their end are remembered: the row stays far below what Forge stores under a
 * key. A reporter has one row, whichever count it is of, so that no more of them are left for it.
 */
const MAX_EARLIER = 1_000;

/** A count of a site's reporters, with what is needed to go on with it. */
export type Scan = ScanView & {
  readonly scanId: string;
  /** The ids of earlier counts of which rows may be left. */
  readonly earlier: readonly string[];
  /**
   * How many pages of issues were counted. A reporter whose row names this page or a later one is not in the counts
   * yet.
   */
  readonly page: number;
  /** Jira's token of the next page, which Jira lets expire; null for the first. */
  readonly pageToken: string | null;
};

const rowSchema = z.object({
  scanId: z.string(),
  earlier: z.array(z.string()),
  phase: z.enum(['reading', 'tidying', 'done']),
  projectKeys: z.array(z.string()),
  pageToken: z
    .string()
    .nullish()
    .transform((token) => token ?? null),
  page: z.int(),
  issues: z.int(),
  counts: z.record(z.enum(REPORTER_STATES), z.int()),
  startedAtMs: z.number(),
  finishedAtMs: z
    .number()
    .nullish()
    .transform((atMs) => atMs ?? null),
  pausedUntilMs: z
    .number()
    .nullish()
    .transform((atMs) => atMs ?? null),
  revision: z.string(),
});

/** No reporter in any state. */
export const NO_REPORTERS: ReporterCounts = {
  linked: 0,
  found: 0,
  ambiguous: 0,
  emailHidden: 0,
  notFound: 0,
  notAPerson: 0,
};

/** The last count, null before the first. Throws ForgeKvsError when storage fails. */
export async function readScan(): Promise<Versioned<Scan> | null> {
  const stored = await kvs.entity<unknown>(SCAN_ENTITY).get(SCAN_KEY);
  if (stored === undefined) return null;
  const scan = rowSchema.parse(stored);
  const pausedUntilMs = scan.pausedUntilMs === null ? null : endWithin(scan.pausedUntilMs, LONGEST_PAUSE_MS);
  return { ...scan, pausedUntilMs };
}

/**
 * Puts a count in place of the one that was read; false when somebody else was faster.
 * Throws ForgeKvsError when storage fails and it can't be told.
 * @param before null when there was none
 */
export async function writeScan(before: Versioned<Scan> | null, next: Versioned<Scan>): Promise<boolean> {
  const row = scanRow(next);
  return before === null ? createRow(SCAN_ENTITY, SCAN_KEY, row) : compareAndSwap(SCAN_ENTITY, SCAN_KEY, before, row);
}

/** A count as it is stored: storage keeps no nulls. */
export function scanRow({ revision, earlier, ...scan }: Versioned<Scan>): Versioned<object> {
  return { ...storable({ ...scan, earlier: earlier.slice(-MAX_EARLIER) }), revision };
}
