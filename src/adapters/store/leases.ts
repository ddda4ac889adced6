import { kvs, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { CLOCKS_DIFFER_MS, endWithin, LONGEST_FUNCTION_MS } from './moments';
import { readRows } from './pages';
import { createRow, versioned, compareAndSwap, type Versioned } from './versioned';

/** The entity that keeps leases, keyed by member id. */
export const LEASE_ENTITY = 'lease';
/** The longest that a lease is taken for: until the end of a function, and a little longer. */
const LONGEST_LEASE_MS = LONGEST_FUNCTION_MS + 60_000;

const leaseSchema = z.object({
  /** The write that holds the lease. It is in the ledger only once it was recorded there. */
  operationId: z.string(),
  /** An earlier write about the member that was still unfinished when this lease was taken over. */
  earlier: z.string().optional(),
  untilMs: z.number(),
  revision: z.string(),
});

/**
 * The sole right to write about one member, until a time (milliseconds since the epoch). A lease
 * whose time is over is no longer a right, but stays as the mark of a write that may be unfinished:
 * it is deleted only when nothing is left to settle.
 */
export type Lease = Versioned<{
  readonly memberId: number;
  readonly operationId: string;
  readonly earlier: string | null;
  readonly untilMs: number;
}>;

/**
 * The lease that stands for a member, running or lapsed; null when there is none. Throws ForgeKvsError when storage
 * fails.
 */
export async function readLease(memberId: number): Promise<Lease | null> {
  const row = await kvs.entity<unknown>(LEASE_ENTITY).get(String(memberId));
  return row === undefined ? null : leaseOf(String(memberId), row);
}

/** A lease that nobody has taken yet. */
export function newLease(lease: Omit<Lease, 'revision'>): Lease {
  return versioned(lease);
}

/**
 * Takes a member's lease, in place of a lapsed one or of none.
 * @param lapsed the lease that stands now, which has lapsed; null when there is none
 * @param earlier the unfinished write that the lapsed lease marks
 * @returns null when someone else was faster. Throws ForgeKvsError when storage fails.
 */
export async function storeLease(
  memberId: number,
  lapsed: Lease | null,
  { operationId, earlier, untilMs }: Pick<Lease, 'operationId' | 'earlier' | 'untilMs'>,
): Promise<Lease | null> {
  const lease = newLease({ memberId, operationId, earlier, untilMs });
  const key = String(memberId);
  const taken =
    lapsed === null
      ? await createRow(LEASE_ENTITY, key, leaseRow(lease))
      : await compareAndSwap(LEASE_ENTITY, key, lapsed, leaseRow(lease));
  return taken ? lease : null;
}

/** Gives a lease back. When someone has taken it over since, theirs stands. Throws ForgeKvsError when storage fails. */
export async function deleteLease(lease: Lease): Promise<void> {
  await compareAndSwap(LEASE_ENTITY, String(lease.memberId), lease, null);
}

/**
 * Ends a lease at another time and leaves its mark, because something is left to settle. Throws ForgeKvsError when
 * storage fails.
 */
export async function endLeaseAt(lease: Lease, untilMs: number): Promise<void> {
  await compareAndSwap(LEASE_ENTITY, String(lease.memberId), lease, leaseRow(versioned({ ...lease, untilMs })));
}

/**
 * Leases that lapsed before a time, the oldest first, and then those that end later than any may. The query may not
 * show the last seconds' changes.
 * @param limit 1 to 100, the most that Forge returns at once
 */
export async function lapsedLeases(beforeMs: number, limit: number): Promise<Lease[]> {
  const query = kvs.entity<unknown>(LEASE_ENTITY).query().index('untilMs');
  const { rows: lapsed } = await readRows(query.where(WhereConditions.lessThan(beforeMs)), limit);
  if (lapsed.length >= limit) return readable(lapsed);
  const tooFarMs = Date.now() + LONGEST_LEASE_MS + CLOCKS_DIFFER_MS;
  const { rows: wrong } = await readRows(query.where(WhereConditions.greaterThan(tooFarMs)), limit - lapsed.length);
  return readable([...lapsed, ...wrong]);
}

/** A row that can't be read as a lease keeps none of the others from being settled. */
function readable(rows: readonly { readonly key: string; readonly value: unknown }[]): Lease[] {
  return rows.flatMap(({ key, value }) => (leaseSchema.safeParse(value).success ? [leaseOf(key, value)] : []));
}

/** A lease from its stored row. Throws when it is none. */
export function leaseOf(key: string, row: unknown): Lease {
  const { earlier, untilMs, ...lease } = leaseSchema.parse(row);
  const endsAtMs = endWithin(untilMs, LONGEST_LEASE_MS);
  return { ...lease, untilMs: endsAtMs, earlier: earlier ?? null, memberId: Number(key) };
}

/** A stored lease. */
export type LeaseRow = z.infer<typeof leaseSchema>;

/** A lease as it is stored. */
export function leaseRow({ memberId: _key, earlier, ...lease }: Lease): LeaseRow {
  return earlier === null ? lease : { ...lease, earlier };
}
