import type { BulkAct, Segment } from '../../../../src/contract';
import {
  countOf,
  endsOf,
  isCounted,
  keptFromMs,
  newRun,
  nextGroup,
  placeOf,
  undoneBy,
  withDone,
  withRead,
  type NewPerson,
  type ReadFacts,
} from '../../../../src/domain/runs';

const beta = { id: 19, name: 'Beta testers' };
const early = { id: 15, name: 'Early adopters' };
const champions = { id: 11, name: 'Champions' };
const segments = [beta, early, champions];
const QUIET = { strays: 0, unseen: 0, streak: null };
const NOW = 1_700_000_000_000;

const started = () =>
  newRun(
    {
      runId: 'run-1',
      source: { kind: 'accounts' },
      queryName: null,
      act: { kind: 'move', from: null, to: early },
      createdByAccountId: 'admin-1',
    },
    NOW,
  );
const step = (facts: Partial<ReadFacts> = {}): ReadFacts => ({
  issues: 0,
  withoutReporter: 0,
  asOfMs: null,
  isLast: false,
  ...facts,
});

const move = (from: Segment, to: Segment) => ({ kind: 'move', from, to }) as const;
const removal = (from: Segment) => ({ kind: 'remove', from, to: null }) as const;

/** Someone who is to leave `from` for `to`; with a verdict, someone who is left out. */
function person(
  accountId: string,
  ends: NewPerson['ends'],
  verdict: NewPerson['verdict'] = ends === null ? 'notFound' : 'willWrite',
  isInNone = false,
): NewPerson {
  return {
    accountId,
    memberId: 7,
    verdict,
    issueId: '10001',
    issueKey: 'ACME-101',
    projectId: '10000',
    undoes: null,
    ends,
    isInNone,
  };
}
const placesOf = (read: ReturnType<typeof withRead>): string[] =>
  read.placed.map(({ accountId, group, place }) => `${accountId} ${group}.${place}`);

describe('a new run', () => {
  it('is being read, has counted nobody, and nobody works on it', () => {
    expect(started()).toEqual({
      runId: 'run-1',
      source: { kind: 'accounts' },
      queryName: null,
      ...QUIET,
      act: { kind: 'move', from: null, to: early },
      createdByAccountId: 'admin-1',
      state: 'reading',
      createdAtMs: NOW,
      startedAtMs: null,
      startedByAccountId: null,
      finishedAtMs: null,
      issues: 0,
      withoutReporter: 0,
      asOfMs: null,
      verdicts: {
        willWrite: 0,
        alreadyThere: 0,
        notInSource: 0,
        sourceUnclear: 0,
        ambiguous: 0,
        notFound: 0,
        emailHidden: 0,
        unlinked: 0,
        notAPerson: 0,
        projectOff: 0,
        notPermitted: 0,
      },
      inNone: 0,
      groups: [],
      results: {
        confirmed: 0,
        notConfirmed: 0,
        refused: 0,
        unknown: 0,
        changed: 0,
        busy: 0,
        projectOff: 0,
        notPermitted: 0,
      },
      writes: 0,
      pause: null,
      earlier: null,
      changedAtMs: NOW,
      worker: null,
    });
  });
});

describe('what a run keeps of its act', () => {
  const described = { ...beta, name: 'Beta testers of the year '.repeat(20), description: 'Ours' };
  const keptOf = (act: BulkAct) =>
    newRun({ runId: 'run-1', source: { kind: 'accounts' }, queryName: null, act, createdByAccountId: 'admin-1' }, NOW)
      .act;

  it('is the ids of its segments, and names that are not too long for a row', () => {
    const kept = { id: 19, name: expect.stringMatching(/^Beta testers of the year Beta.{20,95}$/) as unknown };
    expect(keptOf({ kind: 'move', from: [described], to: described })).toEqual({
      kind: 'move',
      from: [kept],
      to: kept,
    });
    expect(keptOf({ kind: 'move', from: null, to: described })).toEqual({ kind: 'move', from: null, to: kept });
    expect(keptOf({ kind: 'add', from: null, to: described })).toEqual({ kind: 'add', from: null, to: kept });
    expect(keptOf({ kind: 'remove', from: [described], to: null })).toEqual({
      kind: 'remove',
      from: [kept],
      to: null,
    });
  });
});

