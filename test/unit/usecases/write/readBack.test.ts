import type { ReadPlan, Segment } from '../../../../src/contract';
import type { SegmentWithMembers, ShorterLoopError } from '../../../../src/adapters/shorterloop';
import type { Occupants, WritePlan } from '../../../../src/domain/segments';
import type { Connected } from '../../../../src/usecases/connection';
import {
  othersOf,
  pairOf,
  partsOf,
  readBack,
  readBackIds,
  readPair,
  sidesOf,
  type WriteReading,
} from '../../../../src/usecases/write/readBack';
import { startVirtualTime, type VirtualTime } from '../../../support/virtualTime';

const A: Segment = { id: 1, name: 'A' };
const B: Segment = { id: 2, name: 'B' };
const MOVE: WritePlan = { kind: 'move', from: A, to: B, memberIds: [7] };
const REMOVE: WritePlan = { kind: 'remove', from: A, to: null, memberIds: [7] };
const ADD: WritePlan = { kind: 'add', from: null, to: B, memberIds: [7] };
const CONFIRMED = [{ memberId: 7, outcome: 'confirmed', reason: 'readBackAgrees' }];
const UNCHANGED = [{ memberId: 7, outcome: 'notConfirmed', reason: 'unchanged' }];
const UNKNOWN = [{ memberId: 7, outcome: 'unknown', reason: 'notReadable' }];

const seg = (id: number, ids: readonly number[], unreadable?: 'segment' | 'members'): SegmentWithMembers => ({
  ...{ id, name: String.fromCharCode(64 + id) },
  members: ids.map((memberId) => ({ id: memberId, name: null, email: null })),
  ...(unreadable === undefined ? {} : { unreadable }),
});
const problem = (cause: 'network' | 'notFound'): { kind: 'problem'; problem: ShorterLoopError } => ({
  kind: 'problem',
  problem: { cause, status: cause === 'notFound' ? 404 : null, mayHaveBeenApplied: false },
});

/** A Shorter Loop that shows one state after another: the next one at each look at its segments as a whole. */
type State = {
  readonly shown: readonly SegmentWithMembers[];
  /** What the list has; the segments that are shown where it is not said, and nothing where it can't be read. */
  readonly listed?: readonly number[] | null;
  readonly leftOut?: number;
  /** Segments that can't be read by themselves. */
  readonly down?: readonly number[] | 'all';
};

let time: VirtualTime;
beforeEach(() => {
  time = startVirtualTime();
});
afterEach(() => time.stop());

/** @param untilMs from when on, after the beginning, each state is the one that is shown */
function showing(states: readonly (readonly [fromMs: number, state: State])[]) {
  const beganMs = Date.now();
  const asked: string[] = [];
  let leftOut = 0;
  const now = (): State => states.findLast(([fromMs]) => Date.now() - beganMs >= fromMs)?.[1] ?? { shown: [] };
  const one = <T>(id: number, read: (segment: SegmentWithMembers) => T) => {
    const { shown, down = [] } = now();
    if (down === 'all' || down.includes(id)) return problem('network');
    const found = shown.find((segment) => segment.id === id);
    return found === undefined ? problem('notFound') : { kind: 'ok' as const, value: read(found) };
  };
  const told = <T>(what: string, answer: T): Promise<T> => {
    asked.push(what);
    return Promise.resolve(answer);
  };
  const client = {
    listSegments: () => {
      const { shown, listed = shown.map(({ id }) => id) } = now();
      return told(
        'list',
        listed === null
          ? problem('network')
          : { kind: 'ok' as const, value: listed.map((id) => ({ id, name: String.fromCharCode(64 + id) })) },
      );
    },
    segmentsWithMembers: () => {
      const { shown, down = [], leftOut: more = 0 } = now();
      leftOut += more;
      return told('all', down === 'all' ? problem('network') : { kind: 'ok' as const, value: [...shown] });
    },
    segmentWithMembers: (id: number) =>
      told(
        `one ${id}`,
        one(id, (segment) => segment),
      ),
    memberIdsOf: (id: number) =>
      told(
        `ids ${id}`,
        one(id, ({ members }) => new Set(members.map((m) => m.id))),
      ),
    leftOut: () => leftOut,
  };
  return { client: client as unknown as Connected['client'], asked };
}

function readingOf(how: ReadPlan, segments: readonly SegmentWithMembers[], live?: readonly number[]): WriteReading {
  return { how, segments, live: new Set(live ?? segments.map(({ id }) => id)) };
}
const BEFORE = [seg(1, [7, 8]), seg(2, [9]), seg(3, [7]), seg(4, [7]), seg(5, [8])];
const MOVED = [seg(1, [8]), seg(2, [9, 7]), seg(3, [7]), seg(4, [7]), seg(5, [8])];
const WAYS: readonly ReadPlan[] = ['all-at-once', 'per-segment'];

