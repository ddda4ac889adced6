import type { Interceptor } from '../../sandbox/forge/platform';
import { jsonAnswer } from '../../sandbox/forge/wire';
import type { LedgerEntry } from '../../src/contract';
import {
  closeLeases,
  deleteLease,
  endLeaseAt,
  lapsedLeases,
  newLease,
  openLeases,
  readEntry,
  readLease,
  readLeases,
  storeLease,
  type Lease,
  type LeaseClosing,
  type LeaseOpening,
} from '../../src/adapters/store';
import { ledgerEntry } from '../support/ledgerEntry';
import { fillLedger } from '../support/ledgerRows';
import { kvsError } from '../support/platformFaults';
import { createSite, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true, fresh: true });
});
afterEach(() => site.stop());

const as = <T>(work: () => Promise<T>): Promise<T> => site.app.runAs({ moduleKey: 'tick' }, work);
const rows = () => site.platform.kvs.entity('lease').map(({ key, value }) => ({ key, value }));
const put = (key: string, value: object): void => {
  site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'lease', key, value });
};
const soon = (): number => Date.now() + 60_000;
const taken = async (memberId = 7, operationId = 'op-1', untilMs = soon()): Promise<Lease> => {
  const lease = await as(() => storeLease(memberId, null, { operationId, earlier: null, untilMs }));
  if (lease === null) throw new Error('Nobody holds this lease yet');
  return lease;
};
const calls = (end: string): number => site.platform.calls.filter(({ path }) => path.endsWith(end)).length;
/** Answers every request of a path with a failure. */
const failing =
  (end: string, code: string, status: number): Interceptor =>
  ({ path }) =>
    path.endsWith(end) ? Promise.resolve(jsonAnswer(status, { code, message: 'By request' })) : undefined;

describe('a lease of one member', () => {
  it('is nobody’s, then whose took it, with no more in its row than what is known', async () => {
    expect(await as(() => readLease(7))).toBeNull();
    const lease = await taken();
    expect(await as(() => readLease(7))).toEqual(lease);
    expect(lease).toMatchObject({ memberId: 7, operationId: 'op-1', earlier: null });
    const { operationId, untilMs, revision } = lease;
    expect(rows()).toEqual([{ key: '7', value: { operationId, untilMs, revision } }]);
  });

  it('is not taken a second time, nor with a revision that is over', async () => {
    const first = await taken();
    const wanted = { operationId: 'op-2', earlier: 'op-1', untilMs: soon() };
    expect(await as(() => storeLease(7, null, wanted))).toBeNull();
    const second = await as(() => storeLease(7, first, wanted));
    expect(second).toMatchObject({ operationId: 'op-2', earlier: 'op-1' });
    expect(await as(() => readLease(7))).toEqual(second);
    expect(await as(() => storeLease(7, first, { ...wanted, operationId: 'op-3' }))).toBeNull();
    expect(await as(() => readLease(7))).toEqual(second);
  });

  it('is given back, or ends later, by whoever holds it alone', async () => {
    const first = await taken();
    const untilMs = soon() + 1_000;
    await as(() => endLeaseAt(first, untilMs));
    const second = await as(() => readLease(7));
    expect(second).toEqual({ ...first, untilMs, revision: expect.any(String) });
    expect(second?.revision).not.toBe(first.revision);
    await as(() => endLeaseAt(first, untilMs + 1));
    await as(() => deleteLease(first));
    expect(await as(() => readLease(7))).toEqual(second);
    if (second !== null) await as(() => deleteLease(second));
    expect(rows()).toEqual([]);
  });

  it('is taken though the answer that says so is lost', async () => {
    site.platform.intercept(kvsError('/entity/set', 1, 'INTERNAL_SERVER_ERROR', 500, 'afterApplying'));
    const first = await taken();
    site.platform.intercept(kvsError('/transaction', 1, 'INTERNAL_SERVER_ERROR', 500, 'afterApplying'));
    const untilMs = soon();
    const second = await as(() => storeLease(7, first, { operationId: 'op-2', earlier: null, untilMs }));
    expect(await as(() => readLease(7))).toEqual(second);
    site.platform.intercept(kvsError('/transaction', 1, 'INTERNAL_SERVER_ERROR', 500, 'afterApplying'));
    if (second !== null) await as(() => deleteLease(second));
    expect(rows()).toEqual([]);
  });

  it('is not taken when storage fails, which is told with its first failure', async () => {
    const wanted = { operationId: 'op-1', earlier: null, untilMs: soon() };
    site.platform.intercept(kvsError('/entity/set', 1, 'FIRST', 500));
    await expect(as(() => storeLease(7, null, wanted))).rejects.toMatchObject({ code: 'FIRST' });
    const lease = await taken();
    site.platform.intercept(kvsError('/transaction', 1, 'FIRST', 500));
    await expect(as(() => endLeaseAt(lease, 1))).rejects.toMatchObject({ code: 'FIRST' });
    site.platform.intercept(kvsError('/transaction', 1, 'FIRST', 500));
    site.platform.intercept(kvsError('/entity/get', 1, 'SECOND', 500));
    await expect(as(() => deleteLease(lease))).rejects.toMatchObject({ code: 'FIRST' });
    expect(await as(() => readLease(7))).toEqual(lease);
  });

  it('that someone else took while it was given back is left to them, whatever the answer was', async () => {
    const lease = await taken();
    put('7', { operationId: 'theirs', untilMs: soon(), revision: 'theirs' });
    site.platform.intercept(kvsError('/transaction', 1, 'INTERNAL_SERVER_ERROR', 500));
    await as(() => deleteLease(lease));
    expect(await as(() => readLease(7))).toMatchObject({ operationId: 'theirs', revision: 'theirs' });
  });

  it('that ends later than any may counts as over', async () => {
    const hours = 60 * 60_000;
    put('7', { operationId: 'a', untilMs: Date.now() + 24 * hours, revision: 'a' });
    expect(await as(() => readLease(7))).toMatchObject({ untilMs: 0 });
    // The longest function, a minute more, and five by which clocks may differ; a busy machine may need a while.
    const longest = Date.now() + 900_000 + 60_000 + 300_000 - 20_000;
    put('7', { operationId: 'a', untilMs: longest, revision: 'a' });
    expect(await as(() => readLease(7))).toMatchObject({ untilMs: longest });
  });
});

