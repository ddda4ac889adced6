import type { InvocationError } from '@forge/events';
import { processRun } from '../../src';
import { changeRun, eraseAccount, readEntry, runPeopleAfter } from '../../src/adapters/store';
import { attemptIdOf } from '../../src/features/bulk/worker/earlierAttempts';
import { RUN, useWorkerLab } from '../support/workerLab';

const lab = useWorkerLab();
const { begin, end, site, time, as, segment, inSegment, movable, prepare, work, run, change, store } = lab;
const { sizes, asked, reads, sent, results, leases, woken, logged, refreshAskedAt } = lab;
const { during, forbid, unfinished, moveTo, showLater } = lab;
const outage = { code: 'jira', status: 500, retryAfterMs: null, limit: null } as const;
const ONE = [{ from: 0, to: 1, count: 3 }];

describe('a run that is worked on', () => {
  it('moves everybody in batches that grow, and reads each segment once where the read-back serves', async () => {
    const { memberIds } = await prepare([{ from: 0, to: 1, count: 12 }]);
    expect(await work()).toBeNull();
    expect(sizes()).toEqual([1, 1, 10]);
    expect(asked()).toEqual(memberIds);
    // Before the first, and after each.
    expect(reads()).toHaveLength(2 + 3 * 2);
    expect(await run()).toMatchObject({
      state: 'finished',
      finishedAtMs: Date.now(),
      changedAtMs: Date.now(),
      writes: 3,
      results: { confirmed: 12 },
      groups: [{ done: 12 }],
      worker: null,
    });
    expect(leases()).toEqual([]);
    expect(woken()).toEqual([]);
    for (const memberId of memberIds) expect(inSegment(segment(1).id)).toContain(memberId);
  });

  it('goes from one group to the next, whose segments it reads anew', async () => {
    await prepare([
      { from: 0, to: 1, count: 2 },
      { from: 2, to: 3, count: 2 },
    ]);
    await work();
    expect(sizes()).toEqual([1, 1, 2]);
    expect(reads()).toHaveLength(2 * 2 + 3 * 2);
    expect(await run()).toMatchObject({ state: 'finished', groups: [{ done: 2 }, { done: 2 }] });
  });

  it('names in the ledger who answers for it, the run, and whom each write is about', async () => {
    const { people } = await prepare([{ from: 0, to: 1, count: 1 }]);
    await work();
    const [person] = people;
    const id = attemptIdOf(RUN, person?.memberId ?? 0, 1);
    expect(await as(() => readEntry(id))).toMatchObject({
      entryPoint: 'bulk',
      runId: RUN,
      actorAccountId: site().jira.adminAccountId,
      reporterAccountId: person?.accountId,
      issueId: null,
      issueKey: null,
      undoes: null,
    });
    expect(await as(() => runPeopleAfter(RUN, 1, 0))).toMatchObject([{ operationId: id, result: 'confirmed' }]);
  });

  it('names nobody whose account was closed since the preview', async () => {
    const { people } = await prepare([{ from: 0, to: 1, count: 1 }]);
    await as(() => eraseAccount(people[0]?.accountId ?? ''));
    await work();
    expect(JSON.stringify(site().platform.kvs.entity('ledger'))).not.toContain(people[0]?.accountId);
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 1 } });
    const id = attemptIdOf(RUN, people[0]?.memberId ?? 0, 1);
    expect(await as(() => readEntry(id))).toMatchObject({ reporterAccountId: 'erased' });
  });

  it('has the directory refreshed at its end where it wrote, and nowhere else', async () => {
    const before = refreshAskedAt();
    await prepare(ONE, { groups: [] });
    await work();
    expect(await run()).toMatchObject({ state: 'finished' });
    expect(refreshAskedAt()).toBe(before);
    site().platform.kvs.handle('/api/v1/entity/delete', { entityName: 'run', key: RUN });
    await prepare(ONE);
    await work();
    expect(refreshAskedAt()).toBe(Date.now());
  });

  it('is nobody’s who comes while another process has it', async () => {
    const untilMs = Date.now() + 60_000;
    await prepare(ONE, { worker: { id: 'other', untilMs } });
    expect(await work()).toBe(untilMs);
    await change({ state: 'cancelled', worker: null });
    expect(await work()).toBeNull();
    expect(sent()).toEqual([]);
  });
});

