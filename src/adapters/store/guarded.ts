import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { RATE_LIMIT_ENTITY } from './tokenBucket';
import { createRow, ifStill, isStoredNow, versioned, type Versioned } from './versioned';

/**
 * Plain values that several change at once, each of them a part. A condition can be set on rows of entities alone
 * (documented), so that beside each such value stands a row with its version, and both are stored in one transaction.
 * Whoever only reads takes the value as it is. The rows stand beside the rate limit, with which they have nothing to
 * do: an app may have twenty entities.
 * @see https://developer.atlassian.com/platform/forge/rest/api-group-transaction/ keys and entities in one transaction
 */
export type Guarded = {
  readonly key: string;
  /** As it is stored; undefined where nothing is. */
  readonly value: unknown;
  readonly version: Versioned<object> | null;
};

/** How often a change is made again that somebody else's has just crossed. */
const TRIES = 8;

const versionSchema = z.object({ revision: z.string() });
const versionKeyOf = (key: string): string => `version:${key}`;

/** A value with its version, to be changed. Throws ForgeKvsError when storage fails. */
export async function readGuarded(key: string): Promise<Guarded> {
  // The version first: whatever is stored from here on is of another one.
  const row = await kvs.entity<unknown>(RATE_LIMIT_ENTITY).get(versionKeyOf(key));
  const value = await kvs.get<unknown>(key);
  return { key, value, version: row === undefined ? null : versionSchema.parse(row) };
}

/**
 * Stores a value, if the one before is still as it was read; false when somebody else changed it. Throws ForgeKvsError
 * when storage fails.
 */
export async function replaceGuarded({ key, version }: Guarded, value: object): Promise<boolean> {
  const versionKey = versionKeyOf(key);
  // A condition on a row that is not there is refused (measured 2026-10-09), so that a first one is made before.
  const before = version ?? versioned({});
  if (version === null && !(await createRow(RATE_LIMIT_ENTITY, versionKey, before))) return false;
  const next = versioned({});
  const condition = ifStill(RATE_LIMIT_ENTITY, before);
  try {
    await kvs.transact().set(versionKey, next, condition).set(key, value).execute();
    return true;
  } catch (error) {
    return isStoredNow(RATE_LIMIT_ENTITY, versionKey, { before, next }, error);
  }
}

/**
 * Changes a value on the condition that nobody else did meanwhile, as often as it takes. Throws ForgeKvsError when
 * storage fails.
 * @param change the value to store for the stored one; null where it stays as it is
 */
export async function changeGuarded(key: string, change: (stored: unknown) => object | null): Promise<void> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const before = await readGuarded(key);
    const next = change(before.value);
    if (next === null || (await replaceGuarded(before, next))) return;
  }
  throw new Error('A setting was changed by others all the time');
}
