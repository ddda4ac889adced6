import { kvs, Sort, WhereConditions } from '@forge/kvs';
import { deleteAll } from './batch';
import { inGroupsOf, KEYS_AT_ONCE } from './groups';
import { LEDGER_ENTITY, recordOf } from './ledger';
import { lastSequence, startOfTime } from './ledgerIndex';
import { readableOf, readRows } from './pages';

/** The most that Forge returns at once. */
const PAGE = 100;

/**
 * The oldest entries before a time: the ids of those that are finished.
 * @param after the sequence after which to go on, null at the beginning
 * @returns `next` null when there are no more. Throws ForgeKvsError when storage fails.
 */
export async function entriesBefore(
  beforeMs: number,
  after: string | null,
): Promise<{ readonly finished: string[]; readonly next: string | null }> {
  const query = kvs
    .entity<unknown>(LEDGER_ENTITY)
    .query()
    .index('sequence')
    .where(WhereConditions.between(after ?? startOfTime(0), startOfTime(beforeMs)))
    .sort(Sort.ASC);
  const { rows, isAll } = await readRows(query, PAGE);
  const entries = readableOf(rows, ({ key, value }) => recordOf(key, value));
  const finished = entries.filter(({ state }) => state === 'finished').map(({ operationId }) => operationId);
  return { finished, next: isAll ? null : lastSequence(rows) };
}

/**
 * Deletes entries for good. One that is gone already is no matter. Throws ForgeKvsError when storage fails, also when
 * it does for one of them only.
 */
export async function deleteEntries(operationIds: readonly string[]): Promise<void> {
  for (const some of inGroupsOf(operationIds, KEYS_AT_ONCE))
    await deleteAll(some.map((key) => ({ key, entityName: LEDGER_ENTITY })));
}
