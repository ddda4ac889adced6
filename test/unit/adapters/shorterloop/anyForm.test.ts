import {
  DEFAULT_PROFILE,
  type AnswerShape,
  type MemberShape,
  type Paging,
  type ReadCall,
  type ReadForm,
  type SiteProfile,
} from '../../../../src/contract';
import type { ShorterLoopError } from '../../../../src/adapters/shorterloop';
import { clientWith, json, KEY, status } from './support';

/** The default profile with something else in one of its reads. */
function withRead(call: ReadCall, changed: Partial<ReadForm>, rest: Partial<SiteProfile> = {}): SiteProfile {
  const { reads } = DEFAULT_PROFILE;
  return { ...DEFAULT_PROFILE, ...rest, reads: { ...reads, [call]: { ...reads[call], ...changed } } };
}
const shapeOf = (call: ReadCall, changed: Partial<AnswerShape>): AnswerShape => ({
  ...DEFAULT_PROFILE.reads[call].shape,
  ...changed,
});
const COUNTED: Paging = { kind: 'page', parameter: 'page', first: 1 };
const paths = (sent: readonly { url: string }[]) =>
  sent.map(({ url }) => url.replace('https://api.shorterloop.com', ''));
const listed = (from: number, count: number) => ({
  success: true,
  data: Array.from({ length: count }, (_one, index) => ({ id: from + index, name: `Segment ${String(from + index)}` })),
});
const bytes = (body: Uint8Array | string, type?: string): Response => {
  const response = new Response(typeof body === 'string' ? Buffer.from(body) : Uint8Array.from(body));
  if (type !== undefined) response.headers.set('content-type', type);
  return response;
};
const LIST = '{"success":true,"data":[{"id":19,"name":"Fürsprecher"}]}';
const utf16 = (text: string, isBig: boolean): Uint8Array => {
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  return isBig ? little.swap16() : little;
};

describe('the bytes of an answer', () => {
  it.each<[string, Response]>([
    ['UTF-8', bytes(LIST, 'application/json')],
    ['UTF-8 with a byte order mark', bytes(`\ufeff${LIST}`, 'application/json')],
    ['UTF-16', bytes(utf16(LIST, false), 'application/json')],
    ['UTF-16 the other way round', bytes(utf16(LIST, true))],
    ['Latin-1 by its charset', bytes(Buffer.from(LIST, 'latin1'), 'application/json; charset=ISO-8859-1')],
    ['Windows-1252 by its charset', bytes(Buffer.from(LIST, 'latin1'), 'text/plain;charset="windows-1252"')],
    ['of a charset that nobody knows', bytes(LIST, 'application/json; charset=x-unknown')],
    ['of no type', bytes(LIST)],
    ['that are called text', bytes(LIST, 'text/plain')],
    ['that are called a page', bytes(LIST, 'text/html; charset=utf-8')],
  ])('are read where they are %s', async (_what, answer) => {
    const { client } = clientWith([answer]);
    expect(await client.listSegments()).toMatchObject({ kind: 'ok', value: [{ id: 19, name: 'Fürsprecher' }] });
  });

  it('are told as another form where they are a page', async () => {
    const { client } = clientWith([bytes('<html>19</html>', 'application/json')]);
    expect(await client.listSegments()).toMatchObject({ problem: { cause: 'malformed', status: 200 } });
  });
});

