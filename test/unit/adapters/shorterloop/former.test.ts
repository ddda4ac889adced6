import { DEFAULT_PROFILE, type Paging, type SiteProfile } from '../../../../src/contract';
import { clientWith, json } from './support';

const { reads } = DEFAULT_PROFILE;
const { member } = reads.segmentWithMembers.shape;
if (member === null) throw new Error('The documented form has members');
const profileWith = (paging: Paging): SiteProfile => ({
  ...DEFAULT_PROFILE,
  reads: {
    ...reads,
    segmentWithMembers: {
      ...reads.segmentWithMembers,
      paging,
      shape: { ...reads.segmentWithMembers.shape, memberCount: ['count'], member: { ...member, gone: ['deleted'] } },
    },
  },
});
const page = (count: number, ...ids: readonly number[]) =>
  // Less than nothing has left.
  json({ data: { id: 19, name: 'B', count, users: ids.map((id) => ({ id: Math.abs(id), deleted: id < 0 })) } });
const PAGES: Paging = { kind: 'page', parameter: 'page', first: 1 };

describe('members who have left, and stand in the answer', () => {
  it('are none of the ids that a read-back compares', async () => {
    const profile = profileWith({ kind: 'none' });
    const { client } = clientWith([page(3, 1, -2, 3)], { connection: { profile } });
    expect(await client.memberIdsOf(19)).toEqual({ kind: 'ok', value: new Set([1, 3]) });
  });

  it('still leave an answer cut that has fewer than it says', async () => {
    const profile = profileWith({ kind: 'none' });
    const { client } = clientWith([page(4, 1, -2, 3)], { connection: { profile } });
    expect(await client.memberIdsOf(19)).toMatchObject({ problem: { cause: 'cut' } });
  });

  it('do not end a list whose page has nobody else', async () => {
    const pages = () => [page(5, 1, 2), page(5, -3, -4), page(5, 5), page(5)];
    const options = { connection: { profile: profileWith(PAGES) } };
    const ids = await clientWith(pages(), options).client.memberIdsOf(19);
    expect(ids).toEqual({ kind: 'ok', value: new Set([1, 2, 5]) });
    const read = await clientWith(pages(), options).client.segmentWithMembers(19);
    expect(read).toMatchObject({ kind: 'ok', value: { members: [{ id: 1 }, { id: 2 }, { id: 5 }] } });
    expect(read).not.toHaveProperty('value.unreadable');
  });
});
