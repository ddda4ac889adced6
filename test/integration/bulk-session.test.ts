import { ERASED, type BulkResult, type RunGroup, type RunState } from '../../src/contract';
import { changeRun, createRun, readRun, runPeopleAfter } from '../../src/adapters/store';
import { newRun, type Run, type RunPerson } from '../../src/domain/runs';
import { newPending, type Disposition } from '../../src/features/bulk/worker/classifyResult';
import { createPartitions } from '../../src/features/bulk/worker/partition';
import { createRecorder } from '../../src/features/bulk/worker/recorder';
import { claimRun, releaseRun, startSession } from '../../src/features/bulk/worker/session';
import { createStarter } from '../../src/features/bulk/worker/starter';
import { NOTHING_FOUND, type BatchResult, type WrittenBatch } from '../../src/usecases/write';
import { ledgerEntry } from '../support/ledgerEntry';
import { runPerson } from '../support/runPerson';
import { createSite, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

let site: Site;
let time: VirtualTime;
beforeEach(async () => {
  site = await createSite({ offline: true });
  time = startVirtualTime();
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(async () => {
  time.stop();
  await site.stop();
});

const RUN = '8a4c6a5e-0d27-4c56-9a0e-2f2f2b7f6f01';
const A = { id: 1, name: 'A' };
const B = { id: 2, name: 'B' };
const as = <T>(work: () => Promise<T>): Promise<T> => time.until(site.app.runAs({ moduleKey: 'bulk-worker' }, work));
const group = (facts: Partial<RunGroup> = {}): RunGroup =>
  ({ kind: 'move', from: A, to: B, count: 5, done: 0, ...facts }) as RunGroup;
const newest = (facts: Partial<Run> = {}): Run => ({
  ...newRun(
    {
      runId: RUN,
      source: { kind: 'accounts' },
      queryName: null,
      act: { kind: 'move', from: null, to: B },
      createdByAccountId: 'creator',
    },
    Date.now(),
  ),
  state: 'running',
  startedAtMs: Date.now(),
  startedByAccountId: site.jira.adminAccountId,
  groups: [group()],
  ...facts,
});
const keep = async (facts: Partial<Run> = {}): Promise<Run> => {
  const run = newest(facts);
  await as(() => createRun(run));
  return run;
};
const stored = (): Promise<Run | null> => as(() => readRun(RUN));
const outage = { code: 'jira', status: 500, retryAfterMs: null, limit: null } as const;

/** A session of a run that was claimed just now. */
async function open(facts: Partial<Run> = {}, options: { endMs?: number; hasBudget?: boolean } = {}) {
  await keep(facts);
  const claim = await as(() => claimRun(RUN, Date.now()));
  if (claim?.kind !== 'mine') throw new Error('The run is free');
  return {
    session: startSession(claim.run, claim.workerId, { endMs: Date.now() + 600_000, ...options }),
    workerId: claim.workerId,
  };
}
const NOTHING_DONE = { group: 1, results: [], writes: 0, strays: 0, unseen: 0, streak: null } as const;
/** How long something takes, in milliseconds. */
async function tookMs(work: () => Promise<unknown>): Promise<number> {
  const begin = Date.now();
  await as(work);
  return Date.now() - begin;
}

describe('the claim on a run', () => {
  it('is one process’s for two minutes, and then whoever’s who comes', async () => {
    await keep();
    const nowMs = Date.now();
    const first = await as(() => claimRun(RUN, nowMs));
    expect(first).toMatchObject({ kind: 'mine', run: { runId: RUN, worker: { untilMs: nowMs + 120_000 } } });
    if (first?.kind !== 'mine') throw new Error('The run is free');
    expect(first.run.worker?.id).toBe(first.workerId);
    expect(await as(() => claimRun(RUN, nowMs + 119_999))).toEqual({ kind: 'leaseHeld', untilMs: nowMs + 120_000 });
    const second = await as(() => claimRun(RUN, nowMs + 120_000));
    expect(second).toMatchObject({ kind: 'mine' });
    expect((await stored())?.worker).not.toMatchObject({ id: first.workerId });
  });

  it('is given back by whoever has it alone, with what came of it', async () => {
    const { workerId } = await open();
    const finish = (run: Run): Run => ({ ...run, state: 'finished' });
    await as(() => releaseRun(RUN, 'another', finish));
    expect(await stored()).toMatchObject({ state: 'running', worker: { id: workerId } });
    await as(() => releaseRun(RUN, workerId, finish));
    expect(await stored()).toMatchObject({ state: 'finished', worker: null });
    await as(() => releaseRun(RUN, workerId, (run) => ({ ...run, state: 'running' })));
    expect(await stored()).toMatchObject({ state: 'finished' });
  });

  it.each<[string, Partial<Run>, boolean]>([
    ['runs', {}, true],
    ['rests because of a problem', { state: 'paused', pause: { by: 'app', problem: outage } }, true],
    ['rests by its user', { state: 'paused', pause: { by: 'user' } }, false],
    [
      'rests as its kind of write does',
      { state: 'paused', pause: { by: 'app', problem: { code: 'writesStopped', kind: 'move', operationId: 'op' } } },
      false,
    ],
    ...(['reading', 'ready', 'finished', 'cancelled'] as const).map(
      (state: RunState): [string, Partial<Run>, boolean] => [`is ${state}`, { state }, false],
    ),
  ])('on one that %s', async (_how, facts, isTaken) => {
    await keep(facts);
    expect((await as(() => claimRun(RUN, Date.now())))?.kind).toBe(isTaken ? 'mine' : undefined);
    expect((await stored())?.worker !== null).toBe(isTaken);
  });

  it('is on none that is not there, nor one that somebody works on who has stopped it', async () => {
    expect(await as(() => claimRun(RUN, Date.now()))).toBeNull();
    await keep({ state: 'cancelled', worker: { id: 'other', untilMs: Date.now() + 5_000 } });
    expect(await as(() => claimRun(RUN, Date.now()))).toBeNull();
  });
});

describe('a session', () => {
  it('ends with its time, and where its run is not to go on', async () => {
    const { session } = await open({}, { endMs: Date.now() + 1_000 });
    expect(session.mustEnd()).toBeNull();
    await time.pass(1_000);
    expect(session.mustEnd()).toBeNull();
    await time.pass(1);
    expect(session.mustEnd()).toBe('time');
    await as(() => changeRun(RUN, (run) => ({ ...run, state: 'paused', pause: { by: 'user' } })));
    await as(() => session.progress(NOTHING_DONE));
    expect(session.mustEnd()).toBe('stopRequested');
  });

  it('ends where the rules are others than it began with, or somebody else answers for the run', async () => {
    const { session } = await open();
    await as(() => session.connect(Date.now() + 60_000));
    await as(() => session.connect(Date.now() + 60_000));
    expect(session.mustEnd()).toBeNull();
    const scope = { kind: 'only', projects: [{ id: '9', key: 'X', name: 'X' }] };
    site.platform.kvs.handle('/api/v1/set', { key: 'projects', value: { version: 1, scope } });
    await as(() => session.connect(Date.now() + 60_000));
    expect(session.mustEnd()).toBe('time');
    await as(() => changeRun(RUN, (run) => ({ ...run, worker: null })));
    const claim = await as(() => claimRun(RUN, Date.now()));
    if (claim?.kind !== 'mine') throw new Error('The run is free');
    const other = startSession(claim.run, claim.workerId, { endMs: Date.now() + 600_000 });
    expect(other.mustEnd()).toBeNull();
    await as(() => changeRun(RUN, (run) => ({ ...run, startedByAccountId: 'another' })));
    await as(() => other.progress(NOTHING_DONE));
    expect(other.mustEnd()).toBe('time');
  });

  it('counts what is done, and keeps its claim by that for another two minutes', async () => {
    const { session, workerId } = await open();
    await time.pass(50_000);
    await as(() => session.progress({ ...NOTHING_DONE, results: ['confirmed', 'refused'], writes: 1, strays: 2 }));
    const expected = {
      results: { confirmed: 1, refused: 1 },
      writes: 1,
      strays: 2,
      groups: [{ done: 2 }],
      worker: { id: workerId, untilMs: Date.now() + 120_000 },
    };
    expect(session.run()).toMatchObject(expected);
    expect(await stored()).toMatchObject(expected);
  });

  it('goes no further where another process has its run, or nobody has it any more', async () => {
    const { session } = await open();
    const message = 'Another process works on this run by now';
    for (const worker of [{ id: 'other', untilMs: Date.now() + 60_000 }, null]) {
      await as(() => changeRun(RUN, (run) => ({ ...run, worker })));
      await expect(as(() => session.progress({ ...NOTHING_DONE, results: ['confirmed'] }))).rejects.toThrow(message);
      expect((await stored())?.results.confirmed).toBe(0);
    }
    site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'run', key: RUN });
    await expect(as(() => session.progress(NOTHING_DONE))).rejects.toThrow(message);
  });

  it('lets a run go on that rests because of a problem, and none that its user has stopped', async () => {
    const { session } = await open({ state: 'paused', pause: { by: 'app', problem: outage } });
    expect(session.mustEnd()).toBe('stopRequested');
    await as(session.resume);
    expect(session.run()).toMatchObject({ state: 'running', pause: null });
    expect(await stored()).toMatchObject({ state: 'running', pause: null });
    for (const facts of [{ state: 'paused', pause: { by: 'user' } }, { state: 'cancelled' }] as const) {
      await as(() => changeRun(RUN, (run) => ({ ...run, ...facts })));
      await as(session.resume);
      expect(await stored()).toMatchObject(facts);
    }
    site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'run', key: RUN });
    await as(session.resume);
    expect(session.run()).toMatchObject({ runId: RUN });
  });

  it('connects with what is stored, for the kind of write that the run makes, as large as that is proven', async () => {
    const { session } = await open();
    await as(() => session.connect(Date.now() + 60_000));
    session.applyVerdict(1, 'confirmed');
    await as(session.keepSize);
    await as(() => releaseRun(RUN, session.run().worker?.id ?? '', (run) => run));
    const claim = await as(() => claimRun(RUN, Date.now()));
    if (claim?.kind !== 'mine') throw new Error('The run is free');
    const later = startSession(claim.run, claim.workerId, { endMs: Date.now() + 600_000 });
    expect(later.size()).toBe(1);
    expect(await as(() => later.connect(Date.now() + 60_000))).toMatchObject({ kind: 'ok' });
    expect(later.size()).toBe(10);
    site.platform.kvs.handle('/api/v1/delete', { key: 'settings' });
    expect(await as(() => later.connect(Date.now() + 60_000))).toMatchObject({
      problem: { code: 'notConfigured' },
    });
  });

  it('does not connect for a kind of write that was never tried', async () => {
    const to = { id: 2, name: 'B' };
    const { session } = await open({ act: { kind: 'add', from: null, to } });
    expect(await as(() => session.connect(Date.now() + 60_000))).toMatchObject({
      problem: { code: 'writeNotProven' },
    });
  });

  it('gives a reading twenty seconds, and twenty before the end of the leases at the latest', async () => {
    const { session } = await open();
    site.simulator.faults.add({ fault: { kind: 'latency', ms: 100_000 } });
    const segment = site.simulator.segments[0]?.id ?? 0;
    const readWithin = (ms: number): Promise<number> =>
      tookMs(async () => {
        const connection = await session.connect(Date.now() + ms);
        if (connection.kind === 'problem') throw new Error(connection.problem.code);
        await connection.value.client.segmentWithMembers(segment);
      });
    expect(await readWithin(90_000)).toBe(20_000);
    expect(await readWithin(25_000)).toBeLessThanOrEqual(5_000);
  });

  it('spends what storage and Forge let one invocation make, and waits for the rest', async () => {
    const { session } = await open();
    expect(await tookMs(() => session.reserveStorage(500))).toBe(0);
    expect(await tookMs(() => session.reserveStorage(500))).toBe(9_225);
    expect(await tookMs(() => session.reserveStorage(1))).toBe(9 * 37.5 + 0.5);
    expect(await tookMs(() => session.reserveFetches(10))).toBe(0);
    expect(await tookMs(() => session.reserveFetches(2))).toBe(1_500);
  });

  it('counts a question to Jira among the fetches of its invocation', async () => {
    const { session } = await open();
    await as(() => session.reserveFetches(10));
    expect(await tookMs(() => session.starter.refusals([runPerson()]))).toBe(750);
  });

  it('waits for nothing where Forge is to be without limits', async () => {
    const { session } = await open({}, { hasBudget: false });
    expect(
      await tookMs(async () => {
        for (let times = 0; times < 3; times += 1) await session.reserveStorage(500);
        await session.reserveFetches(99);
      }),
    ).toBe(0);
  });
});

