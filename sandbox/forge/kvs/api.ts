import { z } from 'zod';
import { KvsRefusal } from './limits';
import { batch, read, readInBatch, remove, removeInBatch, spaceOf, transact, write, type Store } from './operations';
import { queryEntity, queryKeys } from './query';
import { REQUESTS } from './requests';
import type { Space } from './rows';

/** An answer of the store: a status and a JSON body, undefined for none. */
export type KvsAnswer = { readonly status: number; readonly body: unknown };

const SECRET: Space = { kind: 'secret' };

/** What each path does with its body. */
function answerPath(store: Store, path: string, body: unknown): KvsAnswer {
  const readIn = (space: (name: string | undefined) => Space): KvsAnswer => {
    const { key, entityName, options } = REQUESTS.read.parse(body);
    return done(read(store, space(entityName), key, options?.metadataFields));
  };
  const writeIn = (space: (name: string | undefined) => Space): KvsAnswer => {
    const request = REQUESTS.write.parse(body);
    return done(write(store, space(request.entityName), request));
  };
  const removeIn = (space: (name: string | undefined) => Space): KvsAnswer => {
    const { key, entityName } = REQUESTS.remove.parse(body);
    remove(store, space(entityName), key);
    return { status: 204, body: undefined };
  };
  const named = (name: string | undefined): Space => spaceOf(store, name);
  const plain = (): Space => ({ kind: 'plain' });
  const secret = (): Space => SECRET;
  switch (path) {
    case '/api/v1/get':
      return readIn(plain);
    case '/api/v1/set':
      return writeIn(plain);
    case '/api/v1/delete':
      return removeIn(plain);
    case '/api/v1/secret/get':
      return readIn(secret);
    case '/api/v1/secret/set':
      return writeIn(secret);
    case '/api/v1/secret/delete':
      return removeIn(secret);
    case '/api/v1/entity/get':
      return readIn(named);
    case '/api/v1/entity/set':
      return writeIn(named);
    case '/api/v1/entity/delete':
      return removeIn(named);
    case '/api/v1/query':
      return done(queryKeys(store, REQUESTS.query.parse(body)));
    case '/api/v1/entity/query':
      return done(queryEntity(store, REQUESTS.entityQuery.parse(body)));
    case '/api/v1/batch/get':
      return done(
        batch('get', z.array(REQUESTS.read).parse(body), (item) =>
          readInBatch(store, named(item.entityName), item.key, item.options?.metadataFields),
        ),
      );
    case '/api/v1/batch/set':
      return done(
        batch('set', z.array(REQUESTS.write).parse(body), (item) => {
          write(store, named(item.entityName), item);
          return {};
        }),
      );
    case '/api/v1/batch/delete':
      return done(
        batch('delete', z.array(REQUESTS.remove).parse(body), (item) => {
          removeInBatch(store, named(item.entityName), item.key);
          return {};
        }),
      );
    case '/api/v1/transaction':
      transact(store, REQUESTS.transaction.parse(body));
      return { status: 204, body: undefined };
    default:
      return { status: 501, body: { code: 'NOT_MODELLED', message: `The sandbox does not model ${path}` } };
  }
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
