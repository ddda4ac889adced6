import { Filter, FilterConditions, ForgeKvsAPIError, kvs } from '@forge/kvs';
import type { LedgerEntry } from '../../contract';
import { MEMBERS_A_TRANSACTION } from '../../domain/runs';
import { readMany, type Place } from './batch';
import { forEachGroup, inGroupsOf } from './groups';
import { LEASE_ENTITY, leaseOf, leaseRow, type Lease, type LeaseRow } from './leases';
import { entryOf, entryRow, LEDGER_ENTITY, recordIntended, recordOutcome, type EntryRow } from './ledger';
import { compareAndSwap, createRow, ifStill, versioned } from './versioned';

/**
 * One member of a batch: the lease to take, the lapsed one in its place, and the intention to record with it, if any.
 */
export type LeaseOpening = {
  readonly lease: Lease;
  readonly lapsed: Lease | null;
  readonly intended: LedgerEntry | null;
};

/** What became of an opening: `held` by someone else's lease, or `taken` when its operation id has a row already. */
export type OpeningResult =
  | { readonly kind: 'opened' }
  | { readonly kind: 'leaseHeld' }
  | { readonly kind: 'duplicate'; readonly entry: LedgerEntry };

/**
 * The end of one member's part: what stands in the ledger then, and how long the lease still lasts (null: it is given
 * back).
 */
export type LeaseClosing = {
  readonly lease: Lease;
  readonly row:
    | { readonly kind: 'record'; readonly entry: LedgerEntry }
    | { readonly kind: 'drop'; readonly operationId: string }
    | { readonly kind: 'keep' };
  readonly leaseUntilMs: number | null;
};

/** A transaction whose condition does not hold (measured 2026-10-09). */
const CONDITION_FAILED_STATUS = 400;

const leasePlace = (memberId: number): Place => ({ key: String(memberId), entityName: LEASE_ENTITY });
const entryPlace = (operationId: string): Place => ({ key: operationId, entityName: LEDGER_ENTITY });

/** The leases that stand for these members, running or lapsed. Throws ForgeKvsError when storage fails. */
export function readLeases(memberIds: readonly number[]): Promise<Map<number, Lease>> {
  return readMany(memberIds, leasePlace, (memberId, row) => leaseOf(String(memberId), row));
}

/**
 * The writes with these ids, however many; one that there is no row of is left out. Throws ForgeKvsError when storage
 * fails.
 */
export function readManyEntries(operationIds: readonly string[]): Promise<Map<string, LedgerEntry>> {
  return readMany(operationIds, entryPlace, entryOf);
}

/**
 * Takes the leases of many members and records the intentions to write about them: for each member both
 * or neither. Throws ForgeKvsError when storage fails; what was opened by then lapses by itself.
 * @param openings at most one a member
 * @returns in the order of `openings`
 */
export async function openLeases(openings: readonly LeaseOpening[]): Promise<OpeningResult[]> {
  return (await forEachGroup(inGroupsOf(openings, MEMBERS_A_TRANSACTION), openGroup)).flat();
}

async function openGroup(group: readonly LeaseOpening[]): Promise<OpeningResult[]> {
  try {
    await openAll(group);
    return group.map(() => ({ kind: 'opened' }));
  } catch (error) {
    return openAfterFailure(group, error);
  }
}

async function openAll(group: readonly LeaseOpening[]): Promise<void> {
  let transaction = kvs.transact();
  for (const { lease, lapsed, intended } of group) {
    const condition = new Filter<LeaseRow>().and(
      'revision',
      lapsed === null ? FilterConditions.notExists() : FilterConditions.equalTo(lapsed.revision),
    );
    transaction = transaction.set(String(lease.memberId), leaseRow(lease), {
      entityName: LEASE_ENTITY,
      conditions: condition,
    });
    if (intended === null) continue;
    const isNew = new Filter<EntryRow>().and('intendedAtMs', FilterConditions.notExists());
    transaction = transaction.set(intended.operationId, entryRow(intended), {
      entityName: LEDGER_ENTITY,
      conditions: isNew,
    });
  }
  await transaction.execute();
}

