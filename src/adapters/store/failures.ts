import { kvs, Sort, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { FAILURE_CAUSES, type FailureCause, type FailureCount } from '../../contract';
import { readRows } from './pages';

/** The entity that counts failures, of the app by hour and of rules by day. */
export const FAILURE_ENTITY = 'failure';
const HOUR_MS = 60 * 60 * 1_000;
const DAY_HOURS = 24;
const KEPT_DAYS = 7;
/** So many rows are counted at most. Fifteen causes in every hour of a week would be five times as many. */
const MAX_ROWS = 500;

const rowSchema = z.object({
  cause: z.enum(FAILURE_CAUSES),
  hourMs: z.number(),
  count: z.number(),
  lastAtMs: z.number(),
});

/**
 * Counts a failure: one row for each cause and hour, which goes by itself after a week. Of two at the
 * very same moment one may be lost. Throws ForgeKvsError when storage fails.
 */
export async function incrementFailure(cause: FailureCause, nowMs: number): Promise<void> {
  const hourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const key = `${cause}.${hourMs}`;
  const before = await kvs.entity<unknown>(FAILURE_ENTITY).get(key);
  const count = before === undefined ? 0 : rowSchema.parse(before).count;
  await kvs
    .entity<object>(FAILURE_ENTITY)
    .set(key, { cause, hourMs, count: count + 1, lastAtMs: nowMs }, { ttl: { value: KEPT_DAYS, unit: 'DAYS' } });
}

/**
 * How often something failed in the last seven days, by cause, the latest first. Throws ForgeKvsError when storage
 * fails.
 */
export async function readFailures(nowMs: number): Promise<FailureCount[]> {
  const rows = await rowsSince(nowMs - KEPT_DAYS * DAY_HOURS * HOUR_MS);
  const counts = new Map<FailureCause, FailureCount>();
  for (const { cause, hourMs, count, lastAtMs } of rows) {
    const known = counts.get(cause) ?? { cause, lastDay: 0, lastWeek: 0, lastAtMs: 0 };
    const isToday = hourMs > nowMs - DAY_HOURS * HOUR_MS;
    counts.set(cause, {
      cause,
      lastDay: known.lastDay + (isToday ? count : 0),
      lastWeek: known.lastWeek + count,
      lastAtMs: Math.max(known.lastAtMs, lastAtMs),
    });
  }
  return [...counts.values()].sort((a, b) => b.lastAtMs - a.lastAtMs);
}

async function rowsSince(sinceMs: number): Promise<z.infer<typeof rowSchema>[]> {
  // Failures of rules have no hour, so that no query by it should show them.
  return failureRowsSince('hourMs', sinceMs, MAX_ROWS, rowSchema);
}

/**
 * Rows of failures since a time, the latest first; what has another form is left out. Throws ForgeKvsError when storage
 * fails.
 * @param index by which time they are looked for: the app's by their hour, those of rules by their day
 */
export async function failureRowsSince<T>(
  index: 'hourMs' | 'dayMs',
  sinceMs: number,
  limit: number,
  schema: z.ZodType<T>,
): Promise<T[]> {
  const query = kvs.entity<unknown>(FAILURE_ENTITY).query().index(index);
  const since = query.where(WhereConditions.greaterThan(sinceMs)).sort(Sort.DESC);
  const { rows } = await readRows(since, limit);
  return rows.flatMap(({ value }) => schema.safeParse(value).data ?? []);
}
