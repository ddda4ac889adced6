import type { SyncProgress } from '@contract';

/** How much of all issues is read, from 0 to 1; null where it is not known how many there are. */
export function shareRead({ phase, issues, issuesInAll }: SyncProgress): number | null {
  if (phase === 'done') return 1;
  if (issuesInAll === null || issuesInAll <= 0) return null;
  // Issues that came while it read are not in the estimate: it is not done before it says so.
  return Math.min(0.99, issues / issuesInAll);
}
