import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { SYNC_STATES, type SyncCounts } from '../../contract';
import { NO_COUNTS } from '../../domain/people';
import { REPORTER_ENTITY, reporterRow, type KnownReporter } from './reporters';
import { createRow, ifStill, isStoredNow, versioned, type Versioned } from './versioned';

/** The entity that keeps how far the identity sync has come, and what it has counted. */
export const IDENTITY_SYNC_ENTITY = 'identity-sync';
const COUNTS_KEY = 'counts';

/** Customers with an address that a member has, by the domain of their address. */
export type DomainCounts = { readonly cycleId: string; readonly customers: Readonly<Record<string, number>> };

/** What is counted of reporters. It changes with their rows, in one transaction, or not at all. */
export type SyncTotals = {
  readonly counts: SyncCounts;
  /** Of the cycle that is under way, or of the last one. */
  readonly domains: DomainCounts;
  /** Of the cycle before it; null where there was none. */
  readonly earlierDomains: DomainCounts | null;
};

const domainsSchema = z.object({ cycleId: z.string(), customers: z.record(z.string(), z.int()) });
const rowSchema = z.object({
  counts: z.partialRecord(z.enum(SYNC_STATES), z.object({ reporters: z.int(), issues: z.int() })),
  domains: domainsSchema,
  earlierDomains: domainsSchema.optional(),
  revision: z.string(),
});

const NOTHING: SyncTotals = { counts: NO_COUNTS, domains: { cycleId: 'none', customers: {} }, earlierDomains: null };

/** How many rows of reporters are changed with their counts at most: the counts' row is the 25th of a transaction. */
export const MOST_COUNTED_AT_ONCE = 24;

/** What is counted of reporters; null before the first. Throws ForgeKvsError when storage fails. */
export async function readSyncTotals(): Promise<Versioned<SyncTotals> | null> {
  const stored = await kvs.entity<unknown>(IDENTITY_SYNC_ENTITY).get(COUNTS_KEY);
  if (stored === undefined) return null;
  const { counts, earlierDomains, ...row } = rowSchema.parse(stored);
  return { ...row, counts: { ...NO_COUNTS, ...counts }, earlierDomains: earlierDomains ?? null };
}

/** {@link readSyncTotals}, which begins them where there are none. */
export async function ensureSyncTotals(): Promise<Versioned<SyncTotals>> {
  for (;;) {
    const standing = await readSyncTotals();
    if (standing !== null) return standing;
    const first = versioned(NOTHING);
    if (await createRow(IDENTITY_SYNC_ENTITY, COUNTS_KEY, totalsRow(first))) return first;
  }
}

/** Begins the numbers by domain anew for a cycle; those of the cycle before are kept. Throws ForgeKvsError. */
export async function beginDomains(cycleId: string): Promise<void> {
  for (;;) {
    const before = await ensureSyncTotals();
    if (before.domains.cycleId === cycleId) return;
    const next = { ...before, domains: { cycleId, customers: {} }, earlierDomains: before.domains };
    if (await writeCounted(before, next, { stored: [], gone: [] })) return;
  }
}

/** Rows of reporters that change together: those that are stored, and those that go. */
export type ReporterChanges = { readonly stored: readonly KnownReporter[]; readonly gone: readonly string[] };

/**
 * Changes reporters and their counts, both or none of them.
 * @param before the counts that were read before the rows were
 * @param changes of {@link MOST_COUNTED_AT_ONCE} at most
 * @returns false when somebody else changed the counts meanwhile. Throws ForgeKvsError when storage fails and it can't
 *   be told.
 */
export async function writeCounted(
  before: Versioned<SyncTotals>,
  next: SyncTotals,
  { stored, gone }: ReporterChanges,
): Promise<boolean> {
  const condition = ifStill(IDENTITY_SYNC_ENTITY, before);
  const row = totalsRow(versioned(next));
  const first = kvs.transact().set(COUNTS_KEY, row, condition);
  const changed = stored.reduce(
    (transaction, reporter) =>
      transaction.set(reporter.accountId, reporterRow(reporter), { entityName: REPORTER_ENTITY }),
    first,
  );
  const all = gone.reduce(
    (transaction, accountId) => transaction.delete(accountId, { entityName: REPORTER_ENTITY }),
    changed,
  );
  try {
    await all.execute();
    return true;
  } catch (error) {
    return isStoredNow(IDENTITY_SYNC_ENTITY, COUNTS_KEY, { before, next: row }, error);
  }
}

function totalsRow({ earlierDomains, ...row }: Versioned<SyncTotals>): Versioned<object> {
  const whole: Versioned<object> = { ...row, ...(earlierDomains === null ? {} : { earlierDomains }) };
  return whole;
}
