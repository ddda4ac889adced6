import { DEFAULT_PROFILE, type Paging, type ReadCall, type SiteProfile } from '../../../../src/contract';
import { clientWith, json, status } from './support';

/** What several pages, or one page with something odd in it, come to together. */

const { reads, writes } = DEFAULT_PROFILE;
const { member } = reads.segmentWithMembers.shape;
if (member === null) throw new Error('The documented form has members');
const COUNTED: Paging = { kind: 'page', parameter: 'page', first: 1 };
const paged = (call: ReadCall, paging: Paging = COUNTED): SiteProfile => ({
  ...DEFAULT_PROFILE,
  reads: { ...reads, [call]: { ...reads[call], paging } },
});
const picked: SiteProfile = { ...DEFAULT_PROFILE, reads: { ...reads, segmentWithMembers: reads.segmentsWithMembers } };
const gone: SiteProfile = {
  ...DEFAULT_PROFILE,
  reads: {
    ...reads,
    segmentWithMembers: {
      ...reads.segmentWithMembers,
      shape: { ...reads.segmentWithMembers.shape, memberCount: ['count'], member: { ...member, gone: ['deleted'] } },
    },
  },
};
const all = (...data: readonly unknown[]) => json({ success: true, data });
const one = (users: unknown, more: object = {}) =>
  json({ success: true, data: { id: 19, name: 'Beta', users, ...more } });
const segment = (id: number, ...users: readonly unknown[]) => ({ id, name: `S${id}`, users });
const problem = (cause: string, code: number | null) => ({
  kind: 'problem',
  problem: { cause, status: code, mayHaveBeenApplied: false },
});

describe('records that have to be left out', () => {
  it('are counted over all pages of a list', async () => {
    const { client } = clientWith([all(segment(1), { name: 'x' }), all(segment(2), 7, null), all()], {
      connection: { profile: paged('segmentsWithMembers') },
    });
    expect(client.leftOut()).toBe(0);
    expect(await client.segmentsWithMembers()).toMatchObject({ kind: 'ok', value: [{ id: 1 }, { id: 2 }] });
    expect(client.leftOut()).toBe(3);
  });

  it('are counted over all pages of a segment, and count as told', async () => {
    const users = (ids: readonly number[], ...odd: readonly unknown[]) => one([...ids.map((id) => ({ id })), ...odd]);
    const { client } = clientWith([users([1], { name: 'x' }), users([2], { name: 'y' }), users([])], {
      connection: { profile: paged('segmentWithMembers') },
    });
    expect(await client.segmentWithMembers(19)).toMatchObject({
      kind: 'ok',
      value: { members: [{ id: 1 }, { id: 2 }] },
    });
    expect(client.leftOut()).toBe(2);
  });
});

describe('a segment that stands on two pages', () => {
  it('has the members of both, each once, and no mark where both could be read', async () => {
    const { client } = clientWith(
      [all(segment(1, { id: 7 })), all(segment(1, { id: 7 }, { id: 8 }), segment(2)), all()],
      {
        connection: { profile: paged('segmentsWithMembers') },
      },
    );
    const read = await client.segmentsWithMembers();
    if (read.kind === 'problem') throw new Error('It can be read');
    expect(read.value.map(({ id, members }) => [id, members.map((who) => who.id)])).toEqual([
      [1, [7, 8]],
      [2, []],
    ]);
    for (const found of read.value) expect(found).not.toHaveProperty('unreadable');
  });

  it.each([
    ['the first', [segment(1, { id: null })], [segment(1, { id: 8 })]],
    ['the second', [segment(1, { id: 8 })], [segment(1, { id: null })]],
  ])('can not be told in full where %s of them can not', async (_which, first, second) => {
    // Something new stands on each page, so that the list goes on.
    const { client } = clientWith([all(...first, segment(3)), all(...second, segment(4)), all()], {
      connection: { profile: paged('segmentsWithMembers') },
    });
    expect(await client.segmentsWithMembers()).toMatchObject({
      kind: 'ok',
      value: [{ id: 1, unreadable: 'segment' }, { id: 3 }, { id: 4 }],
    });
  });
});

