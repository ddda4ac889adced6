import { DEFAULT_PROFILE } from '../../../../src/contract';
import { clientWith, json } from './support';

const { reads } = DEFAULT_PROFILE;
const profile = { ...DEFAULT_PROFILE, reads: { ...reads, segmentWithMembers: reads.segmentsWithMembers } };
const all = (data: unknown) => json({ success: true, data });
const SEGMENTS = [
  { id: 19, name: 'Beta testers', users: [{ id: 7 }, { id: 8 }] },
  { id: 20, name: 'Odd', users: [{ id: 7 }, { id: null }] },
];

describe('one segment where there is only the read of all', () => {
  it('is picked out of it', async () => {
    const { client, sent } = clientWith([all(SEGMENTS), all(SEGMENTS)], { connection: { profile } });
    const one = await client.segmentWithMembers(19);
    expect(one).toMatchObject({ kind: 'ok', value: { id: 19, members: [{ id: 7 }, { id: 8 }] } });
    expect(await client.memberIdsOf(19)).toEqual({ kind: 'ok', value: new Set([7, 8]) });
    const url = `https://api.shorterloop.com${reads.segmentsWithMembers.path}`;
    expect(sent.map((request) => request.url)).toEqual([url, url]);
  });

  it('is not found where it is not in it, and has no ids where somebody in it has none', async () => {
    const { client } = clientWith([all(SEGMENTS), all(SEGMENTS), all(SEGMENTS)], { connection: { profile } });
    expect(await client.segmentWithMembers(21)).toMatchObject({ kind: 'problem', problem: { cause: 'notFound' } });
    expect(await client.segmentWithMembers(20)).toMatchObject({ kind: 'ok', value: { unreadable: 'members' } });
    expect(await client.memberIdsOf(20)).toMatchObject({ kind: 'problem', problem: { cause: 'malformed' } });
  });
});