describe('a list of several pages', () => {
  const profile = withRead('listSegments', { path: '/api/v2/segments?limit=2', paging: COUNTED });

  it('is read to its end, and each further page is asked for', async () => {
    const asked: number[] = [];
    const { client, sent } = clientWith([json(listed(1, 2)), json(listed(3, 1)), json(listed(0, 0))], {
      connection: { profile },
      onPage: () => {
        asked.push(1);
        return Promise.resolve(null);
      },
    });
    const read = await client.listSegments();
    expect(read.kind === 'ok' && read.value.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(paths(sent)).toEqual([
      '/api/v2/segments?limit=2',
      '/api/v2/segments?limit=2&page=2',
      '/api/v2/segments?limit=2&page=3',
    ]);
    expect(asked).toHaveLength(2);
  });

  it('ends where the page behind it is not found, and fails where the first is not', async () => {
    const { client } = clientWith([json(listed(1, 2)), status(404), status(404)], { connection: { profile } });
    expect(await client.listSegments()).toMatchObject({ kind: 'ok', value: [{ id: 1 }, { id: 2 }] });
    expect(await client.listSegments()).toMatchObject({ problem: { cause: 'notFound' } });
  });

  it('fails as a whole where one of its pages does, or may not be asked for', async () => {
    const failing = clientWith([json(listed(1, 2)), status(403)], { connection: { profile } });
    expect(await failing.client.listSegments()).toMatchObject({ problem: { cause: 'forbidden' } });
    const refusal: ShorterLoopError = {
      cause: 'rateLimited',
      status: null,
      mayHaveBeenApplied: false,
      retryAfterMs: 60_000,
    };
    const limited = clientWith([json(listed(1, 2))], {
      connection: { profile },
      onPage: () => Promise.resolve(refusal),
    });
    expect(await limited.client.listSegments()).toEqual({ kind: 'problem', problem: refusal });
  });

  it.each<[string, object, string]>([
    ['says that more follows', { hasNext: true }, ''],
    ['has more by its count', { total: 3 }, ''],
    ['names the next page in a header', {}, '</api/v2/segments?page=2>; rel="next"'],
  ])('is cut where its profile knows of one page and it %s', async (_what, beside, link) => {
    const one = withRead('listSegments', { total: ['total'] });
    const answer = json({ ...listed(1, 2), ...beside }, 200, link === '' ? {} : { link });
    const { client } = clientWith([answer], { connection: { profile: one } });
    expect(await client.listSegments()).toEqual({
      kind: 'problem',
      problem: { cause: 'cut', status: 200, mayHaveBeenApplied: false },
    });
  });

  it('is never followed to another host: only the way is taken, to where the key belongs', async () => {
    const linked = withRead('listSegments', { paging: { kind: 'link' } });
    const next = '<https://evil.example/api/v2/segments?page=2>; rel="next"';
    const { client, sent } = clientWith([json(listed(1, 2), 200, { link: next }), json(listed(3, 2))], {
      connection: { profile: linked },
    });
    expect(await client.listSegments()).toMatchObject({ kind: 'ok' });
    expect(sent.map(({ url }) => url)).toEqual([
      'https://api.shorterloop.com/api/v2/segments',
      'https://api.shorterloop.com/api/v2/segments?page=2',
    ]);
  });
});

describe('a segment of several pages', () => {
  const profile = withRead('segmentWithMembers', {
    paging: COUNTED,
    shape: shapeOf('segmentWithMembers', { memberCount: ['count'] }),
  });
  const members = (ids: readonly number[], count: number) =>
    json({ success: true, data: { id: 19, name: 'Beta', count, users: ids.map((id) => ({ id })) } });

  it('has all of its members, and is compared with its own count once', async () => {
    const pages = () => [members([1, 2], 3), members([3], 3), members([], 3)];
    const { client } = clientWith([...pages(), ...pages()], { connection: { profile } });
    expect(await client.segmentWithMembers(19)).toMatchObject({
      kind: 'ok',
      value: { id: 19, members: [{ id: 1 }, { id: 2 }, { id: 3 }] },
    });
    expect(await client.memberIdsOf(19)).toEqual({ kind: 'ok', value: new Set([1, 2, 3]) });
  });

  it('that says that it has more than it shows can not be told in full', async () => {
    const pages = () => [members([1, 2], 4), members([3], 4), members([], 4)];
    const { client } = clientWith([...pages(), ...pages()], { connection: { profile } });
    expect(await client.segmentWithMembers(19)).toMatchObject({ kind: 'ok', value: { unreadable: 'members' } });
    expect(await client.memberIdsOf(19)).toMatchObject({ problem: { cause: 'cut' } });
  });
});

describe('the ids of a segment’s members', () => {
  const read = async (
    answer: unknown,
    changed: Partial<AnswerShape> = {},
    member: Partial<MemberShape> = {},
  ): Promise<unknown> => {
    const shape = shapeOf('segmentWithMembers', {
      ...changed,
      member: { id: ['id'], email: null, name: null, firstName: null, lastName: null, ...member },
    });
    const { client } = clientWith([json(answer)], {
      connection: { profile: withRead('segmentWithMembers', { shape }) },
    });
    const found = await client.memberIdsOf(19);
    return found.kind === 'ok' ? [...found.value] : found.problem.cause;
  };
  const users = [
    { id: 7, userId: '1' },
    { id: 8, userId: '2' },
  ];

  it.each<[string, unknown, Partial<AnswerShape>, Partial<MemberShape>]>([
    ['a bare list', users, { records: [], id: null, members: [] }, { id: ['userId'] }],
    [
      'a list three keys deep',
      { result: { segment: { id: '19', people: users } } },
      { records: ['result', 'segment'], members: ['people'] },
      { id: ['userId'] },
    ],
    ['a list of one segment', { data: [{ id: 19, users }] }, { records: ['data', '0'] }, { id: ['userId'] }],
    [
      'a member within a record',
      { data: { id: 19, users: [{ user: { id: 1 } }, { user: { id: '2' } }] } },
      {},
      { id: ['user', 'id'] },
    ],
    ['bare ids', { data: { id: 19, users: [1, '2'] } }, {}, { id: [] }],
    ['a list as a text', { data: { id: 19, users: JSON.stringify(users) } }, {}, { id: ['userId'] }],
    ['records by their ids', { data: { id: 19, users: { 7: users[0], 8: users[1] } } }, {}, { id: ['userId'] }],
  ])('are those in %s', async (_what, answer, changed, member) => {
    expect(await read(answer, { name: null, ...changed }, member)).toEqual([1, 2]);
  });

  it('are none of another segment, and none where one can not be read', async () => {
    expect(await read({ data: { id: 23, users } })).toBe('malformed');
    expect(await read({ data: { id: 19, users: [{ id: 1 }, { id: '01' }] } })).toBe('malformed');
    expect(await read({ data: { id: 19, users: '[{"id":1},null]' } }, { name: null })).toBe('malformed');
  });

  it('are read of other encodings too', async () => {
    const text = JSON.stringify({ data: { id: 19, users: [{ id: 1 }] } });
    const { client } = clientWith([bytes(utf16(text, false))]);
    expect(await client.memberIdsOf(19)).toEqual({ kind: 'ok', value: new Set([1]) });
  });

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-16', (text: string) => utf16(text, false)],
  ] as const)('are read of %s though it comes byte by byte', async (_what, encode) => {
    const all = encode(JSON.stringify({ data: { id: 19, users: [{ id: 1 }] } }));
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of all) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const { client } = clientWith([new Response(pieces)]);
    expect(await client.memberIdsOf(19)).toEqual({ kind: 'ok', value: new Set([1]) });
  });
});