describe.each(WAYS)('a write that is read back %s', (how) => {
  const reading = readingOf(how, BEFORE);
  const look = (states: Parameters<typeof showing>[0], plan: WritePlan = MOVE, of = reading) => {
    const { client, asked } = showing(states);
    return time.until(readBack(client, plan, 'yes', of)).then((result) => ({ ...result, asked }));
  };

  it('is confirmed by the first look that shows it', async () => {
    const { outcomes, reread, after, inPart, asked } = await look([[0, { shown: MOVED }]]);
    expect(outcomes).toEqual(CONFIRMED);
    expect([reread.get(1), reread.get(2)]).toEqual([MOVED[0], MOVED[1]]);
    expect(after).toEqual({ from: new Set([8]), to: new Set([9, 7]) });
    expect(inPart.size).toBe(0);
    expect(asked).toEqual(how === 'all-at-once' ? ['all'] : ['one 1', 'one 2', 'one 3', 'one 4']);
  });

  it.each([
    [400, 400, 'confirmed'],
    [401, 1_600, 'confirmed'],
    [1_600, 1_600, 'confirmed'],
    [1_601, 1_600, 'notConfirmed'],
  ])('that shows after %i ms is waited for until %i ms: %s', async (showsMs, takesMs, outcome) => {
    const beganMs = Date.now();
    const { outcomes } = await look([
      [0, { shown: BEFORE }],
      [showsMs, { shown: MOVED }],
    ]);
    expect(outcomes).toMatchObject([{ outcome }]);
    expect(Date.now() - beganMs).toBe(takesMs);
  });

  it('takes a segment that is gone for one that nobody is in, and not as a change to others at the target', async () => {
    const gone = [[0, { shown: MOVED.filter(({ id }) => id !== 2), listed: [1, 3, 4, 5] }]] as const;
    const { outcomes, reread, after } = await look(gone);
    expect(outcomes).toEqual([{ memberId: 7, outcome: 'notConfirmed', reason: 'inNeither' }]);
    expect(reread.get(2)).toBe('gone');
    expect(after).toEqual({ from: new Set([8]), to: null });
    const source = await look([[0, { shown: MOVED.filter(({ id }) => id !== 1), listed: [2, 3, 4, 5] }]]);
    expect(source.outcomes).toEqual(CONFIRMED);
    expect(source.after).toEqual({ from: new Set(), to: new Set([9, 7]) });
  });

  it('says nothing of a segment that can not be read', async () => {
    const down = await look([[0, { shown: MOVED, down: how === 'all-at-once' ? 'all' : [2] }]]);
    expect(down.outcomes).toEqual(UNKNOWN);
    expect([down.reread.has(2), down.after.to]).toEqual([false, null]);
    const [first, ...others] = MOVED;
    const inFull = await look([[0, { shown: [seg(1, [8], 'members'), ...others] }]]);
    expect(inFull.outcomes).toEqual(UNKNOWN);
    expect(inFull.reread.has(1)).toBe(false);
    expect([...inFull.inPart.keys()]).toEqual([1]);
    const notAtAll = await look([[0, { shown: [{ ...first, ...seg(1, [], 'segment') }, ...others] }]]);
    expect([notAtAll.outcomes, notAtAll.inPart.size]).toEqual([UNKNOWN, 0]);
  });

  it('is not read where nothing can have been applied', async () => {
    const { client, asked } = showing([[0, { shown: MOVED }]]);
    for (const claim of ['never', 'notSent'] as const) {
      const { outcomes, reread, after, inPart } = await readBack(client, MOVE, claim, reading);
      const reason = claim === 'never' ? 'saidNo' : 'notSent';
      expect(outcomes).toEqual([{ memberId: 7, outcome: 'refused', reason }]);
      expect([reread.size, after, inPart.size]).toEqual([0, { from: null, to: null }, 0]);
    }
    expect(asked).toEqual([]);
  });

  it('has the end alone that a removal or an adding has', async () => {
    const removed = await look([[0, { shown: MOVED }]], REMOVE);
    expect([removed.outcomes, removed.after]).toEqual([CONFIRMED, { from: new Set([8]), to: null }]);
    const added = await look([[0, { shown: MOVED }]], ADD);
    expect([added.outcomes, added.after]).toEqual([CONFIRMED, { from: null, to: new Set([9, 7]) }]);
    expect(removed.asked).toEqual(how === 'all-at-once' ? ['all'] : ['one 1', 'one 3', 'one 4']);
    // Who joins leaves nothing: where else they are is not asked.
    expect(added.asked).toEqual(how === 'all-at-once' ? ['all'] : ['one 2']);
  });

  it('notes where else the member is shown in part', async () => {
    const others = [seg(1, [7]), seg(2, []), seg(3, [7]), seg(4, [7], 'members')];
    const shown = [seg(1, []), seg(2, [7]), seg(3, [7]), seg(4, [7], 'members')];
    const { outcomes, inPart, asked } = await look([[0, { shown }]], MOVE, readingOf(how, others, [1, 2, 3]));
    expect([outcomes, [...inPart.values()]]).toEqual([CONFIRMED, [shown[3]]]);
    expect(asked).toEqual(how === 'all-at-once' ? ['all'] : ['one 1', 'one 2', 'one 3', 'one 4']);
  });
});

