import type { SyncProgress } from './admin/sync';

/** How many of the site's reporters are known, in short: for the places that know only those who are linked. */
export type SyncSummary = {
  readonly phase: SyncProgress['phase'];
  /** How much is read of all issues, from 0 to 1; null where it can't be told. */
  readonly share: number | null;
  /** All people who reported something, as far as it is read. */
  readonly reporters: number;
  /** Those with a link, whether it still fits or not. */
  readonly linked: number;
  /** Those of them whose link no longer fits. */
  readonly marked: number;
  /** Those whom the app would link, were it switched on. */
  readonly certain: number;
  /** Those without a link about whom somebody has to decide. */
  readonly review: number;
  /** Those whom a setting or Jira leaves out. */
  readonly leftOut: number;
  /** Whether the viewer is one of those who decide: a Jira admin. */
  readonly mayReview: boolean;
};
