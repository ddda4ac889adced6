import { createFetchRateLimiter, type FetchRateLimiter, type StorageRateLimiter } from '../../usecases/connection';
import type { Result } from '../../contract';
import { SYNC_KEPT_POINTS } from '../../usecases/identity';
import { openIndex, type OpenIndex, type ReporterLook } from '../../usecases/lookup';

/** How long one reading of Shorter Loop may take. Milliseconds. */
const READ_LIMIT_MS = 60_000;
/** How long what was read of the members is used. Milliseconds. */
const INDEX_FOR_MS = 60_000;
/** What a slice of the identity sync works with. */
export type SyncTools = {
  readonly fetches: FetchRateLimiter;
  readonly storageLimiter: StorageRateLimiter;
  /** How reporters are looked at. */
  readonly look: ReporterLook;
};

/** The tools of a slice that begins. */
export function createTools(storageLimiter: StorageRateLimiter): SyncTools {
  const fetches = createFetchRateLimiter();
  let opened: { readonly atMs: number; readonly index: Promise<Result<OpenIndex>> } | null = null;
  const open = async (): Promise<Result<OpenIndex>> => {
    if (opened === null || Date.now() - opened.atMs > INDEX_FOR_MS) {
      const limits = { readLimitMs: READ_LIMIT_MS, beforePage: () => fetches.take(1) };
      opened = { atMs: Date.now(), index: openIndex(limits) };
    }
    const index = await opened.index;
    if (index.kind === 'problem') opened = null;
    return index;
  };
  const look = {
    entryPoint: 'app',
    issue: null,
    open,
    isThorough: true,
    keptPoints: SYNC_KEPT_POINTS,
    takeFetches: fetches.take,
  } as const;
  return { fetches, storageLimiter, look };
}
