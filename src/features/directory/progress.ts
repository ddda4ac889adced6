import { isLarge, refreshUnits, writeRefresh, type RefreshState, type StoredRefresh } from '../../adapters/store';
import type { StorageRateLimiter } from '../../usecases/connection';

/**
 * How often it is stored how far the refresh of a large site has come, in milliseconds: there it costs as much as many
 * segments. What is read once more after a process died writes nothing, as the rosters tell.
 */
const KEEP_EVERY_MS = 60_000;

/** How far a slice of work has brought the refresh, and what of that is stored. */
export type SliceProgress = {
  /** The refresh by now, which may be further than what is stored. */
  readonly state: () => StoredRefresh;
  /**
   * Notes a step: stored at once on a usual site, and at times on a large one.
   * @param must whether it is stored whatever it costs
   * @returns false when someone else went on with the refresh. Throws ForgeKvsError when storage fails.
   */
  readonly note: (change: Partial<RefreshState>, must: boolean) => Promise<boolean>;
};

/**
 * The progress of a slice that begins.
 * @param tell told of each step, so that whatever ends the slice can store it
 */
export function createSliceProgress(
  stored: StoredRefresh,
  storageLimiter: StorageRateLimiter,
  tell: (state: StoredRefresh) => void,
): SliceProgress {
  let state = stored;
  let keptAtMs = Date.now();
  let isRare = isLarge(stored);
  return {
    state: () => state,
    note: async (change, must) => {
      const changed = { ...state, ...change };
      if (must || !isRare || Date.now() - keptAtMs >= KEEP_EVERY_MS) {
        isRare = isLarge(changed);
        if (isRare) await storageLimiter.spend('write', refreshUnits(changed));
        const next = await writeRefresh(state, changed);
        if (next === null) return false;
        state = next;
        keptAtMs = Date.now();
      } else state = changed;
      tell(state);
      return true;
    },
  };
}
