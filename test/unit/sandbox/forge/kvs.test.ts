import { z } from 'zod';
import { createKvs, LIMITS, type Kvs, type KvsAnswer } from '../../../../sandbox/forge/kvs';
import { parseManifest } from '../../../../sandbox/forge/manifest';

const { entities } = parseManifest(`
app:
  id: ari:cloud:ecosystem::app/1
  storage:
    entities:
      - name: note
        attributes: { text: { type: string }, rank: { type: integer }, done: { type: boolean }, weight: { type: float }, extra: { type: any } }
        indexes: [rank, { name: by-text, partition: [text], range: [rank] }]
modules: { function: [] }
`);

let nowMs: number;
let kvs: Kvs;
beforeEach(() => {
  nowMs = 1_000;
  kvs = createKvs({ entities, clock: { now: () => nowMs } });
});

const post = (path: string, body: object): KvsAnswer => kvs.handle(`/api/v1/${path}`, body);
const ok = (body: unknown = expect.anything()): KvsAnswer => ({ status: 200, body });
const refused = (status: number, code: string): object => ({ status, body: { code, message: expect.any(String) } });
const setNote = (key: string, value: object, options: object = {}): KvsAnswer =>
  post('entity/set', { entityName: 'note', key, value, options });
const nested = (levels: number): unknown => (levels === 0 ? 1 : { deeper: nested(levels - 1) });

describe('plain keys', () => {
  test('a value is stored, read, replaced and deleted', () => {
    expect(post('set', { key: 'a', value: { n: 1 } })).toEqual({ status: 200, body: undefined });
    post('set', { key: 'a', value: { n: 2 } });
    expect(post('get', { key: 'a' })).toEqual(ok({ key: 'a', value: { n: 2 } }));
    expect(post('delete', { key: 'a' }).status).toBe(204);
    expect(post('get', { key: 'a' })).toEqual(refused(404, 'KEY_NOT_FOUND'));
    expect(post('delete', { key: 'a' })).toEqual(refused(404, 'KEY_NOT_FOUND'));
  });

  test('a stored value is a copy: changing what was written or read changes nothing', () => {
    const value = { list: [1] };
    post('set', { key: 'a', value });
    value.list.push(2);
    expect(kvs.plain()).toEqual([{ key: 'a', value: { list: [1] } }]);
  });

  test.each([
    ['an empty key', '', 'KEY_TOO_SHORT'],
    ['a key of 501 characters', 'x'.repeat(501), 'KEY_TOO_LONG'],
    ['a key of blanks', '  ', 'INVALID_KEY'],
    ['a key with a slash', 'a/b', 'INVALID_KEY'],
  ])('%s is refused', (_what, key, code) => {
    expect(post('set', { key, value: 1 })).toEqual(refused(400, code));
    expect(post('get', { key })).toEqual(refused(400, code));
  });

  test('a key of 500 characters with every kind that is allowed is taken', () => {
    expect(post('set', { key: 'aZ09:._ -#'.padEnd(500, 'k'), value: 1 }).status).toBe(200);
  });

  test('a value may have 240 KiB and 31 levels, not more', () => {
    const quotes = 2;
    expect(post('set', { key: 'a', value: 'x'.repeat(LIMITS.valueBytes - quotes) }).status).toBe(200);
    expect(post('set', { key: 'a', value: 'x'.repeat(LIMITS.valueBytes - quotes + 1) })).toEqual(
      refused(400, 'MAX_SIZE'),
    );
    expect(post('set', { key: 'a', value: nested(31) }).status).toBe(200);
    expect(post('set', { key: 'a', value: nested(32) })).toEqual(refused(400, 'MAX_DEPTH'));
  });

  test.each([{}, { value: null }])('no value (%j) is refused', (value) => {
    expect(post('set', { key: 'a', ...value })).toEqual(refused(400, 'INVALID_VALUE'));
  });

  test('FAIL_IF_EXISTS refuses a taken key and keeps what stands there', () => {
    const options = { keyPolicy: 'FAIL_IF_EXISTS' };
    expect(post('set', { key: 'a', value: 1, options }).status).toBe(200);
    expect(post('set', { key: 'a', value: 2, options })).toEqual(refused(409, 'KEY_CONFLICT'));
    expect(post('get', { key: 'a' })).toEqual(ok({ key: 'a', value: 1 }));
  });

  test('a write answers the row before or after it, with the metadata that was asked for', () => {
    const options = {
      keyPolicy: 'OVERRIDE',
      returnValue: 'PREVIOUS',
      returnMetadataFields: ['CREATED_AT', 'UPDATED_AT'],
    };
    expect(post('set', { key: 'a', value: 1, options })).toEqual({ status: 200, body: undefined });
    nowMs = 2_000;
    expect(post('set', { key: 'a', value: 2, options })).toEqual(
      ok({ key: 'a', value: 1, createdAt: 1_000, updatedAt: 1_000 }),
    );
    nowMs = 3_000;
    expect(post('set', { key: 'a', value: 3, options: { ...options, returnValue: 'LATEST' } })).toEqual(
      ok({ key: 'a', value: 3, createdAt: 1_000, updatedAt: 3_000 }),
    );
  });

  test('a path or a body that is unknown is told apart', () => {
    expect(post('increment', { key: 'a' })).toEqual(refused(501, 'NOT_MODELLED'));
    expect(post('get', { name: 'a' })).toEqual(refused(400, 'INVALID_REQUEST'));
  });
});

