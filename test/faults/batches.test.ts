import { READINGS } from '../../sandbox/forge/rules/readings';
import { readSettings } from '../../src/adapters/store';
import { late, movesAll, othersIn, refusesLate, showsLate } from '../support/oddServers';
import { writeRows } from '../support/ledgerRows';
import { inShort, openBatchLab, rowOf, type BatchLab } from '../support/batchLab';
import { kvsError } from '../support/platformFaults';

let lab: BatchLab;
beforeEach(async () => {
  lab = await openBatchLab(30);
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => lab.stop());

const resultsOf = async (options = {}): Promise<string[]> => {
  const done = await lab.perform(options);
  if (done?.kind !== 'ok') throw new Error(`The batch was not carried out: ${JSON.stringify(done)}`);
  return inShort(done.value.results);
};
const all = (word: string, count = 30): string[] => Array.from({ length: count }, () => word);
const leases = (): unknown[] => lab.site.platform.kvs.entity('lease');
const writes = () => lab.site.simulator.truth.writes();
const recover = async (): Promise<void> => {
  // A recovery takes 25 leases at once.
  for (let run = 0; run < 4; run += 1) {
    await lab.time.pass(300_000);
    await lab.time.until(lab.site.recovery());
  }
};

describe('one write about many members', () => {
  it('is one request and one read-back, has a finished row for each member, and gives every turn back', async () => {
    lab.site.platform.clearRecords();
    expect(await resultsOf()).toEqual(all('confirmed'));
    expect(writes().map(({ asked }) => asked.length)).toEqual([30]);
    const upstream = lab.site.platform.calls
      .filter(({ kind }) => kind === 'egress')
      .map(({ path }) => path.replace(/^.*segments\//, ''));
    expect(upstream).toHaveLength(5);
    expect(leases()).toEqual([]);
    for (const member of lab.members) {
      expect(await rowOf(lab, member)).toMatchObject({
        state: 'finished',
        runId: 'run-1',
        reporterAccountId: member.reporterAccountId,
        members: [{ memberId: member.memberId, outcome: 'confirmed' }],
      });
    }
  });

  it('asked a second time finds every id taken and sends nothing', async () => {
    await resultsOf();
    expect(await resultsOf()).toEqual(all('confirmed'));
    expect(writes()).toHaveLength(1);
  });

  it('tells of an id that was used for something else, and does not take that for its own', async () => {
    const [first, second] = lab.members;
    if (first === undefined || second === undefined) throw new Error('two members');
    // The id of the second one is used up by a write about the first, who is moved by that very run.
    await resultsOf({ members: [{ ...first, operationId: second.operationId }] });
    expect(await resultsOf({ members: [second] })).toEqual(['idTaken']);
    expect(writes().map(({ asked }) => asked)).toEqual([[first.memberId]]);
    expect(leases()).toEqual([]);
    expect(await resultsOf({ members: [{ ...second, operationId: crypto.randomUUID() }] })).toEqual(['confirmed']);
  });

  it('names a member once who is named twice', async () => {
    const [first, second] = lab.members;
    if (first === undefined || second === undefined) throw new Error('two members');
    expect(await resultsOf({ members: [first, { ...second, memberId: first.memberId }] })).toEqual(['confirmed']);
    expect(writes()[0]?.asked).toEqual([first.memberId]);
  });

  it('leaves out whoever is not in the source or already in the target, and keeps no row of them', async () => {
    const [first, second, third] = lab.members;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three members');
    await resultsOf({ members: [first] });
    await resultsOf({ members: [second], kind: 'remove' });
    const again = [
      { ...first, operationId: crypto.randomUUID() },
      { ...second, operationId: crypto.randomUUID() },
      third,
    ];
    expect((await resultsOf({ members: again })).toSorted()).toEqual(['confirmed', 'notInSource', 'notInSource']);
    expect(await rowOf(lab, again[0] ?? first)).toBeNull();
    expect(leases()).toEqual([]);
  });

  it('leaves a member alone whom someone else writes about, and writes about the others', async () => {
    const [first] = lab.members;
    const value = { operationId: crypto.randomUUID(), untilMs: Date.now() + 60_000, revision: 'theirs' };
    lab.site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'lease', key: String(first?.memberId), value });
    expect((await resultsOf()).filter((word) => word !== 'confirmed')).toEqual(['leaseHeld']);
    expect(leases()).toHaveLength(1);
    expect(writes()[0]?.asked).not.toContain(first?.memberId);
  });

  it('sends nothing when a segment can not be read, and leaves nothing behind', async () => {
    lab.site.simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'keyRevoked' } });
    expect(await lab.perform()).toMatchObject({
      kind: 'problem',
      problem: { code: 'shorterLoop', cause: 'unauthorized' },
    });
    expect([leases(), writes(), writeRows(lab.site.platform.kvs)]).toEqual([[], [], []]);
  });

  it('tells each member apart when only half of them were moved', async () => {
    lab.site.simulator.faults.add({ match: { route: 'move', nth: 1 }, fault: { kind: 'appliedPartly' } });
    const results = await resultsOf();
    expect([
      results.filter((word) => word === 'confirmed').length,
      results.filter((word) => word === 'notConfirmed').length,
    ]).toEqual([15, 15]);
    expect(leases()).toEqual([]);
  });

  it('that is never answered is settled by the recovery, whether it was applied or not', async () => {
    for (const kind of ['timeoutAfterApplying', 'timeoutBefore'] as const) {
      lab.site.simulator.faults.add({ match: { route: 'move', nth: 1 }, fault: { kind } });
      const members = lab.members.slice(kind === 'timeoutBefore' ? 0 : 15, kind === 'timeoutBefore' ? 15 : 30);
      expect(await resultsOf({ members })).toEqual(all(kind === 'timeoutBefore' ? 'notConfirmed' : 'confirmed', 15));
    }
    expect(leases()).toHaveLength(15);
    await recover();
    expect(leases()).toEqual([]);
    for (const member of lab.members) expect((await rowOf(lab, member))?.state).toBe('finished');
  });

  // Where a condition on a missing row holds, a transaction takes the turns of a group; elsewhere it is refused, and
  // each turn is a row that is set by itself.
  it.each([
    ['judged', '/transaction'],
    ['fails', '/entity/set'],
  ] as const)(
    'whose storage answers nothing after the turns were taken still counts them (a missing row: %s)',
    async (conditionOnMissingRow, path) => {
      await lab.stop();
      lab = await openBatchLab(30, { readings: { ...READINGS.a, conditionOnMissingRow } });
      let held = 0;
      const fault = kvsError(path, 1, 'INTERNAL_SERVER_ERROR', 500, 'afterApplying');
      lab.site.platform.intercept(async (call, proceed, init) => {
        // The token bucket is stored by such calls too.
        if (init.body?.includes('"lease"') !== true) return undefined;
        const before = leases().length;
        const answer = await fault(call, proceed, init);
        if (answer !== undefined) held = leases().length - before;
        return answer;
      });
      expect(await resultsOf()).toEqual(all('confirmed'));
      // The premise: the call that was not answered is one that took turns.
      expect(held).toBeGreaterThan(0);
    },
  );

  it('records every outcome one by one where they can not be recorded together', async () => {
    // The token bucket is a transaction too; the leases are three, and the first of the outcomes is the fifth.
    lab.site.platform.intercept(kvsError('/transaction', 5, 'INTERNAL_SERVER_ERROR', 500));
    expect(await resultsOf()).toEqual(all('confirmed'));
    expect(leases()).toEqual([]);
  });
});

