import {
  ageOf,
  asOfMs,
  FRESH_MS,
  isSmall,
  membershipsIn,
  SMALL_SITE,
  STALE_MS,
  unknownMember,
  withLearned,
  type Directory,
} from '../../../../src/domain/people';

const member = { ...unknownMember(7), segmentIds: [11, 19] };
const directory: Directory = {
  asOfMs: 1_000,
  finishedAtMs: 2_000,
  segments: [
    { id: 19, name: 'Beta testers', members: 3 },
    { id: 11, name: 'Champions', members: 1 },
  ],
};

describe('what the directory tells of a member', () => {
  it('is changed only where something was learned', () => {
    expect(
      withLearned(
        member,
        new Map([
          [19, false],
          [15, true],
        ]),
      ).segmentIds,
    ).toEqual([11, 15]);
    expect(withLearned(member, new Map([[11, true]])).segmentIds).toEqual([11, 19]);
    expect(withLearned(member, new Map()).segmentIds).toEqual([11, 19]);
  });

  it('is nothing, of somebody unknown', () => {
    expect(unknownMember(7)).toEqual({ memberId: 7, segmentIds: [], emailKey: null, updatedAtMs: null });
  });

  it('stands in the order of its segments, without a segment that is gone', () => {
    expect(membershipsIn(directory, { ...member, segmentIds: [11, 15, 19] })).toEqual([19, 11]);
    expect(membershipsIn(directory, { ...member, segmentIds: [11] })).toEqual([11]);
  });

  it('is as old as the refresh, or as the look at this one member when that was later', () => {
    expect(asOfMs(directory, null)).toBe(1_000);
    expect(asOfMs(directory, { ...member, updatedAtMs: 500 })).toBe(1_000);
    expect(asOfMs(directory, { ...member, updatedAtMs: 5_000 })).toBe(5_000);
  });

  it.each([
    [0, 'fresh'],
    [FRESH_MS, 'fresh'],
    [FRESH_MS + 1, 'aged'],
    [STALE_MS - 1, 'aged'],
    [STALE_MS, 'stale'],
  ])('after %i ms is %s', (ageMs, age) => {
    expect(ageOf(10, 10 + ageMs)).toBe(age);
  });
});

describe('a site', () => {
  it('is small up to as many memberships as can be read at once', () => {
    expect([0, SMALL_SITE, SMALL_SITE + 1].map(isSmall)).toEqual([true, true, false]);
  });
});