describe('who answers for a run', () => {
  const linkOf = (accountId: string, link: object | null): void => {
    if (link === null) site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'link', key: accountId });
    else
      site.platform.kvs.handle('/api/v1/entity/set', {
        entityName: 'link',
        key: accountId,
        value: { how: 'manual', atMs: 1, ...link },
      });
  };
  const starterOf = (facts: Partial<Run> = {}) => {
    const waited: number[] = [];
    const starter = createStarter(newest(facts), () => {
      waited.push(site.jira.calls().length);
      return Promise.resolve();
    });
    return { starter, waited };
  };
  const somebody = (place: number, facts: Partial<RunPerson> = {}): RunPerson =>
    runPerson({ place, accountId: `a-${place}`, memberId: place, ...facts });

  it('is whoever started it, and nobody of one that was never started', async () => {
    expect(starterOf().starter.accountId).toBe(site.jira.adminAccountId);
    const { starter, waited } = starterOf({ startedByAccountId: null });
    expect(starter.accountId).toBe(ERASED);
    const before = site.jira.calls().length;
    expect(await as(() => starter.refusals([somebody(1), somebody(2)]))).toEqual({
      kind: 'ok',
      value: ['notPermitted', 'notPermitted'],
    });
    expect(await as(starter.findOutage)).toBeNull();
    expect(site.jira.calls().length).toBe(before);
    expect(waited).toEqual([]);
  });

  it('stands as long as it is the same, by the same rules', () => {
    const { starter } = starterOf();
    const run = newest();
    const access = {} as Parameters<typeof starter.note>[0]['access'];
    expect(starter.stands(run)).toBe(true);
    starter.note({ access, scope: { kind: 'all' } });
    expect(starter.stands(run)).toBe(true);
    expect(starter.stands({ ...run, startedByAccountId: 'another' })).toBe(false);
    starter.note({ access, scope: { kind: 'only', projects: [] } });
    expect(starter.stands(run)).toBe(false);
    starter.note({ access, scope: { kind: 'all' } });
    expect(starter.stands(run)).toBe(true);
  });

  it('passes over whoever is another member’s by now, but in an undo, or once their account is closed', async () => {
    const { starter, waited } = starterOf();
    linkOf('a-1', { state: 'unlinked', memberId: 1 });
    linkOf('a-2', { state: 'linked', memberId: 99 });
    linkOf('a-3', { state: 'linked', memberId: 3 });
    linkOf('a-5', { state: 'linked', memberId: 99 });
    linkOf('erased:1:6', { state: 'linked', memberId: 99 });
    const people = [1, 2, 3, 4, 5, 6].map((place) =>
      somebody(place, place === 5 ? { undoes: 'op' } : place === 6 ? { accountId: 'erased:1:6' } : {}),
    );
    const before = site.jira.calls().length;
    expect(await as(() => starter.refusals(people))).toEqual({
      kind: 'ok',
      value: ['changed', 'changed', null, null, null, null],
    });
    // Before Jira is asked.
    expect(waited).toEqual([before]);
    expect(site.jira.calls().length).toBeGreaterThan(before);
  });

  it('may do nothing to anybody without the permission, whoever they are linked to', async () => {
    const { starter } = starterOf({ startedByAccountId: site.jira.defaultAccountId });
    linkOf('a-1', { state: 'unlinked', memberId: 1 });
    expect(await as(() => starter.refusals([somebody(1), somebody(2)]))).toEqual({
      kind: 'ok',
      value: ['notPermitted', 'notPermitted'],
    });
    expect(await as(starter.findOutage)).toBeNull();
  });

  it('ends its session where the rules changed when it asks', async () => {
    const { starter } = starterOf();
    await as(() => starter.refusals([somebody(1)]));
    const scope = { kind: 'only', projects: [{ id: '9', key: 'X', name: 'X' }] };
    site.platform.kvs.handle('/api/v1/set', { key: 'projects', value: { version: 1, scope } });
    await as(() => starter.refusals([somebody(1)]));
    expect(starter.stands(newest())).toBe(false);
  });

  it('is not known while Jira can’t say', async () => {
    const { starter } = starterOf();
    expect(await as(starter.findOutage)).toBeNull();
    site.jira.faults.add({ path: 'permissions', fault: { kind: 'status', code: 500 } });
    expect(await as(() => starter.refusals([somebody(1)]))).toMatchObject({ problem: { code: 'jira', status: 500 } });
    expect(await as(starter.findOutage)).toMatchObject({ code: 'jira', status: 500 });
  });
});

