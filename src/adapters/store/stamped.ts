import { randomUUID } from 'node:crypto';
import { Filter, FilterConditions, kvs } from '@forge/kvs';
import { z } from 'zod';

/**
 * Rows that several invocations may want to change at once. Each version has its own stamp, so that
 * a change can be made on the condition that nobody else made one, and so that after an error it can
 * be told whether the change was made all the same.
 */
export type Stamped<T> = T & { readonly stamp: string };

const stampSchema = z.object({ stamp: z.string() });
type Row = z.infer<typeof stampSchema>;

/** The value with a stamp that no other version of any row has. */
export function stamped<T extends object>(value: T): Stamped<T> {
  return { ...value, stamp: randomUUID() };
}

/**
 * Creates a row; false when there is one already. Throws what storage threw when it can't be told.
 */
export async function createRow(entity: string, key: string, row: Stamped<object>): Promise<boolean> {
  try {
    await kvs.entity<object>(entity).set(key, row, { keyPolicy: 'FAIL_IF_EXISTS' });
    return true;
  } catch (error) {
    // Which code a taken key has is not documented, and a lost answer has none: the store itself is asked.
    const stamp = await readStamp(entity, key, error);
    if (stamp === null) throw error;
    return stamp === row.stamp;
  }
}

/**
 * Replaces a row, or deletes it when `next` is null, if it still is `before`; false when someone else
 * changed it. Throws what storage threw when it can't be told.
 */
export async function swapRow(
  entity: string,
  key: string,
  before: Stamped<object>,
  next: Stamped<object> | null,
): Promise<boolean> {
  const condition = {
    entityName: entity,
    conditions: new Filter<Row>().and('stamp', FilterConditions.equalTo(before.stamp)),
  };
  const transaction = kvs.transact();
  try {
    await (next === null ? transaction.delete(key, condition) : transaction.set<Row>(key, next, condition)).execute();
    return true;
  } catch (error) {
    const stamp = await readStamp(entity, key, error);
    if (stamp === before.stamp) throw error;
    return stamp === (next?.stamp ?? null);
  }
}

async function readStamp(entity: string, key: string, failure: unknown): Promise<string | null> {
  const row = await kvs
    .entity<unknown>(entity)
    .get(key)
    .catch(() => {
      throw failure;
    });
  return row === undefined ? null : stampSchema.parse(row).stamp;
}