describe('the time as of which people are told', () => {
  it('is the earliest of all steps that did not read for themselves', () => {
    const asOf = (...times: readonly (number | null)[]): number | null =>
      times.reduce((run, asOfMs) => withRead(run, [], step({ asOfMs })).run, started()).asOfMs;
    expect(asOf(null, null)).toBeNull();
    expect(asOf(null, 7, null, 5, 9)).toBe(5);
  });
});

describe('reading people into a run', () => {
  it('puts those who leave the same segment for the same target one after the other', () => {
    const read = withRead(
      started(),
      [person('a', move(beta, early)), person('b', move(champions, early)), person('c', move(beta, early))],
      step(),
    );
    expect(placesOf(read)).toEqual(['a 1.1', 'b 2.1', 'c 1.2']);
    expect(read.run.groups).toEqual([
      { kind: 'move', from: beta, to: early, count: 2, done: 0 },
      { kind: 'move', from: champions, to: early, count: 1, done: 0 },
    ]);
  });

  it('keeps apart who leaves one segment for different targets, or for none', () => {
    const read = withRead(
      started(),
      [
        person('a', move(beta, early)),
        person('b', move(beta, champions)),
        person('c', removal(beta)),
        person('d', removal(beta)),
      ],
      step(),
    );
    expect(placesOf(read)).toEqual(['a 1.1', 'b 2.1', 'c 3.1', 'd 3.2']);
  });

  it('has whoever is added in one group, whatever segments they are in, and tells its ends without its counts', () => {
    const adding = { kind: 'add', from: null, to: early } as const;
    const read = withRead(started(), [person('a', adding), person('b', adding)], step());
    expect(placesOf(read)).toEqual(['a 1.1', 'b 1.2']);
    expect(read.run.groups).toEqual([{ ...adding, count: 2, done: 0 }]);
    expect(read.run.groups.map(endsOf)).toEqual([adding]);
  });

  it('counts who would be in no segment afterwards', () => {
    const first = withRead(started(), [person('a', removal(beta), 'willWrite', true)], step());
    const others = [person('b', removal(beta)), person('c', removal(beta), 'willWrite', true)];
    expect([first.run.inNone, withRead(first.run, others, step()).run.inNone]).toEqual([1, 2]);
  });

  it('gives whoever is left out a place of their own, and counts them by verdict', () => {
    const read = withRead(
      started(),
      [
        person('a', null, 'notFound'),
        person('b', move(beta, early)),
        person('c', null, 'ambiguous'),
        person('d', null, 'notFound'),
      ],
      step(),
    );
    expect(placesOf(read)).toEqual(['a 0.1', 'b 1.1', 'c 0.2', 'd 0.3']);
    expect(read.run.verdicts).toMatchObject({ willWrite: 1, notFound: 2, ambiguous: 1, alreadyThere: 0 });
  });

  it('goes on where the step before ended', () => {
    const first = withRead(
      started(),
      [person('a', move(beta, early)), person('b', null)],
      step({ issues: 50, withoutReporter: 3 }),
    );
    const second = withRead(
      first.run,
      [person('c', move(beta, early)), person('d', null)],
      step({ issues: 20, withoutReporter: 1 }),
    );
    expect(placesOf(second)).toEqual(['c 1.2', 'd 0.2']);
    expect(second.run).toMatchObject({ issues: 70, withoutReporter: 4, groups: [{ count: 2 }] });
  });

  it('is ready with the last step and not before', () => {
    expect(withRead(started(), [], step()).run.state).toBe('reading');
    expect(withRead(started(), [], step({ isLast: true })).run.state).toBe('ready');
  });

  it('leaves the run that it was given as it was', () => {
    const given = started();
    const before = structuredClone(given);
    withRead(given, [person('a', move(beta, early)), person('b', null)], step({ issues: 5, isLast: true }));
    expect(given).toEqual(before);
  });

  it('keeps of each person what was found, and no result yet', () => {
    const [placed] = withRead(started(), [person('a', move(beta, early))], step()).placed;
    expect(placed).toEqual({
      accountId: 'a',
      memberId: 7,
      verdict: 'willWrite',
      issueId: '10001',
      issueKey: 'ACME-101',
      projectId: '10000',
      undoes: null,
      result: null,
      reason: null,
      operationId: null,
      group: 1,
      place: 1,
    });
  });
});

