import { DEFAULT_PROFILE } from '../../../../src/contract';
import { clientWith, json, status } from './support';

const SEGMENT = 19;
const user = (id: number): object => ({
  id,
  email: `person.${String(id)}@example.com`,
  firstName: 'A "quoted" name',
  tags: [{ id: 999 }],
  boss: { id: 998 },
});
const answer = (users: readonly unknown[]): object => ({
  success: true,
  data: { id: SEGMENT, name: 'Beta testers', owners: [{ id: 997 }, { name: 'no id' }], users },
});
const ids = (found: unknown): unknown => ({ kind: 'ok', value: new Set(found as number[]) });

describe('the ids of a segment’s members', () => {
  it('are those that the whole answer tells of, and of nobody else who is named in it', async () => {
    const { client, sent } = clientWith([json(answer([1, 2, 3, 2].map(user))), json(answer([]))]);
    expect(await client.memberIdsOf(SEGMENT)).toEqual(ids([1, 2, 3]));
    expect(sent[0]?.url).toBe('https://api.shorterloop.com/api/v2/segments/19/segment-users');
    expect(await client.memberIdsOf(SEGMENT)).toEqual(ids([]));
  });

  it('are read also where the runtime gives its answers no stream', async () => {
    const whole = json(answer([1, 2].map(user)));
    const { client } = clientWith([], {
      fetch: () =>
        Promise.resolve({
          ok: true,
          status: 200,
          statusText: '',
          headers: whole.headers,
          json: () => whole.json(),
          text: () => whole.text(),
          arrayBuffer: () => whole.arrayBuffer(),
        }),
    });
    expect(await client.memberIdsOf(SEGMENT)).toEqual(ids([1, 2]));
  });

  it.each([
    ['a user without an id', answer([user(1), { email: 'x' }])],
    ['an id that is none', answer([{ id: '02' }])],
    ['a user who is no object', answer([user(1), 7])],
    ['two numbers in place of a user', answer([user(1), [0, 1], user(2)])],
    ['such numbers first', answer([[0, 1], user(1)])],
    ['such numbers last', answer([user(1), [1, 1]])],
    ['another shape', { success: true, data: [] }],
    ['no segment', { data: { users: [] } }],
    ['another segment', { success: true, data: { id: 20, name: 'Other', users: [user(1)] } }],
  ])('are malformed with %s', async (_what, body) => {
    const { client } = clientWith([json(body)]);
    expect(await client.memberIdsOf(SEGMENT)).toMatchObject({
      kind: 'problem',
      problem: { cause: 'malformed', status: 200, mayHaveBeenApplied: false },
    });
  });

  it('are read where their list stands as a text, or by ids, and another one beside it does not', async () => {
    const users = [1, 2].map(user);
    const data = { id: SEGMENT, name: 'Beta testers', owners: [{ id: 997 }] };
    for (const told of [JSON.stringify(users), { 1: user(1), 2: user(2) }]) {
      const { client } = clientWith([json({ data: { ...data, users: told } })]);
      expect(await client.memberIdsOf(SEGMENT)).toEqual(ids([1, 2]));
    }
  });

  it('are asked for page after page behind as many as a page had, whoever else stands beside them', async () => {
    const { reads } = DEFAULT_PROFILE;
    const paging = { kind: 'offset', parameter: 'offset' } as const;
    const segmentWithMembers = { ...reads.segmentWithMembers, paging };
    const { client, sent } = clientWith([json(answer([1, 2].map(user))), json(answer([user(3)])), json(answer([]))], {
      connection: { profile: { ...DEFAULT_PROFILE, reads: { ...reads, segmentWithMembers } } },
    });
    expect(await client.memberIdsOf(SEGMENT)).toEqual(ids([1, 2, 3]));
    expect(sent.map(({ url }) => new URL(url).searchParams.get('offset'))).toEqual([null, '2', '3']);
  });

  it('tell a refusal, an answer that is cut off and one that is too large from one another', async () => {
    const whole = JSON.stringify(answer([1, 2].map(user)));
    const cut = new Response(whole.slice(0, -30), { headers: { 'content-type': 'application/json' } });
    const announced = json(answer([]), 200, { 'content-length': '40000001' });
    const { client } = clientWith([json({ success: false, message: 'no' }), cut, announced, status(403)]);
    const causes = [];
    for (let asked = 0; asked < 4; asked += 1) {
      const read = await client.memberIdsOf(SEGMENT);
      causes.push(read.kind === 'problem' ? read.problem.cause : read.kind);
    }
    expect(causes).toEqual(['invalid', 'malformed', 'malformed', 'forbidden']);
  });

  it('are given up while they arrive when they are more than a segment can have', async () => {
    let sent = 0;
    const long = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1;
        if (sent > 40) controller.close();
        else controller.enqueue(new Uint8Array(5_000_000).fill(0x20));
      },
    });
    const { client } = clientWith([new Response(long, { headers: { 'content-type': 'application/json' } })]);
    expect(await client.memberIdsOf(SEGMENT)).toMatchObject({ kind: 'problem', problem: { cause: 'malformed' } });
    expect(sent).toBeLessThan(40);
  });
});
