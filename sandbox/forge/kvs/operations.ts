import type { Clock } from '../clock';
import type { EntityDeclaration } from '../manifest';
import { meetsAll } from './conditions';
import { checkAttributes, declaredEntity } from './entities';
import { badRequest, bytesOf, checkKey, checkValue, KvsRefusal, LIMITS } from './limits';
import type { MetadataFields, Transaction, WriteRequest } from './requests';
import { nextRow, rowAnswer, type Row, type Rows, type Space } from './rows';

/** What the operations work on. */
export type Store = { readonly rows: Rows; readonly entities: readonly EntityDeclaration[]; readonly clock: Clock; readonly epoch: () => string };

const PLAIN: Space = { kind: 'plain' };

/** The space of an entity, or that of plain keys when none is named. */
export function spaceOf(store: Store, entityName: string | undefined): Space {
  return entityName === undefined ? PLAIN : { kind: 'entity', name: declaredEntity(store.entities, entityName).name };
}

/** Answers a value; 404 KEY_NOT_FOUND when there is none, which @forge/kvs turns into undefined. */
export function read(store: Store, space: Space, key: string, fields: MetadataFields): object {
  checkKey(key);
  const row = store.rows.read(space, key);
  if (row === undefined) throw new KvsRefusal(404, 'KEY_NOT_FOUND', 'Nothing is stored under this key');
  return rowAnswer(row, fields);
}

/** Stores a value and answers the row that was asked for, undefined when none was. */
export function write(store: Store, space: Space, request: WriteRequest): object | undefined {
  const { previous, next } = prepareWrite(store, space, request);
  store.rows.write(space, next);
  const { returnValue, returnMetadataFields } = request.options ?? {};
  if (returnValue === 'LATEST') return rowAnswer(next, returnMetadataFields);
  return returnValue === 'PREVIOUS' && previous !== undefined ? rowAnswer(previous, returnMetadataFields) : undefined;
}

function prepareWrite(store: Store, space: Space, request: WriteRequest): { previous: Row | undefined; next: Row } {
  checkKey(request.key);
  checkValue(request.value, space.kind === 'secret' ? LIMITS.secretBytes : LIMITS.valueBytes);
  if (space.kind === 'entity') checkAttributes(declaredEntity(store.entities, space.name), request.value);
  const previous = store.rows.read(space, request.key);
  if (request.options?.keyPolicy === 'FAIL_IF_EXISTS' && previous !== undefined) {
    throw new KvsRefusal(409, 'KEY_CONFLICT', 'A value is already stored under this key');
  }
  return { previous, next: nextRow(request, previous, store.clock.now()) };
}

/** Removes a value; 404 KEY_NOT_FOUND when there is none. */
export function remove(store: Store, space: Space, key: string): void {
  read(store, space, key, undefined);
  store.rows.remove(space, key);
}

type BatchItem = { readonly key: string; readonly entityName?: string | undefined };

/** Does one thing for each of at most 25 keys of 4 MB in all; each key succeeds or fails for itself. */
export function batch<T extends BatchItem>(items: readonly T[], one: (item: T) => object): object {
  if (items.length === 0 || items.length > LIMITS.batchKeys) throw badRequest('INVALID_BATCH_SIZE', `A batch has 1 to ${LIMITS.batchKeys} keys, not ${items.length}`);
  if (bytesOf(items) > LIMITS.batchBytes) throw badRequest('MAX_SIZE', `A batch has at most ${LIMITS.batchBytes} bytes`);
  const successfulKeys: object[] = [];
  const failedKeys: object[] = [];
  for (const item of items) {
    const name = { key: item.key, ...(item.entityName === undefined ? {} : { entityName: item.entityName }) };
    try {
      successfulKeys.push({ ...name, ...one(item) });
    } catch (error) {
      if (!(error instanceof KvsRefusal)) throw error;
      failedKeys.push({ ...name, error: { code: error.code, message: error.message } });
    }
  }
  return { successfulKeys, failedKeys };
}

/** Checks, sets and deletes all or nothing: at most 25 operations, each key once, conditions on entities only. */
export function transact(store: Store, { set, delete: deletes, check }: Transaction): void {
  const operations = [...set, ...deletes, ...check];
  if (operations.length === 0 || operations.length > LIMITS.transactionOperations) {
    throw badRequest('INVALID_TRANSACTION_SIZE', `A transaction has 1 to ${LIMITS.transactionOperations} operations, not ${operations.length}`);
  }
  if (bytesOf(operations) > LIMITS.transactionBytes) throw badRequest('MAX_SIZE', `A transaction has at most ${LIMITS.transactionBytes} bytes`);
  const named = new Set(operations.map(({ key, entityName }) => JSON.stringify([entityName ?? null, key])));
  if (named.size < operations.length) throw badRequest('DUPLICATE_KEY', 'A transaction names each key once');
  for (const { key, entityName, conditions } of operations) {
    checkKey(key);
    if (conditions === undefined) continue;
    if (entityName === undefined) throw badRequest('INVALID_CONDITION', 'Only entities can have conditions');
    const row = store.rows.read(spaceOf(store, entityName), key);
    if (!meetsAll(row?.value, conditions)) throw new KvsRefusal(409, 'CONDITIONAL_CHECK_FAILED', 'A condition of the transaction does not hold');
  }
  const writes = set.map((item) => ({ space: spaceOf(store, item.entityName), item }));
  const prepared = writes.map(({ space, item }) => ({ space, next: prepareWrite(store, space, item).next }));
  const removals = deletes.map((item) => ({ space: spaceOf(store, item.entityName), key: item.key }));
  for (const { space, next } of prepared) store.rows.write(space, next);
  for (const { space, key } of removals) store.rows.remove(space, key);
}