describe('leases whose time is over', () => {
  const old = (memberId: number, ageMs: number): void => {
    put(String(memberId), { operationId: `op-${memberId}`, untilMs: Date.now() - ageMs, revision: `r-${memberId}` });
  };
  const lapsed = async (limit: number, beforeMs = Date.now()): Promise<number[]> =>
    (await as(() => lapsedLeases(beforeMs, limit))).map(({ memberId }) => memberId);

  it('come the oldest first, then those that end too late, and none that still runs', async () => {
    old(1, 1_000);
    old(2, 3_000);
    old(3, 2_000);
    put('4', { operationId: 'op-4', untilMs: Date.now() + 24 * 60 * 60_000, revision: 'r-4' });
    put('5', { operationId: 'op-5', untilMs: Date.now() + 900_000, revision: 'r-5' });
    expect(await lapsed(10)).toEqual([2, 3, 1, 4]);
    expect(await lapsed(10, Date.now() - 1_500)).toEqual([2, 3, 4]);
  });

  it('are as many as are asked for, of both kinds together', async () => {
    old(1, 2_000);
    old(2, 1_000);
    for (const id of [3, 4, 5])
      put(String(id), { operationId: `op-${id}`, untilMs: Date.now() + 24 * 60 * 60_000 + id, revision: `r-${id}` });
    site.platform.clearRecords();
    expect(await lapsed(2)).toEqual([1, 2]);
    expect(calls('/query')).toBe(1);
    expect(await lapsed(4)).toEqual([1, 2, 3, 4]);
    expect(await lapsed(1)).toEqual([1]);
  });

  it('are told without a row that can not be read', async () => {
    old(1, 1_000);
    put('2', { untilMs: Date.now() - 2_000, revision: 'r-2' });
    expect(await lapsed(10)).toEqual([1]);
  });
});