describe('time to live', () => {
  test.each([
    ['SECONDS', 1_000],
    ['MINUTES', 60_000],
    ['HOURS', 3_600_000],
    ['DAYS', 86_400_000],
  ])('is counted in %s', (unit, unitMs) => {
    post('set', { key: 'a', value: 1, options: { ttl: { value: 2, unit } } });
    const expireTime = new Date(1_000 + 2 * unitMs).toISOString();
    nowMs += 2 * unitMs - 1;
    expect(post('get', { key: 'a', options: { metadataFields: ['EXPIRE_TIME'] } })).toEqual(
      ok({ key: 'a', value: 1, expireTime }),
    );
    nowMs += 1;
    expect(post('get', { key: 'a' })).toEqual(refused(404, 'KEY_NOT_FOUND'));
  });

  test('an expired value can be read, listed and conflicts until the sweep that lags behind', () => {
    kvs.setTtlLagMs(500);
    post('set', { key: 'lock', value: 1, options: { ttl: { value: 1, unit: 'SECONDS' } } });
    nowMs = 2_499;
    expect(post('get', { key: 'lock' }).status).toBe(200);
    expect(post('set', { key: 'lock', value: 2, options: { keyPolicy: 'FAIL_IF_EXISTS' } })).toEqual(
      refused(409, 'KEY_CONFLICT'),
    );
    nowMs = 2_500;
    expect(kvs.plain()).toEqual([]);
    expect(post('set', { key: 'lock', value: 2, options: { keyPolicy: 'FAIL_IF_EXISTS' } }).status).toBe(200);
  });

  test('of no positive whole number is refused in the measured words', () => {
    expect(post('set', { key: 'a', value: 1, options: { ttl: { value: 0, unit: 'DAYS' } } })).toEqual({
      status: 400,
      body: { code: 'INVALID_TTL', message: 'TTL value must be a positive integer, received: 0' },
    });
  });

  test('more than a year is refused', () => {
    expect(post('set', { key: 'a', value: 1, options: { ttl: { value: 366, unit: 'DAYS' } } })).toEqual(
      refused(400, 'INVALID_TTL'),
    );
  });
});

describe('secrets', () => {
  test('stand apart from plain keys and show in no listing but by name', () => {
    post('secret/set', { key: 'k', value: 'hidden' });
    expect(post('get', { key: 'k' })).toEqual(refused(404, 'KEY_NOT_FOUND'));
    expect(post('secret/get', { key: 'k' })).toEqual(ok({ key: 'k', value: 'hidden' }));
    expect([kvs.plain(), kvs.secretNames(), kvs.secret('k')]).toEqual([[], ['k'], 'hidden']);
    expect(post('query', {})).toEqual(ok({ data: [], cursor: undefined }));
  });

  test('have at most 128 KiB', () => {
    expect(post('secret/set', { key: 'k', value: 'x'.repeat(LIMITS.secretBytes) })).toEqual(refused(400, 'MAX_SIZE'));
  });
});

