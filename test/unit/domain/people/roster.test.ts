import {
  compareChunk,
  splitsOf,
  EMPTY_CHUNK,
  MARK_LENGTH,
  markOf,
  sliceOf,
  unknownMember,
  withoutLeaving,
  type FreshMember,
  type MemberRecord,
  type RosterChunk,
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
/** A chunk whose members all have Ana's key. */
const chunk = (ids: readonly number[], leaving: readonly number[] = []): RosterChunk => ({
  synced: new Map(ids.map((id) => [id, markOf(ANA)])),
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
    const { next, toSync, isChanged } = compareChunk(SEGMENT, EMPTY_CHUNK, [fresh(1), fresh(2, null)], []);
    expect(toSync).toEqual([fresh(1), fresh(2, null)]);
    expect(next).toEqual({
      synced: new Map([
        [1, markOf(ANA)],
        [2, markOf(null)],
      ]),
      leaving: new Set(),
    });
    expect(isChanged).toBe(true);
  });

  it('touches nothing where nothing has changed', () => {
    expect(compareChunk(SEGMENT, chunk([1, 2]), [fresh(1), fresh(2)], [])).toEqual({
      next: chunk([1, 2]),
      toSync: [],
      isChanged: false,
    });
    expect(compareChunk(SEGMENT, chunk([1, 2], [2]), [fresh(1)], [])).toEqual({
      next: chunk([1, 2], [2]),
      toSync: [],
      isChanged: false,
    });
    expect(compareChunk(SEGMENT, EMPTY_CHUNK, [], [])).toEqual({ next: EMPTY_CHUNK, toSync: [], isChanged: false });
  });

  it('tells only who is new, and whose e-mail has changed', () => {
    const { next, toSync, isChanged } = compareChunk(SEGMENT, chunk([1, 2]), [fresh(1), fresh(2, BOB), fresh(3)], []);
    expect(toSync).toEqual([fresh(2, BOB), fresh(3)]);
    expect([...next.synced]).toEqual([
      [1, markOf(ANA)],
      [2, markOf(BOB)],
      [3, markOf(ANA)],
    ]);
    expect(isChanged).toBe(true);
  });

  it('is a change already when one e-mail has changed', () => {
    expect(compareChunk(SEGMENT, chunk([1]), [fresh(1, BOB)], []).isChanged).toBe(true);
  });

  it('lets whoever is no longer told of leave, and keeps them until their rows are told', () => {
    const { next, toSync, isChanged } = compareChunk(SEGMENT, chunk([1, 2]), [fresh(1)], []);
    expect(next).toEqual(chunk([1, 2], [2]));
    expect(toSync).toEqual([]);
    expect(isChanged).toBe(true);
  });

  it('lets nobody leave who has come back', () => {
    const { next, isChanged } = compareChunk(SEGMENT, chunk([1, 2], [2]), [fresh(1), fresh(2)], []);
    expect(next.leaving.size).toBe(0);
    expect(isChanged).toBe(true);
  });

  it('sees when others leave than before, though as many', () => {
    expect(compareChunk(SEGMENT, chunk([1, 2, 3], [2]), [fresh(1), fresh(2)], [])).toMatchObject({
      next: { leaving: new Set([3]) },
      isChanged: true,
    });
  });

  it('leaves the stretch that it was given as it was', () => {
    const before = chunk([1]);
    compareChunk(SEGMENT, before, [fresh(1, BOB), fresh(2)], [row(3, [SEGMENT])]);
    expect(before).toEqual(chunk([1]));
  });
});

describe('a member who was looked at for themselves', () => {
  it('is told again when their row has them out of the segment, and Shorter Loop in it', () => {
    expect(compareChunk(SEGMENT, chunk([1]), [fresh(1)], [row(1, [15])]).toSync).toEqual([fresh(1)]);
  });

  it('is told again when their row has another e-mail, though it begins alike', () => {
    expect(compareChunk(SEGMENT, chunk([1]), [fresh(1)], [row(1, [SEGMENT], `${ANA}2`)]).toSync).toEqual([fresh(1)]);
  });

  it('is not told again when their row says the same', () => {
    expect(compareChunk(SEGMENT, chunk([1]), [fresh(1)], [row(1, [15, SEGMENT])])).toEqual({
      next: chunk([1]),
      toSync: [],
      isChanged: false,
    });
  });

  it('is told once, though both the stretch and their row say something else', () => {
    expect(idsOf(compareChunk(SEGMENT, EMPTY_CHUNK, [fresh(1)], [row(1, [])]).toSync)).toEqual([1]);
  });

  it('leaves when only their row has them in the segment', () => {
    const { next, toSync, isChanged } = compareChunk(SEGMENT, chunk([1]), [fresh(1)], [row(2, [SEGMENT], BOB)]);
    expect(next.leaving).toEqual(new Set([2]));
    expect(next.synced.get(2)).toBe(markOf(BOB));
    expect(toSync).toEqual([]);
    expect(isChanged).toBe(true);
  });

  it('leaves with the mark that was told, when the stretch knew them', () => {
    const { next } = compareChunk(SEGMENT, chunk([2]), [], [row(2, [SEGMENT], BOB)]);
    expect(next).toEqual(chunk([2], [2]));
  });

  it('is none of this stretch when neither has them in the segment', () => {
    expect(compareChunk(SEGMENT, chunk([1]), [fresh(1)], [row(2, [15])])).toEqual({
      next: chunk([1]),
      toSync: [],
      isChanged: false,
    });
  });
});

describe('a stretch', () => {
  it('forgets those who left once their rows were told', () => {
    expect(withoutLeaving(chunk([1, 2, 3], [2]))).toEqual(chunk([1, 3]));
  });

  it('has a part from one id up to before another', () => {
    expect(sliceOf(chunk([1, 2, 3, 4], [1, 2, 3, 4]), 2, 4)).toEqual(chunk([2, 3], [2, 3]));
  });

  it('is not cut while it is short enough', () => {
    expect(splitsOf(chunk([1, 2]), [fresh(2), fresh(3)], 3)).toEqual([]);
  });

  it('is cut into parts of half the most that it may hold, by ascending ids of those who were and those who are in it', () => {
    expect(splitsOf(chunk([9, 1, 5]), [fresh(3), fresh(5), fresh(7)], 4)).toEqual([5, 9]);
    expect(splitsOf(chunk([1, 2, 10, 20]), [], 3)).toEqual([10]);
  });
});