const entryOf = (memberId: number, operationId = `op-${memberId}`): LedgerEntry =>
  ledgerEntry({
    operationId,
    state: 'intended',
    finishedAtMs: null,
    members: [{ memberId, outcome: null, reason: null }],
  });
const opening = (memberId: number, lapsed: Lease | null = null, intended: LedgerEntry | null = null): LeaseOpening => ({
  lease: newLease({ memberId, operationId: `op-${memberId}`, earlier: null, untilMs: soon() }),
  lapsed,
  intended,
});
const range = (count: number): number[] => Array.from({ length: count }, (_none, index) => index + 1);
const kinds = async (openings: readonly LeaseOpening[]): Promise<string[]> =>
  (await as(() => openLeases(openings))).map(({ kind }) => kind);

describe('the leases of many members', () => {
  it('are opened nine a transaction, each with its intention, and read at once', async () => {
    const openings = range(20).map((id) => opening(id, null, entryOf(id)));
    site.platform.clearRecords();
    expect(await kinds(openings)).toEqual(range(20).map(() => 'opened'));
    expect(calls('/transaction')).toBeGreaterThanOrEqual(3);
    expect(await as(() => readLeases(range(21)))).toEqual(
      new Map(openings.map(({ lease }) => [lease.memberId, lease])),
    );
    expect(await as(() => readEntry('op-20'))).toEqual(entryOf(20));
  });

  it('are opened but for whom someone else holds, who gets no row', async () => {
    const theirs = await taken(2, 'theirs');
    const openings = range(3).map((id) => opening(id, null, entryOf(id)));
    expect(await kinds(openings)).toEqual(['opened', 'leaseHeld', 'opened']);
    expect(await as(() => readLease(2))).toEqual(theirs);
    expect(await as(() => readEntry('op-2'))).toBeNull();
    expect((await as(() => readLeases([1, 3]))).size).toBe(2);
  });

  it('are opened in place of lapsed ones that still stand, and of those alone', async () => {
    const [first, second] = [await taken(1, 'old-1'), await taken(2, 'old-2')];
    await as(() => endLeaseAt(second, soon()));
    const openings = [opening(1, first), opening(2, second)];
    expect(await kinds(openings)).toEqual(['opened', 'leaseHeld']);
    expect(await as(() => readLease(1))).toEqual(openings[0]?.lease);
    expect(await as(() => readLease(2))).toMatchObject({ operationId: 'old-2' });
  });

  it('tell whose operation has a row already, with that row, and open the others', async () => {
    expect(await kinds([opening(1, null, entryOf(1))])).toEqual(['opened']);
    const again = { ...opening(2), intended: entryOf(2, 'op-1') };
    const results = await as(() => openLeases([again, opening(3, null, entryOf(3))]));
    expect(results).toEqual([{ kind: 'duplicate', entry: entryOf(1) }, { kind: 'opened' }]);
    expect(await as(() => readLease(2))).toBeNull();
  });

  it('give a lapsed lease its place back, when the operation has a row already', async () => {
    const lapsed = await taken(2, 'old-2');
    await kinds([opening(1, null, entryOf(1))]);
    const [result] = await as(() => openLeases([{ ...opening(2, lapsed), intended: entryOf(2, 'op-1') }]));
    expect(result).toEqual({ kind: 'duplicate', entry: entryOf(1) });
    expect(await as(() => readLease(2))).toMatchObject({ operationId: 'old-2', untilMs: lapsed.untilMs });
  });

  it('are opened though the answer that says so is lost', async () => {
    const old = [await taken(1, 'old-1'), await taken(2, 'old-2')];
    site.platform.intercept(kvsError('/transaction', 1, 'INTERNAL_SERVER_ERROR', 500, 'afterApplying'));
    expect(await kinds(old.map((lease) => opening(lease.memberId, lease)))).toEqual(['opened', 'opened']);
  });

  it('are not opened when storage fails, which is told', async () => {
    const lapsed = await taken(1, 'old-1');
    for (const [code, status] of [
      ['FIRST', 500],
      ['FIRST', 400],
    ] as const) {
      site.platform.intercept(kvsError('/transaction', 1, code, status));
      await expect(as(() => openLeases([opening(1, lapsed)]))).rejects.toMatchObject({ code });
    }
    site.platform.intercept(kvsError('/transaction', 1, 'FIRST', 500));
    await expect(as(() => openLeases([opening(3, null, entryOf(3))]))).rejects.toMatchObject({ code: 'FIRST' });
    site.platform.intercept(kvsError('/transaction', 1, 'FIRST', 500));
    site.platform.intercept(kvsError('/batch/get', 1, 'SECOND', 500));
    await expect(as(() => openLeases([opening(1, lapsed)]))).rejects.toMatchObject({ code: 'FIRST' });
    expect(await as(() => readLease(1))).toEqual(lapsed);
  });

  it('are not opened when storage is not reached, which is told as it is', async () => {
    const lapsed = await taken(1, 'old-1');
    let failed = false;
    site.platform.intercept(({ path }) => {
      if (failed || !path.endsWith('/transaction')) return undefined;
      failed = true;
      return Promise.reject(new Error('unreachable'));
    });
    await expect(as(() => openLeases([opening(1, lapsed)]))).rejects.toThrow('fetch failed');
  });
});

