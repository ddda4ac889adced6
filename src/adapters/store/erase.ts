import { Filter, FilterConditions, ForgeKvsAPIError, kvs } from '@forge/kvs';
import { z } from 'zod';
import { ERASED } from '../../contract';
import { withoutChooser } from '../../domain/profile';
import { ACCOUNT_PLACES, type AccountPlace } from './accountPlaces';
import { forgetReported } from './accounts';
import { inGroupsOf, KEYS_AT_ONCE } from './groups';
import { moveToMark } from './runPeople';
import { changeSettings, type StoredSettings } from './settings';
import { versioned } from './versioned';

/** The most that Forge returns at once. */
const PAGE = 100;

const rowSchema = z.record(z.string(), z.unknown());
type Row = { readonly key: string; readonly value: z.infer<typeof rowSchema> };

/**
 * Erases an account's id wherever it is kept: a row about the person is deleted, in every other row a mark stands in
 * its place, and in its key where it is there too. A row that changes at this very moment keeps it until the account
 * is told of once more. Throws ForgeKvsError when storage fails.
 */
export async function eraseAccount(accountId: string): Promise<void> {
  for (const place of ACCOUNT_PLACES) {
    if (place.key === 'account') await kvs.entity<object>(place.entity).delete(accountId).catch(ignoreMissing);
    for (const attribute of place.attributes) await eraseIn(place, attribute, accountId);
  }
  await changeSettings((settings) => (settings === null ? null : settingsWithout(settings, accountId)));
  await forgetReported(accountId).catch(ignoreMissing);
}

/** Settings without who saved them, and who chose a part of their profile; null where that was somebody else. */
function settingsWithout(settings: StoredSettings, accountId: string): StoredSettings | null {
  const { connection, savedByAccountId } = settings;
  const profile = withoutChooser(connection.profile, accountId, ERASED);
  if (savedByAccountId !== accountId && profile === connection.profile) return null;
  return {
    ...settings,
    connection: { ...connection, profile },
    savedByAccountId: savedByAccountId === accountId ? ERASED : savedByAccountId,
  };
}

async function eraseIn(place: AccountPlace, attribute: string, accountId: string): Promise<void> {
  for await (const rows of rowsWith(place, attribute, accountId)) {
    if (place.key === 'part') {
      for (const { value } of rows) await moveToMark(value);
      continue;
    }
    for (const some of inGroupsOf(rows, KEYS_AT_ONCE)) await mark(place, attribute, accountId, some);
  }
}

/** The rows that hold an account's id, page by page. PageHeaders are used within this invocation only. */
async function* rowsWith(
  { entity, indexes }: AccountPlace,
  attribute: string,
  accountId: string,
): AsyncGenerator<Row[]> {
  const index = indexes[attribute];
  let cursor: string | undefined;
  do {
    const all = kvs.entity<unknown>(entity).query();
    const query = (index === undefined ? all.index('by-key') : all.index(index, { partition: [accountId] })).limit(
      PAGE,
    );
    const { results, nextCursor } = await (cursor === undefined ? query : query.cursor(cursor)).getMany();
    const rows = results
      .map(({ key, value }) => ({ key, value: rowSchema.parse(value) }))
      .filter(({ value }) => value[attribute] === accountId);
    if (rows.length > 0) yield rows;
    cursor = nextCursor;
  } while (cursor !== undefined);
}

async function mark(
  place: Pick<AccountPlace, 'entity' | 'guard'>,
  attribute: string,
  accountId: string,
  rows: readonly Row[],
): Promise<void> {
  const { entity, guard } = place;
  const transaction = rows.reduce((joined, { key, value }) => {
    const unchanged = new Filter<Row['value']>()
      .and(attribute, FilterConditions.equalTo(accountId))
      .and(guard, FilterConditions.equalTo(guardOf(value[guard])));
    const marked = { ...value, [attribute]: ERASED };
    // A row with a revision gets another one: whoever has read it before does not write the id back.
    const next = guard === 'revision' ? versioned(marked) : marked;
    return joined.set(key, next, { entityName: entity, conditions: unchanged });
  }, kvs.transact());
  try {
    await transaction.execute();
  } catch (error) {
    if (!(error instanceof ForgeKvsAPIError)) throw error;
    // One row that has changed fails all of them: the others are done one by one.
    if (rows.length > 1) for (const row of rows) await mark(place, attribute, accountId, [row]);
  }
}

function guardOf(value: unknown): string | number {
  return typeof value === 'number' ? value : z.string().catch('').parse(value);
}

function ignoreMissing(error: unknown): void {
  if (error instanceof ForgeKvsAPIError && error.code === 'KEY_NOT_FOUND') return;
  throw error;
}