describe('queries', () => {
  const fill = (count: number): void => {
    for (let n = 0; n < count; n += 1) post('set', { key: `row:${String(n).padStart(3, '0')}`, value: n });
  };
  const keysOf = (answer: KvsAnswer): string[] => pageOf(answer).data.map(({ key }) => key);
  const pageOf = (answer: KvsAnswer): { data: { key: string; value: unknown }[]; cursor?: string } => {
    expect(answer.status).toBe(200);
    return JSON.parse(JSON.stringify(answer.body));
  };

  test('answer 10 rows unless asked for more, and at most 100', () => {
    fill(120);
    expect(pageOf(post('query', {})).data).toHaveLength(10);
    expect(pageOf(post('query', { limit: 100 })).data).toHaveLength(100);
    for (const limit of [0, 101, 1.5]) expect(post('query', { limit })).toEqual(refused(400, 'INVALID_LIMIT'));
  });

  test('a cursor leads through every row once, and ends', () => {
    fill(25);
    post('set', { key: 'other', value: 1 });
    const where = [{ property: 'key', condition: 'BEGINS_WITH', values: ['row:'] }];
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = pageOf(post('query', { where, ...(cursor === undefined ? {} : { after: cursor }) }));
      seen.push(...page.data.map(({ key }) => key));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `row:${String(n).padStart(3, '0')}`));
  });

  test('a cursor of another query, of before a reset, or of nobody is refused', () => {
    fill(20);
    const { cursor } = pageOf(post('query', {}));
    const where = [{ property: 'key', condition: 'BEGINS_WITH', values: ['row:'] }];
    expect(post('query', { where, after: cursor })).toEqual(refused(400, 'INVALID_CURSOR'));
    expect(post('query', { after: 'made-up' })).toEqual(refused(400, 'INVALID_CURSOR'));
    kvs.reset();
    fill(20);
    expect(post('query', { after: cursor })).toEqual(refused(400, 'INVALID_CURSOR'));
  });

  const ranked = (): void => {
    setNote('c', { text: 'x', rank: 1 });
    setNote('a', { text: 'x', rank: 3 });
    setNote('b', { text: 'y', rank: 2, done: true });
    setNote('d', { text: 'x' });
  };
  const notes = (query: object): KvsAnswer => post('entity/query', { entityName: 'note', ...query });

  test('an index orders by its range, leaves out rows without it, and holds partitions apart', () => {
    ranked();
    expect(keysOf(notes({ indexName: 'rank' }))).toEqual(['c', 'b', 'a']);
    expect(keysOf(notes({ indexName: 'rank', sort: 'DESC' }))).toEqual(['a', 'b', 'c']);
    expect(keysOf(notes({ indexName: 'by-text', partition: ['x'] }))).toEqual(['c', 'a']);
    expect(keysOf(notes({ indexName: 'by-key' }))).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a descending index is paged without gaps where ranks are equal', () => {
    for (const key of ['a', 'b', 'c', 'd', 'e']) setNote(key, { text: 'x', rank: 1 });
    const first = notes({ indexName: 'by-text', partition: ['x'], sort: 'DESC', limit: 2 });
    expect(keysOf(first)).toEqual(['e', 'd']);
    expect(
      keysOf(notes({ indexName: 'by-text', partition: ['x'], sort: 'DESC', limit: 3, cursor: pageOf(first).cursor })),
    ).toEqual(['c', 'b', 'a']);
  });

  test.each([
    [{ condition: 'EQUAL_TO', values: [2] }, ['b']],
    [{ condition: 'BETWEEN', values: [1, 2] }, ['c', 'b']],
    [{ condition: 'GREATER_THAN', values: [1] }, ['b', 'a']],
    [{ condition: 'GREATER_THAN_EQUAL_TO', values: [2] }, ['b', 'a']],
    [{ condition: 'LESS_THAN', values: [2] }, ['c']],
    [{ condition: 'LESS_THAN_EQUAL_TO', values: [1] }, ['c']],
  ])('a range %j finds %j', (range, keys) => {
    ranked();
    expect(keysOf(notes({ indexName: 'rank', range }))).toEqual(keys);
  });

  test('filters join by and or by or', () => {
    ranked();
    const isX = { property: 'text', condition: 'EQUAL_TO', values: ['x'] };
    const isDone = { property: 'done', condition: 'EXISTS', values: [true] };
    const low = { property: 'rank', condition: 'LESS_THAN', values: [2] };
    expect(keysOf(notes({ indexName: 'by-key', filters: { and: [isX, low] } }))).toEqual(['c']);
    expect(keysOf(notes({ indexName: 'by-key', filters: { or: [isDone, low] } }))).toEqual(['b', 'c']);
    expect(
      keysOf(
        notes({
          indexName: 'by-key',
          filters: { and: [{ property: 'text', condition: 'NOT_CONTAINS', values: ['x'] }] },
        }),
      ),
    ).toEqual(['b']);
    expect(
      keysOf(
        notes({
          indexName: 'by-key',
          filters: { and: [{ property: 'rank', condition: 'NOT_EXISTS', values: [true] }] },
        }),
      ),
    ).toEqual(['d']);
  });

  test('an undeclared entity or index, or a partition that does not fit, is refused', () => {
    expect(post('entity/query', { entityName: 'nothing', indexName: 'rank' })).toEqual(
      refused(404, 'SCHEMA_NOT_FOUND'),
    );
    expect(notes({ indexName: 'text' })).toEqual(refused(400, 'INVALID_INDEX'));
    expect(notes({ indexName: 'by-text' })).toEqual(refused(400, 'INVALID_PARTITION'));
  });
});