describe('where a transaction can not ask for a row that is not there', () => {
  it('leases are opened one by one, each with its intention', async () => {
    site.platform.intercept(failing('/transaction', 'REFUSED', 400));
    const openings = [opening(1, null, entryOf(1)), opening(2)];
    expect(await kinds(openings)).toEqual(['opened', 'opened']);
    expect(await as(() => readLeases([1, 2]))).toEqual(new Map(openings.map(({ lease }) => [lease.memberId, lease])));
    expect(await as(() => readEntry('op-1'))).toEqual(entryOf(1));
  });

  it.each([
    ['a lease of nobody', () => Promise.resolve([opening(1)])],
    ['an intention in place of a lapsed lease', async () => [opening(1, await taken(1, 'old-1'), entryOf(1))]],
    [
      'one of several that asks for it',
      async () => [opening(1, await taken(1, 'old-1')), opening(2, await taken(2, 'old-2'), entryOf(2))],
    ],
    ['a lease of nobody beside a lapsed one', async () => [opening(1, await taken(1, 'old-1')), opening(2)]],
  ] as const)('is opened by itself: %s', async (_name, openingsOf) => {
    const openings = await openingsOf();
    site.platform.intercept(kvsError('/transaction', 1, 'REFUSED', 400));
    expect(await kinds(openings)).toEqual(openings.map(() => 'opened'));
    const expected = new Map(openings.map(({ lease }) => [lease.memberId, lease]));
    expect(await as(() => readLeases([1, 2]))).toEqual(expected);
  });

  /** Lets something happen just before the nth request of a path. */
  const before = (end: string, nth: number, happen: () => void): void => {
    let seen = 0;
    site.platform.intercept(({ path }) => {
      if (path.endsWith(end) && ++seen === nth) happen();
      return undefined;
    });
  };

  it('a lease that someone else takes in the same moment is theirs', async () => {
    const lapsed = await taken(2, 'old-2');
    const theirs = { untilMs: soon(), revision: 'theirs' };
    site.platform.intercept(kvsError('/transaction', 1, 'REFUSED', 400));
    before('/entity/set', 1, () => put('1', { operationId: 'theirs-1', ...theirs }));
    before('/transaction', 2, () => put('2', { operationId: 'theirs-2', ...theirs }));
    expect(await kinds([opening(1, null, entryOf(1)), opening(2, lapsed, entryOf(2))])).toEqual([
      'leaseHeld',
      'leaseHeld',
    ]);
    expect(await as(() => readLease(1))).toMatchObject({ operationId: 'theirs-1', revision: 'theirs' });
    expect(await as(() => readLease(2))).toMatchObject({ operationId: 'theirs-2', revision: 'theirs' });
    expect(await as(() => readEntry('op-1'))).toBeNull();
  });

  it('a lease goes back to what it was, when the operation gets its row from elsewhere in the same moment', async () => {
    const lapsed = await taken(2, 'old-2');
    site.platform.intercept(kvsError('/transaction', 1, 'REFUSED', 400));
    before('/entity/set', 1, () => fillLedger(site, [entryOf(1), entryOf(2)]));
    expect(await as(() => openLeases([opening(1, null, entryOf(1))]))).toEqual([
      { kind: 'duplicate', entry: entryOf(1) },
    ]);
    expect(await as(() => readLease(1))).toBeNull();
    site.platform.intercept(kvsError('/transaction', 1, 'REFUSED', 400));
    fillLedger(site, []);
    before('/transaction', 2, () => fillLedger(site, [entryOf(2)]));
    expect(await as(() => openLeases([opening(2, lapsed, entryOf(2))]))).toEqual([
      { kind: 'duplicate', entry: entryOf(2) },
    ]);
    expect(await as(() => readLease(2))).toMatchObject({ operationId: 'old-2', untilMs: lapsed.untilMs });
  });
});