describe('what came of a batch', () => {
  const state = (): { unseen: number; streak: null } => ({ unseen: 3, streak: null });
  const people = [1, 2, 3, 4, 5].map((place) => runPerson({ place, accountId: `a-${place}`, memberId: place }));
  const found = (nth: number): RunPerson => people[nth] ?? runPerson();
  const result = (result: BulkResult, reason: string | null = null): Disposition => ({
    kind: 'result',
    result,
    reason,
    operationId: `op-${result}`,
  });
  const retry = (person: RunPerson): Disposition => ({ kind: 'retry', pending: newPending(person) });
  const batch = (facts: Partial<WrittenBatch> = {}): WrittenBatch => ({
    results: new Map(),
    reading: null,
    lastReading: null,
    sent: 0,
    claim: null,
    receipt: null,
    retryAfterMs: null,
    compared: NOTHING_FOUND,
    close: () => Promise.resolve(),
    ...facts,
  });
  const receipt = { kind: 'ok', value: { status: 200, count: 1, claim: 'accepted' } } as const;
  async function recording(groups: readonly RunGroup[] = [group()]) {
    const opened = await open({ groups });
    const partitions = createPartitions(opened.session.run(), () => Promise.reject(new Error('Nobody is asked for')));
    const [partition] = partitions;
    if (partition === undefined) throw new Error('One group');
    const recorder = createRecorder(opened.session, state);
    return { ...opened, partitions, partition, recorder };
  }
  const kept = async (): Promise<unknown> =>
    (await as(() => runPeopleAfter(RUN, 1, 0))).map(({ place, result: came, reason, operationId }) => [
      place,
      came,
      reason,
      operationId,
    ]);

  it('is kept for each who is done, and counted up to the first who is not', async () => {
    const { recorder, partition, session } = await recording();
    const [one, two, three] = [found(0), found(1), found(2)];
    let closed = 0;
    await as(async () => {
      await recorder.record(
        partition,
        batch({
          receipt,
          compared: { ...NOTHING_FOUND, strays: { missing: [], joined: [], count: 2 } },
          close: () => {
            closed += 1;
            return Promise.resolve();
          },
        }),
        [result('confirmed', 'readBackAgrees'), retry(two), result('refused')],
        [one, two, three].map(newPending),
      );
      await recorder.done();
    });
    expect(closed).toBe(1);
    expect(await kept()).toEqual([
      [1, 'confirmed', 'readBackAgrees', 'op-confirmed'],
      [3, 'refused', null, 'op-refused'],
    ]);
    expect(session.run()).toMatchObject({
      results: { confirmed: 1, refused: 0 },
      writes: 1,
      strays: 2,
      unseen: 3,
      groups: [{ done: 1 }],
    });
    await as(async () => {
      await recorder.record(partition, batch(), [result('busy')], [newPending(two)]);
      await recorder.done();
    });
    expect(session.run()).toMatchObject({
      results: { confirmed: 1, refused: 1, busy: 1 },
      writes: 1,
      strays: 2,
      groups: [{ done: 3 }],
    });
  });

  it('counts others who were changed beside a write that was made before, where that is found only now', async () => {
    const { recorder, partition, session } = await recording();
    const written = (memberId: number, count: number | null): BatchResult => ({
      kind: 'written',
      entry: ledgerEntry({
        members: [{ memberId, outcome: 'confirmed', reason: 'readBackAgrees' }],
        strays: count === null ? null : { missing: [], joined: [], count },
      }),
    });
    const [fresh, late, known, none] = [found(0), found(1), found(2), found(3)];
    const before = (person: RunPerson, hasStrays: boolean) => ({
      ...newPending(person),
      written: 'accepted' as const,
      hasStrays,
    });
    const results = new Map<string, BatchResult>([
      ['1', written(1, 1)],
      ['2', written(2, 10)],
      ['3', written(3, 100)],
      ['4', written(4, null)],
      ['5', { kind: 'leaseHeld' }],
    ]);
    await as(async () => {
      await recorder.record(
        partition,
        batch({ results }),
        [1, 2, 3, 4].map(() => result('confirmed')),
        [newPending(fresh), before(late, false), before(known, true), before(none, false)],
      );
      await recorder.done();
    });
    expect(session.run().strays).toBe(10);
  });

  it('keeps the size that is proven by then', async () => {
    const { recorder, partition, session } = await recording();
    await as(() => session.connect(Date.now() + 60_000));
    session.applyVerdict(1, 'confirmed');
    await as(async () => {
      await recorder.record(partition, batch(), [], []);
      await recorder.done();
    });
    expect(site.platform.kvs.plain().find(({ key }) => key === 'bulk-batch-size')?.value).toMatchObject([{ size: 10 }]);
  });

  it('is told to the directory by how both segments were read last, for everybody written about', async () => {
    site.simulator.reset();
    await time.until(site.refreshSlice());
    const { recorder, partition } = await recording();
    const segmentsOf = (memberId: number): unknown =>
      site.platform.kvs.entity('member').find(({ key }) => key === String(memberId))?.value;
    const [member] = site.simulator.truth.snapshot().members;
    if (member === undefined) throw new Error('There are members');
    const entry = ledgerEntry({ members: [{ memberId: member.id, outcome: 'confirmed', reason: 'readBackAgrees' }] });
    const results = new Map<string, BatchResult>([
      ['held', { kind: 'leaseHeld' }],
      ['op', { kind: 'written', entry }],
      ['nobody', { kind: 'written', entry: { ...entry, members: [] } }],
    ]);
    const record = (lastReading: WrittenBatch['lastReading']) =>
      as(async () => {
        await recorder.record(partition, batch({ results, lastReading }), [], []);
        await recorder.done();
      });
    const before = segmentsOf(member.id);
    await record(null);
    expect(segmentsOf(member.id)).toEqual(before);
    await record({ from: new Set(), to: new Set([member.id]) });
    expect(segmentsOf(member.id)).toMatchObject({ segmentIds: expect.arrayContaining([2]) });
  });

  it('is recorded after the batch before, and what went wrong with that is thrown to whoever comes next', async () => {
    const { recorder, partition, session } = await recording();
    const steps: string[] = [];
    const closing = (name: string, ms: number) => async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      steps.push(name);
    };
    await as(async () => {
      await recorder.record(partition, batch({ close: closing('first', 5_000) }), [], []);
      steps.push('begun');
      await recorder.record(partition, batch({ close: closing('second', 1) }), [], []);
      await recorder.done();
    });
    expect(steps).toEqual(['begun', 'first', 'second']);
    await as(() => changeRun(RUN, (run) => ({ ...run, worker: null })));
    await as(() => recorder.record(partition, batch(), [], []));
    for (const next of [
      () => recorder.record(partition, batch(), [], []),
      () => recorder.leaveOut(partition, []),
      () => recorder.heartbeat([partition]),
      () => recorder.done(),
    ])
      await expect(as(next)).rejects.toThrow('Another process');
    expect(session.run().writes).toBe(0);
  });

  it('is kept of whoever was left out without one', async () => {
    const { recorder, partition, session } = await recording();
    const out = [
      { ...found(0), result: 'notPermitted', reason: null },
      { ...found(1), result: 'changed', reason: 'linkChanged' },
    ] as const;
    await as(async () => {
      await recorder.leaveOut(partition, out);
      await recorder.done();
    });
    expect(await kept()).toEqual([
      [1, 'notPermitted', null, null],
      [2, 'changed', 'linkChanged', null],
    ]);
    expect(session.run()).toMatchObject({
      results: { notPermitted: 1, changed: 1 },
      writes: 0,
      strays: 0,
      unseen: 3,
      groups: [{ done: 2 }],
    });
  });

  it('is counted of each group while there is no batch, and the claim is kept also where nothing is new', async () => {
    const { recorder, partitions, session } = await recording([group(), group({ count: 2 })]);
    const claimedUntil = (): number => session.run().worker?.untilMs ?? 0;
    await time.pass(30_000);
    await as(() => recorder.heartbeat(partitions));
    expect(claimedUntil()).toBe(Date.now() + 120_000);
    expect(session.run()).toMatchObject({ writes: 0, strays: 0, unseen: 3, groups: [{ done: 0 }, { done: 0 }] });
    partitions[0]?.checkpoint.note(1, 'confirmed');
    partitions[1]?.checkpoint.note(1, 'unknown');
    partitions[1]?.checkpoint.note(2, 'confirmed');
    await as(() => recorder.heartbeat(partitions));
    expect(session.run()).toMatchObject({
      results: { confirmed: 2, unknown: 1 },
      writes: 0,
      strays: 0,
      groups: [{ done: 1 }, { done: 2 }],
    });
  });
});