describe('entity queries that lag behind', () => {
  const LAG_MS = 500;
  beforeEach(() => {
    setNote('old', { rank: 1 });
    nowMs += LAG_MS;
    kvs.setQueryLagMs(LAG_MS);
  });
  const ranks = (): unknown => post('entity/query', { entityName: 'note', indexName: 'rank' }).body;
  const shows = (...rows: [string, number][]): object => ({
    data: rows.map(([key, rank]) => ({ key, value: { rank } })),
    cursor: undefined,
  });
  const rankOf = (key: string): unknown => post('entity/get', { entityName: 'note', key }).body;

  test('show a new row only after the lag, while a read by key sees it at once', () => {
    setNote('new', { rank: 2 });
    expect([ranks(), rankOf('new')]).toEqual([shows(['old', 1]), { key: 'new', value: { rank: 2 } }]);
    nowMs += LAG_MS - 1;
    expect(ranks()).toEqual(shows(['old', 1]));
    nowMs += 1;
    expect(ranks()).toEqual(shows(['old', 1], ['new', 2]));
  });

  test('show a changed row as it was, through several changes', () => {
    setNote('old', { rank: 5 });
    nowMs += 300;
    setNote('old', { rank: 6 });
    expect([ranks(), rankOf('old')]).toEqual([shows(['old', 1]), { key: 'old', value: { rank: 6 } }]);
    nowMs += 200;
    expect(ranks()).toEqual(shows(['old', 5]));
    nowMs += 300;
    expect(ranks()).toEqual(shows(['old', 6]));
  });

  test('go on showing a deleted row, and what a transaction replaced', () => {
    post('transaction', {
      delete: [{ key: 'old', entityName: 'note' }],
      set: [{ key: 'new', entityName: 'note', value: { rank: 2 } }],
    });
    expect([ranks(), rankOf('old')]).toEqual([shows(['old', 1]), expect.objectContaining({ code: 'KEY_NOT_FOUND' })]);
    nowMs += LAG_MS;
    expect(ranks()).toEqual(shows(['new', 2]));
  });

  test('are up to date without a lag, and empty after a reset', () => {
    setNote('new', { rank: 2 });
    kvs.setQueryLagMs(0);
    expect(ranks()).toEqual(shows(['old', 1], ['new', 2]));
    kvs.setQueryLagMs(LAG_MS);
    kvs.reset();
    expect(ranks()).toEqual(shows());
  });
});