/** A transaction is done as a whole or not at all: which of the two, and because of whom, storage itself is asked. */
async function openAfterFailure(group: readonly LeaseOpening[], failure: unknown): Promise<OpeningResult[]> {
  const standing = await readLeases(group.map(({ lease }) => lease.memberId)).catch(() => {
    throw failure;
  });
  if (group.every(({ lease }) => standing.get(lease.memberId)?.revision === lease.revision))
    return group.map(() => ({ kind: 'opened' }));
  if (!(failure instanceof ForgeKvsAPIError)) throw failure;
  const entries = await readManyEntries(group.flatMap(({ intended }) => intended?.operationId ?? []));
  const why = group.map(({ lease, lapsed, intended }): OpeningResult | null => {
    if (standing.get(lease.memberId)?.revision !== lapsed?.revision) return { kind: 'leaseHeld' };
    const entry = intended === null ? undefined : entries.get(intended.operationId);
    return entry === undefined ? null : { kind: 'duplicate', entry };
  });
  const rest = group.filter((_opening, index) => why[index] === null);
  if (rest.length === group.length) {
    // Nobody stands in the way: a condition on a row that is not there may never hold, or storage itself fails.
    if (failure.responseDetails.status !== CONDITION_FAILED_STATUS || !needsMissingRow(rest)) throw failure;
    return forEachGroup(inGroupsOf(rest, 1), async ([opening]) =>
      opening === undefined ? { kind: 'leaseHeld' } : openAlone(opening),
    );
  }
  const opened = rest.length === 0 ? [] : await openGroup(rest);
  let next = 0;
  return why.map((one): OpeningResult => one ?? opened[next++] ?? { kind: 'leaseHeld' });
}

/** Whether an opening rests on "is not there": a first lease, or an intention, which always is new. */
function needsMissingRow(group: readonly LeaseOpening[]): boolean {
  return group.some(({ lapsed, intended }) => lapsed === null || intended !== null);
}

/**
 * Opens one member without a condition on a row that is not there, in two steps: the lease, then the
 * intention. A process that dies between them leaves a lease without a write, which lapses by itself.
 * That such a condition can hold in a transaction is assumed; measured (2026-10-09) is that a check on a missing row
 * fails.
 */
async function openAlone({ lease, lapsed, intended }: LeaseOpening): Promise<OpeningResult> {
  const key = String(lease.memberId);
  const row = leaseRow(lease);
  const isTaken =
    lapsed === null ? await createRow(LEASE_ENTITY, key, row) : await compareAndSwap(LEASE_ENTITY, key, lapsed, row);
  if (!isTaken) return { kind: 'leaseHeld' };
  if (intended === null) return { kind: 'opened' };
  const recorded = await recordIntended(intended);
  if (recorded.kind === 'recorded') return { kind: 'opened' };
  // What was asked was done before: the lease goes back to what stood there.
  await compareAndSwap(LEASE_ENTITY, key, lease, lapsed === null ? null : leaseRow(versioned(lapsed)));
  return { kind: 'duplicate', entry: recorded.entry };
}

/**
 * Records what became of many members and gives their leases back, or ends them later. Never throws: what
 * can't be recorded stays as it was, with its lease as the mark, and is settled later.
 * @returns whether each was recorded, in the order of `closings`
 */
export async function closeLeases(closings: readonly LeaseClosing[]): Promise<boolean[]> {
  return (await forEachGroup(inGroupsOf(closings, MEMBERS_A_TRANSACTION), closeGroup)).flat();
}

async function closeGroup(group: readonly LeaseClosing[]): Promise<boolean[]> {
  try {
    await closeAll(group);
    return group.map(() => true);
  } catch {
    // Whatever a group of one holds, it is not halved again: that would never end.
    if (group.length <= 1) return Promise.all(group.map(recordAlone));
    const half = Math.ceil(group.length / 2);
    return [...(await closeGroup(group.slice(0, half))), ...(await closeGroup(group.slice(half)))];
  }
}

async function closeAll(group: readonly LeaseClosing[]): Promise<void> {
  let transaction = kvs.transact();
  for (const { lease, row, leaseUntilMs } of group) {
    const isOurs = ifStill(LEASE_ENTITY, lease);
    const key = String(lease.memberId);
    transaction =
      leaseUntilMs === null
        ? transaction.delete(key, isOurs)
        : transaction.set(key, leaseRow({ ...lease, untilMs: leaseUntilMs }), isOurs);
    if (row.kind === 'record')
      transaction = transaction.set(row.entry.operationId, entryRow(row.entry), { entityName: LEDGER_ENTITY });
    if (row.kind === 'drop') transaction = transaction.delete(row.operationId, { entityName: LEDGER_ENTITY });
  }
  await transaction.execute();
}

/** The row matters more than the lease, which ends by itself a little later. */
async function recordAlone({ row }: LeaseClosing): Promise<boolean> {
  if (row.kind !== 'record') return false;
  return recordOutcome(row.entry).then(
    () => true,
    () => false,
  );
}