describe('a Shorter Loop that does something else with a batch', () => {
  let warned: jest.SpyInstance;
  beforeEach(() => {
    warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  });
  afterEach(() => warned.mockRestore());
  const straysIn = () =>
    writeRows(lab.site.platform.kvs).flatMap(({ value }) => (value as { strays?: { count: number } }).strays ?? []);
  const stops = async (): Promise<readonly unknown[]> =>
    (await lab.time.until(lab.site.app.runAs({}, readSettings)))?.stops ?? [];

  it.each([
    ['shows it late', showsLate, 'notConfirmed'],
    ['says no', refusesLate, 'refused'],
  ] as const)('and %s keeps everybody held, and all are settled once it shows', async (_how, odd, told) => {
    lab.site.platform.intercept(odd(60_000)(lab.site));
    expect(await resultsOf()).toEqual(all(told));
    const again = lab.members.map((member) => ({ ...member, operationId: crypto.randomUUID() }));
    expect(await resultsOf({ members: again })).toEqual(all('leaseHeld'));
    await lab.time.pass(300_000);
    await lab.time.until(lab.site.recovery());
    expect(leases()).toEqual([]);
    for (const member of lab.members)
      expect(await rowOf(lab, member)).toMatchObject({ state: 'finished', members: [{ outcome: 'confirmed' }] });
    expect([straysIn(), await stops()]).toEqual([[], []]);
  });

  it('and takes everybody along is seen, and one row of the batch names them', async () => {
    const others = othersIn(
      lab.site,
      lab.from.id,
      lab.members.map(({ memberId }) => memberId),
    ).length;
    lab.site.platform.intercept(movesAll(lab.site));
    expect(await resultsOf()).toEqual(all('confirmed'));
    expect(straysIn()).toHaveLength(1);
    expect(straysIn()[0]?.count).toBeGreaterThanOrEqual(others);
    expect(await stops()).toMatchObject([{ kind: 'move' }]);
  });

  it('and takes everybody along later is seen by whoever settles the first of its rows', async () => {
    lab.site.platform.intercept(late(movesAll, 60_000)(lab.site));
    expect(await resultsOf()).toEqual(all('notConfirmed'));
    expect(await stops()).toEqual([]);
    await lab.time.pass(90_000);
    const again = lab.members.map((member) => ({ ...member, operationId: crypto.randomUUID() }));
    await resultsOf({ members: again });
    expect(straysIn()).toHaveLength(1);
    expect(await stops()).toMatchObject([{ kind: 'move' }]);
  });

  it('and says how many it did, settles the others at once', async () => {
    lab.site.simulator.faults.add({ match: { route: 'move', nth: 1 }, fault: { kind: 'appliedPartly' } });
    await resultsOf();
    expect(leases()).toEqual([]);
    lab.site.simulator.faults.add({ match: { route: 'move', nth: 1 }, fault: { kind: 'appliedPartly' } });
    lab.site.simulator.faults.add({ match: { route: 'move', nth: 1 }, fault: { kind: 'count', count: 'zero' } });
    const left = lab.members.slice(15).map((member) => ({ ...member, operationId: crypto.randomUUID() }));
    await resultsOf({ members: left });
    expect(leases()).toHaveLength(8);
  });
});

