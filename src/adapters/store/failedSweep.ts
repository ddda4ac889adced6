import { kvs, Sort, WhereConditions } from '@forge/kvs';
import { KEEP_FAILED_MS } from '../../contract';
import { readRows } from './pages';
import { dismissChange, QUEUED_CHANGE_ENTITY } from './queuedChanges';

/** The most that Forge returns at once. */
const PAGE = 100;
/** How many changes that were given up are kept, however young they are: nobody looks through more. */
const MOST_FAILED = 1_000;

/**
 * Forgets changes that were given up and that nobody looked at: those asked for more than thirty days ago, and the
 * oldest of more than a thousand. Throws ForgeKvsError when storage fails.
 * @param endMs when to stop, in milliseconds since the epoch
 * @returns whether there is more to do
 */
export async function sweepFailedChanges(nowMs: number, endMs: number): Promise<'more' | 'done'> {
  for (;;) {
    const { rows, isAll } = await readRows(failed(Sort.ASC, nowMs - KEEP_FAILED_MS), PAGE);
    // By its id alone: one that can't be read any more goes like the others.
    for (const { key } of rows) await dismissChange({ requestId: key });
    if (isAll) break;
    if (Date.now() > endMs) return 'more';
  }
  const { rows } = await readRows(failed(Sort.DESC, nowMs), MOST_FAILED + PAGE);
  const beyond = rows.slice(MOST_FAILED);
  for (const { key } of beyond) await dismissChange({ requestId: key });
  return beyond.length < PAGE ? 'done' : 'more';
}

function failed(direction: Sort, beforeMs: number) {
  return kvs
    .entity<unknown>(QUEUED_CHANGE_ENTITY)
    .query()
    .index('by-state', { partition: ['failed'] })
    .where(WhereConditions.lessThan(beforeMs))
    .sort(direction);
}