describe('entities', () => {
  test('take every declared type', () => {
    expect(setNote('a', { text: 't', rank: 1, done: false, weight: 1.5, extra: [{ any: ['x'] }] }).status).toBe(200);
    expect(kvs.entity('note')).toHaveLength(1);
    expect(() => kvs.entity('nothing')).toThrow('not declared');
  });

  test.each([
    ['an undeclared attribute', { other: 1 }, 'UNDECLARED_ATTRIBUTE'],
    ['text for an integer', { rank: '1' }, 'INCORRECT_PROPERTY_TYPE'],
    ['a fraction for an integer', { rank: 1.5 }, 'INCORRECT_PROPERTY_TYPE'],
    ['null for text', { text: null }, 'INCORRECT_PROPERTY_TYPE'],
    ['a number for a boolean', { done: 1 }, 'INCORRECT_PROPERTY_TYPE'],
    ['an integer of more than 32 bits', { rank: 2 ** 31 }, 'INCORRECT_PROPERTY_TYPE'],
    ['a blank text', { text: ' ' }, 'INCORRECT_PROPERTY_TYPE'],
    ['a float out of range', { weight: 1e-200 }, 'INCORRECT_PROPERTY_TYPE'],
    ['null for anything', { extra: null }, 'INCORRECT_PROPERTY_TYPE'],
    ['partition values of more than 1,700 bytes', { text: 'x'.repeat(1_701), rank: 1 }, 'INVALID_ENTITY_VALUE'],
    ['a list', [1], 'INVALID_ENTITY_VALUE'],
  ])('refuse %s', (_what, value, code) => {
    expect(setNote('a', value)).toEqual(refused(400, code));
  });

  test('of a name that the manifest does not declare are refused', () => {
    expect(post('entity/set', { entityName: 'nothing', key: 'a', value: {} })).toEqual(
      refused(404, 'SCHEMA_NOT_FOUND'),
    );
  });

  test('stand apart from plain keys of the same name', () => {
    setNote('a', { text: 't' });
    expect(post('get', { key: 'a' })).toEqual(refused(404, 'KEY_NOT_FOUND'));
  });
});

describe('batches', () => {
  test('each key succeeds or fails for itself', () => {
    const items = [
      { key: 'a', value: 1 },
      { key: 'b/c', value: 1 },
      { key: 'n', entityName: 'note', value: { rank: 'no' } },
    ];
    expect(kvs.handle('/api/v1/batch/set', items)).toEqual(
      ok({
        successfulKeys: [{ key: 'a' }],
        failedKeys: [
          { key: 'b/c', error: { code: 'INVALID_KEY', message: expect.any(String) } },
          { key: 'n', entityName: 'note', error: { code: 'INCORRECT_PROPERTY_TYPE', message: expect.any(String) } },
        ],
      }),
    );
    expect(kvs.handle('/api/v1/batch/get', [{ key: 'a' }, { key: 'missing' }])).toEqual(
      ok({
        successfulKeys: [{ key: 'a', value: 1 }],
        failedKeys: [{ key: 'missing', error: { code: 'KEY_NOT_FOUND', message: expect.any(String) } }],
      }),
    );
    expect(kvs.handle('/api/v1/batch/delete', [{ key: 'a' }, { key: 'missing' }])).toEqual(
      ok({ successfulKeys: [{ key: 'a' }, { key: 'missing' }], failedKeys: [] }),
    );
  });

  test('fail as a whole without keys, or with one key twice', () => {
    expect(kvs.handle('/api/v1/batch/get', [])).toEqual(refused(400, 'NO_BATCH_ENTITIES'));
    expect(kvs.handle('/api/v1/batch/get', [{ key: 'a' }, { key: 'a' }])).toEqual(
      refused(400, 'KEY_DUPLICATION_ERROR'),
    );
  });

  test('have at most 25 keys and 4 MB', () => {
    const items = (count: number, value: unknown): object[] =>
      Array.from({ length: count }, (_, n) => ({ key: `k${n}`, value }));
    expect(kvs.handle('/api/v1/batch/set', items(25, 1)).status).toBe(200);
    expect(kvs.handle('/api/v1/batch/set', items(26, 1))).toEqual(refused(400, 'TOO_MANY_BATCH_ENTITIES'));
    expect(kvs.handle('/api/v1/batch/set', items(20, 'x'.repeat(220 * 1024)))).toEqual(refused(400, 'MAX_SIZE'));
  });
});

