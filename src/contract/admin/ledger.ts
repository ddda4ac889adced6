import type { EntryPoint, LedgerKind, LedgerOutcome, LedgerRecord } from '../ledger';
import type { Result } from '../result';
import type { RuleFailure } from './ruleFailures';

/** What the ledger is searched for; null does not narrow. Times are milliseconds since the epoch. */
export type LedgerFilter = {
  /** One entry by its id, whatever else is given. */
  readonly operationId: string | null;
  readonly actorAccountId: string | null;
  readonly reporterAccountId: string | null;
  readonly memberId: number | null;
  /** Left or joined. */
  readonly segmentId: number | null;
  readonly kind: LedgerKind | null;
  readonly outcome: LedgerOutcome | null;
  readonly entryPoint: EntryPoint | null;
  readonly runId: string | null;
  readonly apiClientId: string | null;
  /** From this time on. */
  readonly fromMs: number | null;
  /** Before this time. */
  readonly untilMs: number | null;
};

/** A search that does not narrow at all. */
export const WHOLE_LEDGER: LedgerFilter = {
  operationId: null,
  actorAccountId: null,
  reporterAccountId: null,
  memberId: null,
  segmentId: null,
  kind: null,
  outcome: null,
  entryPoint: null,
  runId: null,
  apiClientId: null,
  fromMs: null,
  untilMs: null,
};

/** Asks for the entries that come after a place in the list, newest first; `after` null for the first ones. */
export type LedgerPageInput = { readonly filter: LedgerFilter; readonly after: string | null };

/** Names of API clients by their ids. */
export type ApiClientNames = Readonly<Record<string, string>>;

/**
 * A part of the list. `next` is the place after which it goes on, null at its end: an index can be
 * looked through only so far in one go, so that a part may hold few entries or none, and still not be the last.
 */
export type LedgerPage = {
  readonly entries: readonly LedgerRecord[];
  /** The names of the API clients who asked for them, by id; one that was revoked has none. */
  readonly apiClients: ApiClientNames;
  readonly next: string | null;
  /** Down to which time everything was looked at, in milliseconds since the epoch; null for all of it. */
  readonly lookedBackToMs: number | null;
  /** A rule that failed under the operation id that was looked for, whether or not it has an entry. */
  readonly ruleFailure: RuleFailure | null;
};

/** A part of the export: lines of CSV, each with its line break, without the heading. */
export type LedgerExport = {
  readonly heading: string;
  readonly lines: string;
  readonly rows: number;
  readonly next: string | null;
};

/** For how many days entries are kept, counted from when they were made. */
export const RETENTION_DAYS = { least: 7, most: 365 } as const;
/** How long the ledger is kept. */
export type Retention = { readonly days: number };

/** Every function of the Ledger tab. */
export type LedgerDefinitions = {
  'admin.ledgerPage': (input: LedgerPageInput) => Result<LedgerPage>;
  'admin.ledgerExport': (input: LedgerPageInput) => Result<LedgerExport>;
  'admin.retention': () => Result<Retention>;
  'admin.saveRetention': (input: Retention) => Result<Retention>;
};
