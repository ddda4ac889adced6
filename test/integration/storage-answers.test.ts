import { ForgeKvsAPIError } from '@forge/kvs';
import { deleteAll, readAll, writeAll } from '../../src/adapters/store/batch';
import { noteReporters, readLink, recordIntended, reportersIn, writeFirstLink } from '../../src/adapters/store';
import { setOnce } from '../../src/adapters/store/once';
import { createRow, versioned } from '../../src/adapters/store/versioned';
import { WHOLE_LEDGER, type LedgerEntry, type LedgerExport, type LedgerPage } from '../../src/contract';
import type { Interceptor } from '../../sandbox/forge/platform';
import { z } from 'zod';
import { ledgerEntry } from '../support/ledgerEntry';
import { fillLedger, writeRows } from '../support/ledgerRows';
import { createSite, valueOf, type Site } from '../support/site';
import { bodyText } from '../../sandbox/forge/wire';

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true, queueSecondMs: 1 });
});
afterEach(() => site.stop());

const run = <T>(work: () => Promise<T>): Promise<T> => site.app.runAs({ moduleKey: 'tick' }, work);
const place = (key: string) => ({ key, entityName: 'failure' });
const value = (count: number) => ({ cause: 'timeout', hourMs: count, count, lastAtMs: 1 });
const answerSchema = z.object({
  successfulKeys: z.array(z.looseObject({ key: z.string() })),
  failedKeys: z.array(z.looseObject({ key: z.string() })),
});

/** Leaves keys out of the answers of a batch, as if Forge did not tell of them. */
const leavesOut =
  (path: string, isLeftOut: (key: string) => boolean): Interceptor =>
  async (call, proceed) => {
    if (!call.path.endsWith(path)) return undefined;
    const answer = await proceed();
    const { successfulKeys, failedKeys } = answerSchema.parse(JSON.parse(bodyText(answer)));
    const told = ({ key }: { readonly key: string }): boolean => !isLeftOut(key);
    return {
      ...answer,
      body: JSON.stringify({ successfulKeys: successfulKeys.filter(told), failedKeys: failedKeys.filter(told) }),
    };
  };

describe('a batch', () => {
  it.each(['told as failed', 'left out'] as const)(
    'reads a key that nothing is stored under as such: %s',
    async (form) => {
      await run(() => writeAll('failure', [{ key: 'a', value: value(1) }]));
      if (form === 'left out') site.platform.intercept(leavesOut('/batch/get', (key) => key === 'missing'));
      const at = await run(() => readAll([place('a'), place('missing'), { key: 'no-settings' }]));
      expect([at(place('a')), at(place('missing')), at({ key: 'no-settings' })]).toEqual([
        value(1),
        undefined,
        undefined,
      ]);
    },
  );

  it('asks for each key once, whatever it was asked for', async () => {
    await run(() =>
      writeAll('failure', [
        { key: 'a', value: value(1) },
        { key: 'a', value: value(2) },
      ]),
    );
    const at = await run(() => readAll([place('a'), place('a'), place('missing'), place('missing')]));
    expect([at(place('a')), at(place('missing'))]).toEqual([value(2), undefined]);
    await run(() => deleteAll([place('a'), place('a')]));
    expect(site.platform.kvs.entity('failure')).toEqual([]);
  });

  it('never takes a key that its answer leaves out for one that nothing is stored under', async () => {
    await run(() =>
      writeAll('failure', [
        { key: 'a', value: value(1) },
        { key: 'b', value: value(2) },
      ]),
    );
    site.platform.intercept(leavesOut('/batch/get', () => true));
    const at = await run(() => readAll([place('a'), place('b'), { key: 'settings' }]));
    expect([at(place('a')), at(place('b')), at({ key: 'settings' })]).toEqual([
      value(1),
      value(2),
      expect.objectContaining({ version: expect.any(Number) }),
    ]);
  });

  it('deletes what is not there without a failure, whichever way that is told', async () => {
    await run(() => writeAll('failure', [{ key: 'a', value: value(1) }]));
    await run(() => deleteAll([place('a'), place('missing')]));
    site.platform.intercept(leavesOut('/batch/delete', () => true));
    await run(() => deleteAll([place('a'), place('missing')]));
    expect(site.platform.kvs.entity('failure')).toEqual([]);
  });

  it('tells of a deletion that did not happen and of a write that nothing is told of', async () => {
    await run(() => writeAll('failure', [{ key: 'a', value: value(1) }]));
    site.platform.intercept((call) =>
      /batch\/(delete|set)$/.test(call.path)
        ? { status: 200, headers: {}, body: JSON.stringify({ successfulKeys: [], failedKeys: [] }) }
        : undefined,
    );
    await expect(run(() => deleteAll([place('a')]))).rejects.toThrow('left 1 of 1 keys');
    await expect(run(() => writeAll('failure', [{ key: 'b', value: value(2) }]))).rejects.toThrow('0 of 1 keys');
  });
});

