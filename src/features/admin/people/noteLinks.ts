import type { ReporterCounts, ReporterState } from '../../../contract';
import { logFailure } from '../../../usecases/result';
import {
  MAX_MOVED,
  moveReporters,
  readReporters,
  readScan,
  type CountedReporter,
  type Scan,
} from '../../../adapters/store';

/** How often a change is tried against others who change the counts as well. */
const TRIES = 4;

/**
 * Tells the last count what became of some reporters by hand, so that chart and queue show it without
 * a new count. Never throws: the link itself is stored, and the next count is right in any case.
 */
export async function noteStates(accountIds: readonly string[], state: ReporterState): Promise<void> {
  for (let start = 0; start < accountIds.length; start += MAX_MOVED) {
    await noteSome(accountIds.slice(start, start + MAX_MOVED), state).catch((error: unknown) =>
      logFailure('people.note', error),
    );
  }
}

async function noteSome(accountIds: readonly string[], state: ReporterState): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    const [scan, stored] = await Promise.all([readScan(), readReporters(accountIds)]);
    if (scan === null) return;
    // Who is on a page that is just being counted is counted with the new link.
    const counted = stored.filter(
      (reporter) => reporter.scanId === scan.scanId && reporter.page < scan.page && reporter.state !== state,
    );
    if (counted.length === 0) return;
    try {
      return await moveReporters(
        scan,
        { ...scan, counts: countsAfter(scan, counted, state) },
        counted.map((reporter) => ({ ...reporter, state })),
      );
    } catch (error) {
      if (tried === TRIES) throw error;
    }
  }
}

function countsAfter({ counts }: Scan, moved: readonly CountedReporter[], state: ReporterState): ReporterCounts {
  const after = { ...counts };
  for (const { state: before } of moved) after[before] = Math.max(0, after[before] - 1);
  after[state] += moved.length;
  return after;
}