describe('transactions', () => {
  const rankIs = (rank: number): object => ({ and: [{ property: 'rank', condition: 'EQUAL_TO', values: [rank] }] });

  test('do all of it when every condition holds', () => {
    setNote('a', { rank: 1 });
    setNote('b', { rank: 1 });
    post('set', { key: 'gone', value: 1 });
    const transaction = {
      set: [
        { key: 'a', entityName: 'note', value: { rank: 2 }, conditions: rankIs(1) },
        { key: 'new', value: 1 },
      ],
      delete: [{ key: 'gone' }],
      check: [{ key: 'b', entityName: 'note', conditions: rankIs(1) }],
    };
    expect(post('transaction', transaction).status).toBe(204);
    expect([kvs.entity('note'), kvs.plain()]).toEqual([
      [
        { key: 'a', value: { rank: 2 } },
        { key: 'b', value: { rank: 1 } },
      ],
      [{ key: 'new', value: 1 }],
    ]);
  });

  test.each([
    [
      'a condition fails',
      { check: [{ key: 'a', entityName: 'note', conditions: rankIs(7) }] },
      400,
      'CONDITIONAL_CHECK_FAILED',
    ],
    [
      'a condition is about a row that is not there',
      { check: [{ key: 'zzz', entityName: 'note', conditions: rankIs(1) }] },
      400,
      'CONDITIONAL_CHECK_FAILED',
    ],
    [
      'a value is refused',
      {
        delete: [{ key: 'a', entityName: 'note' }],
        set: [
          { key: 'n', value: 1 },
          { key: 'b', entityName: 'note', value: { rank: 'no' } },
        ],
      },
      400,
      'INCORRECT_PROPERTY_TYPE',
    ],
    ['a key is named twice', { set: [{ key: 'n', value: 1 }], delete: [{ key: 'n' }] }, 400, 'KEY_DUPLICATION_ERROR'],
    [
      'a condition is on a plain key',
      { set: [{ key: 'n', value: 1, conditions: rankIs(1) }] },
      400,
      'INVALID_CONDITION',
    ],
    ['it is empty', {}, 422, 'UNPROCESSABLE_ENTITY'],
    [
      'it has 26 operations',
      { set: Array.from({ length: 26 }, (_, n) => ({ key: `k${n}`, value: 1 })) },
      422,
      'UNPROCESSABLE_ENTITY',
    ],
  ])('do nothing when %s', (_what, transaction, status, code) => {
    setNote('a', { rank: 1 });
    const set = [{ key: 'more', value: 1 }, ...('set' in transaction ? transaction.set : [])];
    const before = kvs.snapshot();
    expect(post('transaction', code === 'UNPROCESSABLE_ENTITY' ? transaction : { ...transaction, set })).toEqual(
      refused(status, code),
    );
    expect(kvs.snapshot()).toEqual(before);
  });

  test('the same key of two entities is two keys', () => {
    expect(
      post('transaction', {
        set: [
          { key: 'k', value: 1 },
          { key: 'k', entityName: 'note', value: { rank: 1 } },
        ],
      }).status,
    ).toBe(204);
  });
});