describe.each(['conflict', 'failedCondition'] as const)('a key that is taken, told as a %s,', (takenEntityKey) => {
  const act = { byAccountId: 'agent', atMs: 1, entryPoint: 'panel', issue: null } as const;
  beforeEach(() => site.platform.kvs.setReadings({ takenEntityKey }));

  it('is no fault of whoever comes second: what stands there is told', async () => {
    const first = ledgerEntry({ operationId: 'op', intendedAtMs: 1 });
    expect(await run(() => recordIntended(first))).toEqual({ kind: 'recorded' });
    expect(await run(() => recordIntended({ ...first, intendedAtMs: 2 }))).toEqual({ kind: 'duplicate', entry: first });

    expect(await run(() => writeFirstLink('somebody', 7, 'link-7', act))).toMatchObject({ memberId: 7 });
    expect(await run(() => writeFirstLink('somebody', 7, 'link-7', act))).toMatchObject({ memberId: 7 });
    expect(await run(() => writeFirstLink('somebody', 8, 'link-8', act))).toMatchObject({ memberId: 7 });
    expect(await run(() => readLink('somebody'))).toMatchObject({ state: 'linked', memberId: 7 });
    expect(site.platform.kvs.entity('ledger').map(({ key }) => key)).toEqual(expect.arrayContaining(['op', 'link-7']));
    expect(site.platform.kvs.entity('ledger').map(({ key }) => key)).not.toContain('link-8');

    const row = versioned({ operationId: 'op', untilMs: 1 });
    expect(await run(() => createRow('lease', 'row', row))).toBe(true);
    expect(await run(() => createRow('lease', 'row', row))).toBe(true);
    expect(await run(() => createRow('lease', 'row', versioned(row)))).toBe(false);
  });

  it('is told as a refusal, and what is none is thrown', async () => {
    expect(await run(() => setOnce('failure', 'row', value(1)))).toBeNull();
    expect(await run(() => setOnce('failure', 'row', value(2)))).toBeInstanceOf(ForgeKvsAPIError);
    expect(site.platform.kvs.entity('failure').map((one) => one.value)).toEqual([value(1)]);
    site.platform.intercept(({ path }) => {
      if (path.endsWith('/entity/set')) throw new TypeError('fetch failed');
      return undefined;
    });
    await expect(run(() => setOnce('failure', 'other', value(3)))).rejects.toThrow('fetch failed');
  });
});

const querySchema = z.looseObject({
  limit: z.number(),
  cursor: z.string().optional(),
  filters: z.looseObject({ and: z.array(z.object({ property: z.string(), values: z.array(z.unknown()) })) }).optional(),
});
const pageSchema = z.looseObject({ data: z.array(z.looseObject({ value: z.record(z.string(), z.unknown()) })) });

