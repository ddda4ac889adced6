/** A kind of rows that hold account ids of Jira users: the only personal data that the app keeps. */
export type AccountPlace = {
  readonly entity: string;
  /**
   * What the account id has to do with the row's key: `account`, it is the key, so that the row is about that
   * person and goes with them; `part`, it is in the key, so that the row moves to another; `none`.
   */
  readonly key: 'account' | 'part' | 'none';
  /** The attributes that hold one, other than a copy of the key. */
  readonly attributes: readonly string[];
  /** When the row was made, in milliseconds since the epoch; null where that is not kept. */
  readonly at: string | null;
  /** What has another value after every change that matters, so that a row is never put back to how it was. */
  readonly guard: string;
  /** Indexes partitioned by one of the attributes alone; an attribute without one is found by looking at every row. */
  readonly indexes: Readonly<Record<string, string>>;
};

/**
 * Every entity with an account id in it. What is not listed here is neither reported to Atlassian nor
 * erased: a test holds this against manifest.yml.
 */
export const ACCOUNT_PLACES: readonly AccountPlace[] = [
  {
    entity: 'link',
    key: 'account',
    attributes: ['byAccountId'],
    at: 'atMs',
    guard: 'atMs',
    indexes: { byAccountId: 'by-admin' },
  },
  {
    entity: 'member-claim',
    key: 'none',
    attributes: ['accountId'],
    at: 'atMs',
    guard: 'revision',
    indexes: { accountId: 'by-account' },
  },
  { entity: 'reporter', key: 'account', attributes: [], at: 'checkedAtMs', guard: 'checkedAtMs', indexes: {} },
  { entity: 'pending-look', key: 'account', attributes: [], at: 'askedAtMs', guard: 'askedAtMs', indexes: {} },
  { entity: 'field', key: 'account', attributes: [], at: 'atMs', guard: 'revision', indexes: {} },
  {
    entity: 'ledger',
    key: 'none',
    attributes: ['actorAccountId', 'reporterAccountId'],
    at: 'intendedAtMs',
    guard: 'state',
    indexes: { actorAccountId: 'by-actor', reporterAccountId: 'by-reporter' },
  },
  {
    entity: 'queued-change',
    key: 'none',
    attributes: ['actorAccountId', 'reporterAccountId'],
    at: 'askedAtMs',
    guard: 'attempt',
    indexes: {},
  },
  { entity: 'change-queue', key: 'account', attributes: [], at: null, guard: 'revision', indexes: {} },
  {
    entity: 'api-client',
    key: 'none',
    attributes: ['createdByAccountId'],
    at: 'createdAtMs',
    guard: 'name',
    indexes: {},
  },
  {
    entity: 'run',
    key: 'none',
    attributes: ['createdByAccountId', 'startedByAccountId'],
    at: 'createdAtMs',
    guard: 'revision',
    indexes: {},
  },
  {
    entity: 'run-person',
    key: 'part',
    attributes: ['accountId'],
    at: null,
    guard: 'verdict',
    indexes: { accountId: 'by-account' },
  },
];
