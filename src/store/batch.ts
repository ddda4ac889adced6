import { ForgeKvsError, kvs } from '@forge/kvs';

/** A value's place: a key, of an entity or among the plain ones. */
export type Place = { readonly key: string; readonly entityName?: string };

/**
 * Reads several values in one call, because an open panel pays for each; undefined where none is stored.
 * Throws ForgeKvsError when storage fails, also when it fails for one of them only.
 * @param places at most 25, Forge's limit
 */
export async function readAll(places: readonly Place[]): Promise<(place: Place) => unknown> {
  const { successfulKeys, failedKeys } = await kvs.batchGet<unknown>([...places]);
  const failure = failedKeys.find(({ error }) => error.code !== 'KEY_NOT_FOUND');
  if (failure !== undefined) throw new ForgeKvsError(`A batch read failed with ${failure.error.code}`);
  const told = successfulKeys.length + failedKeys.length;
  // An answer that leaves a key out must not pass for "nothing stored".
  if (told !== places.length) throw new ForgeKvsError(`A batch read told of ${told} of ${places.length} keys`);
  return ({ key, entityName }) => successfulKeys.find((row) => row.key === key && row.entityName === entityName)?.value;
}
