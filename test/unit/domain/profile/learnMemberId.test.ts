import { learnMemberId, sampleOf, type SegmentSample } from '../../../../src/domain/profile';

const FIELDS = { email: ['email'], name: null };
const row = (id: number, userId: number, more: object = {}) => ({
  id,
  userId,
  email: `p${String(userId)}@acme.com`,
  ...more,
});
const two = (one: object[], other: object[]): SegmentSample[] => [
  { segmentId: 19, members: one },
  { segmentId: 20, members: other },
];

describe('which of several ids is the person’s', () => {
  it('takes the one that is the same in every segment, and says that the other differs', () => {
    const segments = two([row(1, 7), row(2, 8)], [row(3, 7), row(4, 8)]);
    expect(learnMemberId(segments, [['id'], ['userId']], FIELDS)).toEqual({
      kind: 'found',
      at: ['userId'],
      others: [{ at: ['id'], why: 'differsBetweenSegments' }],
    });
  });

  it('asks nothing where both are always the same', () => {
    const segments = two([row(7, 7)], [row(7, 7), row(8, 8)]);
    expect(learnMemberId(segments, [['userId'], ['id']], FIELDS)).toEqual({
      kind: 'found',
      at: ['id'],
      others: [{ at: ['userId'], why: 'same' }],
    });
  });

  it('asks where nobody is in two segments, and where both tell people apart', () => {
    const apart = two([row(1, 7)], [row(2, 8)]);
    expect(learnMemberId(apart, [['id'], ['userId']], FIELDS)).toMatchObject({
      kind: 'several',
      options: [['id'], ['userId']],
    });
    const both = two([row(1, 7)], [row(1, 7)]);
    expect(learnMemberId(both, [['id'], ['userId']], FIELDS).kind).toBe('several');
    expect(sampleOf(apart, ['userId'])).toBe('7•••, 8•••');
  });

  it.each([
    ['shared by several people', { roleNumberId: 3 }, ['roleNumberId']],
    ['that of something else', { companyId: 3 }, ['companyId']],
    ['the segment’s', { segmentId: 19 }, ['segmentId']],
  ])('leaves out an id that is %s', (_what, more, at) => {
    const segments = two([row(7, 7, more), row(8, 8, more)], [row(9, 9, more), row(10, 10, more)]);
    expect(learnMemberId(segments, [['id'], at], FIELDS)).toMatchObject({
      kind: 'found',
      at: ['id'],
      others: [{ at, why: 'notAnId' }],
    });
  });

  it('finds none where the only one differs from segment to segment', () => {
    const segments = two([row(1, 7), row(2, 8)], [row(3, 7), row(4, 8)]);
    expect(learnMemberId(segments, [['id']], FIELDS)).toEqual({
      kind: 'none',
      others: [{ at: ['id'], why: 'differsBetweenSegments' }],
    });
  });

  it('does not mind two people with one address', () => {
    const shared = [row(1, 1), row(2, 2), { id: 3, email: 'p1@acme.com' }];
    expect(learnMemberId(two(shared, [row(1, 1), row(2, 2)]), [['id']], FIELDS).kind).toBe('found');
  });

  it('compares by name where there are no addresses', () => {
    const named = (id: number, userId: number) => ({ id, userId, name: `P ${String(userId)}` });
    expect(
      learnMemberId(two([named(1, 7)], [named(2, 7)]), [['id'], ['userId']], { email: null, name: ['name'] }),
    ).toMatchObject({ kind: 'found', at: ['userId'] });
  });
});