describe('the people that a run counts', () => {
  const counted = () =>
    withRead(started(), [person('a', move(beta, early)), person('b', move(beta, early)), person('c', null)], step())
      .run;

  it('are those of each group, and those who are left out', () => {
    const run = counted();
    expect([countOf(run, 1), countOf(run, 0), countOf(run, 2)]).toEqual([2, 1, 0]);
  });

  it('are not those whom a step that was never finished left behind', () => {
    const run = counted();
    expect(isCounted(run, { group: 1, place: 2 })).toBe(true);
    expect(isCounted(run, { group: 1, place: 3 })).toBe(false);
    expect(isCounted(run, { group: 0, place: 1 })).toBe(true);
    expect(isCounted(run, { group: 0, place: 2 })).toBe(false);
    expect(isCounted(run, { group: 2, place: 1 })).toBe(false);
  });
});

describe('a run that goes on', () => {
  const readRun = () =>
    withRead(
      started(),
      [person('a', move(beta, early)), person('b', move(champions, early)), person('c', move(champions, early))],
      step({ isLast: true }),
    ).run;

  it('counts results, requests, and who of which group is done', () => {
    const read = readRun();
    const first = withDone(read, { group: 2, results: ['confirmed', 'busy'], writes: 1, ...QUIET }, NOW + 1_000);
    expect(first).toMatchObject({
      results: { confirmed: 1, busy: 1, refused: 0 },
      writes: 1,
      changedAtMs: NOW + 1_000,
    });
    expect(first.groups.map(({ done }) => done)).toEqual([0, 2]);
    const second = withDone(first, { group: 1, results: ['confirmed'], writes: 3, ...QUIET }, NOW + 2_000);
    expect(second).toMatchObject({ results: { confirmed: 2, busy: 1 }, writes: 4 });
    expect(second.groups.map(({ done }) => done)).toEqual([1, 2]);
    expect(read.results.confirmed).toBe(0);
  });

  it('measures its rate from a moment of the last half minute, and from what was done by then', () => {
    const read = readRun();
    const first = withDone(read, { group: 1, results: ['confirmed'], writes: 1, ...QUIET }, NOW + 1_000);
    expect(first.earlier).toEqual({ done: 0, atMs: NOW });
    const within = withDone(first, { group: 2, results: ['confirmed'], writes: 1, ...QUIET }, NOW + 30_000);
    expect(within.earlier).toEqual({ done: 0, atMs: NOW });
    const beyond = withDone(within, { group: 2, results: ['refused'], writes: 1, ...QUIET }, NOW + 30_001);
    expect(beyond.earlier).toEqual({ done: 2, atMs: NOW + 30_000 });
  });

  it('adds up who else was changed beside them', () => {
    const strays = [2, 3].reduce(
      (run, count) => withDone(run, { group: 1, results: [], writes: 0, ...QUIET, strays: count }, NOW),
      readRun(),
    ).strays;
    expect(strays).toBe(5);
  });

  it('takes the groups in their order, each until it is done', () => {
    const read = readRun();
    expect(nextGroup(read)).toBe(1);
    const first = withDone(read, { group: 1, results: ['confirmed'], writes: 1, ...QUIET }, NOW);
    expect(nextGroup(first)).toBe(2);
    const half = withDone(first, { group: 2, results: ['confirmed'], writes: 1, ...QUIET }, NOW);
    expect(nextGroup(half)).toBe(2);
    expect(nextGroup(withDone(half, { group: 2, results: ['unknown'], writes: 1, ...QUIET }, NOW))).toBeNull();
    expect(nextGroup(started())).toBeNull();
  });
});

