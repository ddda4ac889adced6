import { SYNC_STATES } from '../../contract';
import { withDay, type WithinState } from '../../domain/people';
import { forgetUncounted, readSyncTotals, reportersIn, type IdentitySync } from '../../adapters/store';
import type { SyncChange } from './session';
import type { SyncTools } from './tools';

/** The most that Forge returns at once, and what it costs to read them. */
const PAGE = 100;
const PAGE_UNITS = 8;

/**
 * Forgets some of those who report nothing any more, state by state; after the last of them the cycle is done. Throws
 * ForgeKvsError when storage fails.
 */
export async function tidy(sync: IdentitySync, { storageLimiter }: SyncTools): Promise<SyncChange> {
  const { state, after }: WithinState = sync.tidied ?? { state: SYNC_STATES[0], after: null };
  await storageLimiter.spend('read', PAGE_UNITS);
  const { reporters, next } = await reportersIn(state, after, PAGE);
  const stale = reporters.filter(({ count }) => count?.cycleId !== sync.cycleId);
  await forgetUncounted(
    stale.map(({ accountId }) => accountId),
    sync,
  );
  if (next !== null) return { tidied: { state, after: next } };
  const following = SYNC_STATES[SYNC_STATES.indexOf(state) + 1];
  if (following !== undefined) return { tidied: { state: following, after: null } };
  const finishedAtMs = Date.now();
  return { phase: 'done', tidied: null, finishedAtMs, sweptAtMs: finishedAtMs, days: await daysNow(sync) };
}

/** The numbers by day, with those of now. Throws ForgeKvsError when storage fails. */
export async function daysNow({ days }: Pick<IdentitySync, 'days'>): Promise<IdentitySync['days']> {
  const totals = await readSyncTotals();
  return totals === null ? days : withDay(days, Date.now(), totals.counts);
}
