import { Filter, FilterConditions, kvs } from '@forge/kvs';
import type { Case } from '../case';

const OPERATIONS = 'sandbox/forge/kvs/operations.ts';
const ATTRIBUTES = 'sandbox/forge/kvs/entities.ts';

type Sample = {
  readonly batch?: string;
  readonly text?: string;
  readonly n?: number;
  readonly weight?: number;
  readonly done?: boolean;
  readonly extra?: unknown;
};

const ENTITY = { entityName: 'sample' };
const samples = kvs.entity<Sample>('sample');
/** A condition on the attribute `n`. */
const nIs = (n: number) => new Filter<Sample>().and('n', FilterConditions.equalTo(n));
const checked = (n: number) => ({ ...ENTITY, conditions: nIs(n) });

/** A case that stores one row with one attribute, of any type, and answers what is read back of it. */
const attribute = (id: string, title: string, name: string, value: unknown): Case => ({
  id: `entity.${id}`,
  title,
  believes: ATTRIBUTES,
  ask: async (key) => {
    await kvs.entity<object>('sample').set(key('a'), { batch: 'attributes', [name]: value });
    return Reflect.get((await kvs.entity<object>('sample').get(key('a'))) ?? {}, name);
  },
});

/** Rows of entities: their attributes, transactions and conditions, also under concurrency. */
export const entityCases: readonly Case[] = [
  {
    id: 'entity.set',
    title: 'set() of a row',
    believes: OPERATIONS,
    ask: async (key) => samples.set(key('a'), { batch: 'b', n: 1 }),
  },
  {
    id: 'entity.undeclared',
    title: 'set() of an entity that the manifest does not declare',
    believes: ATTRIBUTES,
    ask: async (key) => kvs.entity<Sample>('not-declared').set(key('a'), { n: 1 }),
  },
  {
    id: 'entity.set-existing-fails',
    title: 'set() of a row with FAIL_IF_EXISTS on a key that exists',
    believes: OPERATIONS,
    ask: async (key) => {
      await samples.set(key('a'), { n: 1 });
      return samples.set(key('a'), { n: 2 }, { keyPolicy: 'FAIL_IF_EXISTS' });
    },
  },
  {
    id: 'entity.integer-2-31',
    title: 'an integer attribute of 2^31',
    believes: ATTRIBUTES,
    ask: async (key) => samples.set(key('a'), { n: 2 ** 31 }),
  },
  {
    id: 'entity.integer-text',
    title: 'an integer attribute of "5"',
    believes: ATTRIBUTES,
    ask: async (key) => kvs.entity<object>('sample').set(key('a'), { n: '5' }),
  },
  attribute('integer-greatest', 'an integer attribute of 2^31 - 1', 'n', 2 ** 31 - 1),
  attribute('integer-least', 'an integer attribute of -2^31', 'n', -(2 ** 31)),
  attribute('integer-too-small', 'an integer attribute of -2^31 - 1', 'n', -(2 ** 31) - 1),
  attribute('integer-fraction', 'an integer attribute of 1.5', 'n', 1.5),
  attribute('float-2-53', 'a float attribute of 2^53 - 1', 'weight', 2 ** 53 - 1),
  attribute('float-milliseconds', 'a float attribute of milliseconds since 1970', 'weight', 1_790_000_000_123),
  attribute('float-too-great', 'a float attribute of 1E+126', 'weight', 1e126),
  attribute('float-great', 'a float attribute of 9.9E+125', 'weight', 9.9e125),
  attribute('float-too-near-zero', 'a float attribute of 1E-131', 'weight', 1e-131),
  attribute('float-near-zero', 'a float attribute of 1E-130', 'weight', 1e-130),
  attribute('string-empty', 'an empty string attribute', 'text', ''),
  attribute('string-blank', 'a blank string attribute', 'text', '  '),
  attribute('boolean-text', 'a boolean attribute of "true"', 'done', 'true'),
  attribute('any-null', 'an attribute of the type any that is null', 'extra', null),
  attribute('any-array', 'an attribute of the type any that is a list', 'extra', ['a', 1]),
  attribute('attribute-undeclared', 'an attribute that the manifest does not declare', 'other', 'x'),
  {
    id: 'transaction.sets',
    title: 'a transaction of two set()',
    believes: OPERATIONS,
    ask: async (key) => kvs.transact().set(key('a'), { n: 1 }, ENTITY).set(key('b'), { n: 2 }, ENTITY).execute(),
  },
  {
    id: 'transaction.sets-read',
    title: 'what is read after a transaction of two set()',
    believes: OPERATIONS,
    ask: async (key) => {
      await kvs.transact().set(key('a'), { n: 1 }, ENTITY).set(key('b'), { n: 2 }, ENTITY).execute();
      return [await samples.get(key('a')), await samples.get(key('b'))];
    },
  },
  {
    id: 'transaction.check-holds',
    title: 'a transaction whose check holds',
    believes: OPERATIONS,
    ask: async (key) => {
      await samples.set(key('a'), { n: 1 });
      return kvs.transact().check(key('a'), checked(1)).set(key('b'), { n: 2 }, ENTITY).execute();
    },
  },
  {
    id: 'transaction.check-fails',
    title: 'a transaction whose check does not hold',
    believes: OPERATIONS,
    ask: async (key) => {
      await samples.set(key('a'), { n: 1 });
      return kvs.transact().check(key('a'), checked(2)).set(key('b'), { n: 2 }, ENTITY).execute();
    },
  },
  {
    id: 'transaction.check-fails-read',
    title: 'what is read of the set() beside a check that does not hold',
    believes: OPERATIONS,
    ask: async (key) => {
      await samples.set(key('a'), { n: 1 });
      await kvs
        .transact()
        .check(key('a'), checked(2))
        .set(key('b'), { n: 2 }, ENTITY)
        .execute()
        .catch(() => undefined);
      return samples.get(key('b'));
    },
  },
  {
    id: 'transaction.check-missing',
    title: 'a transaction with a check on a missing row',
    believes: OPERATIONS,
    ask: async (key) => kvs.transact().check(key('a'), checked(1)).set(key('b'), { n: 2 }, ENTITY).execute(),
  },
  {
    id: 'transaction.check-missing-read',
    title: 'what is read of the set() beside a check on a missing row',
    believes: OPERATIONS,
    ask: async (key) => {
      await kvs
        .transact()
        .check(key('a'), checked(1))
        .set(key('b'), { n: 2 }, ENTITY)
        .execute()
        .catch(() => undefined);
      return samples.get(key('b'));
    },
  },
  {
    id: 'transaction.not-exists-on-missing',
    title: 'a transaction whose set() asks that an attribute of a missing row does not exist',
    believes: OPERATIONS,
    ask: async (key) =>
      kvs
        .transact()
        .set<Sample>(
          key('a'),
          { n: 1 },
          { ...ENTITY, conditions: new Filter<Sample>().and('n', FilterConditions.notExists()) },
        )
        .execute(),
  },
  {
    id: 'transaction.25',
    title: 'a transaction of 25 operations',
    believes: OPERATIONS,
    ask: async (key) =>
      Array.from({ length: 25 })
        .reduce<ReturnType<typeof kvs.transact>>((all, _, n) => all.set(key(String(n)), { n }, ENTITY), kvs.transact())
        .execute(),
  },
  {
    id: 'transaction.26',
    title: 'a transaction of 26 operations',
    believes: OPERATIONS,
    ask: async (key) =>
      Array.from({ length: 26 })
        .reduce<ReturnType<typeof kvs.transact>>((all, _, n) => all.set(key(String(n)), { n }, ENTITY), kvs.transact())
        .execute(),
  },
  {
    id: 'transaction.empty',
    title: 'a transaction of no operations',
    believes: OPERATIONS,
    ask: async () => kvs.transact().execute(),
  },
  {
    id: 'transaction.same-key',
    title: 'a transaction with one key twice',
    believes: OPERATIONS,
    ask: async (key) => kvs.transact().set(key('a'), { n: 1 }, ENTITY).delete(key('a'), ENTITY).execute(),
  },
  {
    id: 'transaction.same-key-plain-and-row',
    title: 'a transaction with a plain key and a row of the same key',
    believes: OPERATIONS,
    ask: async (key) => kvs.transact().set(key('a'), { n: 1 }).set(key('a'), { n: 1 }, ENTITY).execute(),
  },
  {
    id: 'transaction.delete-missing',
    title: 'a transaction that deletes a missing row',
    believes: OPERATIONS,
    ask: async (key) => kvs.transact().delete(key('a'), ENTITY).execute(),
  },
  {
    id: 'transaction.undeclared',
    title: 'a transaction with an entity that the manifest does not declare',
    believes: OPERATIONS,
    ask: async (key) => kvs.transact().set(key('a'), { n: 1 }, { entityName: 'not-declared' }).execute(),
  },
  {
    id: 'transaction.parallel',
    title: 'how 50 parallel transactions with the same condition on one row end',
    believes: OPERATIONS,
    ask: async (key) => {
      await samples.set(key('a'), { n: 0 });
      const tries = await Promise.allSettled(
        Array.from({ length: 50 }, async (_, index) =>
          kvs
            .transact()
            .set<Sample>(key('a'), { n: index + 1 }, checked(0))
            .execute(),
        ),
      );
      const codes = tries.flatMap((one): unknown[] =>
        one.status === 'rejected' && one.reason instanceof Error ? [Reflect.get(one.reason, 'code')] : [],
      );
      return { passed: tries.filter(({ status }) => status === 'fulfilled').length, codes: [...new Set(codes)].sort() };
    },
  },
];