describe('a reading of all segments at once', () => {
  const reading = readingOf('all-at-once', BEFORE);
  const without = (...ids: readonly number[]) => MOVED.filter(({ id }) => !ids.includes(id));
  const look = (state: State, plan: WritePlan = REMOVE) => {
    const { client, asked } = showing([[0, state]]);
    return time.until(readBack(client, plan, 'yes', reading)).then((result) => ({ ...result, asked }));
  };

  it('asks the list for a segment that it has no more: that may only be empty', async () => {
    const { reread, asked, outcomes } = await look({ shown: without(1), listed: [1, 2, 3, 4, 5] });
    expect([outcomes, asked]).toEqual([CONFIRMED, ['all', 'list']]);
    expect(reread.get(1)).toEqual({ ...A, members: [] });
    expect(reread.has(2)).toBe(true);
  });

  it('looks for the member’s other segments too, and for no further ones', async () => {
    const { reread } = await look({ shown: without(3, 5), listed: [1, 2, 4] });
    expect([reread.get(3), reread.has(5)]).toEqual(['gone', false]);
    const calm = await look({ shown: without(5) });
    expect(calm.asked).toEqual(['all']);
  });

  it('says nothing of a segment that it has no more where a record could not be read, or the list', async () => {
    const broken = await look({ shown: without(1), leftOut: 1, listed: [1, 2, 3, 4, 5] });
    expect([broken.outcomes, broken.reread.has(1), broken.reread.has(2)]).toEqual([UNKNOWN, false, true]);
    expect(broken.asked).toEqual(['all', 'all', 'all']);
    const unlisted = await look({ shown: without(1), listed: null });
    expect([unlisted.outcomes, unlisted.reread.has(1), unlisted.reread.has(2)]).toEqual([UNKNOWN, false, true]);
  });
});

describe('a reading of one segment after another', () => {
  it('looks into five of the member’s other segments at most, once the ends are known', async () => {
    const many = [3, 4, 5, 6, 7, 8, 9].map((id) => seg(id, [7]));
    const { client, asked } = showing([[0, { shown: [seg(1, [7]), seg(2, []), ...many] }]]);
    const reading = readingOf('per-segment', [seg(1, [7]), seg(2, []), ...many]);
    const { outcomes, reread } = await time.until(readBack(client, MOVE, 'yes', reading));
    expect(outcomes).toEqual(UNCHANGED);
    expect(asked.slice(-5)).toEqual(['one 3', 'one 4', 'one 5', 'one 6', 'one 7']);
    expect([asked.length, [...reread.keys()]]).toEqual([11, [1, 2, 3, 4, 5, 6, 7]]);
  });

  it('does not where neither end could be read', async () => {
    const { client, asked } = showing([[0, { shown: MOVED, down: [1, 2] }]]);
    const { reread } = await time.until(readBack(client, MOVE, 'yes', readingOf('per-segment', BEFORE)));
    expect([reread.size, asked.length]).toEqual([0, 6]);
  });
});