describe('a session that has to end', () => {
  it('gives back what is open when its time is over, and has another go on', async () => {
    await prepare([{ from: 0, to: 1, count: 12 }]);
    during(2, () => time().pass(0));
    site().simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'latency', ms: 1_000 } });
    await work(1_500);
    expect(sizes()).toEqual([1, 1]);
    expect(leases()).toEqual([]);
    expect(await run()).toMatchObject({ state: 'running', worker: null, groups: [{ done: 2 }] });
    expect(woken()).toEqual([{ runId: RUN }]);
    expect(await results()).toEqual([
      ...Array.from({ length: 2 }, () => ['confirmed', 'readBackAgrees']),
      ...Array.from({ length: 10 }, () => [null, null]),
    ]);
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 12 } });
    expect(asked()).toHaveLength(12);
  });

  it.each(['paused', 'cancelled'] as const)('sends nothing more once its run is %s', async (state) => {
    await prepare([{ from: 0, to: 1, count: 12 }]);
    during(2, () => site().app.runAs({}, () => changeRun(RUN, (one) => ({ ...one, state, pause: { by: 'user' } }))));
    await work();
    expect(sizes()).toEqual([1, 1]);
    expect(leases()).toEqual([]);
    expect(await run()).toMatchObject({ state, pause: { by: 'user' }, worker: null, results: { confirmed: 2 } });
    expect(woken()).toEqual([]);
  });

  it('sends nothing more once the settings permit it no longer', async () => {
    await prepare([{ from: 0, to: 1, count: 12 }]);
    const scope = { kind: 'only', projects: [{ id: '99', key: 'ELSE', name: 'Elsewhere' }] };
    during(2, () => store('projects', { version: 1, scope }));
    await work();
    expect(sizes()).toEqual([1, 1]);
    expect(leases()).toEqual([]);
    expect(await run()).toMatchObject({ state: 'running' });
    expect(woken()).toEqual([{ runId: RUN }]);
  });

  it('throws what storage throws, after the claim is given back', async () => {
    await prepare(ONE);
    site().platform.intercept(({ path }, _proceed, { body }) =>
      path.endsWith('/batch/set') && body?.includes('run-person') === true
        ? { status: 500, headers: { 'content-type': 'application/json' }, body: '{"code":"INTERNAL"}' }
        : undefined,
    );
    await expect(work()).rejects.toThrow();
    expect(await run()).toMatchObject({ state: 'running', worker: null });
  });
});

