import { Filter, FilterConditions, kvs, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { REPORTER_STATES, type ReporterState } from '../../contract';
import { deleteAll, readMany, writeAll, type Place } from './batch';
import { forEachGroup, inGroupsOf, KEYS_AT_ONCE } from './groups';
import { readRows } from './pages';
import { SCAN_ENTITY, SCAN_KEY, scanRow, type Scan } from './scan';
import { versioned, type Versioned } from './versioned';

/** The entity that keeps what the last count found of each reporter, keyed by account id. */
const REPORTER_ENTITY = 'reporter';

/** What a count found of a reporter, and on which of its pages. */
export type CountedReporter = {
  readonly accountId: string;
  readonly scanId: string;
  readonly state: ReporterState;
  readonly page: number;
};

const rowSchema = z.object({
  accountId: z.string(),
  scanId: z.string(),
  state: z.enum(REPORTER_STATES),
  page: z.int(),
});
/** What a transaction holds the count's row against. */
type Revision = { readonly revision: string };
/** The most that Forge returns at once. */
const PAGE = 100;
const place = (accountId: string): Place => ({ key: accountId, entityName: REPORTER_ENTITY });

/**
 * What is stored of these reporters; those of whom nothing is are left out. Throws ForgeKvsError when storage fails.
 */
export async function readReporters(accountIds: readonly string[]): Promise<CountedReporter[]> {
  return [...(await readMany(accountIds, place, (_accountId, stored) => rowSchema.parse(stored))).values()];
}

/** Stores what a count found. Throws ForgeKvsError when storage fails, also when it does for one row only. */
export async function writeReporters(reporters: readonly CountedReporter[]): Promise<void> {
  await forEachGroup(inGroupsOf(reporters, KEYS_AT_ONCE), (group) =>
    writeAll(
      REPORTER_ENTITY,
      group.map((reporter) => ({ key: reporter.accountId, value: reporter })),
    ),
  );
}

/**
 * The account ids of a count's reporters in one state, in their order.
 * @param after the account id after which they start, null for the first ones
 * @param limit at most {@link PAGE}
 * @returns `next` the account id after which there are more, null when there are none
 */
export async function reportersIn(
  scanId: string,
  state: ReporterState,
  after: string | null,
  limit: number,
): Promise<{ readonly accountIds: string[]; readonly next: string | null }> {
  const query = kvs
    .entity<unknown>(REPORTER_ENTITY)
    .query()
    .index('by-state', { partition: [scanId, state] });
  const { rows, isAll } = await readRows(
    after === null ? query : query.where(WhereConditions.greaterThan(after)),
    limit,
  );
  const accountIds = rows.map(({ key }) => key);
  return { accountIds, next: isAll ? null : (accountIds.at(-1) ?? null) };
}

/**
 * Deletes some of what an earlier count left behind.
 * @returns false when there was nothing left to delete
 */
export async function deleteLeftovers(earlierScanId: string): Promise<boolean> {
  for (const state of REPORTER_STATES) {
    if (await deleteSome(earlierScanId, state)) return true;
  }
  return false;
}

async function deleteSome(scanId: string, state: ReporterState): Promise<boolean> {
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof reportersIn>> = await reportersIn(scanId, state, after, PAGE);
    // A query can lag behind: who was counted again meanwhile has a row of the new count, which stays.
    const stale = (await readReporters(page.accountIds)).filter((reporter) => reporter.scanId === scanId);
    await forEachGroup(inGroupsOf(stale, KEYS_AT_ONCE), (group) =>
      deleteAll(group.map(({ accountId }) => place(accountId))),
    );
    if (stale.length > 0) return true;
    if (page.next === null) return false;
    after = page.next;
  }
}

/** How many rows one {@link moveReporters} changes at most: the count's own row is the 25th operation. */
export const MAX_MOVED = KEYS_AT_ONCE - 1;

/**
 * Puts counted reporters into another state and the counts with them, in one transaction: both or none.
 * Throws ForgeKvsError when storage fails or the count was changed meanwhile.
 */
export async function moveReporters(
  before: Versioned<Scan>,
  next: Scan,
  reporters: readonly CountedReporter[],
): Promise<void> {
  const condition = {
    entityName: SCAN_ENTITY,
    conditions: new Filter<Revision>().and('revision', FilterConditions.equalTo(before.revision)),
  };
  const first = kvs.transact().set<Revision>(SCAN_KEY, scanRow(versioned(next)), condition);
  await reporters
    .reduce(
      (transaction, reporter) => transaction.set(reporter.accountId, reporter, { entityName: REPORTER_ENTITY }),
      first,
    )
    .execute();
}
