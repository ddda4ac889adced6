import { MOST_STRAYS } from '../../../../src/contract';
import {
  areUnchanged,
  differenceOf,
  elsewhere,
  isStopping,
  missingWitnesses,
  NO_DIFFERENCE,
  straysOf,
  together,
  witnessedSegments,
  witnessesOf,
  type ReadBack,
} from '../../../../src/domain/segments';
import { ledgerEntry } from '../../../support/ledgerEntry';

const from = { id: 19, name: 'Beta testers' };
const to = { id: 15, name: 'Early adopters' };
const move = { kind: 'move', memberIds: [7], from, to } as const;
const remove = { kind: 'remove', memberIds: [7], from, to: null } as const;
const sides = (source: readonly number[] | null, target: readonly number[] | null): ReadBack => ({
  from: source === null ? null : new Set(source),
  to: target === null ? null : new Set(target),
});
const range = (start: number, count: number) => Array.from({ length: count }, (_, nth) => start + nth);
const segment = (id: number, members: readonly number[]) => ({
  id,
  name: `Segment ${String(id)}`,
  members: members.map((memberId) => ({ id: memberId })),
});

describe('the others of both segments', () => {
  it('are not those whom the write is about', () => {
    expect(differenceOf(move, sides([7, 8], [9]), sides([8], [9, 7]))).toEqual(NO_DIFFERENCE);
  });

  it('are named when they are missing, or have joined', () => {
    expect(differenceOf(move, sides([7, 8, 10], [9]), sides([8, 11], [7]))).toEqual({
      missing: [
        { memberId: 10, segmentId: 19 },
        { memberId: 9, segmentId: 15 },
      ],
      joined: [{ memberId: 11, segmentId: 19 }],
      missingCount: 2,
      joinedCount: 1,
    });
  });

  it('say nothing of a side that was not read both times', () => {
    expect(differenceOf(move, sides([7, 8], null), sides(null, [7]))).toEqual(NO_DIFFERENCE);
    expect(differenceOf(remove, sides([7, 8], null), sides([8], null))).toEqual(NO_DIFFERENCE);
  });

  it('are counted all, and named so many, taken from all of them', () => {
    const { missing, missingCount } = differenceOf(remove, sides(range(1, 1_000), null), sides([], null));
    expect(missingCount).toBe(999);
    expect(missing.length).toBeLessThanOrEqual(MOST_STRAYS);
    expect(missing.at(-1)?.memberId).toBeGreaterThan(900);
    expect(straysOf({ ...NO_DIFFERENCE, missing, missingCount })).toEqual({ missing, joined: [], count: 999 });
  });
});

describe('the other segments of the member', () => {
  it('are compared where both readings looked into them', () => {
    const before = [
      segment(19, [7]),
      segment(3, [7]),
      segment(4, []),
      segment(5, [7]),
      segment(6, [7]),
      segment(8, [7]),
    ];
    const after = new Map<number, ReturnType<typeof segment> | 'gone'>([
      [19, segment(19, [])],
      [3, segment(3, [])],
      [4, segment(4, [7])],
      [5, segment(5, [7])],
      [8, 'gone'],
    ]);
    expect(elsewhere(remove, before, after)).toEqual({
      missing: [{ memberId: 7, segmentId: 3 }],
      joined: [{ memberId: 7, segmentId: 4 }],
      missingCount: 1,
      joinedCount: 1,
    });
  });
});

describe('what stops a kind of write', () => {
  const missing = (...ids: number[]) => ({
    ...NO_DIFFERENCE,
    missing: ids.map((memberId) => ({ memberId, segmentId: 19 })),
    missingCount: ids.length,
  });

  it('is two others who are missing, and not one, nor any who joined', () => {
    expect(isStopping(missing(8), [7])).toBe(false);
    expect(isStopping(missing(8, 9), [7])).toBe(true);
    expect(isStopping({ ...NO_DIFFERENCE, joinedCount: 50 }, [7])).toBe(false);
  });

  it('is one other who is missing, where the person themselves is unchanged: they may have been taken for them', () => {
    expect(isStopping(missing(8), [7], true)).toBe(true);
    expect(isStopping(NO_DIFFERENCE, [7], true)).toBe(false);
  });

  it('is one other segment that the very person left', () => {
    expect(isStopping(missing(7), [7])).toBe(true);
  });
});

