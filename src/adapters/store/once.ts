import { ForgeKvsAPIError, kvs } from '@forge/kvs';

/**
 * Sets a row of an entity under a key that nothing is stored under. Which code a taken key has is not documented, so
 * that a refusal says just that: whoever asked looks at what stands there, and throws the refusal where nothing does.
 * Throws what is no refusal, such as a lost answer.
 * @returns null when the row is stored, otherwise what storage refused it with
 */
export async function setOnce(entity: string, key: string, row: object): Promise<ForgeKvsAPIError | null> {
  try {
    await kvs.entity<object>(entity).set(key, row, { keyPolicy: 'FAIL_IF_EXISTS' });
    return null;
  } catch (error) {
    if (!(error instanceof ForgeKvsAPIError)) throw error;
    return error;
  }
}