describe('leases that are closed', () => {
  const finished = (memberId: number): LedgerEntry =>
    ledgerEntry({ operationId: `op-${memberId}`, ...memberOf(memberId) });
  const memberOf = (memberId: number) => ({
    members: [{ memberId, outcome: 'confirmed', reason: 'readBackAgrees' }] as const,
  });
  const opened = async (ids: readonly number[]): Promise<Lease[]> => {
    const openings = ids.map((id) => opening(id, null, entryOf(id)));
    await kinds(openings);
    return openings.map(({ lease }) => lease);
  };
  const record = (lease: Lease, leaseUntilMs: number | null = null): LeaseClosing => ({
    lease,
    row: { kind: 'record', entry: finished(lease.memberId) },
    leaseUntilMs,
  });
  const close = (closings: readonly LeaseClosing[]) => as(() => closeLeases(closings));

  it('record, drop or keep their rows, and end now or later', async () => {
    const [one, two, three] = await opened([1, 2, 3]);
    if (one === undefined || two === undefined || three === undefined) throw new Error('three leases');
    const untilMs = soon() + 5_000;
    expect(
      await close([
        record(one),
        { lease: two, row: { kind: 'drop', operationId: 'op-2' }, leaseUntilMs: null },
        { lease: three, row: { kind: 'keep' }, leaseUntilMs: untilMs },
      ]),
    ).toEqual([true, true, true]);
    expect(await as(() => readEntry('op-1'))).toEqual(finished(1));
    expect(await as(() => readEntry('op-2'))).toBeNull();
    expect(await as(() => readEntry('op-3'))).toEqual(entryOf(3));
    expect(await as(() => readLeases([1, 2, 3]))).toEqual(new Map([[3, { ...three, untilMs }]]));
  });

  it('are closed nine a transaction', async () => {
    const leases = await opened(range(20));
    site.platform.clearRecords();
    expect(await close(leases.map((lease) => record(lease)))).toEqual(range(20).map(() => true));
    expect(calls('/transaction')).toBe(3);
    expect(rows()).toEqual([]);
  });

  it('leave one alone that someone took over, and record what became of it all the same', async () => {
    const leases = await opened(range(5));
    put('3', { operationId: 'theirs', untilMs: soon(), revision: 'theirs' });
    expect(await close(leases.map((lease) => record(lease)))).toEqual(range(5).map(() => true));
    expect(rows().map(({ key }) => key)).toEqual(['3']);
    expect(await as(() => readEntry('op-3'))).toEqual(finished(3));
  });

  it('tell which row could not be recorded, and never throw', async () => {
    const [one, two] = await opened([1, 2]);
    if (one === undefined || two === undefined) throw new Error('two leases');
    site.platform.intercept(failing('/transaction', 'INTERNAL_SERVER_ERROR', 500));
    const closings = [record(one), { lease: two, row: { kind: 'keep' }, leaseUntilMs: null } as const];
    expect(await close(closings)).toEqual([true, false]);
    expect(await as(() => readEntry('op-1'))).toEqual(finished(1));
    site.platform.intercept(failing('/entity/set', 'INTERNAL_SERVER_ERROR', 500));
    expect(await close([record(two)])).toEqual([false]);
    expect(await as(() => readEntry('op-2'))).toEqual(entryOf(2));
    expect(rows().map(({ key }) => key)).toEqual(['1', '2']);
  });
});
