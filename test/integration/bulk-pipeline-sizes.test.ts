import { readSettings, readBatchSize } from '../../src/adapters/store';
import { provenOfText } from '../../src/features/bulk/worker/provenSize';
import { useWorkerLab } from '../support/workerLab';
import { putLease } from '../support/leaseRows';

// As many as there are seeds kept of: the others would be made anew for each test.
const lab = useWorkerLab({ members: 200 });
const { site, time, as, prepare, prove, work, run, sizes, results, settle, showLater, unfinished, moveTo } = lab;

/** How many members the site's next run begins with. */
async function keptSize(): Promise<number | null> {
  const settings = await as(readSettings);
  return settings === null ? null : as(() => readBatchSize(provenOfText(settings.connection, 'move')));
}

describe('how many a request may be about', () => {
  it('follows from those who were written about, and not from those whom somebody else holds', async () => {
    await prove(10);
    const { memberIds } = await prepare([{ from: 0, to: 1, count: 32 }]);
    const untilMs = Date.now() + 12_000;
    for (const memberId of memberIds.slice(1, 10)) {
      const value = { operationId: 'other', untilMs, revision: 'r' };
      putLease(site(), memberId, value);
    }
    await work();
    expect(sizes()).toEqual([1, 10, 10, 2, 9]);
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 32 } });
  });

  it('does not grow by those of whom nothing was sent, as they were moved by somebody else', async () => {
    await prove(10);
    const { memberIds } = await prepare([{ from: 0, to: 1, count: 32 }]);
    for (const memberId of memberIds.slice(1, 10)) moveTo(memberId, 2);
    await work();
    // Nine requests of one were those of somebody else.
    expect(sizes().slice(9)).toEqual([1, 10, 10, 2]);
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 23, changed: 9 } });
    expect(await keptSize()).toBe(100);
  });

  it('grows once what was not seen at first is seen', async () => {
    await prepare([{ from: 0, to: 1, count: 12 }]);
    showLater(30_000);
    await work();
    expect(sizes()).toEqual([1, 1, 1, 1, 1, 1, 6]);
  });

  it('grows as well where somebody else has seen it', async () => {
    const { memberIds } = await prepare([{ from: 0, to: 1, count: 1 }]);
    showLater(22_000);
    setTimeout(() => settle(memberIds[0] ?? 0), 22_001);
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 1 } });
    expect(await keptSize()).toBe(10);
  });

  it('grows as long as nothing goes wrong', async () => {
    await prove(10);
    await prepare([{ from: 0, to: 1, count: 32 }]);
    await work();
    expect(sizes()).toEqual([10, 10, 12]);
    expect(await keptSize()).toBe(100);
  });

  it('begins with one again after a brake, however large it was', async () => {
    await prove(500);
    await prepare([{ from: 0, to: 1, count: 8 }]);
    site().simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'appliedPartly', how: 'joinOnly' } });
    await work();
    expect(sizes()).toEqual([8]);
    expect(await run()).toMatchObject({ state: 'paused', pause: { by: 'brake', brake: { people: 5 } } });
    expect(await keptSize()).toBe(1);
  });
});

describe('a batch in which somebody is only looked at', () => {
  it('is held back like any other while too much is not seen yet', async () => {
    const { memberIds } = await prepare([{ from: 0, to: 1, count: 22 }]);
    const [first = 0] = memberIds;
    await unfinished(first);
    setTimeout(() => moveTo(first, 1), 30_000);
    site().simulator.faults.add({ match: { route: 'move', nth: 2 }, fault: { kind: 'latency', ms: 6_000 } });
    showLater(20_000, 3);
    const working = work();
    await time().pass(15_000);
    expect(await run()).toMatchObject({ state: 'running', writes: 3, unseen: 11 });
    await working;
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 22 } });
    expect(await results()).toHaveLength(22);
  });

  it('is asked for no more calls than its reading makes', async () => {
    const { memberIds } = await prepare([{ from: 0, to: 1, count: 1 }]);
    const [member = 0] = memberIds;
    await unfinished(member);
    moveTo(member, 1);
    const startedAtMs = Date.now();
    const value = {
      ...{ tokens: 2, atMs: startedAtMs, intervalMs: 8_000, closedUntilMs: 0, slowedAtMs: startedAtMs },
      revision: 'r',
    };
    site().platform.kvs.handle('/api/v1/entity/set', { entityName: 'rate-limit', key: 'shorter-loop', value });
    await work();
    expect(await run()).toMatchObject({ state: 'finished', writes: 0, results: { confirmed: 1 } });
    expect(Date.now() - startedAtMs).toBeLessThan(8_000);
  });
});