describe('a request', () => {
  it.each([
    [{ header: 'X-API-Key', scheme: null }, { 'X-API-Key': KEY }],
    [{ header: 'Authorization', scheme: null }, { Authorization: KEY }],
    [{ header: 'Authorization', scheme: 'Token' }, { Authorization: `Token ${KEY}` }],
  ])('shows the key as the profile says: %j', async (key, headers) => {
    const { client, sent } = clientWith([json(listed(1, 1))], { connection: { profile: { ...DEFAULT_PROFILE, key } } });
    await client.listSegments();
    expect(sent[0]?.headers).toEqual({
      Accept: 'application/json',
      'Cache-Control': 'no-cache',
      initiativeId: '4711',
      ...headers,
    });
  });

  it('sends ids as the profile says, under the key that it says', async () => {
    const writes = {
      ...DEFAULT_PROFILE.writes,
      move: { verb: 'PATCH', path: '/v3/move/{to}/from/{from}/?notify=0', users: 'memberIds' },
    } as const;
    const { client, sent } = clientWith(
      Array.from({ length: 3 }, () => json({ success: true, data: { count: 2 } })),
      { connection: { profile: { ...DEFAULT_PROFILE, ids: 'text', writes } } },
    );
    await client.move({ from: 19, to: 15, users: [1, 2] });
    await client.remove({ from: 19, users: [1, 2] });
    await client.manage({ route: 'reinvite', memberIds: [1, 2] });
    expect(sent.map(({ method, url, body }) => [method, new URL(url).pathname + new URL(url).search, body])).toEqual([
      ['PATCH', '/v3/move/15/from/19/?notify=0', '{"memberIds":["1","2"]}'],
      ['POST', '/api/v2/segments/19/manage-users', '{"users":["1","2"]}'],
      ['PUT', '/api/v2/idm-members/re-invite', '{"users":["1","2"]}'],
    ]);
  });

  it.each(['@evil.example/', '.evil.example/', ':8443/', 'segments', ''])(
    'is not made to %j, which would take the key elsewhere',
    async (path) => {
      const { client, sent } = clientWith([json({})]);
      await expect(client.raw('GET', path)).rejects.toThrow(TypeError);
      expect(sent).toEqual([]);
    },
  );
});