describe('a segment that can not be told', () => {
  it('is told as what went wrong: refused, of another one, or not there', async () => {
    const { client } = clientWith([status(403), one([], { id: 20 }), status(404)]);
    expect(await client.segmentWithMembers(19)).toEqual(problem('forbidden', 403));
    expect(await client.segmentWithMembers(19)).toEqual(problem('malformed', 200));
    expect(await client.segmentWithMembers(19)).toEqual(problem('notFound', 404));
  });

  it('is told as that too where it is picked out of all of them', async () => {
    const odd = { id: 20, name: 'S20', users: 7 };
    const { client } = clientWith([status(403), status(403), all(segment(18)), all(odd), all(odd)], {
      connection: { profile: picked },
    });
    expect(await client.segmentWithMembers(19)).toEqual(problem('forbidden', 403));
    expect(await client.memberIdsOf(19)).toEqual(problem('forbidden', 403));
    expect(await client.segmentWithMembers(19)).toEqual(problem('notFound', 200));
    expect(await client.segmentWithMembers(20)).toEqual(problem('malformed', 200));
    expect(await client.memberIdsOf(20)).toEqual(problem('malformed', 200));
  });

  it('has no ids where one of several pages is refused, or says less than it counts', async () => {
    const profile = paged('segmentWithMembers');
    const { client } = clientWith([one([{ id: 1 }]), status(403)], { connection: { profile } });
    expect(await client.memberIdsOf(19)).toEqual(problem('forbidden', 403));
    const cut = clientWith([one([{ id: 1 }], { count: 2 }), one([{ id: 1 }, { id: 2 }], { count: 2 })], {
      connection: { profile: gone },
    });
    expect(await cut.client.memberIdsOf(19)).toEqual(problem('cut', 200));
    expect(await cut.client.memberIdsOf(19)).toEqual({ kind: 'ok', value: new Set([1, 2]) });
  });

  it('has no ids where somebody who has left has none', async () => {
    const { client } = clientWith([one([{ id: 1 }, { deleted: true }])], { connection: { profile: gone } });
    expect(await client.memberIdsOf(19)).toEqual(problem('malformed', 200));
  });

  it('is not asked for by an id that is none', async () => {
    const { client, sent } = clientWith([], { connection: { profile: picked } });
    await expect(client.segmentWithMembers(0)).rejects.toThrow(/segmentId/);
    await expect(clientWith([]).client.segmentWithMembers(-1)).rejects.toThrow(/segmentId/);
    expect(sent).toEqual([]);
  });
});

describe('a segment whose pages are asked for by how many stood before', () => {
  it('counts every record of a page, also those of people who have left', async () => {
    const profile: SiteProfile = {
      ...gone,
      reads: {
        ...gone.reads,
        segmentWithMembers: {
          ...gone.reads.segmentWithMembers,
          paging: { kind: 'offset', parameter: 'offset' },
        },
      },
    };
    const pages = () => [one([{ id: 1 }, { id: 2, deleted: true }, { id: 3 }]), one([{ id: 4 }]), one([])];
    const { client, sent } = clientWith([...pages(), ...pages()], { connection: { profile } });
    expect(await client.segmentWithMembers(19)).toMatchObject({
      value: { members: [{ id: 1 }, { id: 3 }, { id: 4 }] },
    });
    expect(await client.memberIdsOf(19)).toEqual({ kind: 'ok', value: new Set([1, 3, 4]) });
    expect(sent.map(({ url }) => new URL(url).searchParams.get('offset'))).toEqual([null, '3', '4', null, '3', '4']);
  });
});

describe('what a write was answered', () => {
  const send = async (answer: Response) => {
    const { client } = clientWith([answer]);
    return client.move({ from: 19, to: 15, users: [1] });
  };

  it.each([null, 7, 'text', true])('is no answer where it is %j', async (body) => {
    expect(await send(json(body))).toEqual({
      kind: 'problem',
      problem: { cause: 'malformed', status: 200, mayHaveBeenApplied: true },
    });
  });

  it.each([
    [0, 0],
    ['0', 0],
    ['1', 1],
    [1, 1],
    ['', null],
    ['01', null],
  ])('counts nobody as nobody: %j', async (count, told) => {
    expect(await send(json({ success: true, data: { count } }))).toMatchObject({ kind: 'ok', value: { count: told } });
  });

  it('is not waited for where its path lacks an end', async () => {
    const profile = { ...DEFAULT_PROFILE, writes: { ...writes, move: { ...writes.move, path: '/api/{from}' } } };
    const { client, sent } = clientWith([], { connection: { profile } });
    await expect(client.move({ from: 19, to: 15, users: [1] })).rejects.toThrow(
      'a move needs a path with both segments',
    );
    expect(sent).toEqual([]);
  });
});
