import { RUN_KEPT_DAYS } from '../../contract';
import { deleteEntries, deleteRunsBefore, entriesBefore, readRetention } from '../../adapters/store';

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Deletes entries of the ledger that are older than the admin wants them kept. An entry whose outcome
 * is still open stays, however old it is: it marks a write that has to be settled.
 * @param endMs when to stop, in milliseconds since the epoch
 * @returns whether there is more to do. Throws ForgeKvsError when storage fails.
 */
export async function sweepLedger(endMs: number): Promise<'more' | 'done'> {
  const { days } = await readRetention();
  const beforeMs = Date.now() - days * DAY_MS;
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof entriesBefore>> = await entriesBefore(beforeMs, after);
    await deleteEntries(page.finished);
    after = page.next;
    // Every run starts at the oldest entry: a page of which all have to stay is no progress.
    if (Date.now() > endMs && page.finished.length > 0) return after === null ? 'done' : 'more';
  } while (after !== null);
  return 'done';
}

/**
 * Deletes bulk runs whose people are not kept any more.
 * @param endMs when to stop, in milliseconds since the epoch
 * @returns whether there is more to do. Throws ForgeKvsError when storage fails.
 */
export async function sweepRuns(endMs: number): Promise<'more' | 'done'> {
  while (await deleteRunsBefore(Date.now() - RUN_KEPT_DAYS * DAY_MS)) if (Date.now() > endMs) return 'more';
  return 'done';
}
