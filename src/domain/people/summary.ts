import { sumsOf, type SyncCounts, type SyncSummary } from '../../contract';
import { NO_COUNTS, type SyncCycle, type SyncSteering } from './sync';

/** How far it is, without the question who may decide about the rest. */
type Known = Omit<SyncSummary, 'mayReview'>;

/**
 * What the sync has come to, in short.
 * @param sync null before it began
 * @param counts null before anybody was counted
 */
export function summaryOf(sync: (SyncCycle & SyncSteering) | null, counts: SyncCounts | null, nowMs: number): Known {
  const { people, linked, marked, certain, review, leftOut } = sumsOf(counts ?? NO_COUNTS);
  const phase = phaseOf(sync, nowMs);
  return {
    phase,
    share: phase === 'done' ? 1 : shareOf(sync),
    reporters: people.reporters,
    linked: linked.reporters,
    marked: marked.reporters,
    certain: certain.reporters,
    review: review.reporters,
    leftOut: leftOut.reporters,
  };
}

/** What the sync is doing now. */
export function phaseOf(sync: (SyncCycle & SyncSteering) | null, nowMs: number): Known['phase'] {
  if (sync === null) return 'waiting';
  if (sync.isPaused) return 'paused';
  if ((sync.restsUntilMs ?? 0) > nowMs) return 'resting';
  return sync.phase === 'done' ? 'done' : 'reading';
}

/** Issues that came while it read are not in the estimate: it is not done before it says so. */
function shareOf(sync: SyncCycle | null): number | null {
  if (sync === null || sync.issuesInAll === null || sync.issuesInAll <= 0) return null;
  return Math.min(0.99, sync.issues / sync.issuesInAll);
}
