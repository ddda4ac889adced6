import type { Result } from '../result';

/**
 * How far the round has come in which Atlassian is told which account ids are kept. Times are milliseconds since the
 * epoch.
 */
export type PrivacyView = {
  readonly cycle: {
    readonly startedAtMs: number;
    readonly finishedAtMs: number | null;
    readonly reported: number;
    readonly erased: number;
  } | null;
  /** For how many days the ledger is kept. */
  readonly ledgerDays: number;
};

/** Every function of the Privacy tab. */
export type PrivacyDefinitions = { 'admin.privacy': () => Result<PrivacyView> };
