import { z } from 'zod';
import { KvsRefusal } from './limits';
import { batch, read, readInBatch, remove, removeInBatch, spaceOf, transact, write, type Store } from './operations';
import { queryEntity, queryKeys } from './query';
import { REQUESTS } from './requests';
import type { Space } from './rows';

/** An answer of the store: a status and a JSON body, undefined for none. */
export type KvsAnswer = { readonly status: number; readonly body: unknown };

/** Which space a request means, by the entity that it names. */
type SpaceChoice = (store: Store, entityName: string | undefined) => Space;

type Answering = (store: Store, body: unknown) => KvsAnswer;

const plain: SpaceChoice = () => ({ kind: 'plain' });
const secret: SpaceChoice = () => ({ kind: 'secret' });

/** What each path does with its body. A map: a path must not find what every object has. */
const PATHS: ReadonlyMap<string, Answering> = new Map<string, Answering>([
  ['/api/v1/get', readIn(plain)],
  ['/api/v1/set', writeIn(plain)],
  ['/api/v1/delete', removeIn(plain)],
  ['/api/v1/secret/get', readIn(secret)],
  ['/api/v1/secret/set', writeIn(secret)],
  ['/api/v1/secret/delete', removeIn(secret)],
  ['/api/v1/entity/get', readIn(spaceOf)],
  ['/api/v1/entity/set', writeIn(spaceOf)],
  ['/api/v1/entity/delete', removeIn(spaceOf)],
  ['/api/v1/query', (store, body) => done(queryKeys(store, REQUESTS.query.parse(body)))],
  ['/api/v1/entity/query', (store, body) => done(queryEntity(store, REQUESTS.entityQuery.parse(body)))],
  ['/api/v1/batch/get', batchGet],
  ['/api/v1/batch/set', batchSet],
  ['/api/v1/batch/delete', batchDelete],
  [
    '/api/v1/transaction',
    (store, body) => {
      transact(store, REQUESTS.transaction.parse(body));
      return { status: 204, body: undefined };
    },
  ],
]);

function answerPath(store: Store, path: string, body: unknown): KvsAnswer {
  const answering = PATHS.get(path);
  if (answering !== undefined) return answering(store, body);
  return { status: 501, body: { code: 'NOT_MODELLED', message: `The sandbox does not model ${path}` } };
}

function readIn(space: SpaceChoice): Answering {
  return (store, body) => {
    const { key, entityName, options } = REQUESTS.read.parse(body);
    return done(read(store, space(store, entityName), key, options?.metadataFields));
  };
}

function writeIn(space: SpaceChoice): Answering {
  return (store, body) => {
    const request = REQUESTS.write.parse(body);
    return done(write(store, space(store, request.entityName), request));
  };
}

function removeIn(space: SpaceChoice): Answering {
  return (store, body) => {
    const { key, entityName } = REQUESTS.remove.parse(body);
    remove(store, space(store, entityName), key);
    return { status: 204, body: undefined };
  };
}

function batchGet(store: Store, body: unknown): KvsAnswer {
  const items = z.array(REQUESTS.read).parse(body);
  return done(
    batch('get', items, (item) =>
      readInBatch(store, spaceOf(store, item.entityName), item.key, item.options?.metadataFields),
    ),
  );
}

function batchSet(store: Store, body: unknown): KvsAnswer {
  const items = z.array(REQUESTS.write).parse(body);
  return done(
    batch('set', items, (item) => {
      write(store, spaceOf(store, item.entityName), item);
      return {};
    }),
  );
}

function batchDelete(store: Store, body: unknown): KvsAnswer {
  const items = z.array(REQUESTS.remove).parse(body);
  return done(
    batch('delete', items, (item) => {
      removeInBatch(store, spaceOf(store, item.entityName), item.key);
      return {};
    }),
  );
}

function done(body: object | undefined): KvsAnswer {
  return { status: 200, body };
}

/** Answers one POST of @forge/kvs. What the store refuses becomes `{code, message}`, as Forge answers it. */
export function answerKvs(store: Store, path: string, body: unknown): KvsAnswer {
  try {
    return answerPath(store, path, body);
  } catch (error) {
    if (error instanceof KvsRefusal)
      return { status: error.status, body: { code: error.code, message: error.message } };
    if (error instanceof z.ZodError)
      return { status: 400, body: { code: 'INVALID_REQUEST', message: z.prettifyError(error) } };
    throw error;
  }
}
