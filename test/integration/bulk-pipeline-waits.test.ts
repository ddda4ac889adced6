import { FULL_BUCKET } from '../../src/adapters/shorterloop';
import { readTokenBucket, writeTokenBucket } from '../../src/adapters/store';
import { useWorkerLab } from '../support/workerLab';

const lab = useWorkerLab();
const { site, as, prepare, work, run, sizes, reads, sent, leases, results, showLater } = lab;
const ONE = [{ from: 0, to: 1, count: 1 }];
const requests = () => site().simulator.requests();

describe('the rate limit of the site', () => {
  it('is charged for every request that a run makes, and for no other', async () => {
    await prepare([
      { from: 0, to: 1, count: 2 },
      { from: 2, to: 3, count: 2 },
    ]);
    await work();
    expect(await run()).toMatchObject({ state: 'finished' });
    // No time has passed in which a token could have come back.
    expect((await as(readTokenBucket))?.tokens).toBe(FULL_BUCKET.tokens - requests().length);
  });

  it('has a run wait for as long as it is closed, and no longer', async () => {
    await prepare(ONE);
    const begun = Date.now();
    await as(() => writeTokenBucket(null, { ...FULL_BUCKET, closedUntilMs: begun + 9_500 }));
    await work();
    expect(requests()[0]?.atMs).toBe(begun + 9_500);
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 1 } });
  });

  it.each([
    ['of one', 1, [1]],
    ['whose next batch is of the same group', 2, [12]],
    ['whose next batch is of another group', 1, [1, 1]],
  ])('of a Shorter Loop that wants to be left alone is kept by a run %s', async (_name, nth, counts) => {
    await prepare(counts.map((count, group) => ({ from: 2 * group, to: 2 * group + 1, count })));
    site().simulator.faults.add({ match: { route: 'move', nth }, fault: { kind: 'latency', ms: 500 } });
    site().simulator.faults.add({
      match: { route: 'move', nth },
      fault: { kind: 'status', code: 429, retryAfterSeconds: 200 },
    });
    await work();
    const atMs = sent()[nth - 1]?.atMs ?? 0;
    // What was asked beside it, before it was refused.
    const after = requests().filter((one) => one.atMs >= atMs + 500);
    expect(after[0]?.atMs).toBeGreaterThanOrEqual(atMs + 200_000);
    const people = counts.reduce((sum, count) => sum + count, 0);
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: people } });
    expect(leases()).toEqual([]);
  });
});

describe('the waits of a run', () => {
  it('are of five seconds where a segment can’t be read, and there are two of them', async () => {
    await prepare(ONE);
    site().simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'status', code: 500 } });
    const begun = Date.now();
    await work();
    expect(await run()).toMatchObject({ state: 'paused', pause: { problem: { cause: 'server' } } });
    // Both segments, and each request three times.
    expect(reads()).toHaveLength(3 * 2 * 3);
    expect(Date.now() - begun).toBeLessThan(15_000);
  });

  it('are short where somebody’s write is to be looked at again soon', async () => {
    await prepare(ONE);
    showLater(3_000);
    const begun = Date.now();
    await work();
    expect(await results()).toEqual([['confirmed', 'readBackAgrees']]);
    expect(Date.now() - begun).toBeLessThan(10_000);
  });
});

describe('a write that gets no answer', () => {
  it('is no reason to rest after others that got one', async () => {
    await prepare([{ from: 0, to: 1, count: 3 }]);
    site().simulator.faults.add({
      match: { route: 'move', nth: 3 },
      fault: { kind: 'status', code: 500, applied: true },
    });
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 3 } });
  });
});

describe('a batch that was open for long', () => {
  it('is given back, and sent only under leases that outlast it', async () => {
    await prepare([{ from: 0, to: 1, count: 2 }]);
    showLater(60_000);
    site().simulator.faults.add({
      match: { route: 'segmentWithMembers', times: 8 },
      fault: { kind: 'latency', ms: 16_000 },
    });
    const left: number[] = [];
    site().platform.intercept(({ kind }, _proceed, { method, body }) => {
      if (kind !== 'egress' || method === 'GET') return undefined;
      const { users } = JSON.parse(body ?? '{}') as { users: number[] };
      const held = site().platform.kvs.entity('lease') as { key: string; value: { untilMs: number } }[];
      for (const { key, value } of held) if (users.includes(Number(key))) left.push(value.untilMs - Date.now());
      return undefined;
    });
    await work();
    expect(left).toHaveLength(2);
    expect(Math.min(...left)).toBeGreaterThan(45_000);
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 2 } });
  });
});

describe('writes that are not seen yet', () => {
  it('keep everybody new back at five of them, and not a batch longer', async () => {
    await prepare([{ from: 0, to: 1, count: 12 }]);
    showLater(30_000);
    const working = work();
    await lab.time().pass(20_000);
    expect(await run()).toMatchObject({ state: 'running', unseen: 5 });
    await working;
    expect(sizes()).toEqual([1, 1, 1, 1, 1, 1, 6]);
  });
});
