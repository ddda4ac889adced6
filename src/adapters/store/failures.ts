import { kvs, Sort, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { FAILURE_CAUSES, type FailureCause, type FailureCount } from '../../contract';

/** The entity that counts failures, of the app by hour and of rules by day. */
export const FAILURE_ENTITY = 'failure';
const HOUR_MS = 60 * 60 * 1_000;
const DAY_HOURS = 24;
const KEPT_DAYS = 7;
/** The most that Forge returns at once. Fifteen causes in every hour of a week would be twenty-five pages. */
const PAGE = 100;
const MAX_PAGES = 5;

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
  const rows: z.infer<typeof rowSchema>[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = kvs
      .entity<unknown>(FAILURE_ENTITY)
      .query()
      .index('hourMs')
      .where(WhereConditions.greaterThan(sinceMs))
      .sort(Sort.DESC)
      .limit(PAGE);
    const { results, nextCursor } = await (cursor === undefined ? query : query.cursor(cursor)).getMany();
    // Failures of rules have no hour, so that no query by it should show them.
    rows.push(...results.flatMap(({ value }) => rowSchema.safeParse(value).data ?? []));
    cursor = nextCursor;
    if (cursor === undefined) break;
  }
  return rows;
}
