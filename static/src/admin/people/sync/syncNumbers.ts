import { REVIEW_CAUSES, type SyncCount, type SyncCounts, type SyncProgress } from '@contract';

/** Nobody, and nothing that they reported. */
const NOBODY: SyncCount = { reporters: 0, issues: 0 };

/** Those who need a decision, whatever the cause. */
export function reviewOf(counts: SyncCounts): SyncCount {
  return REVIEW_CAUSES.reduce((sum, cause) => plus(sum, counts[cause]), NOBODY);
}

/** All people among the reporters: apps and erased accounts are none. */
export function peopleOf(counts: SyncCounts): SyncCount {
  return [counts.linked, counts.certain, counts.unlinked, counts.skipped, reviewOf(counts)].reduce(plus, NOBODY);
}

/** How much of all issues is read, from 0 to 1; null where it is not known how many there are. */
export function shareRead({ phase, issues, issuesInAll }: SyncProgress): number | null {
  if (phase === 'done') return 1;
  if (issuesInAll === null || issuesInAll <= 0) return null;
  // Issues that came while it read are not in the estimate: it is not done before it says so.
  return Math.min(0.99, issues / issuesInAll);
}

function plus(one: SyncCount, other: SyncCount): SyncCount {
  return { reporters: one.reporters + other.reporters, issues: one.issues + other.issues };
}