describe('a run in whose way something stands', () => {
  it('rests where there is no connection, and goes on by itself once there is one', async () => {
    await prepare(ONE);
    const settings = site()
      .platform.kvs.plain()
      .find(({ key }) => key === 'settings')?.value;
    site().platform.kvs.handle('/api/v1/delete', { key: 'settings' });
    await work();
    const pause = { by: 'app', problem: { code: 'notConfigured' } };
    expect(await run()).toMatchObject({ state: 'paused', pause, worker: null, changedAtMs: Date.now() });
    await work();
    expect(await run()).toMatchObject({ state: 'paused', pause });
    expect(reads()).toEqual([]);
    store('settings', settings);
    await work();
    expect(await run()).toMatchObject({ state: 'finished', pause: null, results: { confirmed: 3 } });
  });

  it('rests while Jira can’t say who may be changed, before it asks Shorter Loop for anything', async () => {
    await prepare(ONE);
    site().jira.faults.add({ path: 'permissions', fault: { kind: 'status', code: 500 } });
    await work();
    expect(await run()).toMatchObject({ state: 'paused', pause: { by: 'app', problem: { code: 'jira' } } });
    expect(site().simulator.requests()).toEqual([]);
    await work();
    expect(await run()).toMatchObject({ state: 'paused', pause: { by: 'app', problem: { code: 'jira' } } });
    expect(site().simulator.requests()).toEqual([]);
    site().jira.faults.clear();
    await work();
    expect(await run()).toMatchObject({ state: 'finished' });
  });

  it('rests while Jira can’t say it in the middle, with what is open given back', async () => {
    await prepare([{ from: 0, to: 1, count: 12 }]);
    const real = Date.now;
    during(1, () => {
      // What Jira said is too old for the next batch.
      const clock = jest.spyOn(Date, 'now').mockImplementation(() => real() + 61_000);
      site().jira.faults.add({ path: 'permissions', fault: { kind: 'status', code: 500 } });
      return clock;
    });
    await work();
    // The next one was open by then.
    expect(sizes()).toEqual([1, 1]);
    expect(await run()).toMatchObject({
      state: 'paused',
      pause: { problem: { code: 'jira' } },
      results: { confirmed: 2 },
    });
  });

  it('rests at the third reading in a row that fails, five seconds after the one before', async () => {
    await prepare(ONE);
    site().simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'status', code: 500 } });
    const begun = Date.now();
    await work();
    expect(await run()).toMatchObject({
      state: 'paused',
      pause: { by: 'app', problem: { code: 'shorterLoop', cause: 'server', status: 500 } },
    });
    expect(Date.now() - begun).toBeGreaterThanOrEqual(10_000);
    expect(leases()).toEqual([]);
    expect(sent()).toEqual([]);
    // It looks once whether that is over.
    const before = reads().length;
    await work();
    expect(await run()).toMatchObject({ state: 'paused' });
    expect(reads().length).toBeGreaterThan(before);
    site().simulator.faults.clear();
    await work();
    expect(await run()).toMatchObject({ state: 'finished', pause: null });
  });

  it('goes on after two readings that fail', async () => {
    await prepare(ONE);
    let failed = 0;
    site().platform.intercept(({ kind }, _proceed, { method }) => {
      if (kind !== 'egress' || method !== 'GET' || failed >= 2 * 2 * 3) return undefined;
      failed += 1;
      return { status: 500, headers: {}, body: '' };
    });
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 3 } });
  });

  it('rests at the first reading that is refused until somebody mends it', async () => {
    await prepare(ONE);
    site().simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'keyRevoked' } });
    const begun = Date.now();
    await work();
    expect(await run()).toMatchObject({ state: 'paused', pause: { problem: { cause: 'unauthorized' } } });
    expect(Date.now()).toBe(begun);
    expect(leases()).toEqual([]);
  });

  it('rests at the first write that is refused until somebody mends it', async () => {
    await prepare(ONE);
    site().simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'status', code: 403 } });
    await work();
    expect(await run()).toMatchObject({ state: 'paused', pause: { problem: { cause: 'forbidden', status: 403 } } });
    expect(sent()).toHaveLength(1);
    expect(leases()).toEqual([]);
  });

  it('rests at the third write in a row that gets no answer', async () => {
    await prepare([{ from: 0, to: 1, count: 20 }]);
    site().simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'status', code: 500 } });
    await work();
    expect(await run()).toMatchObject({ state: 'paused', pause: { problem: { cause: 'server', status: 500 } } });
    expect(sent()).toHaveLength(3);
  });

  it('does not rest where an answer comes in between', async () => {
    await prepare([{ from: 0, to: 1, count: 6 }]);
    for (const nth of [1, 2, 4, 5])
      site().simulator.faults.add({ match: { route: 'move', nth }, fault: { kind: 'status', code: 500 } });
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 6 } });
  });

  it('waits as long as Shorter Loop asks for, and makes the write again', async () => {
    await prepare(ONE);
    site().simulator.faults.add({
      match: { route: 'move', nth: 2 },
      fault: { kind: 'status', code: 429, retryAfterSeconds: 7 },
    });
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 3 } });
    const [, refused, next] = sent();
    expect((next?.atMs ?? 0) - (refused?.atMs ?? 0)).toBeGreaterThanOrEqual(7_000);
    expect((next?.atMs ?? 0) - (refused?.atMs ?? 0)).toBeLessThan(20_000);
  });

  it('keeps its claim while it waits for long, looking again every twenty seconds', async () => {
    await prepare(ONE);
    site().simulator.faults.add({
      match: { route: 'move', nth: 1 },
      fault: { kind: 'status', code: 429, retryAfterSeconds: 200 },
    });
    const seen: number[] = [];
    site().platform.intercept(({ path }, _proceed, { body }) => {
      if (path.includes('/entity/') && body?.includes('untilMs') === true && body.includes(RUN)) seen.push(Date.now());
      return undefined;
    });
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 3 } });
    const gaps = seen.map((atMs, nth) => atMs - (seen[nth - 1] ?? atMs));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(20_000);
  });

  it('of ten requests a minute, waits for its turn and gives up nobody', async () => {
    await end();
    await begin({ rateLimit: { requests: 10, windowMs: 60_000 } });
    await prepare([{ from: 0, to: 1, count: 14 }]);
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 14 } });
    expect(leases()).toEqual([]);
  });

  it('rests with the write beside which others were changed, and counts them', async () => {
    await prepare([{ from: 0, to: 1, count: 12 }]);
    const others = movable(0, 1).slice(-3);
    during(1, () => {
      for (const id of others) site().simulator.faults.add({ match: { nth: 1 }, fault: { kind: 'memberGone', id } });
    });
    await work();
    expect(await run()).toMatchObject({
      state: 'paused',
      pause: { by: 'app', problem: { code: 'writesStopped', kind: 'move' } },
      strays: 3,
    });
    expect(sent()).toHaveLength(1);
    expect(await work()).toBeNull();
    expect((await run()).state).toBe('paused');
  });

  it('brakes after five with whom the same goes wrong, and begins small with the next', async () => {
    await prepare([{ from: 0, to: 1, count: 30 }]);
    during(3, () =>
      site().simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'appliedPartly', how: 'joinOnly' } }),
    );
    await work();
    expect(await run()).toMatchObject({
      state: 'paused',
      pause: { by: 'brake', brake: { result: 'notConfirmed', reason: 'inBoth', claim: 'accepted', people: 5 } },
      changedAtMs: Date.now(),
    });
    expect(sizes()).toEqual([1, 1, 10]);
    expect(
      site()
        .platform.kvs.plain()
        .find(({ key }) => key === 'bulk-batch-size')?.value,
    ).toMatchObject([{ size: 1 }]);
  });

  it('is left as its user has decided meanwhile', async () => {
    await prepare([{ from: 0, to: 1, count: 1 }]);
    site().simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'status', code: 403 } });
    during(1, () =>
      site().app.runAs({}, () => changeRun(RUN, (one) => ({ ...one, state: 'paused', pause: { by: 'user' } }))),
    );
    await work();
    expect(await run()).toMatchObject({ state: 'paused', pause: { by: 'user' } });
    await change({ state: 'running', pause: null });
    site().simulator.faults.clear();
    during(1, () => site().app.runAs({}, () => changeRun(RUN, (one) => ({ ...one, state: 'cancelled' }))));
    await work();
    expect(await run()).toMatchObject({ state: 'cancelled', finishedAtMs: null });
  });
});

