import type { Clock } from '../clock';
import type { EntityDeclaration } from '../manifest';
import { meetsAll } from './conditions';
import { checkAttributes, declaredEntity } from './entities';
import { badRequest, bytesOf, checkKey, checkValue, KvsRefusal, LIMITS } from './limits';
import type { MetadataFields, Transaction, WriteRequest } from './requests';
import type { Readings } from '../rules/readings';
import { STORAGE } from '../rules/storage';
import { nextRow, rowAnswer, type Row } from './row';
import type { Rows, Space } from './rows';

/** What the operations work on. */
export type Store = {
  readonly rows: Rows;
  readonly entities: readonly EntityDeclaration[];
  readonly clock: Clock;
  readonly epoch: () => string;
  readonly readings: () => Readings;
};

const PLAIN: Space = { kind: 'plain' };

/** The space of an entity, or that of plain keys when none is named. */
export function spaceOf(store: Store, entityName: string | undefined): Space {
  return entityName === undefined ? PLAIN : { kind: 'entity', name: declaredEntity(store.entities, entityName).name };
}

/** Answers a value; 404 KEY_NOT_FOUND when there is none, which @forge/kvs turns into undefined. */
export function read(store: Store, space: Space, key: string, fields: MetadataFields): object {
  checkKey(key);
  const row = store.rows.read(space, key);
  if (row === undefined) throw new KvsRefusal(404, 'KEY_NOT_FOUND', STORAGE.missingKey.value);
  return rowAnswer(row, fields);
}

/** Answers a value in a batch; a key that nothing is stored under is refused, or left out as undefined. */
export function readInBatch(store: Store, space: Space, key: string, fields: MetadataFields): object | undefined {
  checkKey(key);
  if (store.rows.read(space, key) === undefined && store.readings().missingInBatchRead === 'leftOut') return undefined;
  return read(store, space, key, fields);
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
    if (space.kind === 'entity' && store.readings().takenEntityKey === 'failedCondition') throw conditionFailed();
    throw new KvsRefusal(409, 'KEY_CONFLICT', STORAGE.takenKey.value);
  }
  return { previous, next: nextRow(request, previous, store.clock.now()) };
}

/** The measured answer to a condition that does not hold: nothing of the transaction is done. */
function conditionFailed(): KvsRefusal {
  return badRequest('CONDITIONAL_CHECK_FAILED', STORAGE.transactionConditions.value);
}

/** Removes a value; 404 KEY_NOT_FOUND when there is none, which @forge/kvs takes for a success. */
export function remove(store: Store, space: Space, key: string): void {
  read(store, space, key, undefined);
  store.rows.remove(space, key);
}

/** Removes a value in a batch, where a key that nothing is stored under may count as failed. */
export function removeInBatch(store: Store, space: Space, key: string): void {
  checkKey(key);
  const isMissing = store.rows.read(space, key) === undefined;
  if (isMissing && store.readings().missingInBatchDelete === 'fails') return remove(store, space, key);
  store.rows.remove(space, key);
}

type BatchItem = { readonly key: string; readonly entityName?: string | undefined };

/**
 * Does one thing for each of at most 25 keys of 4 MB in all; each key succeeds or fails for itself. The
 * batch fails as a whole when it has no key, too many, or one twice.
 * @param verb what is done, as the measured refusal names it
 */
export function batch<T extends BatchItem>(
  verb: 'get' | 'set' | 'delete',
  items: readonly T[],
  one: (item: T) => object | undefined,
): object {
  if (items.length === 0) throw badRequest('NO_BATCH_ENTITIES', `There is no entity to ${verb}`);
  if (items.length > LIMITS.batchKeys) {
    throw badRequest(
      'TOO_MANY_BATCH_ENTITIES',
      `Number of entities to ${verb} was ${items.length}, but you can only ${verb} a maximum of ` +
        `${LIMITS.batchKeys} entities at a time.`,
    );
  }
  refuseDuplicates(items);
  if (bytesOf(items) > LIMITS.batchBytes)
    throw badRequest('MAX_SIZE', `A batch has at most ${LIMITS.batchBytes} bytes`);
  const successfulKeys: object[] = [];
  const failedKeys: object[] = [];
  for (const item of items) {
    const name = { key: item.key, ...(item.entityName === undefined ? {} : { entityName: item.entityName }) };
    try {
      const answer = one(item);
      if (answer !== undefined) successfulKeys.push({ ...name, ...answer });
    } catch (error) {
      if (!(error instanceof KvsRefusal)) throw error;
      failedKeys.push({ ...name, error: { code: error.code, message: error.message } });
    }
  }
  return { successfulKeys, failedKeys };
}

function refuseDuplicates(items: readonly BatchItem[]): void {
  const named = new Set(items.map(({ key, entityName }) => JSON.stringify([entityName ?? null, key])));
  if (named.size < items.length) throw badRequest('KEY_DUPLICATION_ERROR', STORAGE.transactionKeys.value);
}

/**
 * Checks, sets and deletes all or nothing: at most 25 operations, each key once, conditions on entities only.
 * A check asks for a row that is there.
 */
export function transact(store: Store, { set, delete: deletes, check }: Transaction): void {
  const operations = [...set, ...deletes, ...check];
  if (operations.length === 0 || operations.length > LIMITS.transactionOperations) {
    throw new KvsRefusal(422, 'UNPROCESSABLE_ENTITY', STORAGE.transactionTooMany.value);
  }
  if (bytesOf(operations) > LIMITS.transactionBytes)
    throw badRequest('MAX_SIZE', `A transaction has at most ${LIMITS.transactionBytes} bytes`);
  refuseDuplicates(operations);
  for (const { key, entityName, conditions } of operations) {
    checkKey(key);
    if (conditions === undefined) continue;
    if (entityName === undefined) throw badRequest('INVALID_CONDITION', 'Only entities can have conditions');
    const row = store.rows.read(spaceOf(store, entityName), key);
    if (!meetsAll(row?.value, conditions)) throw conditionFailed();
    if (row === undefined && store.readings().conditionOnMissingRow === 'fails') throw conditionFailed();
  }
  for (const { key, entityName } of check) {
    if (store.rows.read(spaceOf(store, entityName), key) === undefined) throw conditionFailed();
  }
  const writes = set.map((item) => ({ space: spaceOf(store, item.entityName), item }));
  const prepared = writes.map(({ space, item }) => ({ space, next: prepareWrite(store, space, item).next }));
  const removals = deletes.map((item) => ({ space: spaceOf(store, item.entityName), key: item.key }));
  for (const { space, next } of prepared) store.rows.write(space, next);
  for (const { space, key } of removals) store.rows.remove(space, key);
}
