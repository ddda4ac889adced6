import type { LedgerEntry, RunView, WriteEnds } from '../../src/contract';
import { newPending } from '../../src/features/bulk/worker/classifyResult';
import { attemptIdOf, withEarlierAttempts } from '../../src/features/bulk/worker/earlierAttempts';
import type { PairReading } from '../../src/domain/segments';
import { readEntry, recordOutcome } from '../../src/adapters/store';
import type { BatchResult } from '../../src/usecases/write';
import { ledgerEntry } from '../support/ledgerEntry';
import { fillLedger } from '../support/ledgerRows';
import { createSite, type Site } from '../support/site';
import { runPerson } from '../support/runPerson';

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true });
});
afterEach(() => site.stop());

const RUN = '8a4c6a5e-0d27-4c56-9a0e-2f2f2b7f6f01';
const EARLIER_RUN = '8a4c6a5e-0d27-4c56-9a0e-2f2f2b7f6f02';
const MEMBER = 7;
const from = { id: 1, name: 'Source' };
const to = { id: 2, name: 'Target' };
const ACCEPTED = { status: 200, cause: null, count: 1 } as const;
const REFUSED = { status: 400, cause: 'invalid', count: null } as const;
const person = runPerson({ memberId: MEMBER });

/** An attempt of a run that is settled: by then, the member was where they had been. */
const attempt = (nth: number, facts: Partial<LedgerEntry> = {}, runId = RUN): LedgerEntry => ({
  ...ledgerEntry({
    operationId: attemptIdOf(runId, MEMBER, nth),
    state: 'finished',
    entryPoint: 'bulk',
    runId,
    members: [{ memberId: MEMBER, outcome: 'notConfirmed', reason: 'unchanged' }],
    answer: ACCEPTED,
    recoveredAtMs: 2_000,
    ...facts,
  }),
  kind: 'move',
  from,
  to,
});
const both = { from: new Set([MEMBER]), to: new Set([MEMBER]) };
const neither = { from: new Set<number>(), to: new Set<number>() };
const moved = { from: new Set<number>(), to: new Set([MEMBER]) };

async function judge(
  entries: readonly LedgerEntry[],
  {
    reading = moved,
    nth = 2,
    source = { kind: 'accounts' },
    result = { kind: 'stale', reason: 'notInSource' },
    ends = { kind: 'move', from, to },
  }: {
    readonly reading?: PairReading;
    readonly nth?: number;
    readonly source?: RunView['source'];
    readonly result?: BatchResult;
    readonly ends?: WriteEnds;
  } = {},
): Promise<BatchResult | undefined> {
  const id = attemptIdOf(RUN, MEMBER, nth);
  const stale = new Map([[id, result]]);
  const facts = { run: { runId: RUN, source }, ends, reading } as const;
  return site.app.runAs({}, async () => {
    for (const entry of entries) await recordOutcome(entry);
    return (await withEarlierAttempts(facts, [{ ...newPending(person), attempt: nth }], stale)).get(id);
  });
}
const row = (nth: number): Promise<LedgerEntry | null> =>
  site.app.runAs({}, () => readEntry(attemptIdOf(RUN, MEMBER, nth)));

