import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { endWithin } from './moments';
import { createRow, parseCounted, versioned, compareAndSwap, type Versioned } from './versioned';

const ENTITY = 'jira-budget';
const KEY = 'hour';
/** Jira counts its points by the hour (documented), so that a stop ends with it. */
const LONGEST_STOP_MS = 60 * 60 * 1_000;

const rowSchema = z.object({
  hourMs: z.number(),
  points: z.number(),
  stoppedUntilMs: z.number(),
  revision: z.string(),
});

/**
 * What this site has spent of Jira's points in one UTC hour. `stoppedUntilMs` is when Jira takes costly questions
 * again, 0 when it never said that few are left. Times are milliseconds since the epoch.
 */
export type JiraSpending = { readonly hourMs: number; readonly points: number; readonly stoppedUntilMs: number };

/** What was spent in the hour that was counted last, null before the first. Throws ForgeKvsError when storage fails. */
export async function readJiraSpending(): Promise<Versioned<JiraSpending> | null> {
  const row = await kvs.entity<unknown>(ENTITY).get(KEY);
  if (row === undefined) return null;
  const spending = parseCounted<JiraSpending>(rowSchema, row, { hourMs: 0, points: 0, stoppedUntilMs: 0 });
  return { ...spending, stoppedUntilMs: endWithin(spending.stoppedUntilMs, LONGEST_STOP_MS) };
}

/**
 * Replaces what was spent if it still is `before`; false when another invocation was faster. Throws ForgeKvsError
 * when storage fails.
 */
export async function writeJiraSpending(before: Versioned<JiraSpending> | null, next: JiraSpending): Promise<boolean> {
  const row = versioned(next);
  return before === null ? createRow(ENTITY, KEY, row) : compareAndSwap(ENTITY, KEY, before, row);
}
