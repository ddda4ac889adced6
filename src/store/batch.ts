import { ForgeKvsError, kvs } from '@forge/kvs';
import { forEachGroup, inGroupsOf, KEYS_AT_ONCE } from './groups';

/** A value's place: a key, of an entity or among the plain ones. */
export type Place = { readonly key: string; readonly entityName?: string };

/**
 * Reads several values in one call, because an open panel pays for each; undefined where none is stored.
 * Throws ForgeKvsError when storage fails, also when it fails for one of them only.
 * @param places at most 25, see `KEYS_AT_ONCE`
 */
export async function readAll(places: readonly Place[]): Promise<(place: Place) => unknown> {
  const { successfulKeys, failedKeys } = await kvs.batchGet<unknown>([...places]);
  checkAll('read', places.length, successfulKeys, failedKeys);
  return ({ key, entityName }) => successfulKeys.find((row) => row.key === key && row.entityName === entityName)?.value;
}

/**
 * Reads a value for each of these, however many, 25 a call and a few calls side by side; one that is not
 * stored is left out. Throws as {@link readAll}.
 */
export async function readMany<K, T>(keys: readonly K[], placeOf: (key: K) => Place, parse: (key: K, row: unknown) => T): Promise<Map<K, T>> {
  const found = await forEachGroup(inGroupsOf(keys, KEYS_AT_ONCE), async (group) => {
    const at = await readAll(group.map(placeOf));
    return group.flatMap((key) => {
      const row = at(placeOf(key));
      return row === undefined ? [] : [[key, parse(key, row)] as const];
    });
  });
  return new Map(found.flat());
}

/**
 * Stores several rows in one call. Throws ForgeKvsError when storage fails, also when it fails for one of
 * them only: the others are stored.
 * @param rows at most 25, see `KEYS_AT_ONCE`
 */
export async function writeAll(entityName: string, rows: readonly { readonly key: string; readonly value: object }[]): Promise<void> {
  if (rows.length === 0) return;
  const { successfulKeys, failedKeys } = await kvs.batchSet(rows.map((row) => ({ ...row, entityName })));
  checkAll('write', rows.length, successfulKeys, failedKeys);
}

/** Deletes several rows in one call; one that is not there is deleted already. Throws as {@link writeAll}. */
export async function deleteAll(places: readonly Place[]): Promise<void> {
  if (places.length === 0) return;
  const { successfulKeys, failedKeys } = await kvs.batchDelete([...places]);
  checkAll('deletion', places.length, successfulKeys, failedKeys);
}

function checkAll(what: string, asked: number, successful: readonly unknown[], failed: readonly { readonly error: { readonly code: string } }[]): void {
  const failure = failed.find(({ error }) => error.code !== 'KEY_NOT_FOUND');
  if (failure !== undefined) throw new ForgeKvsError(`A batch ${what} failed with ${failure.error.code}`);
  const told = successful.length + failed.length;
  // An answer that leaves a key out must not pass for "nothing stored".
  if (told !== asked) throw new ForgeKvsError(`A batch ${what} told of ${told} of ${asked} keys`);
}
