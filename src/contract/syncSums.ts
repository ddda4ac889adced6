import {
  LEFT_OUT_CAUSES,
  MARKED_CAUSES,
  REVIEW_CAUSES,
  type SyncCount,
  type SyncCounts,
  type SyncState,
} from './admin';

/** The reporters of a site as every page sums them up. Who is `marked` is `linked`; otherwise everybody is in one. */
export type SyncSums = {
  /** All people. */
  readonly people: SyncCount;
  /** Those with a link, whether it still fits or not. */
  readonly linked: SyncCount;
  /** Those of them whose link no longer fits. */
  readonly marked: SyncCount;
  /** Those whom the app would link, were it switched on. */
  readonly certain: SyncCount;
  /** Those about whom somebody decided that they stay without. */
  readonly unlinked: SyncCount;
  /** Those without a link about whom somebody has to decide. */
  readonly review: SyncCount;
  /** Those whom a setting or Jira leaves out. */
  readonly leftOut: SyncCount;
};

const OTHERS: readonly SyncState[] = [...MARKED_CAUSES, ...LEFT_OUT_CAUSES];
/** The states without a link about which somebody has to decide. */
export const UNLINKED_CAUSES = REVIEW_CAUSES.filter((cause) => !OTHERS.includes(cause));

/** Sums up the counts by state, the same way wherever they are told. */
export function sumsOf(counts: SyncCounts): SyncSums {
  const sum = (states: readonly SyncState[]): SyncCount => ({
    reporters: states.reduce((total, state) => total + counts[state].reporters, 0),
    issues: states.reduce((total, state) => total + counts[state].issues, 0),
  });
  return {
    people: sum(['linked', 'certain', 'unlinked', 'skipped', ...REVIEW_CAUSES]),
    linked: sum(['linked', ...MARKED_CAUSES]),
    marked: sum(MARKED_CAUSES),
    certain: counts.certain,
    unlinked: sum(['unlinked', 'skipped']),
    review: sum(UNLINKED_CAUSES),
    leftOut: sum(LEFT_OUT_CAUSES),
  };
}