describe('a segment that can’t be read in full', () => {
  it('has its people given up, and the others go on', async () => {
    await prepare([
      { from: 0, to: 1, count: 2 },
      { from: 2, to: 3, count: 2 },
    ]);
    forbid(segment(0).id);
    await work();
    expect(await results(1)).toEqual([
      ['refused', 'notReadable'],
      ['refused', 'notReadable'],
    ]);
    expect(await results(2)).toEqual([
      ['confirmed', 'readBackAgrees'],
      ['confirmed', 'readBackAgrees'],
    ]);
    expect(await run()).toMatchObject({ state: 'finished', results: { refused: 2, confirmed: 2 }, writes: 2 });
    expect(leases()).toEqual([]);
  });

  it('does not keep a run resting that rests for something else', async () => {
    await prepare(ONE, { state: 'paused', pause: { by: 'app', problem: outage } });
    forbid(segment(0).id);
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { refused: 3 } });
  });

  it('says nothing of somebody whose write was made: they are looked at for longer', async () => {
    const { memberIds } = await prepare([{ from: 0, to: 1, count: 1 }]);
    const [memberId = 0] = memberIds;
    await unfinished(memberId);
    forbid(segment(0).id);
    await work(60_000);
    expect(await results()).toEqual([[null, null]]);
    expect(await run()).toMatchObject({ state: 'running', results: { refused: 0 } });
    expect(sent()).toEqual([]);
  });
});

describe('writes that are not decided yet', () => {
  it('hold everybody new at five, are told as not seen yet, and end confirmed', async () => {
    await prepare([{ from: 0, to: 1, count: 12 }]);
    showLater(30_000);
    const working = work();
    await time().pass(20_000);
    expect(await run()).toMatchObject({ state: 'running', unseen: 5, results: { confirmed: 0 } });
    await working;
    expect(await run()).toMatchObject({ state: 'finished', unseen: 0, results: { confirmed: 12 } });
    expect(asked()).toHaveLength(12);
  });

  it('of a process that died are found again, and not made once more', async () => {
    const { memberIds } = await prepare([{ from: 0, to: 1, count: 1 }]);
    const [memberId = 0] = memberIds;
    await unfinished(memberId);
    setTimeout(() => moveTo(memberId, 1), 30_000);
    await work();
    expect(sent()).toHaveLength(1);
    expect(await run()).toMatchObject({ state: 'finished', writes: 0, results: { confirmed: 1 } });
  });
});