describe('the witnesses of a write that is not finished', () => {
  const entry = (seen: readonly number[], others: readonly number[] = []) =>
    ledgerEntry({ state: 'undecided', witnesses: { from: seen, to: [], others } });
  const live = new Set([19, 15, 3]);

  it('are some of the others, however many there are', () => {
    expect(witnessesOf(remove, sides(range(1, 100_000), null), [3])?.from.length).toBeLessThanOrEqual(100);
    expect(witnessesOf(remove, sides([7, 8], null), [3])).toEqual({ from: [8], to: [], others: [3] });
    expect(witnessesOf(remove, sides([7], null), [])).toBeNull();
  });

  it('say something when half of them are missing', () => {
    expect(missingWitnesses(entry([8, 9, 10]), [segment(19, [10])], live).missingCount).toBe(2);
    expect(missingWitnesses(entry([8, 9, 10]), [segment(19, [9, 10])], live)).toEqual(NO_DIFFERENCE);
    expect(missingWitnesses(entry([8, 9, 10]), [], live)).toEqual(NO_DIFFERENCE);
    expect(missingWitnesses(entry([8, 9, 10]), [segment(19, [])], new Set())).toEqual(NO_DIFFERENCE);
  });

  it('tell where else the member was', () => {
    const gone = missingWitnesses(entry([], [3]), [segment(3, [])], live);
    expect(gone.missing).toEqual([{ memberId: 7, segmentId: 3 }]);
    expect(missingWitnesses(entry([], [3]), [segment(3, [7])], live)).toEqual(NO_DIFFERENCE);
  });

  it('tell where a part of a segment showed the member, and shows them no more', () => {
    const seenInPart = ledgerEntry({
      state: 'undecided',
      witnesses: { from: [], to: [], others: [4], inPart: [3] },
    });
    const part = (id: number, members: readonly number[]) => ({
      ...segment(id, members),
      unreadable: 'members' as const,
    });
    const missing = [{ memberId: 7, segmentId: 3 }];
    expect(missingWitnesses(seenInPart, [part(3, [8])], new Set()).missing).toEqual(missing);
    expect(missingWitnesses(seenInPart, [segment(3, [8])], live).missing).toEqual(missing);
    expect(missingWitnesses(seenInPart, [part(3, [7])], new Set())).toEqual(NO_DIFFERENCE);
    // What is told from the directory was not read now, and who was seen in a whole may be in what is left out of it.
    expect(missingWitnesses(seenInPart, [segment(3, []), part(4, [8])], new Set())).toEqual(NO_DIFFERENCE);
    expect(missingWitnesses(seenInPart, [{ ...segment(3, []), unreadable: 'segment' }], new Set())).toEqual(
      NO_DIFFERENCE,
    );
  });
});

describe('what several looks come to', () => {
  const missing = { memberId: 8, segmentId: 19 };
  const joined = { memberId: 9, segmentId: 15 };
  const one = { missing: [missing], joined: [], missingCount: 3, joinedCount: 1 };
  const other = { missing: [], joined: [joined], missingCount: 2, joinedCount: 4 };

  it('is both differences as one, in their numbers too', () => {
    expect(together(one, other)).toEqual({ missing: [missing], joined: [joined], missingCount: 5, joinedCount: 5 });
    expect(straysOf(together(one, other))).toEqual({ missing: [missing], joined: [joined], count: 10 });
  });

  it('is no more people by name than a row may keep, and all of them in the number', () => {
    const many = Array.from({ length: MOST_STRAYS + 2 }, (_, nth) => ({ memberId: nth + 1, segmentId: 15 }));
    const strays = straysOf({ missing: [], joined: many, missingCount: 0, joinedCount: many.length });
    expect(strays?.joined).toHaveLength(MOST_STRAYS);
    expect(strays?.count).toBe(MOST_STRAYS + 2);
  });
});

describe('whether all of a write are where they were', () => {
  const unchanged = { memberId: 7, outcome: 'notConfirmed', reason: 'unchanged' } as const;
  const done = { memberId: 8, outcome: 'confirmed', reason: 'readBackAgrees' } as const;

  it('holds for all and not for some', () => {
    expect(areUnchanged([unchanged, { ...unchanged, memberId: 8 }])).toBe(true);
    expect(areUnchanged([unchanged, done])).toBe(false);
    expect(areUnchanged([done])).toBe(false);
  });
});

describe('the segments besides its ends that a write’s witnesses are about', () => {
  it('are those read in whole and in part, where there are any', () => {
    expect(witnessedSegments({ witnesses: { from: [1], to: [2], others: [17], inPart: [21] } })).toEqual([17, 21]);
    expect(witnessedSegments({ witnesses: { from: [1], to: [2], others: [17] } })).toEqual([17]);
    expect(witnessedSegments({})).toEqual([]);
  });
});
