import { changeRun, eraseAccount, readEntry, writeRunPeople } from '../../src/adapters/store';
import { attemptIdOf } from '../../src/features/bulk/worker/earlierAttempts';
import { runPerson } from '../support/runPerson';
import { RUN, useWorkerLab } from '../support/workerLab';

const lab = useWorkerLab();
const { site, as, prepare, work, run, change, sizes, reads, sent, results, leases, woken, during } = lab;
const ONE = [{ from: 0, to: 1, count: 1 }];
/** More people than are left out before that is recorded. */
const MANY = 250;

/** Has the first group be about many whom nobody may write about. */
async function prepareMany(): Promise<void> {
  const groups = [
    { from: 0, to: 1, count: 1 },
    { from: 2, to: 3, count: 2 },
  ];
  const { people } = await prepare(groups, { startedByAccountId: null });
  const [, second] = (await run()).groups;
  const first = (await run()).groups[0];
  if (first === undefined || second === undefined) throw new Error('A run of two groups');
  const more = Array.from({ length: MANY - 1 }, (_none, nth) =>
    runPerson({ place: nth + 2, accountId: `more-${String(nth)}`, memberId: 100_000 + nth }),
  );
  await as(() => writeRunPeople(RUN, [...people, ...more]));
  await change({ groups: [{ ...first, count: MANY }, second] });
}

/** Does something whenever results are kept. */
function whenKept(what: () => unknown): void {
  site().platform.intercept(async ({ path }, _proceed, { body }) => {
    if (path.endsWith('/batch/set') && body?.includes('notPermitted') === true) await what();
    return undefined;
  });
}

describe('a session whose time is over', () => {
  it('before it begins asks Shorter Loop for nothing, and has another go on', async () => {
    await prepare(ONE);
    await work(-1);
    expect(reads()).toEqual([]);
    expect(woken()).toEqual([{ runId: RUN }]);
    expect(await run()).toMatchObject({ state: 'running', worker: null });
  });

  it('by the time that the segments are read sends nothing', async () => {
    await prepare(ONE);
    site().simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'latency', ms: 2_000 } });
    await work(1_000);
    expect(reads()).toHaveLength(2);
    expect(sizes()).toEqual([]);
    expect(leases()).toEqual([]);
    expect(woken()).toEqual([{ runId: RUN }]);
    expect(await run()).toMatchObject({ state: 'running', worker: null });
  });

  it('while people are left out does not take the others for done', async () => {
    await prepareMany();
    whenKept(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
    await work(500);
    expect(woken()).toEqual([{ runId: RUN }]);
    expect(await run()).toMatchObject({ state: 'running', worker: null, results: { notPermitted: 200 } });
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { notPermitted: MANY + 2 } });
  });
});

describe('a run of which many are left out', () => {
  it('has the last of them recorded, and those of the next group', async () => {
    await prepareMany();
    await work();
    expect(await run()).toMatchObject({
      state: 'finished',
      results: { notPermitted: MANY + 2 },
      groups: [{ done: MANY }, { done: 2 }],
    });
    expect(site().simulator.requests()).toEqual([]);
  });

  it('and that is paused meanwhile goes no further, in this group or the next', async () => {
    await prepareMany();
    whenKept(() =>
      site().app.runAs({}, () => changeRun(RUN, (one) => ({ ...one, state: 'paused', pause: { by: 'user' } }))),
    );
    await work();
    expect(await run()).toMatchObject({ state: 'paused', groups: [{ done: 200 }, { done: 0 }] });
    expect(await results(2)).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(woken()).toEqual([]);
  });
});

describe('a run from under which something is taken', () => {
  it('rests when that is the connection, with what was open given back', async () => {
    await prepare([{ from: 0, to: 1, count: 12 }]);
    const { value } =
      site()
        .platform.kvs.plain()
        .find(({ key }) => key === 'settings') ?? {};
    during(1, () => site().platform.kvs.handle('/api/v1/delete', { key: 'settings' }));
    const begun = Date.now();
    await work();
    expect(Date.now()).toBe(begun);
    expect(sizes()).toEqual([1]);
    expect(leases()).toEqual([]);
    expect(await run()).toMatchObject({
      state: 'paused',
      pause: { by: 'app', problem: { code: 'notConfigured' } },
      results: { confirmed: 1 },
    });
    lab.store('settings', value);
    await work();
    expect(await run()).toMatchObject({ state: 'finished', pause: null, results: { confirmed: 12 } });
  });

  it('names nobody in the ledger whose account was closed while others were written about', async () => {
    const { people } = await prepare([{ from: 0, to: 1, count: 12 }]);
    const { accountId = '', memberId = 0 } = people.at(-1) ?? {};
    during(1, () => site().app.runAs({}, () => eraseAccount(accountId)));
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 12 } });
    expect(JSON.stringify(site().platform.kvs.entity('ledger'))).not.toContain(accountId);
    expect(await as(() => readEntry(attemptIdOf(RUN, memberId, 1)))).toMatchObject({ reporterAccountId: 'erased' });
  });

  it('sends nothing about a row that names no member, and says so', async () => {
    const { people } = await prepare(ONE);
    await as(() =>
      writeRunPeople(
        RUN,
        people.map((person) => ({ ...person, memberId: null })),
      ),
    );
    await expect(work()).rejects.toThrow('without a member');
    expect(sent()).toEqual([]);
    expect(await run()).toMatchObject({ state: 'running', worker: null });
  });
});