describe('where a run lets someone go', () => {
  const anywhere = { kind: 'move', from: null, to: early } as const;
  const add = { kind: 'add', from: null, to: early } as const;
  const moveFrom = { kind: 'move', from: [beta, champions], to: early } as const;
  const remove = { kind: 'remove', from: [beta], to: null } as const;

  const placed = (ends: NewPerson['ends'], isInNone = false) => ({ verdict: 'willWrite', ends, isInNone });

  it('is to one more segment, wherever else they are, and also where they are in none', () => {
    for (const segmentIds of [[], [19], [19, 11, 99]]) expect(placeOf(add, segmentIds, segments)).toEqual(placed(add));
  });

  it('tells of a removal whether it is from their last segment', () => {
    expect(placeOf(remove, [19], segments)).toEqual(placed(removal(beta), true));
    expect(placeOf(remove, [19, 11], segments)).toEqual(placed(removal(beta)));
    expect(placeOf(anywhere, [19], segments)).toEqual(placed(move(beta, early)));
  });

  it('is from the only segment that they are in', () => {
    expect(placeOf(anywhere, [19], segments)).toEqual(placed(move(beta, early)));
  });

  it('is from the one among those that the run names, wherever else they are', () => {
    const other = { id: 12, name: 'Others' };
    expect(placeOf(moveFrom, [12, 11], [...segments, other])).toEqual(placed(move(champions, early)));
    expect(placeOf(remove, [19, 11], segments)).toEqual(placed(removal(beta)));
  });

  it('keeps nothing but id and name of the segment', () => {
    const withMembers = { ...beta, members: [{ id: 7 }] };
    expect(placeOf(anywhere, [19], [withMembers])).toEqual(placed(move(beta, early)));
  });

  it.each([
    ['they are in the target, even beside the source', moveFrom, [19, 15], 'alreadyThere'],
    ['they are in the segment that they are to be added to', add, [19, 15], 'alreadyThere'],
    ['they are in none of the sources of a removal', remove, [11], 'alreadyThere'],
    ['they are in no segment', anywhere, [], 'notInSource'],
    ['they are in none of the sources of a move', { ...moveFrom, from: [beta] }, [11], 'notInSource'],
    ['they are in several of the sources', moveFrom, [19, 11], 'sourceUnclear'],
    ['they are in several segments, and no source is named', anywhere, [19, 11], 'sourceUnclear'],
    ['their segment is gone', anywhere, [99], 'notInSource'],
  ] as const)('is nowhere when %s', (_why, act, segmentIds, verdict) => {
    expect(placeOf(act, segmentIds, segments)).toEqual({ verdict, ends: null, isInNone: false });
  });
});

describe('what takes a run’s act back', () => {
  it('is the act itself where it is a move, as its ends are turned one by one', () => {
    const act = { kind: 'move', from: [beta], to: early } as const;
    expect(undoneBy(act)).toEqual({ kind: 'ok', value: act });
  });

  it('is to remove those who were added', () => {
    expect(undoneBy({ kind: 'add', from: null, to: early })).toEqual({
      kind: 'ok',
      value: { kind: 'remove', from: [early], to: null },
    });
  });

  it('is nothing where they were removed', () => {
    expect(undoneBy({ kind: 'remove', from: [beta], to: null })).toEqual({
      kind: 'problem',
      problem: { code: 'undoRefused', reason: 'notAMove' },
    });
  });
});

describe('a run is kept', () => {
  it('from its end, else from its start, else from its preview', () => {
    const run = started();
    expect(keptFromMs(run)).toBe(NOW);
    expect(keptFromMs({ ...run, startedAtMs: NOW + 1 })).toBe(NOW + 1);
    expect(keptFromMs({ ...run, startedAtMs: NOW + 1, finishedAtMs: NOW + 2 })).toBe(NOW + 2);
  });
});
