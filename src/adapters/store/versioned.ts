import { randomUUID } from 'node:crypto';
import { Filter, FilterConditions, kvs } from '@forge/kvs';
import { z } from 'zod';
import { setOnce } from './once';

/**
 * Rows that several invocations may want to change at once. Each version has its own revision, so that
 * a change can be made on the condition that nobody else made one, and so that after an error it can
 * be told whether the change was made all the same.
 */
export type Versioned<T> = T & { readonly revision: string };

const revisionSchema = z.object({ revision: z.string() });
type Revised = z.infer<typeof revisionSchema>;

/** The value with a revision that no other version of any row has. */
export function versioned<T extends object>(value: T): Versioned<T> {
  return { ...value, revision: randomUUID() };
}

/**
 * A row that only counts, as it is stored. One of another form is as nothing stored, and replaced like any other: all
 * would wait for good for a number that can't be read. Throws when it has no revision.
 */
export function parseCounted<T extends object>(
  schema: z.ZodType<Versioned<T>>,
  row: unknown,
  nothing: T,
): Versioned<T> {
  const parsed = schema.safeParse(row);
  return parsed.success ? parsed.data : { ...nothing, revision: revisionSchema.parse(row).revision };
}

/**
 * Creates a row; false when there is one already. Throws what storage threw when it can't be told.
 */
export async function createRow(entity: string, key: string, row: Versioned<object>): Promise<boolean> {
  try {
    const refusal = await setOnce(entity, key, row);
    if (refusal === null) return true;
    throw refusal;
  } catch (error) {
    // A lost answer is no refusal: what stands there tells whether the row was stored all the same.
    const revision = await readRevision(entity, key, error);
    if (revision === null) throw error;
    return revision === row.revision;
  }
}

/** The condition under which a transaction changes a row: that it still is `before`. */
export function ifStill(entityName: string, { revision }: Revised) {
  return { entityName, conditions: new Filter<Revised>().and('revision', FilterConditions.equalTo(revision)) };
}

/**
 * Replaces a row, or deletes it when `next` is null, if it still is `before`; false when someone else
 * changed it. Throws what storage threw when it can't be told.
 */
export async function compareAndSwap(
  entity: string,
  key: string,
  before: Versioned<object>,
  next: Versioned<object> | null,
): Promise<boolean> {
  const condition = ifStill(entity, before);
  const transaction = kvs.transact();
  try {
    await (
      next === null ? transaction.delete(key, condition) : transaction.set<Revised>(key, next, condition)
    ).execute();
    return true;
  } catch (error) {
    return isStoredNow(entity, key, { before, next }, error);
  }
}

/**
 * Whether a change that failed was made all the same: false when somebody else changed the row. Throws what storage
 * threw when the row is as it was, or it can't be told.
 */
export async function isStoredNow(
  entity: string,
  key: string,
  { before, next }: { readonly before: Versioned<object>; readonly next: Versioned<object> | null },
  failure: unknown,
): Promise<boolean> {
  const revision = await readRevision(entity, key, failure);
  if (revision === before.revision) throw failure;
  return revision === (next?.revision ?? null);
}

async function readRevision(entity: string, key: string, failure: unknown): Promise<string | null> {
  const row = await kvs
    .entity<unknown>(entity)
    .get(key)
    .catch(() => {
      throw failure;
    });
  return row === undefined ? null : revisionSchema.parse(row).revision;
}
