import { readDirectory, readRefresh, writeDirectory, type DirectoryMeta } from '../../src/adapters/store';
import { addSegments, askNow, longNamed, toldByRows } from '../support/directory';
import { callsOf, createSite, linkedOf, valueOf, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true });
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => site.stop());

const MANY = 10_000;
const longName = (nth: number): string => longNamed(nth).name;
const longNames = Array.from({ length: MANY }, (_none, nth) => longNamed(nth));
const storedMeta = (segments: readonly { readonly id: number; readonly name: string }[]): DirectoryMeta => ({
  source: { apiOrigin: site.settings.apiOrigin, initiativeId: site.settings.initiativeId },
  complete: { asOfMs: 1, finishedAtMs: 2, segments: segments.map((segment) => ({ ...segment, members: 3 })) },
});
const run = <T>(work: () => T): T => site.app.runAs({}, work);
const partsOf = (list: string): string[] =>
  site.platform.kvs
    .plain()
    .map(({ key }) => key)
    .filter((key) => key.startsWith(`${list}:`));

describe('the segments of a large site', () => {
  it('stand in parts that Forge takes, and are read as they were written', async () => {
    const meta = storedMeta(longNames);
    await run(() => writeDirectory(meta));
    expect(await run(readDirectory)).toEqual(meta);
    expect(partsOf('directory').length).toBeGreaterThan(30);
  });

  it('are those of one refresh or of the next, and never a mixture', async () => {
    await run(() => writeDirectory(storedMeta(longNames)));
    const renamed = storedMeta(longNames.map(({ id }, nth) => ({ id, name: longName(nth + MANY) })));
    let isFirst = true;
    site.platform.intercept(async (call) => {
      if (!call.path.endsWith('/batch/get') || !isFirst) return undefined;
      isFirst = false;
      await run(() => writeDirectory(renamed));
      return undefined;
    });
    expect(await run(readDirectory)).toEqual(renamed);
  });

  it('leave nothing behind once another list stands in their place, and fall back to one row', async () => {
    await run(() => writeDirectory(storedMeta(longNames)));
    const parts = partsOf('directory');
    await run(() => writeDirectory(storedMeta(longNames)));
    expect(partsOf('directory')).toHaveLength(parts.length);
    expect(partsOf('directory').filter((key) => parts.includes(key))).toEqual([]);
    await run(() => writeDirectory(storedMeta(longNames.slice(0, 10))));
    expect(partsOf('directory')).toEqual([]);
    expect((await run(readDirectory))?.complete?.segments).toHaveLength(10);
  });

  it('count as never read where their parts are lost', async () => {
    await run(() => writeDirectory(storedMeta(longNames)));
    site.platform.kvs.handle('/api/v1/delete', { key: partsOf('directory')[3] });
    expect((await run(readDirectory))?.complete).toBeNull();
  });
});

describe('the refresh of a large site', () => {
  it('comes to its end, and the panel opens by it', async () => {
    await site.refreshSlice();
    const before = toldByRows(site);
    addSegments(site, MANY);
    askNow(site);
    await site.refreshSlice();
    expect(await run(readRefresh)).toMatchObject({ current: null, failure: null });
    expect((await run(readDirectory))?.complete?.segments).toHaveLength(MANY + 6);
    expect(toldByRows(site)).toEqual(before);
    valueOf(await site.panel('panel.open', {}));
    site.platform.clearRecords();
    const view = valueOf(await site.panel('panel.open', {}));
    expect(linkedOf(view).member.segmentIds.length).toBeGreaterThan(0);
    expect(callsOf(site).filter(({ kind }) => kind === 'egress')).toEqual([]);
  });

  it('goes on from where it stood when its process has died, or its time was over', async () => {
    await site.refreshSlice();
    addSegments(site, MANY);
    askNow(site);
    let left = 400;
    const storageLimiter = { spend: () => Promise.resolve(), hasTime: () => (left -= 1) > 0 };
    await site.refreshSlice({}, storageLimiter);
    const half = await run(readRefresh);
    expect(half?.current?.read).toBeGreaterThan(50);
    expect(half?.current?.read).toBeLessThan(MANY);
    const lists = partsOf('refresh-list').length;
    expect(lists).toBeGreaterThan(30);
    left = 400;
    await site.refreshSlice({}, storageLimiter);
    expect((await run(readRefresh))?.current?.read).toBeGreaterThan(half?.current?.read ?? 0);
    expect(partsOf('refresh-list')).toHaveLength(lists);
  });
});

it('costs a usual site one row, and its panel four platform calls', async () => {
  await site.refreshSlice();
  expect(partsOf('directory')).toEqual([]);
  expect(partsOf('refresh-list')).toEqual([]);
  valueOf(await site.panel('panel.open', {}));
  site.platform.clearRecords();
  valueOf(await site.panel('panel.open', {}));
  expect(callsOf(site).length).toBeLessThanOrEqual(4);
});
