import { kvs, MetadataField } from '@forge/kvs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Case } from '../case';

const OPERATIONS = 'sandbox/forge/kvs/operations.ts';
const LIMITS = 'sandbox/forge/kvs/limits.ts';
const ROWS = 'sandbox/forge/kvs/rows.ts';

const numbered = (count: number, key: (name: string) => string): string[] =>
  Array.from({ length: count }, (_, index) => key(String(index)));
const nested = (levels: number): object => (levels === 1 ? {} : { in: nested(levels - 1) });
/** The names that the case gave its keys, so that two runs answer the same. */
const own = (keys: readonly { readonly key: string }[]): string[] =>
  keys.map(({ key }) => key.split(':').at(-1) ?? '').sort();

/** Plain keys: writes, reads, policies, batches, time to live and limits. */
export const storageCases: readonly Case[] = [
  {
    id: 'storage.set',
    title: 'set() of a new key',
    believes: OPERATIONS,
    ask: async (key) => kvs.set(key('a'), { v: 1 }),
  },
  {
    id: 'storage.set-existing-fails',
    title: 'set() with FAIL_IF_EXISTS on a key that exists',
    believes: OPERATIONS,
    ask: async (key) => {
      await kvs.set(key('a'), { v: 1 });
      return kvs.set(key('a'), { v: 2 }, { keyPolicy: 'FAIL_IF_EXISTS' });
    },
  },
  {
    id: 'storage.set-new-with-policy',
    title: 'set() with FAIL_IF_EXISTS on a new key',
    believes: OPERATIONS,
    ask: async (key) => kvs.set(key('a'), { v: 1 }, { keyPolicy: 'FAIL_IF_EXISTS' }),
  },
  {
    id: 'storage.set-existing-keeps',
    title: 'what is read after FAIL_IF_EXISTS refused',
    believes: OPERATIONS,
    ask: async (key) => {
      await kvs.set(key('a'), { v: 1 });
      await kvs.set(key('a'), { v: 2 }, { keyPolicy: 'FAIL_IF_EXISTS' }).catch(() => undefined);
      return kvs.get(key('a'));
    },
  },
  {
    id: 'storage.get-missing',
    title: 'get() of a missing key',
    believes: OPERATIONS,
    ask: async (key) => kvs.get(key('a')),
  },
  {
    id: 'storage.delete-missing',
    title: 'delete() of a missing key',
    believes: OPERATIONS,
    ask: async (key) => kvs.delete(key('a')),
  },
  {
    id: 'storage.batch-set-25',
    title: 'batchSet() of 25 keys',
    believes: OPERATIONS,
    ask: async (key) => {
      const { successfulKeys, failedKeys } = await kvs.batchSet(
        numbered(25, key).map((one) => ({ key: one, value: { v: 1 } })),
      );
      return { set: successfulKeys.length, failed: failedKeys.length };
    },
  },
  {
    id: 'storage.batch-set-26',
    title: 'batchSet() of 26 keys',
    believes: OPERATIONS,
    ask: async (key) => kvs.batchSet(numbered(26, key).map((one) => ({ key: one, value: { v: 1 } }))),
  },
  {
    id: 'storage.batch-get-missing',
    title: 'batchGet() of a key that exists and one that does not',
    believes: OPERATIONS,
    ask: async (key) => {
      await kvs.set(key('there'), { v: 1 });
      const { successfulKeys, failedKeys } = await kvs.batchGet([{ key: key('there') }, { key: key('missing') }]);
      return {
        found: own(successfulKeys),
        failed: failedKeys.map((failed) => ({ key: own([failed])[0], error: failed.error })),
      };
    },
  },
  {
    id: 'storage.batch-delete-missing',
    title: 'batchDelete() of a key that exists and one that does not',
    believes: OPERATIONS,
    ask: async (key) => {
      await kvs.set(key('there'), { v: 1 });
      const { successfulKeys, failedKeys } = await kvs.batchDelete([{ key: key('there') }, { key: key('missing') }]);
      return { deleted: own(successfulKeys), failed: failedKeys.map(({ error }) => error) };
    },
  },
  {
    id: 'storage.batch-get-26',
    title: 'batchGet() of 26 keys',
    believes: OPERATIONS,
    ask: async (key) => kvs.batchGet(numbered(26, key).map((one) => ({ key: one }))),
  },
  {
    id: 'storage.batch-delete-26',
    title: 'batchDelete() of 26 keys',
    believes: OPERATIONS,
    ask: async (key) => kvs.batchDelete(numbered(26, key).map((one) => ({ key: one }))),
  },
  {
    id: 'storage.batch-empty',
    title: 'batchSet() of no keys',
    believes: OPERATIONS,
    ask: async () => kvs.batchSet([]),
  },
  {
    id: 'storage.batch-same-key',
    title: 'batchSet() of one key twice',
    believes: OPERATIONS,
    ask: async (key) =>
      kvs.batchSet([
        { key: key('a'), value: { v: 1 } },
        { key: key('a'), value: { v: 2 } },
      ]),
  },
  {
    id: 'storage.ttl-zero',
    title: 'set() with a time to live of 0',
    believes: ROWS,
    ask: async (key) => kvs.set(key('a'), { v: 1 }, { ttl: { value: 0, unit: 'SECONDS' } }),
  },
  {
    id: 'storage.ttl-366-days',
    title: 'set() with a time to live of 366 days',
    believes: ROWS,
    ask: async (key) => kvs.set(key('a'), { v: 1 }, { ttl: { value: 366, unit: 'DAYS' } }),
  },
  {
    id: 'storage.ttl-metadata',
    title: 'the metadata of a value with a time to live',
    believes: ROWS,
    isVolatile: true,
    ask: async (key) => {
      await kvs.set(key('a'), { v: 1 }, { ttl: { value: 1, unit: 'HOURS' } });
      const { createdAt, updatedAt, expireTime } =
        (await kvs.get(key('a'), {
          metadataFields: [MetadataField.CREATED_AT, MetadataField.UPDATED_AT, MetadataField.EXPIRE_TIME],
        })) ?? {};
      return { createdAt, updatedAt, expireTime };
    },
  },
  {
    id: 'storage.ttl-before',
    title: 'what is read before the time to live is over',
    believes: ROWS,
    ask: async (key) => {
      await kvs.set(key('a'), { v: 1 }, { ttl: { value: 1, unit: 'HOURS' } });
      return kvs.get(key('a'));
    },
  },
  {
    id: 'storage.ttl-over',
    title: 'whether a value is still read half a second after its second is over',
    believes: ROWS,
    ask: async (key) => {
      await kvs.set(key('a'), { v: 1 }, { ttl: { value: 1, unit: 'SECONDS' } });
      await sleep(1_500);
      return (await kvs.get(key('a'))) !== undefined;
    },
  },
  {
    id: 'storage.set-returns-previous',
    title: 'set() that asks for the previous value',
    believes: OPERATIONS,
    ask: async (key) => {
      await kvs.set(key('a'), { v: 1 });
      return (await kvs.set(key('a'), { v: 2 }, { keyPolicy: 'OVERRIDE', returnValue: 'PREVIOUS' }))?.value;
    },
  },
  {
    id: 'storage.set-returns-latest',
    title: 'set() that asks for the latest value',
    believes: OPERATIONS,
    ask: async (key) => (await kvs.set(key('a'), { v: 2 }, { keyPolicy: 'OVERRIDE', returnValue: 'LATEST' }))?.value,
  },
  { id: 'storage.set-null', title: 'set() of null', believes: LIMITS, ask: async (key) => kvs.set(key('a'), null) },
  {
    id: 'storage.set-empty-string',
    title: 'set() of an empty text under a plain key',
    believes: LIMITS,
    ask: async (key) => kvs.set(key('a'), ''),
  },
  {
    id: 'storage.key-501',
    title: 'set() of a key of 501 characters',
    believes: LIMITS,
    ask: async (key) => kvs.set(key('a').padEnd(501, 'x'), { v: 1 }),
  },
  {
    id: 'storage.key-500',
    title: 'set() of a key of 500 characters',
    believes: LIMITS,
    ask: async (key) => kvs.set(key('a').padEnd(500, 'x'), { v: 1 }),
  },
  {
    id: 'storage.key-slash',
    title: 'set() of a key with a slash',
    believes: LIMITS,
    ask: async (key) => kvs.set(`${key('a')}/b`, { v: 1 }),
  },
  {
    id: 'storage.key-blank',
    title: 'set() of a blank key',
    believes: LIMITS,
    ask: async () => kvs.set('  ', { v: 1 }),
  },
  {
    id: 'storage.value-241-kib',
    title: 'set() of a value of 241 KiB',
    believes: LIMITS,
    ask: async (key) => kvs.set(key('a'), 'x'.repeat(241 * 1_024)),
  },
  {
    id: 'storage.value-239-kib',
    title: 'set() of a value of 239 KiB',
    believes: LIMITS,
    ask: async (key) => kvs.set(key('a'), 'x'.repeat(239 * 1_024)),
  },
  {
    id: 'storage.depth-33',
    title: 'set() of a value 33 levels deep',
    believes: LIMITS,
    ask: async (key) => kvs.set(key('a'), nested(33)),
  },
  {
    id: 'storage.depth-31',
    title: 'set() of a value 31 levels deep',
    believes: LIMITS,
    ask: async (key) => kvs.set(key('a'), nested(31)),
  },
  {
    id: 'storage.byte-order-mark',
    title: 'whether a text keeps the byte order mark that it starts with',
    believes: 'sandbox/forge/functionFetch.ts',
    ask: async (key) => {
      await kvs.set(key('a'), '\ufeffa');
      return (await kvs.get<string>(key('a')))?.length;
    },
  },
  {
    id: 'storage.secret',
    title: 'what is read of a secret, and of a plain key of its name',
    believes: 'sandbox/forge/kvs/api.ts',
    ask: async (key) => {
      await kvs.setSecret(key('a'), 'hidden');
      const answer = { secret: await kvs.getSecret(key('a')), plain: (await kvs.get(key('a'))) ?? null };
      await kvs.deleteSecret(key('a'));
      return answer;
    },
  },
  {
    id: 'storage.parallel-policy',
    title: 'how many of 20 parallel set() with FAIL_IF_EXISTS on one new key pass',
    believes: OPERATIONS,
    ask: async (key) => {
      const tries = await Promise.allSettled(
        numbered(20, String).map(async (v) => kvs.set(key('a'), { v }, { keyPolicy: 'FAIL_IF_EXISTS' })),
      );
      return tries.filter(({ status }) => status === 'fulfilled').length;
    },
  },
];
