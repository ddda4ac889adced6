import fc from '../../../support/chance';
import { planAdd, planMove, type SegmentMembers } from '../../../../src/domain/segments';

const beta: SegmentMembers = { id: 19, name: 'Beta testers', members: [{ id: 1685 }, { id: 1684 }] };
const early: SegmentMembers = { id: 15, name: 'Early adopters', members: [{ id: 1684 }] };
const segments = [beta, early];

describe('planning a write', () => {
  it('plans a move of a member from a segment they are in to one they are not in', () => {
    expect(planMove(segments, { memberId: 1685, fromSegmentId: 19, toSegmentId: 15 })).toEqual({
      kind: 'plan',
      plan: {
        kind: 'move',
        memberIds: [1685],
        from: { id: 19, name: 'Beta testers' },
        to: { id: 15, name: 'Early adopters' },
      },
    });
  });

  it('plans a removal only when the target is null', () => {
    expect(planMove(segments, { memberId: 1685, fromSegmentId: 19, toSegmentId: null })).toEqual({
      kind: 'plan',
      plan: { kind: 'remove', memberIds: [1685], from: { id: 19, name: 'Beta testers' }, to: null },
    });
  });

  it.each([
    ['the source no longer exists', { memberId: 1685, fromSegmentId: 99, toSegmentId: 15 }, 'sourceGone'],
    ['the target no longer exists', { memberId: 1685, fromSegmentId: 19, toSegmentId: 99 }, 'targetGone'],
    ['the member has left the source', { memberId: 1685, fromSegmentId: 15, toSegmentId: 19 }, 'notInSource'],
    ['the member is in the target already', { memberId: 1684, fromSegmentId: 19, toSegmentId: 15 }, 'alreadyInTarget'],
    ['source and target are the same', { memberId: 1685, fromSegmentId: 19, toSegmentId: 19 }, 'alreadyInTarget'],
    [
      'a removal names a segment that no longer exists',
      { memberId: 1685, fromSegmentId: 99, toSegmentId: null },
      'sourceGone',
    ],
    [
      'a removal names a segment that the member is not in',
      { memberId: 1685, fromSegmentId: 15, toSegmentId: null },
      'notInSource',
    ],
  ])('refuses when %s', (_why, request, reason) => {
    expect(planMove(segments, request)).toEqual({ kind: 'stale', reason });
  });

  it('never plans a removal for a request that names a target, whatever the memberships are', () => {
    const anySegment = fc.record({
      id: fc.integer({ min: 1, max: 4 }),
      name: fc.string(),
      members: fc.array(fc.record({ id: fc.integer({ min: 1, max: 4 }) })),
    });
    const id = fc.integer({ min: -1, max: 5 });
    fc.assert(
      fc.property(fc.array(anySegment), id, id, id, (known, memberId, fromSegmentId, toSegmentId) => {
        const planned = planMove(known, { memberId, fromSegmentId, toSegmentId });
        if (planned.kind === 'plan') {
          expect(planned.plan.kind).toBe('move');
          expect(planned.plan.to?.id).toBe(toSegmentId);
          expect(planned.plan.from?.id).not.toBe(toSegmentId);
        }
      }),
    );
  });
});

describe('planning an adding', () => {
  it('plans it for a segment that the member is not in', () => {
    expect(planAdd(segments, { memberId: 1685, toSegmentId: 15 })).toEqual({
      kind: 'plan',
      plan: { kind: 'add', memberIds: [1685], from: null, to: { id: 15, name: 'Early adopters' } },
    });
  });

  it('refuses when the segment is gone, or the member is in it already', () => {
    expect(planAdd(segments, { memberId: 1685, toSegmentId: 99 })).toEqual({ kind: 'stale', reason: 'targetGone' });
    expect(planAdd(segments, { memberId: 1685, toSegmentId: 19 })).toEqual({
      kind: 'stale',
      reason: 'alreadyInTarget',
    });
  });
});
