import { DEFAULT_PROFILE, type AnswerShape } from '../../../../src/contract';
import { isGone, learnGone, readOneSegment, readSegmentRecords } from '../../../../src/domain/profile';

const ID = ['id'];
const rows = (key: string, ...values: readonly unknown[]): object[] =>
  values.map((value, index) => ({ id: 1688 + index, email: `p${String(index)}@example.com`, [key]: value }));
const one = (members: readonly unknown[]) => [{ segmentId: 19, members }];

describe('where records say that their member has left', () => {
  it.each<[string, unknown, unknown]>([
    ['deleted', false, true],
    ['is_deleted', 0, 1],
    ['isRemoved', '0', '1'],
    ['deletedAt', null, '2026-03-01T08:00:00Z'],
    ['removed_on', '', 1_772_000_000],
    ['status', 'active', 'removed'],
    ['memberStatus', 'invited', 'DELETED'],
  ])('is learned by its name: %s', (key, here, gone) => {
    expect(learnGone(one(rows(key, here, here, gone)), ID)).toEqual([key]);
    expect(learnGone(one(rows(key, here, here)), ID)).toEqual([key]);
    expect(isGone({ [key]: gone }, [key])).toBe(true);
    expect(isGone({ [key]: here }, [key])).toBe(false);
    expect(isGone({}, [key])).toBe(false);
  });

  it.each<[string, readonly unknown[]]>([
    ['score', [0, 1]],
    ['deleted', [3, 7]],
    ['deleted', [true, true]],
    ['leftover', [false, true]],
    ['status', [1, 2]],
  ])('is none where it is something else: %s of %j', (key, values) => {
    expect(learnGone(one(rows(key, ...values)), ID)).toBeNull();
  });

  it('is none where it is said of something that the member has', () => {
    const nested = [
      { id: 1688, team: { deleted: true } },
      { id: 1689, team: { deleted: false } },
    ];
    expect(learnGone(one(nested), ID)).toBeNull();
    const own = [
      { id: 1688, pivot: { deleted_at: '2026-03-01' } },
      { id: 1689, pivot: { deleted_at: null } },
    ];
    expect(learnGone(one(own), ID)).toEqual(['pivot', 'deleted_at']);
  });

  it('is what is called active only where it is of the membership, or of nobody yet', () => {
    const active = (...values: readonly unknown[]) => rows('isActive', ...values);
    expect(learnGone(one(active(true, true)), ID)).toEqual(['isActive']);
    expect(learnGone(one(active(true, false)), ID)).toBeNull();
    const both = (second: unknown) => [
      { segmentId: 19, members: active(true, false) },
      { segmentId: 20, members: active(true, second) },
    ];
    expect(learnGone(both(false), ID)).toBeNull();
    expect(learnGone(both(true), ID)).toEqual(['isActive']);
  });
});

describe('a segment with records of former members', () => {
  const { shape } = DEFAULT_PROFILE.reads.segmentWithMembers;
  const { member } = shape;
  if (member === null) throw new Error('The documented form has members');
  const withGone: AnswerShape = { ...shape, memberCount: ['count'], member: { ...member, gone: ['deleted'] } };
  const segment = (count: number) => ({ id: 19, name: 'Beta', count, users: rows('deleted', false, true, false) });

  it('has only those who are there, however its number counts', () => {
    for (const count of [2, 3]) {
      const read = readOneSegment({ data: segment(count) }, withGone, 19);
      expect(read?.record.members.map(({ id }) => id)).toEqual([1688, 1690]);
      expect(read).toMatchObject({ leftOut: 0, former: [1689] });
      expect(read?.record.unreadable).toBeUndefined();
    }
    expect(readOneSegment({ data: segment(4) }, withGone, 19)?.record.unreadable).toBe('members');
  });

  it('has whoever came back, and stands there twice', () => {
    const users = [...rows('deleted', true), ...rows('deleted', false)];
    const read = readSegmentRecords({ data: [{ id: 19, name: 'Beta', users }] }, withGone);
    expect(read?.read[0]?.members.map(({ id }) => id)).toEqual([1688]);
  });
});