describe('a batch that adds', () => {
  const placesOf = (memberId: number): readonly number[] => lab.site.simulator.truth.membershipsOf(memberId);

  it('is one request and one read of the target before and after, and takes nobody out of anything', async () => {
    const before = lab.members.map(({ memberId }) => placesOf(memberId));
    lab.site.platform.clearRecords();
    expect(await resultsOf({ kind: 'add' })).toEqual(all('confirmed'));
    const upstream = lab.site.platform.calls.filter(({ kind }) => kind === 'egress');
    expect(upstream).toHaveLength(3);
    expect(writes()).toMatchObject([{ asked: { length: 30 } }]);
    for (const [nth, { memberId }] of lab.members.entries())
      expect(new Set(placesOf(memberId))).toEqual(new Set([...(before[nth] ?? []), lab.to.id]));
    for (const member of lab.members)
      expect(await rowOf(lab, member)).toMatchObject({ kind: 'add', from: null, to: { id: lab.to.id } });
  });

  it('leaves out whoever is in the segment already, and sends nothing about them', async () => {
    const [first, second] = lab.members;
    if (first === undefined || second === undefined) throw new Error('two members');
    await resultsOf({ kind: 'add', members: [first] });
    const again = { ...first, operationId: crypto.randomUUID() };
    expect(await resultsOf({ kind: 'add', members: [again, second] })).toEqual(['alreadyInTarget', 'confirmed']);
    expect(writes()[1]?.asked).toEqual([second.memberId]);
    expect(await rowOf(lab, again)).toBeNull();
  });

  it('that is never answered is settled by the recovery, whether it was applied or not', async () => {
    for (const kind of ['timeoutAfterApplying', 'timeoutBefore'] as const) {
      lab.site.simulator.faults.add({ match: { route: 'add', nth: 1 }, fault: { kind } });
      const members = lab.members.slice(kind === 'timeoutBefore' ? 0 : 15, kind === 'timeoutBefore' ? 15 : 30);
      const told = all(kind === 'timeoutBefore' ? 'notConfirmed' : 'confirmed', 15);
      expect(await resultsOf({ kind: 'add', members })).toEqual(told);
    }
    expect(leases()).toHaveLength(15);
    await recover();
    expect(leases()).toEqual([]);
    for (const member of lab.members) expect((await rowOf(lab, member))?.state).toBe('finished');
  });

  it('says of an accepted one that the reading contradicts just that, and stays open for its time', async () => {
    lab.site.simulator.faults.add({ match: { route: 'add' }, fault: { kind: 'appliedPartly', how: 'leaveOnly' } });
    expect(await resultsOf({ kind: 'add' })).toEqual(all('notConfirmed'));
    const again = lab.members.map((member) => ({ ...member, operationId: crypto.randomUUID() }));
    expect(await resultsOf({ kind: 'add', members: again })).toEqual(all('leaseHeld'));
    await recover();
    for (const member of lab.members)
      expect(await rowOf(lab, member)).toMatchObject({
        state: 'finished',
        members: [{ outcome: 'notConfirmed', reason: 'unchanged' }],
      });
    expect(writes()).toHaveLength(1);
  });
});

/** The calls of each kind of batch: one that adds reads one segment before and after it. */
const CALLS_OF = [
  ['move', 17],
  ['add', 15],
] as const;

describe.each(CALLS_OF)('a process that dies in the middle of a batch that makes a %s', (kind, calls) => {
  it.each(
    Array.from({ length: calls }, (_, index) => index + 1).flatMap((nth) => [
      [nth, false] as const,
      [nth, true] as const,
    ]),
  )('at call %i (done: %s) loses nobody, and its rows are settled', async (nth, isApplied) => {
    const { truth } = lab.site.simulator;
    expect(await lab.perform({ kind, killAt: { nth, isApplied } })).toBeNull();
    await recover();
    expect(leases()).toEqual([]);
    const moved = new Set(writes().flatMap(({ applied }) => applied));
    for (const member of lab.members) {
      const row = await rowOf(lab, member);
      const places = truth.membershipsOf(member.memberId);
      expect(places.includes(lab.to.id)).toBe(moved.has(member.memberId));
      expect(places.includes(lab.from.id)).toBe(kind === 'add' || !moved.has(member.memberId));
      if (row !== null)
        expect([row.state, row.members[0]?.outcome]).toEqual([
          'finished',
          moved.has(member.memberId) ? 'confirmed' : 'notConfirmed',
        ]);
      else expect(moved.has(member.memberId)).toBe(false);
    }
  });
});
