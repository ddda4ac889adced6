import { randomUUID } from 'node:crypto';
import { refreshDirectory, refreshWhenDue } from '../../src/features/directory';
import { unitsOfRows } from '../../src/usecases/connection';
import { updateMemberships, readDirectory, readRefresh } from '../../src/adapters/store';
import { askNow, keysOf, letRefreshLapse, toldByRows, truthOf } from '../support/directory';
import { createSite, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true });
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => site.stop());
const directoryMeta = () => site.app.runAs({}, readDirectory);
const state = () => site.app.runAs({}, readRefresh);
const refreshAgain = async (): Promise<void> => {
  askNow(site);
  await site.refreshSlice();
};
const [first, second] = [0, 1];
const segmentId = (place: number): number => site.simulator.segments[place]?.id ?? 0;
const anyoneIn = (place: number): number => site.simulator.truth.membersOf(segmentId(place))?.[0] ?? 0;
const writesOf = (): string[] =>
  site.platform.calls.filter(({ path }) => path.endsWith('/batch/set')).map(({ path }) => path);

describe('a refresh of the directory', () => {
  it('ends with a row for everyone who is in a segment, under the key of their e-mail, and without a name', async () => {
    await site.refreshSlice();
    expect(toldByRows(site)).toEqual(truthOf(site));
    const keys = Object.fromEntries(
      site.platform.kvs.entity('member').map(({ key, value }) => [key, (value as { emailKey?: string }).emailKey]),
    );
    expect(keys).toEqual(await keysOf(site));
    const kept = JSON.stringify([
      site.platform.kvs.entity('member'),
      site.platform.kvs.plain().filter(({ key }) => key !== 'settings'),
    ]);
    const [member] = site.simulator.members;
    expect(kept).not.toContain('@');
    expect(kept).not.toContain(member?.lastName);
    const complete = (await directoryMeta())?.complete;
    expect(complete?.segments).toEqual(
      site.simulator.segments.map(({ id, name }) => ({
        id,
        name,
        members: site.simulator.truth.membersOf(id)?.length,
      })),
    );
  });

  it('may use more of a minute’s storage the first time than later, when a bulk run may be beside it', async () => {
    const asked: (number | undefined)[] = [];
    const limiter = (_endMs: number, unitsAMinute?: number) => {
      asked.push(unitsAMinute);
      return { spend: () => Promise.resolve(), hasTime: () => true };
    };
    const refresh = () => site.app.runAs({ moduleKey: 'directory-refresh' }, () => refreshDirectory({}, {}, limiter));
    await refresh();
    askNow(site);
    await refresh();
    expect(asked).toEqual([2_400, undefined]);
  });

  it('counts what the rows of members cost by their size', () => {
    const row = (segments: number) => ({ segmentIds: Array.from({ length: segments }, (_, nth) => nth) });
    expect(unitsOfRows([])).toBe(1);
    expect(unitsOfRows(Array.from({ length: 25 }, () => row(3)))).toBe(1);
    expect(unitsOfRows(Array.from({ length: 25 }, () => row(60)))).toBe(2);
    expect(unitsOfRows([row(5_000)])).toBe(5);
  });

  it('touches no row when nothing has changed, and reads a small site with one call', async () => {
    await site.refreshSlice();
    site.platform.clearRecords();
    await refreshAgain();
    expect(writesOf()).toEqual([]);
    const asked = site.platform.calls.filter(({ kind }) => kind === 'egress').map(({ path }) => new URL(path).pathname);
    expect(asked).toEqual(['/api/v2/segments', '/api/v2/segments/segment-users']);
    expect((await state())?.last?.changed).toBe(0);
  });

  it('follows who was moved, who left, who is gone, and a segment that was deleted', async () => {
    await site.refreshSlice();
    const { faults } = site.simulator;
    faults.add({ match: { nth: 1 }, fault: { kind: 'memberGone', id: anyoneIn(first) } });
    faults.add({ match: { nth: 1 }, fault: { kind: 'segmentDeleted', id: segmentId(second) } });
    await refreshAgain();
    expect(toldByRows(site)).toEqual(truthOf(site));
    expect((await directoryMeta())?.complete?.segments.map(({ id }) => id)).not.toContain(segmentId(second));
    expect(site.platform.kvs.plain().filter(({ key }) => key.startsWith(`roster:${segmentId(second)}`))).toEqual([]);
  });

  it('that stops half-way has erased nobody and invented nobody, and keeps the picture before it', async () => {
    await site.refreshSlice();
    const before = toldByRows(site);
    const asOfMs = (await directoryMeta())?.complete?.asOfMs;
    const memberId = anyoneIn(second);
    site.simulator.faults.add({ match: { nth: 1 }, fault: { kind: 'memberGone', id: memberId } });
    site.platform.kvs.handle('/api/v1/set', {
      key: 'settings',
      value: {
        ...settingsOf(),
        connection: { ...site.settings, profile: { ...site.settings.profile, readPlan: 'per-segment' } },
      },
    });
    site.simulator.faults.add({ match: { route: 'segmentWithMembers', nth: 4 }, fault: { kind: 'keyRevoked' } });
    await refreshAgain();
    expect(toldByRows(site)).toEqual(before);
    expect((await directoryMeta())?.complete?.asOfMs).toBe(asOfMs);
    expect((await state())?.failure?.problem).toMatchObject({ code: 'shorterLoop', cause: 'unauthorized' });
    await site.refreshSlice();
    expect(toldByRows(site)).toEqual(truthOf(site));
    expect((await state())?.failure).toBeNull();
  });

  it('leaves alone what was seen of someone after their segment was read, and looks at them again next time', async () => {
    await site.refreshSlice();
    const memberId = anyoneIn(first);
    const learned = new Map([[segmentId(first), false]]);
    await site.app.runAs({}, () => updateMemberships([{ memberId, learned, atMs: Date.now() + 60_000 }]));
    const wrong = toldByRows(site)[String(memberId)];
    await refreshAgain();
    expect(toldByRows(site)[String(memberId)]).toEqual(wrong);
    await site.app.runAs({}, () => updateMemberships([{ memberId, learned, atMs: Date.now() - 1 }]));
    await refreshAgain();
    expect(toldByRows(site)).toEqual(truthOf(site));
  });

  it('done twice at once is done once', async () => {
    await Promise.all([site.refreshSlice(), site.refreshSlice()]);
    expect(
      site.platform.calls.filter(({ kind, path }) => kind === 'egress' && path.endsWith('/api/v2/segments')),
    ).toHaveLength(1);
    expect(toldByRows(site)).toEqual(truthOf(site));
  });

  it('forgets the people of another product when the connection is given one', async () => {
    await site.refreshSlice();
    const source = (await directoryMeta())?.source;
    site.platform.kvs.handle('/api/v1/set', {
      key: 'directory',
      value: { version: 1, source: { ...source, initiativeId: 1 }, complete: null },
    });
    await refreshAgain();
    expect((await directoryMeta())?.source).toEqual(source);
    expect((await directoryMeta())?.complete).not.toBeNull();
  });

  it('goes on in slices when its time is over', async () => {
    let left = 0;
    const storageLimiter = { spend: () => Promise.resolve(), hasTime: () => (left -= 1) > 0 };
    for (let slices = 1; ; slices += 1) {
      left = 6;
      await site.refreshSlice({}, storageLimiter);
      if ((await state())?.current === null) {
        expect(slices).toBeGreaterThan(3);
        break;
      }
    }
    expect(toldByRows(site)).toEqual(truthOf(site));
  });

  it('begins by the schedule when it is due, and not again before an hour has passed', async () => {
    await site.stop();
    site = await createSite({ offline: true, refreshes: true });
    await site.platform.queue.idle();
    for (const { key } of site.platform.kvs.entity('refresh'))
      site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'refresh', key });
    const run = (): Promise<unknown> => site.app.runFunction(refreshWhenDue, { moduleKey: 'tick' });
    await run();
    await site.platform.queue.idle();
    expect(toldByRows(site)).toEqual(truthOf(site));
    site.platform.clearRecords();
    await run();
    expect(site.platform.calls.map(({ kind }) => kind)).toEqual(['kvs', 'kvs']);
  });

  it('says what is missing on a site that was never set up, and asks nothing', async () => {
    const fresh = await createSite({ offline: true, fresh: true });
    await fresh.refreshSlice();
    expect((await fresh.app.runAs({}, readRefresh))?.failure?.problem).toEqual({
      code: 'notConfigured',
      missing: ['apiOrigin', 'initiativeId', 'key'],
    });
    expect(fresh.platform.calls.filter(({ kind }) => kind === 'egress')).toEqual([]);
    await fresh.stop();
  });

  it('killed at any of its calls goes on from there and ends as it would have', async () => {
    site.platform.clearRecords();
    await site.refreshSlice();
    const calls = site.platform.calls.length;
    const places = Array.from({ length: 16 }, (_, index) => Math.floor((index * calls) / 16) + 1);
    for (const place of places) {
      site.platform.kvs.reset();
      site.simulator.reset();
      site.platform.kvs.handle('/api/v1/set', { key: 'settings', value: settingsOf() });
      site.platform.kvs.handle('/api/v1/secret/set', {
        key: 'shorter-loop-key',
        value: { key: site.simulator.key, storedAtMs: 1 },
      });
      await killedAt(place);
      letRefreshLapse(site);
      await site.refreshSlice();
      expect(toldByRows(site)).toEqual(truthOf(site));
      expect((await state())?.current).toBeNull();
    }
  });
});

const PROOFS = { listSegments: 1, segmentsWithMembers: 1, segmentWithMembers: 1 };
const settingsOf = () => ({
  version: 2,
  connection: site.settings,
  savedAtMs: 1,
  savedByAccountId: 'admin',
  proofs: PROOFS,
});

/** Runs a slice whose process dies at its nth call, every other time after the call took effect. */
async function killedAt(nth: number): Promise<void> {
  const invocationId = randomUUID();
  let seen = 0;
  await new Promise<void>((resolve) => {
    const remove = site.platform.intercept(async (call, proceed) => {
      if (call.invocationId !== invocationId) return undefined;
      seen += 1;
      const mine = seen;
      if (mine < nth) return undefined;
      if (mine === nth && nth % 2 === 0) await proceed();
      if (mine === nth) {
        resolve();
        setTimeout(remove, 0);
      }
      return new Promise<never>(() => undefined);
    });
    // A short time limit, so that a dead request does not hold the test up.
    void site.refreshSlice({ invocationId, limitMs: 4_000 }).then(
      () => resolve(),
      () => resolve(),
    );
  });
}