/** Filters the rows of a page after they were counted, as documented: a page may be empty and have a cursor. */
const filtersAfterTheLimit: Interceptor = async (call, proceed, init) => {
  if (!call.path.endsWith('/entity/query')) return undefined;
  const { filters, ...query } = querySchema.parse(JSON.parse(init.body ?? '{}'));
  if (filters === undefined) return undefined;
  const answer = await proceed(JSON.stringify(query));
  const page = pageSchema.parse(JSON.parse(bodyText(answer)));
  const data = page.data.filter((row) =>
    filters.and.every(({ property, values: [wanted] }) => row.value[property] === wanted),
  );
  return { ...answer, body: JSON.stringify({ ...page, data }) };
};

/** Answers an empty page before every page of a query, with a cursor to it. */
const emptyPagesFirst = (): Interceptor => {
  const seen = new Map<string, string | undefined>();
  return async (call, proceed, init) => {
    if (!call.path.endsWith('/entity/query')) return undefined;
    const { cursor, ...query } = querySchema.parse(JSON.parse(init.body ?? '{}'));
    if (cursor === undefined || !seen.has(cursor)) {
      const name = `empty-${seen.size}`;
      seen.set(name, cursor);
      return { status: 200, headers: {}, body: JSON.stringify({ data: [], cursor: name }) };
    }
    const real = seen.get(cursor);
    return proceed(JSON.stringify(real === undefined ? query : { ...query, cursor: real }));
  };
};

describe('a search of the ledger for 3 writes among 1,200', () => {
  const entry = (nth: number): LedgerEntry =>
    ledgerEntry({
      operationId: `op-${String(nth).padStart(5, '0')}`,
      entryPoint: [150, 600, 1_199].includes(nth) ? 'apiClient' : 'automation',
      intendedAtMs: 1_700_000_000_000 + nth,
    });
  const filter = { ...WHOLE_LEDGER, entryPoint: 'apiClient' as const };
  const wanted = ['op-01199', 'op-00600', 'op-00150'];

  it.each<[string, Interceptor | null]>([
    ['before', null],
    ['after', filtersAfterTheLimit],
  ])('finds all where rows are filtered %s they are counted, and its export ends', async (_when, interceptor) => {
    fillLedger(
      site,
      Array.from({ length: 1_200 }, (_, nth) => entry(nth)),
    );
    if (interceptor !== null) site.platform.intercept(interceptor);
    const found: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 40; pages += 1) {
      const page: LedgerPage = valueOf(await site.admin('admin.ledgerPage', { filter, after }));
      found.push(...page.entries.map(({ operationId }) => operationId));
      after = page.next;
      if (after === null) break;
    }
    expect([found, after]).toEqual([wanted, null]);
    const lines: string[] = [];
    for (let parts = 0; parts < 10; parts += 1) {
      const part: LedgerExport = valueOf(await site.admin('admin.ledgerExport', { filter, after }));
      lines.push(part.lines);
      after = part.next;
      if (after === null) break;
    }
    expect([lines.join('').match(/op-\d{5}/g), after]).toEqual([wanted, null]);
  });
});

describe('a page that is empty and has a cursor', () => {
  it('ends no list', async () => {
    const reporters = Array.from({ length: 130 }, (_, nth) => ({
      accountId: `reporter-${String(nth).padStart(3, '0')}`,
      state: 'notFound' as const,
      memberId: null,
      issues: 'one' as const,
    }));
    await run(() => noteReporters(reporters));
    fillLedger(
      site,
      Array.from({ length: 230 }, (_, nth) => ledgerEntry({ operationId: `old-${nth}`, intendedAtMs: 1_000 + nth })),
    );
    site.platform.intercept(emptyPagesFirst());
    const first = await run(() => reportersIn('notFound', null, 100));
    const second = await run(() => reportersIn('notFound', first.next, 100));
    expect([first.reporters.length, second.reporters.length, second.next]).toEqual([100, 30, null]);
    await site.upkeep();
    expect(writeRows(site.platform.kvs)).toEqual([]);
    // Every account was found too: the 230 writes have their reporters and actors.
    const told = new Set(site.platform.personalData.reported.map(({ accountId }) => accountId));
    for (const { accountId } of reporters) expect(told).toContain(accountId);
  });
});
