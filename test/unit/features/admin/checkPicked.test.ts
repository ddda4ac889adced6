import { DEFAULT_PROFILE, picksFromAll } from '../../../../src/contract';
import { check } from '../../../support/checkLab';
import { manyPeople, OTHER_SEGMENTS, type OtherSegment } from '../../../support/otherReads';

describe('a segment that says that it has nobody', () => {
  const record = ({ id, name, people }: OtherSegment, isFull: boolean) => ({
    id,
    name,
    ...(isFull ? { users: people.length === 0 ? null : people } : {}),
  });

  it('shows nothing of the form, so that another one is read, or named', async () => {
    const [first, ...others] = OTHER_SEGMENTS;
    const segments = [...(first === undefined ? [] : [{ ...first, people: [] }]), ...others];
    const free = { segments, record, allPath: null, onePath: '/api/v2/segments/{id}' };
    const { reads } = DEFAULT_PROFILE;
    const one = { ...reads.segmentWithMembers, path: '/api/v2/segments/{id}' };
    const profile = { ...DEFAULT_PROFILE, reads: { ...reads, segmentWithMembers: one } };
    const found = await check(free, { profile, choices: {} });
    expect(found).toMatchObject({ state: 'proven', profile: { readPlan: 'per-segment' } });
    const named = await check({ segments, record, allPath: null });
    expect(named.question).toMatchObject({ ask: 'segmentId', segments: [{ id: 20 }, { id: 21 }, { id: 22 }] });
  });
});

describe('a server that has no read of one segment', () => {
  it('is read all at once, and one segment is picked out of that', async () => {
    const found = await check({ onePath: null });
    expect(found).toMatchObject({ state: 'proven', profile: { readPlan: 'all-at-once' } });
    expect(found.codes).toContain('picked');
    expect(picksFromAll(found.profile)).toBe(true);
    expect(found.profile.reads.segmentWithMembers).toEqual(found.profile.reads.segmentsWithMembers);
  });

  it('is asked for none again, and no segment has to be named', async () => {
    const { profile } = await check({ onePath: null });
    const again = await check({ onePath: null }, { profile, choices: {} });
    expect(again.state).toBe('proven');
    expect(again.asked.filter((one) => one.startsWith('GET'))).toHaveLength(2);
  });

  it('is looked into anew once all at once is gone', async () => {
    const { profile } = await check({ onePath: null });
    const again = await check({ allPath: null }, { profile });
    expect(again).toMatchObject({ state: 'proven', profile: { readPlan: 'per-segment' } });
    expect(again.profile.reads.segmentWithMembers.path).toBe(DEFAULT_PROFILE.reads.segmentWithMembers.path);
  });

  it('is refused where all at once is not there either, and where the answer is about another segment', async () => {
    expect((await check({ onePath: null, allPath: null })).state).toBe('failed');
    const mistaken = await check({
      envelope: (data, what) => ({
        json: { success: true, data: what === 'one' ? { id: 99, users: [{ id: 7, email: 'a@b.example' }] } : data },
      }),
    });
    expect(mistaken).toMatchObject({ state: 'failed' });
    expect(mistaken.codes).not.toContain('picked');
  });

  it('is refused where it shows fewer members than it counts, at a length at which servers cut', async () => {
    const segments = OTHER_SEGMENTS.map((one) => ({ ...one, people: manyPeople(25) }));
    const found = await check({
      segments,
      onePath: null,
      record: ({ id, name, people }, full) => ({
        id,
        name,
        ...(full ? { users: people.slice(0, 20), memberCount: 25 } : {}),
      }),
    });
    expect(found).toMatchObject({ state: 'failed' });
    expect(found.line('cut')).toMatchObject([{ shown: 20, total: 25 }]);
  });

  it('is doubted where several segments end at one round number, until an admin says that these are all', async () => {
    const segments = OTHER_SEGMENTS.map((one, nth) => ({ ...one, people: manyPeople(20, nth * 100 + 1) }));
    const asked = await check({ segments, onePath: null });
    expect(asked.question).toEqual({ ask: 'whole', call: 'segmentsWithMembers', rows: 20 });
    const choices = { segmentId: 19, whole: ['segmentsWithMembers'] } as const;
    expect((await check({ segments, onePath: null }, { choices })).state).toBe('proven');
  });
});