describe('what nobody knows', () => {
  const isX = { and: [{ property: 'text', condition: 'EQUAL_TO', values: ['x'] }] };
  const query = (more: object = {}): unknown =>
    post('entity/query', { entityName: 'note', indexName: 'rank', filters: isX, limit: 2, ...more }).body;
  const rows = (): void => ['y', 'y', 'x', 'y'].forEach((text, rank) => void setNote(`n${rank}`, { text, rank }));
  const found = { key: 'n2', value: { text: 'x', rank: 2 } };
  const goesOn = z.object({ data: z.array(z.unknown()), cursor: z.string() });

  test('filters after the limit: a page is empty and leads to the one with the match', () => {
    rows();
    const { data, cursor } = goesOn.parse(query());
    expect(data).toEqual([]);
    expect(query({ cursor })).toEqual({ data: [found], cursor: undefined });
  });

  test('filters before the limit: the match is on the first page', () => {
    rows();
    kvs.setReadings({ filters: 'beforeLimit' });
    expect(query()).toEqual({ data: [found], cursor: undefined });
  });

  test('a full last page can lead to an empty one', () => {
    rows();
    kvs.setReadings({ fullLastPage: 'goesOn' });
    const { cursor } = goesOn.parse(query({ limit: 4 }));
    expect(query({ limit: 4, cursor })).toEqual({ data: [], cursor: undefined });
  });

  test('a missing key can be left out of a batch read, and fail a batch delete', () => {
    kvs.setReadings({ missingInBatchRead: 'leftOut', missingInBatchDelete: 'fails' });
    expect(kvs.handle('/api/v1/batch/get', [{ key: 'missing' }])).toEqual(ok({ successfulKeys: [], failedKeys: [] }));
    const failed = [{ key: 'missing', error: { code: 'KEY_NOT_FOUND', message: 'Provided key does not exist' } }];
    expect(kvs.handle('/api/v1/batch/delete', [{ key: 'missing' }])).toEqual(
      ok({ successfulKeys: [], failedKeys: failed }),
    );
  });

  test('a taken key of an entity can be refused as a condition that failed', () => {
    const create = (): KvsAnswer => setNote('n', { rank: 1 }, { keyPolicy: 'FAIL_IF_EXISTS' });
    create();
    expect(create()).toEqual(refused(409, 'KEY_CONFLICT'));
    kvs.setReadings({ takenEntityKey: 'failedCondition' });
    expect(create()).toEqual(refused(400, 'CONDITIONAL_CHECK_FAILED'));
  });

  test('a condition that a row is not there can hold, or fail; a check on it always fails', () => {
    const isNew = { and: [{ property: 'rank', condition: 'NOT_EXISTS', values: [true] }] };
    const item = { key: 'n', entityName: 'note', conditions: isNew };
    expect(post('transaction', { check: [item] })).toEqual(refused(400, 'CONDITIONAL_CHECK_FAILED'));
    kvs.setReadings({ conditionOnMissingRow: 'fails' });
    expect(post('transaction', { set: [{ ...item, value: { rank: 1 } }] })).toEqual(
      refused(400, 'CONDITIONAL_CHECK_FAILED'),
    );
    kvs.setReadings({ conditionOnMissingRow: 'judged' });
    expect(post('transaction', { set: [{ ...item, value: { rank: 1 } }] }).status).toBe(204);
  });

  test('a filter on an attribute of the type any is refused', () => {
    expect(
      post('entity/query', {
        entityName: 'note',
        indexName: 'rank',
        filters: { and: [{ property: 'extra', condition: 'EXISTS', values: [true] }] },
      }),
    ).toEqual(refused(422, 'UNPROCESSABLE_ENTITY'));
  });
});

describe('keeping', () => {
  test('a snapshot restores everything, through JSON', () => {
    post('set', { key: 'a', value: { n: 1 }, options: { ttl: { value: 1, unit: 'DAYS' } } });
    post('secret/set', { key: 's', value: 'hidden' });
    setNote('n', { rank: 1 });
    const other = createKvs({ entities, clock: { now: () => nowMs } });
    other.restore(JSON.parse(JSON.stringify(kvs.snapshot())));
    expect(other.snapshot()).toEqual(kvs.snapshot());
    expect(() => other.restore({ version: 2 })).toThrow();
  });

  test('a change is told, a read or a refused write is not', () => {
    const changed = jest.fn();
    kvs.onChange(changed);
    post('get', { key: 'a' });
    post('query', {});
    post('set', { key: '', value: 1 });
    expect(changed).not.toHaveBeenCalled();
    post('set', { key: 'a', value: 1 });
    kvs.reset();
    expect(changed).toHaveBeenCalledTimes(2);
  });
});
