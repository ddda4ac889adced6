import { toSegmentRef, isIn, segmentIdsOf, withReadBack, type SegmentMembers } from '../../../../src/domain/segments';

const beta: SegmentMembers = { id: 19, name: 'Beta testers', members: [{ id: 1 }, { id: 2 }] };
const early: SegmentMembers = { id: 15, name: 'Early adopters', members: [{ id: 2 }] };

describe('memberships', () => {
  it('lists the segments of a member in the order in which Shorter Loop lists segments', () => {
    expect(segmentIdsOf([beta, early], 2)).toEqual([19, 15]);
    expect(segmentIdsOf([beta, early], 1)).toEqual([19]);
    expect(segmentIdsOf([beta, early], 3)).toEqual([]);
  });

  it('knows who is in a segment', () => {
    expect(isIn(beta, 1)).toBe(true);
    expect(isIn(early, 1)).toBe(false);
  });

  it('keeps nothing but id and name of a segment', () => {
    expect(toSegmentRef(beta)).toEqual({ id: 19, name: 'Beta testers' });
  });

  it('replaces what was read again, keeps the rest, and drops what is gone', () => {
    const emptied = { ...beta, members: [] };
    expect(withReadBack([beta, early], new Map([[19, emptied]]))).toEqual([emptied, early]);
    expect(withReadBack([beta, early], new Map([[19, 'gone' as const]]))).toEqual([early]);
  });
});
