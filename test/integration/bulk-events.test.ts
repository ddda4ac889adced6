import { changeRun } from '../../src/adapters/store';
import type { RunPause } from '../../src/contract';
import { RUN, useWorkerLab } from '../support/workerLab';

const lab = useWorkerLab();
const { site, segment, prepare, work, run, sent, reads, logged, refreshAskedAt, during, forbid } = lab;
const outage = { code: 'jira', status: 500, retryAfterMs: null, limit: null } as const;
const pause: RunPause = { by: 'app', problem: outage };
const RESTING = { state: 'paused', pause } as const;
const ONE = [{ from: 0, to: 1, count: 1 }];
const TWO = [...ONE, { from: 2, to: 3, count: 1 }];
const noticesOf = () => logged().map(([notice]) => JSON.parse(String(notice)) as { where: string });

/** Has storage fail wherever a call says so. */
function failStorage(isMeant: (path: string, body: string) => boolean): void {
  site().platform.intercept(({ path }, _proceed, { body }) =>
    isMeant(path, body ?? '')
      ? { status: 500, headers: { 'content-type': 'application/json' }, body: '{"code":"INTERNAL"}' }
      : undefined,
  );
}
/** The segments that are read, each once. */
const readIds = (): (string | undefined)[] => [
  ...new Set(reads().map(({ path }) => /segments\/(\d+)\//.exec(path)?.[1])),
];

describe('the directory', () => {
  it('is to be refreshed once a run that wrote is stopped', async () => {
    await prepare([{ from: 0, to: 1, count: 3 }]);
    during(2, () => site().app.runAs({}, () => changeRun(RUN, (one) => ({ ...one, state: 'cancelled' }))));
    const before = refreshAskedAt();
    await work();
    expect(await run()).toMatchObject({ state: 'cancelled', writes: 2 });
    expect(refreshAskedAt()).not.toBe(before);
  });

  it('is not to be refreshed for a run that goes on later', async () => {
    await prepare([{ from: 0, to: 1, count: 3 }]);
    site().simulator.faults.add({ match: { route: 'move', nth: 2 }, fault: { kind: 'status', code: 403 } });
    const before = refreshAskedAt();
    await work();
    expect(await run()).toMatchObject({ state: 'paused', writes: 2, results: { confirmed: 1 } });
    expect(refreshAskedAt()).toBe(before);
  });

  it('that can’t be asked for is noted, and the run is over as it is', async () => {
    await prepare(ONE);
    failStorage((_path, body) => body.includes('directory-asked'));
    expect(await work()).toBeNull();
    expect(await run()).toMatchObject({ state: 'finished', worker: null, results: { confirmed: 1 } });
    expect(noticesOf()).toMatchObject([{ where: 'bulk' }]);
  });
});

describe('the claim on a run', () => {
  it('that can’t be given back is noted, and what went wrong first is thrown', async () => {
    await prepare(ONE);
    failStorage((path, body) => {
      const isLate = sent().length > 0;
      return isLate && (body.includes('run-person') || path.endsWith('/entity/set') || path.endsWith('/transaction'));
    });
    await expect(work()).rejects.toThrow();
    expect((await run()).worker).not.toBeNull();
    expect(noticesOf().map(({ where }) => where)).toContain('bulk');
  });
});

describe('a run that rests by itself', () => {
  it('is told what stands in its way now, after one look', async () => {
    await prepare(ONE, RESTING);
    site().simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'status', code: 500 } });
    const begun = Date.now();
    await work();
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(await run()).toMatchObject({
      state: 'paused',
      pause: { by: 'app', problem: { code: 'shorterLoop', status: 500 } },
      worker: null,
    });
  });

  it('is told that it is not connected any more', async () => {
    await prepare(ONE, RESTING);
    site().platform.kvs.handle('/api/v1/delete', { key: 'settings' });
    await work();
    expect(await run()).toMatchObject({ state: 'paused', pause: { by: 'app', problem: { code: 'notConfigured' } } });
  });

  it('is looked at by the segments of the group that comes next', async () => {
    const groups = [0, 2].map((nth, index) => ({
      kind: 'move' as const,
      from: segment(nth),
      to: segment(nth + 1),
      count: 1,
      done: 1 - index,
    }));
    await prepare(TWO, { ...RESTING, groups });
    site().simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'keyRevoked' } });
    await work();
    expect(await run()).toMatchObject({ state: 'paused', pause: { problem: { cause: 'unauthorized' } } });
    expect(readIds()).toEqual([segment(2), segment(3)].map(({ id }) => String(id)));
  });

  it('of which everybody is done is over without a look', async () => {
    await prepare(ONE, { ...RESTING, groups: [] });
    await work();
    expect(await run()).toMatchObject({ state: 'finished', pause: null });
    expect(reads()).toEqual([]);
  });

  it('goes on where the segment of one group alone can’t be read', async () => {
    await prepare(TWO, RESTING);
    forbid(segment(0).id);
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { refused: 1, confirmed: 1 } });
  });

  it('and is stopped by its user during the look stays so', async () => {
    await prepare(ONE, RESTING);
    site().simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'status', code: 500 } });
    site().platform.intercept(async ({ kind }) => {
      if (kind === 'egress')
        await site().app.runAs({}, () => changeRun(RUN, (one) => ({ ...one, state: 'cancelled' })));
      return undefined;
    });
    await work();
    expect(await run()).toMatchObject({ state: 'cancelled', pause, worker: null });
  });
});