describe('the reading of a plan', () => {
  const reading = readingOf(
    'all-at-once',
    [...BEFORE, seg(6, [7, 9], 'members'), seg(7, [8], 'members')],
    [1, 2, 3, 5],
  );

  it('tells who was in both ends, and nothing of one that was not looked into', () => {
    expect(sidesOf(MOVE, reading)).toEqual({ from: new Set([7, 8]), to: new Set([9]) });
    expect(sidesOf(REMOVE, reading)).toEqual({ from: new Set([7, 8]), to: null });
    expect(sidesOf(ADD, readingOf('all-at-once', BEFORE, [1]))).toEqual({ from: null, to: null });
    expect(sidesOf(MOVE, readingOf('all-at-once', [], [1, 2]))).toEqual({ from: null, to: null });
  });

  it('tells where else the member was, as far as it was looked into', () => {
    expect(othersOf(MOVE, reading)).toEqual([3]);
    expect(othersOf(MOVE, readingOf('all-at-once', BEFORE))).toEqual([3, 4]);
    expect(othersOf(ADD, readingOf('all-at-once', MOVED))).toEqual([3, 4]);
    expect(othersOf(REMOVE, readingOf('all-at-once', MOVED))).toEqual([2, 3, 4]);
    expect(othersOf({ ...MOVE, memberIds: [8, 7] }, readingOf('all-at-once', BEFORE))).toEqual([3, 4, 5]);
  });

  it('tells in which others they were of which only a part could be read', () => {
    expect(partsOf(MOVE, reading).map(({ id }) => id)).toEqual([6]);
    const ends = readingOf('all-at-once', [seg(1, [7], 'members'), seg(2, [7], 'members'), seg(3, [7], 'segment')]);
    expect(partsOf(MOVE, ends)).toEqual([]);
    expect(partsOf(ADD, ends).map(({ id }) => id)).toEqual([1]);
    expect(partsOf(REMOVE, ends).map(({ id }) => id)).toEqual([2]);
    expect(partsOf({ ...MOVE, memberIds: [8, 7] }, reading).map(({ id }) => id)).toEqual([6, 7]);
  });
});

describe('the ids of a batch', () => {
  const BATCH: WritePlan = { ...MOVE, memberIds: [7, 8] };
  const done = [seg(1, [5]), seg(2, [7, 8, 9])];

  it('are read back from both ends, as often as one of them is not where they should be', async () => {
    const half = [seg(1, [5, 8]), seg(2, [7, 9])];
    const { client, asked } = showing([
      [0, { shown: half }],
      [400, { shown: done }],
    ]);
    const { outcomes, reread, after } = await time.until(readBackIds(client, BATCH, 'yes'));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['confirmed', 'confirmed']);
    expect(asked).toEqual(['ids 1', 'ids 2', 'ids 1', 'ids 2']);
    expect([...reread]).toEqual([
      [1, new Set([5])],
      [2, new Set([7, 8, 9])],
    ]);
    expect(after).toEqual({ from: new Set([5]), to: new Set([7, 8, 9]) });
  });

  it('are both ends of the next plan too, unless one of them could not be read', () => {
    const [from, to] = [new Set([5]), new Set([7])];
    const both = new Map<number, Occupants>([
      [1, from],
      [2, to],
    ]);
    expect(pairOf(MOVE, both)).toEqual({ from, to });
    expect(pairOf(MOVE, new Map([[1, from]]))).toBeNull();
    expect(pairOf(MOVE, new Map([[2, to]]))).toBeNull();
    expect(pairOf(REMOVE, new Map([[1, from]]))).toEqual({ from, to: null });
    expect(pairOf(ADD, new Map([[2, 'gone']]))).toEqual({ from: null, to: 'gone' });
  });

  it('are read from both ends before it, and from the one that there is', async () => {
    const { client, asked } = showing([[0, { shown: done }]]);
    expect(await readPair(client, MOVE)).toEqual({
      kind: 'ok',
      value: { from: new Set([5]), to: new Set([7, 8, 9]) },
    });
    expect(await readPair(client, REMOVE)).toEqual({ kind: 'ok', value: { from: new Set([5]), to: null } });
    expect(await readPair(client, ADD)).toEqual({ kind: 'ok', value: { from: null, to: new Set([7, 8, 9]) } });
    expect(asked).toEqual(['ids 1', 'ids 2', 'ids 1', 'ids 2']);
  });

  it('are gone with a segment that the list has no more, and a problem where it has', async () => {
    const gone = showing([[0, { shown: [seg(1, [5])], listed: [1] }]]);
    expect(await readPair(gone.client, MOVE)).toEqual({ kind: 'ok', value: { from: new Set([5]), to: 'gone' } });
    const kept = showing([[0, { shown: [seg(1, [5])], listed: [1, 2] }]]);
    expect(await readPair(kept.client, MOVE)).toEqual({
      kind: 'problem',
      problem: { code: 'segmentUnreadable', segmentId: 2 },
    });
    const back = await time.until(readBackIds(kept.client, MOVE, 'yes'));
    expect([back.outcomes, back.reread.has(2)]).toEqual([UNKNOWN, false]);
  });

  it.each([1, 2])('are not told where segment %i can not be asked for', async (id) => {
    const { client } = showing([[0, { shown: done, down: [id] }]]);
    expect(await readPair(client, MOVE)).toMatchObject({
      kind: 'problem',
      problem: { code: 'shorterLoop', cause: 'network' },
    });
    const { outcomes, reread } = await time.until(readBackIds(client, MOVE, 'yes'));
    expect([outcomes, [...reread.keys()]]).toEqual([UNKNOWN, [id === 1 ? 2 : 1]]);
  });
});
