import { RUN_KEPT_DAYS } from '../../contract';
import { keptFromMs } from '../../domain/runs';
import {
  deleteEntries,
  deleteRun,
  deleteRunPeople,
  entriesBefore,
  expiredRuns,
  readRetention,
  readRun,
  replaceRun,
} from '../../adapters/store';

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
 * Deletes bulk runs whose time is over, each after its people: nothing that tells of somebody outlives its run. A run
 * that was not ended is ended before, so that nobody starts or resumes it while its people go.
 * @param endMs when to stop, in milliseconds since the epoch
 * @returns whether there is more to do. Throws ForgeKvsError when storage fails.
 */
export async function sweepRuns(endMs: number): Promise<'more' | 'done'> {
  for (const run of await expiredRuns(Date.now() - RUN_KEPT_DAYS * DAY_MS)) {
    const isOver = run.state === 'finished' || run.state === 'cancelled';
    if (!isOver && !(await replaceRun(run, { ...run, state: 'cancelled', pause: null, finishedAtMs: keptFromMs(run) })))
      continue;
    while (await deleteRunPeople(run.runId)) if (Date.now() > endMs) return 'more';
    const ended = isOver ? run : await readRun(run.runId);
    if (ended !== null) await deleteRun(ended);
    if (Date.now() > endMs) return 'more';
  }
  return (await expiredRuns(Date.now() - RUN_KEPT_DAYS * DAY_MS)).length > 0 ? 'more' : 'done';
}
