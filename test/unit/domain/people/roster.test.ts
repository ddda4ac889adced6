import {
  compare,
  cutsOf,
  EMPTY_STRETCH,
  MARK_LENGTH,
  markOf,
  partOf,
  unknownMember,
  withoutLeaving,
  type FreshMember,
  type MemberRecord,
  type Stretch,
} from '../../../../src/domain/people';

const SEGMENT = 19;
const ANA = 'anaKeyOfManyLetters';
const BOB = 'bobKeyOfManyLetters';

const fresh = (memberId: number, emailKey: string | null = ANA): FreshMember => ({ memberId, emailKey });
const row = (memberId: number, segmentIds: readonly number[], emailKey: string | null = ANA): MemberRecord => ({
  ...unknownMember(memberId),
  segmentIds,
  emailKey,
});
/** A stretch whose members all have Ana's key. */
const stretch = (ids: readonly number[], leaving: readonly number[] = []): Stretch => ({
  told: new Map(ids.map((id) => [id, markOf(ANA)])),
  leaving: new Set(leaving),
});
const idsOf = (members: readonly FreshMember[]): number[] => members.map(({ memberId }) => memberId);

describe('the mark of an e-mail key', () => {
  it('is its beginning', () => {
    expect(markOf(ANA)).toBe('anaKey');
    expect(markOf(ANA)).toHaveLength(MARK_LENGTH);
  });

  it('is as long, and never that of a key, where there is no e-mail', () => {
    expect(markOf(null)).toBe('......');
  });
});

describe('a refresh of a stretch', () => {
  it('tells everyone of a stretch that nothing is known of', () => {
    const { next, toTell, isChanged } = compare(SEGMENT, EMPTY_STRETCH, [fresh(1), fresh(2, null)], []);
    expect(toTell).toEqual([fresh(1), fresh(2, null)]);
    expect(next).toEqual({
      told: new Map([
        [1, markOf(ANA)],
        [2, markOf(null)],
      ]),
      leaving: new Set(),
    });
    expect(isChanged).toBe(true);
  });

  it('touches nothing where nothing has changed', () => {
    expect(compare(SEGMENT, stretch([1, 2]), [fresh(1), fresh(2)], [])).toEqual({
      next: stretch([1, 2]),
      toTell: [],
      isChanged: false,
    });
    expect(compare(SEGMENT, stretch([1, 2], [2]), [fresh(1)], [])).toEqual({
      next: stretch([1, 2], [2]),
      toTell: [],
      isChanged: false,
    });
    expect(compare(SEGMENT, EMPTY_STRETCH, [], [])).toEqual({ next: EMPTY_STRETCH, toTell: [], isChanged: false });
  });

  it('tells only who is new, and whose e-mail has changed', () => {
    const { next, toTell, isChanged } = compare(SEGMENT, stretch([1, 2]), [fresh(1), fresh(2, BOB), fresh(3)], []);
    expect(toTell).toEqual([fresh(2, BOB), fresh(3)]);
    expect([...next.told]).toEqual([
      [1, markOf(ANA)],
      [2, markOf(BOB)],
      [3, markOf(ANA)],
    ]);
    expect(isChanged).toBe(true);
  });

  it('is a change already when one e-mail has changed', () => {
    expect(compare(SEGMENT, stretch([1]), [fresh(1, BOB)], []).isChanged).toBe(true);
  });

  it('lets whoever is no longer told of leave, and keeps them until their rows are told', () => {
    const { next, toTell, isChanged } = compare(SEGMENT, stretch([1, 2]), [fresh(1)], []);
    expect(next).toEqual(stretch([1, 2], [2]));
    expect(toTell).toEqual([]);
    expect(isChanged).toBe(true);
  });

  it('lets nobody leave who has come back', () => {
    const { next, isChanged } = compare(SEGMENT, stretch([1, 2], [2]), [fresh(1), fresh(2)], []);
    expect(next.leaving.size).toBe(0);
    expect(isChanged).toBe(true);
  });

  it('sees when others leave than before, though as many', () => {
    expect(compare(SEGMENT, stretch([1, 2, 3], [2]), [fresh(1), fresh(2)], [])).toMatchObject({
      next: { leaving: new Set([3]) },
      isChanged: true,
    });
  });

  it('leaves the stretch that it was given as it was', () => {
    const before = stretch([1]);
    compare(SEGMENT, before, [fresh(1, BOB), fresh(2)], [row(3, [SEGMENT])]);
    expect(before).toEqual(stretch([1]));
  });
});

describe('a member who was looked at for themselves', () => {
  it('is told again when their row has them out of the segment, and Shorter Loop in it', () => {
    expect(compare(SEGMENT, stretch([1]), [fresh(1)], [row(1, [15])]).toTell).toEqual([fresh(1)]);
  });

  it('is told again when their row has another e-mail, though it begins alike', () => {
    expect(compare(SEGMENT, stretch([1]), [fresh(1)], [row(1, [SEGMENT], `${ANA}2`)]).toTell).toEqual([fresh(1)]);
  });

  it('is not told again when their row says the same', () => {
    expect(compare(SEGMENT, stretch([1]), [fresh(1)], [row(1, [15, SEGMENT])])).toEqual({
      next: stretch([1]),
      toTell: [],
      isChanged: false,
    });
  });

  it('is told once, though both the stretch and their row say something else', () => {
    expect(idsOf(compare(SEGMENT, EMPTY_STRETCH, [fresh(1)], [row(1, [])]).toTell)).toEqual([1]);
  });

  it('leaves when only their row has them in the segment', () => {
    const { next, toTell, isChanged } = compare(SEGMENT, stretch([1]), [fresh(1)], [row(2, [SEGMENT], BOB)]);
    expect(next.leaving).toEqual(new Set([2]));
    expect(next.told.get(2)).toBe(markOf(BOB));
    expect(toTell).toEqual([]);
    expect(isChanged).toBe(true);
  });

  it('leaves with the mark that was told, when the stretch knew them', () => {
    const { next } = compare(SEGMENT, stretch([2]), [], [row(2, [SEGMENT], BOB)]);
    expect(next).toEqual(stretch([2], [2]));
  });

  it('is none of this stretch when neither has them in the segment', () => {
    expect(compare(SEGMENT, stretch([1]), [fresh(1)], [row(2, [15])])).toEqual({
      next: stretch([1]),
      toTell: [],
      isChanged: false,
    });
  });
});

describe('a stretch', () => {
  it('forgets those who left once their rows were told', () => {
    expect(withoutLeaving(stretch([1, 2, 3], [2]))).toEqual(stretch([1, 3]));
  });

  it('has a part from one id up to before another', () => {
    expect(partOf(stretch([1, 2, 3, 4], [1, 2, 3, 4]), 2, 4)).toEqual(stretch([2, 3], [2, 3]));
  });

  it('is not cut while it is short enough', () => {
    expect(cutsOf(stretch([1, 2]), [fresh(2), fresh(3)], 3)).toEqual([]);
  });

  it('is cut into parts of half the most that it may hold, by ascending ids of those who were and those who are in it', () => {
    expect(cutsOf(stretch([9, 1, 5]), [fresh(3), fresh(5), fresh(7)], 4)).toEqual([5, 9]);
    expect(cutsOf(stretch([1, 2, 10, 20]), [], 3)).toEqual([10]);
  });
});