describe('somebody who is no longer in the source', () => {
  it('was moved by the accepted attempt before, where they are in the target: its row says so, and it can be undone', async () => {
    const result = await judge([attempt(1)]);
    expect(result).toMatchObject({
      kind: 'written',
      entry: {
        operationId: attemptIdOf(RUN, MEMBER, 1),
        members: [{ outcome: 'confirmed', reason: 'readBackAgrees' }],
      },
    });
    expect(await row(1)).toMatchObject({ state: 'finished', members: [{ outcome: 'confirmed' }] });
  });

  it('was moved by the latest of the attempts that were not refused', async () => {
    const result = await judge([attempt(1), attempt(2), attempt(3, { answer: REFUSED })], { nth: 4 });
    expect(result).toMatchObject({ entry: { operationId: attemptIdOf(RUN, MEMBER, 2) } });
    expect(await row(1)).toMatchObject({ members: [{ outcome: 'notConfirmed' }] });
  });

  it('was moved by it also where they are found in the target, and not in the source', async () => {
    expect(await judge([attempt(1)], { result: { kind: 'stale', reason: 'alreadyInTarget' } })).toMatchObject({
      kind: 'written',
    });
  });

  it('was moved by an attempt of which no answer was heard', async () => {
    expect(await judge([attempt(1, { answer: null })])).toMatchObject({ kind: 'written' });
  });

  it('was moved by the run that this one tries once more', async () => {
    const earlier = attempt(3, {}, EARLIER_RUN);
    const source = { kind: 'retry', runId: EARLIER_RUN } as const;
    expect(await judge([earlier], { nth: 1, source })).toMatchObject({
      entry: { operationId: earlier.operationId, members: [{ outcome: 'confirmed' }] },
    });
  });

  it('was moved by one of the last twenty attempts of that run, and by none of a run that is undone', async () => {
    const source = { kind: 'retry', runId: EARLIER_RUN } as const;
    const twentieth = attempt(20, {}, EARLIER_RUN);
    expect(await judge([twentieth], { nth: 1, source: { kind: 'undo', runId: EARLIER_RUN } })).toMatchObject({
      kind: 'stale',
    });
    expect(await judge([twentieth], { nth: 1, source })).toMatchObject({
      entry: { operationId: twentieth.operationId },
    });
  });

  it('was moved by the attempt before also where another process records that at the same moment', async () => {
    await site.app.runAs({}, () => recordOutcome(attempt(1)));
    site.platform.intercept(({ path }) => {
      if (path.endsWith('/entity/query'))
        fillLedger(site, [
          { ...attempt(1), members: [{ memberId: MEMBER, outcome: 'confirmed', reason: 'readBackAgrees' }] },
        ]);
      return undefined;
    });
    expect(await judge([])).toMatchObject({ kind: 'written', entry: { members: [{ outcome: 'confirmed' }] } });
  });

  it.each([
    ['both', both, 'inBoth'],
    ['neither', neither, 'inNeither'],
  ] as const)('is told as not confirmed where they are in %s', async (_where, reading, reason) => {
    expect(await judge([attempt(1)], { reading })).toMatchObject({
      entry: { operationId: attemptIdOf(RUN, MEMBER, 1), members: [{ outcome: 'notConfirmed', reason }] },
    });
  });
});

describe('somebody who is no longer in the source was moved by others', () => {
  const stale = { kind: 'stale', reason: 'notInSource' };

  it('where no attempt was made before, or each was refused', async () => {
    expect(await judge([])).toEqual(stale);
    expect(await judge([attempt(1, { answer: REFUSED })])).toEqual(stale);
  });

  it('where the attempt before had moved them there and back they went, or is not decided yet', async () => {
    const confirmed = { members: [{ memberId: MEMBER, outcome: 'confirmed', reason: 'readBackAgrees' }] } as const;
    expect(await judge([attempt(1, confirmed)])).toEqual(stale);
    expect(await judge([attempt(1, { state: 'undecided' })])).toEqual(stale);
    expect(await row(1)).toMatchObject({ state: 'undecided' });
  });

  it('where the reading does not tell where they are', async () => {
    expect(await judge([attempt(1)], { reading: { from: null, to: null } })).toEqual(stale);
    expect(await row(1)).toMatchObject({ members: [{ outcome: 'notConfirmed', reason: 'unchanged' }] });
  });

  it('where another write of the app about them was confirmed since', async () => {
    const other = attempt(9, {
      operationId: 'other',
      entryPoint: 'panel',
      runId: null,
      intendedAtMs: attempt(1).intendedAtMs + 1_000,
      members: [{ memberId: MEMBER, outcome: 'confirmed', reason: 'readBackAgrees' }],
    });
    expect(await judge([attempt(1), other])).toEqual(stale);
    expect(await row(1)).toMatchObject({ members: [{ outcome: 'notConfirmed', reason: 'unchanged' }] });
  });

  it('where the id of the attempt was used up for something else', async () => {
    expect(await judge([attempt(1, { entryPoint: 'panel', runId: null })])).toEqual(stale);
    const id = attemptIdOf(RUN, MEMBER, 1);
    const others: readonly Pick<LedgerEntry, 'from' | 'to'>[] = [
      { from: to, to: from },
      { from, to: { id: 3, name: 'Third' } },
      { from: { id: 3, name: 'Third' }, to },
    ];
    for (const ends of others)
      expect(await judge([{ ...attempt(1), ...ends, operationId: id } as LedgerEntry])).toEqual(stale);
    // The one before it is the run's own all the same.
    for (const ends of others)
      expect(await judge([attempt(1), { ...attempt(2), ...ends } as LedgerEntry], { nth: 3 })).toMatchObject({
        entry: { operationId: id },
      });
    const members = [{ memberId: MEMBER + 1, outcome: 'notConfirmed', reason: 'unchanged' }] as const;
    expect(await judge([attempt(1, { members })])).toEqual(stale);
  });
});

