import { ForgeKvsError, kvs } from '@forge/kvs';
import { forEachGroup, inGroupsOf, KEYS_AT_ONCE } from './groups';

/** A value's place: a key, of an entity or among the plain ones. */
export type Place = { readonly key: string; readonly entityName?: string };

/** A row to store, and how long it is kept; for good unless it is said. */
export type Row = {
  readonly key: string;
  readonly value: object;
  readonly options?: { readonly ttl: { readonly value: number; readonly unit: 'DAYS' } };
};

/** A key of a batch that failed, as Forge tells it. */
type FailedKey = { readonly key: string; readonly entityName?: string; readonly error: { readonly code: string } };
/** What a batch tells of a key that nothing is stored under. */
const MISSING = 'KEY_NOT_FOUND';

/**
 * Reads several values in one call, because an open panel pays for each; undefined where none is stored.
 * A key under which nothing is stored comes back as failed with KEY_NOT_FOUND (measured 2026-10-09); the
 * documentation does not say so, so that it may as well be left out. One that is left out is read once more
 * by itself, which is documented to be strict: a short answer never passes for "nothing stored".
 * Throws ForgeKvsError when storage fails, also when it fails for one of them only.
 * @param places at most 25, see `KEYS_AT_ONCE`
 * @see https://developer.atlassian.com/platform/forge/storage-reference/entities-batch/
 */
export async function readAll(places: readonly Place[]): Promise<(place: Place) => unknown> {
  const distinct = onceEach(places);
  if (distinct.length === 0) return () => undefined;
  const { successfulKeys, failedKeys } = await kvs.batchGet<unknown>(distinct);
  checkFailed(
    'read',
    failedKeys.filter(({ error }) => error.code !== MISSING),
  );
  const found = new Map(successfulKeys.map((row) => [idOf(row), row.value]));
  const told = new Set([...successfulKeys, ...failedKeys].map(idOf));
  const leftOut = distinct.filter((place) => !told.has(idOf(place)));
  const readAlone = await Promise.all(leftOut.map(readOne));
  for (const [nth, place] of leftOut.entries()) found.set(idOf(place), readAlone[nth]);
  return (place) => found.get(idOf(place));
}

/**
 * Reads a value for each of these, however many, 25 a call and a few calls side by side; one that is not
 * stored is left out. Throws as {@link readAll}.
 */
export async function readMany<K, T>(
  keys: readonly K[],
  placeOf: (key: K) => Place,
  parse: (key: K, row: unknown) => T,
): Promise<Map<K, T>> {
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
 * them only, or does not tell of one: the others are stored.
 * @param given at most 25, see `KEYS_AT_ONCE`; of two rows with one key the last one counts
 */
export async function writeAll(entityName: string, given: readonly Row[]): Promise<void> {
  const rows = onceEach(given);
  if (rows.length === 0) return;
  const { successfulKeys, failedKeys } = await kvs.batchSet(rows.map((row) => ({ ...row, entityName })));
  checkFailed('write', failedKeys);
  if (successfulKeys.length !== rows.length)
    throw new ForgeKvsError(`A batch write told of ${successfulKeys.length} of ${rows.length} keys`);
}

/**
 * Deletes several rows in one call. One that is not there is deleted already: that succeeds (documented of
 * `delete`), and would do no harm as KEY_NOT_FOUND. One of which nothing is told is looked at by itself.
 * Throws ForgeKvsError when storage fails, also when a row is still there: the others are deleted.
 * @param given at most 25, see `KEYS_AT_ONCE`
 */
export async function deleteAll(given: readonly Place[]): Promise<void> {
  const places = onceEach(given);
  if (places.length === 0) return;
  const { successfulKeys, failedKeys } = await kvs.batchDelete(places);
  checkFailed(
    'deletion',
    failedKeys.filter(({ error }) => error.code !== MISSING),
  );
  const told = new Set([...successfulKeys, ...failedKeys].map(idOf));
  const leftOut = places.filter((place) => !told.has(idOf(place)));
  const standing = (await Promise.all(leftOut.map(readOne))).filter((value) => value !== undefined);
  if (standing.length > 0) throw new ForgeKvsError(`A batch deletion left ${standing.length} of ${places.length} keys`);
}

/** Each key once: two of one key are refused in a transaction (measured 2026-10-09), and in a batch it is assumed. */
function onceEach<T extends Place>(places: readonly T[]): T[] {
  return [...new Map(places.map((place) => [idOf(place), place])).values()];
}

function readOne({ key, entityName }: Place): Promise<unknown> {
  return entityName === undefined ? kvs.get<unknown>(key) : kvs.entity<unknown>(entityName).get(key);
}

function idOf({ key, entityName }: Place): string {
  return JSON.stringify([entityName ?? null, key]);
}

function checkFailed(what: string, failed: readonly FailedKey[]): void {
  const [failure] = failed;
  if (failure !== undefined) throw new ForgeKvsError(`A batch ${what} failed with ${failure.error.code}`);
}