describe('people of a run', () => {
  it('who were moved by others meanwhile are left as they are', async () => {
    const { memberIds } = await prepare(ONE);
    moveTo(memberIds[1] ?? 0, 2);
    await work();
    expect(await results()).toEqual([
      ['confirmed', 'readBackAgrees'],
      ['changed', 'notInSource'],
      ['confirmed', 'readBackAgrees'],
    ]);
  });

  it('whom somebody else writes about just now are looked at later', async () => {
    const { memberIds } = await prepare(ONE);
    const lease = { operationId: 'other', untilMs: Date.now() + 12_000, revision: 'r' };
    site().platform.kvs.handle('/api/v1/entity/set', { entityName: 'lease', key: String(memberIds[0]), value: lease });
    await work();
    expect(asked()).toEqual([memberIds[1], memberIds[2], memberIds[0]]);
    expect(await run()).toMatchObject({ state: 'finished', results: { confirmed: 3 } });
  });

  it('who may not be changed are left out, and nothing is sent where that is everybody', async () => {
    await prepare([{ from: 0, to: 1, count: 3 }], { startedByAccountId: null });
    await work();
    expect(await run()).toMatchObject({ state: 'finished', results: { notPermitted: 3 }, writes: 0 });
    expect(site().simulator.requests()).toEqual([]);
  });

  it('who are linked elsewhere by now are left out in front of the others', async () => {
    const { people, memberIds } = await prepare(ONE);
    site().platform.kvs.handle('/api/v1/entity/set', {
      entityName: 'link',
      key: people[0]?.accountId ?? '',
      value: { state: 'unlinked', memberId: memberIds[0], how: 'manual', atMs: 1 },
    });
    await work();
    expect(await results()).toEqual([
      ['changed', 'linkChanged'],
      ['confirmed', 'readBackAgrees'],
      ['confirmed', 'readBackAgrees'],
    ]);
    expect(asked()).toEqual(memberIds.slice(1));
  });
});

describe('an event of the queue', () => {
  const deliver = (body: unknown): Promise<InvocationError | undefined> => as(() => processRun({ body }));

  it('without a run is noted and forgotten', async () => {
    for (const event of [{}, { runId: 7 }]) expect(await deliver(event)).toBeUndefined();
    expect(await as(() => processRun('what'))).toBeUndefined();
    expect(logged()).toEqual(Array.from({ length: 3 }, () => [expect.stringContaining('"where":"bulk"')]));
  });

  it('has its run worked on', async () => {
    await prepare(ONE);
    expect(await deliver({ runId: RUN })).toBeUndefined();
    expect(await run()).toMatchObject({ state: 'finished' });
  });

  it.each([
    [60_500, 61],
    [0, undefined],
    [1, 1],
  ])('comes again when the claim of %d ms of another process is over', async (ms, seconds) => {
    await prepare(ONE, { worker: { id: 'other', untilMs: Date.now() + ms } });
    const answer = await deliver({ runId: RUN });
    expect(answer === undefined ? undefined : JSON.parse(JSON.stringify(answer))).toEqual(
      seconds === undefined
        ? undefined
        : { _retry: true, retryOptions: { retryAfter: seconds, retryReason: 'FUNCTION_RETRY_REQUEST' } },
    );
  });

  it('leaves enough of its invocation for the batch that is under way', async () => {
    await prepare([{ from: 0, to: 1, count: 12 }]);
    site().simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'latency', ms: 2_000 } });
    const limited = () =>
      site().app.runAs({ moduleKey: 'bulk-worker', limitMs: 103_000 }, () => processRun({ body: { runId: RUN } }));
    expect(await time().until(limited())).toBeUndefined();
    expect(sizes()).toEqual([1, 1]);
    expect(await run()).toMatchObject({ state: 'running', results: { confirmed: 2 } });
  });
});