describe('an attempt before', () => {
  it('says nothing of somebody who was not found moved', async () => {
    for (const result of [{ kind: 'leaseHeld' }, { kind: 'idTaken' }, { kind: 'stale', reason: 'sourceGone' }] as const)
      expect(await judge([attempt(1)], { result })).toEqual(result);
    expect(await row(1)).toMatchObject({ members: [{ outcome: 'notConfirmed', reason: 'unchanged' }] });
  });

  it('is none of somebody without a member', async () => {
    const nobody = { ...newPending({ ...person, memberId: null }), attempt: 1 };
    const results = new Map([[attemptIdOf(RUN, null, 1), { kind: 'stale', reason: 'notInSource' } as const]]);
    const facts = { run: { runId: RUN, source: { kind: 'accounts' } }, ends: { kind: 'move', from, to } } as const;
    expect(
      await site.app.runAs({}, () => withEarlierAttempts({ ...facts, reading: moved }, [nobody], results)),
    ).toEqual(results);
  });

  it('gives no result to somebody who has none', async () => {
    const facts = { run: { runId: RUN, source: { kind: 'accounts' } }, ends: { kind: 'move', from, to } } as const;
    const judged = await site.app.runAs({}, async () => {
      await recordOutcome(attempt(1));
      return withEarlierAttempts({ ...facts, reading: moved }, [{ ...newPending(person), attempt: 2 }], new Map());
    });
    expect(judged).toEqual(new Map());
  });

  it('of an addition or a removal is told as one of a move', async () => {
    const added = { ...attempt(1), kind: 'add', from: null } as LedgerEntry;
    const inTarget = { from: null, to: new Set([MEMBER]) };
    expect(await judge([added], { ends: { kind: 'add', from: null, to }, reading: inTarget })).toMatchObject({
      entry: { kind: 'add', members: [{ outcome: 'confirmed' }] },
    });
    const removed = { ...attempt(1), kind: 'remove', to: null } as LedgerEntry;
    const notInSource = { from: new Set<number>(), to: null };
    expect(await judge([removed], { ends: { kind: 'remove', from, to: null }, reading: notInSource })).toMatchObject({
      entry: { kind: 'remove', members: [{ outcome: 'confirmed' }] },
    });
  });
});

describe('a reading that stands behind', () => {
  const confirmed = (facts: Partial<LedgerEntry>, ends: Pick<LedgerEntry, 'from' | 'to'>): LedgerEntry => {
    const nowMs = Date.now();
    const entry = attempt(1, {
      operationId: 'other',
      entryPoint: 'panel',
      runId: null,
      intendedAtMs: nowMs - 10_000,
      finishedAtMs: nowMs - 9_000,
      members: [{ memberId: MEMBER, outcome: 'confirmed', reason: 'readBackAgrees' }],
      ...facts,
    });
    return { ...entry, ...ends } as LedgerEntry;
  };
  const third = { id: 3, name: 'Third' };

  it('is waited for, where the app itself has just put somebody into the source', async () => {
    expect(await judge([confirmed({}, { from: third, to: from })], { nth: 1 })).toEqual({ kind: 'leaseHeld' });
    expect(await judge([confirmed({}, { from: to, to: third })], { nth: 1 })).toEqual({ kind: 'leaseHeld' });
  });

  it('is waited for as well where they were to be added or removed', async () => {
    const left = confirmed({}, { from: to, to: third });
    expect(await judge([left], { nth: 1, ends: { kind: 'add', from: null, to } })).toEqual({ kind: 'leaseHeld' });
    const joined = confirmed({}, { from: third, to: from });
    expect(await judge([joined], { nth: 1, ends: { kind: 'remove', from, to: null } })).toEqual({ kind: 'leaseHeld' });
  });

  it('is taken at its word, where they were added to or taken out of another segment', async () => {
    const stale = { kind: 'stale', reason: 'notInSource' };
    for (const ends of [
      { kind: 'add', from: null, to: third },
      { kind: 'remove', from: third, to: null },
    ] as const)
      for (const wanted of [
        { kind: 'move', from, to },
        { kind: 'remove', from, to: null },
        { kind: 'add', from: null, to },
      ] as const)
        expect(await judge([{ ...confirmed({}, ends), ...ends }], { nth: 1, ends: wanted })).toEqual(stale);
  });

  it('is taken at its word, where that is long ago, was not confirmed, or was about other segments', async () => {
    const stale = { kind: 'stale', reason: 'notInSource' };
    const old = { intendedAtMs: Date.now() - 400_000, finishedAtMs: Date.now() - 399_000 };
    expect(await judge([confirmed(old, { from: third, to: from })], { nth: 1 })).toEqual(stale);
    expect(await judge([confirmed({}, { from, to: third })], { nth: 1 })).toEqual(stale);
    const open = { members: [{ memberId: MEMBER, outcome: null, reason: null }], state: 'intended' } as const;
    expect(await judge([confirmed(open, { from: third, to: from })], { nth: 1 })).toEqual(stale);
  });
});
