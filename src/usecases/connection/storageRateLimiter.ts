import { sleep } from '../../clock';

/**
 * How many units of storage a work in the background reads and writes in a minute at most: less than half of what Forge
 * gives an installation, so that panels, writes and a bulk run need not wait for it.
 * @see https://developer.atlassian.com/platform/forge/platform-quotas-and-limits/
 */
const UNITS_A_MINUTE = 1_800;
/** What a batch of up to 25 members' rows costs at most where nobody knows in how many segments they are. */
export const ROWS_UNITS = 2;
/** A unit of storage, and what a member's row takes beside the ids of their segments, and for each of these. Bytes. */
const UNIT_BYTES = 10_240;
const ROW_BYTES = 200;
const SEGMENT_BYTES = 10;

/**
 * What a batch of members' rows costs to read or write: Forge rounds a batch up once, and most of them fit into one
 * unit.
 */
export function unitsOfRows(rows: readonly { readonly segmentIds: readonly number[] }[]): number {
  const bytes = rows.reduce((sum, { segmentIds }) => sum + ROW_BYTES + SEGMENT_BYTES * segmentIds.length, 0);
  return Math.max(1, Math.ceil(bytes / UNIT_BYTES));
}
const MINUTE_MS = 60_000;

/** Holds a work in the background to its rate limit and its time. */
export type StorageRateLimiter = {
  /** Counts units of storage, and waits before them where the minute's are used up. */
  readonly spend: (kind: 'read' | 'write', units: number) => Promise<void>;
  /** Whether there is time for more. Once it says no, nothing more may be done. */
  readonly hasTime: () => boolean;
};

/** A limiter of its own for each slice of work, until a time in milliseconds since the epoch. */
export function createStorageRateLimiter(endMs: number, unitsAMinute = UNITS_A_MINUTE): StorageRateLimiter {
  let windowMs = Date.now();
  let used = { read: 0, write: 0 };
  return {
    spend: async (kind, units) => {
      if (Date.now() - windowMs >= MINUTE_MS) [windowMs, used] = [Date.now(), { read: 0, write: 0 }];
      if (used[kind] > 0 && used[kind] + units > unitsAMinute) {
        await sleep(Math.min(windowMs + MINUTE_MS, endMs) - Date.now());
        [windowMs, used] = [Date.now(), { read: 0, write: 0 }];
      }
      used = { ...used, [kind]: used[kind] + units };
    },
    hasTime: () => Date.now() < endMs,
  };
}
