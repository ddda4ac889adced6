import { z } from 'zod';
import {
  bytesOf,
  createSimulator,
  PROFILES,
  profileNamed,
  randomProfile,
  serverProfile,
  type ServerProfileInput,
  type SimulatedAnswer,
  type Simulator,
} from '../../../../sandbox/shorterloop';
import { parseCommand } from '../../../../sandbox/shorterloop/options';

type Given = { readonly now: number };

/** A server of a form, whose clock is moved by hand. */
function server(profile: ServerProfileInput = {}, clock: Given = { now: 1_700_000_000_000 }): Simulator {
  return createSimulator({ profile: serverProfile(profile), clock: { now: () => clock.now } });
}

async function ask(
  simulator: Simulator,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body: unknown = null,
): Promise<Extract<SimulatedAnswer, { kind: 'http' }>> {
  const answer = await simulator.handle({
    method,
    path,
    headers: {
      authorization: `Bearer ${simulator.key}`,
      initiativeId: String(simulator.initiativeId),
      ...headers,
    },
    body: body === null ? null : JSON.stringify(body),
  });
  if (answer.kind !== 'http') throw new Error(`It answered with ${answer.kind}`);
  return answer;
}

function ground(simulator: Simulator) {
  const { testing } = simulator;
  if (testing === null) throw new Error('Nobody prepared a test');
  const [ada = 0, ben = 0, cleo = 0] = testing.memberIds;
  return { ...testing, ada, ben, cleo };
}

const move = (simulator: Simulator, users: readonly unknown[]) => {
  const { from, to } = ground(simulator);
  return ask(simulator, 'PUT', `/api/v2/segments/${from}/segment-users/${to}`, {}, { users });
};
const remove = (simulator: Simulator, users: readonly unknown[]) =>
  ask(simulator, 'POST', `/api/v2/segments/${ground(simulator).from}/manage-users`, {}, { users });
/** The rows of an answer's list, or of the members of its one segment. */
function rowsOf({ body }: { readonly body: string }): z.output<typeof row>[] {
  const { data } = z
    .object({ data: z.union([z.array(row), z.object({ users: z.array(row) })]) })
    .parse(JSON.parse(body));
  return Array.isArray(data) ? data : data.users;
}
const row = z.looseObject({ id: z.int(), users: z.array(z.unknown()).optional() });
const json = ({ body }: { readonly body: string }): unknown => JSON.parse(body);

describe('a server without peculiarities', () => {
  it('is the one that is described, and notes what was written', async () => {
    const simulator = server();
    const { from, to, ada, ben, cleo } = ground(simulator);
    const before = simulator.truth.membershipsOf(ada);
    expect(before).toHaveLength(2);
    expect(json(await move(simulator, [ada]))).toEqual({ success: true, message: 'Done', data: { count: 1 } });
    expect(simulator.truth.membersOf(from)).toEqual([ben]);
    expect(simulator.truth.membersOf(to)).toEqual([cleo, ada]);
    const changes = [
      { memberId: ada, segmentId: from, what: 'left' },
      { memberId: ada, segmentId: to, what: 'joined' },
    ];
    expect(simulator.truth.writes()).toEqual([
      { kind: 'move', from, to, asked: [ada], applied: [ada], changes, atMs: 1_700_000_000_000 },
    ]);
    simulator.reset();
    expect(simulator.truth.membershipsOf(ada)).toEqual(before);
  });

  it('is refused where its form makes no sense', () => {
    expect(() => serverProfile(JSON.parse('{"colour":"red"}'))).toThrow('colour');
  });
});

describe('what writes do', () => {
  it.each([
    ['copies', ['ada', 'ben'], ['cleo', 'ada']],
    ['leavesOnly', ['ben'], ['cleo']],
    ['replaces', ['ben'], ['ada']],
    ['everybody', [], ['cleo', 'ada', 'ben']],
    ['clearsSource', [], ['cleo', 'ada']],
    ['clearsPerson', ['ben'], ['cleo', 'ada']],
    ['strayOne', [], ['cleo', 'ada', 'ben']],
    ['ignores', ['ada', 'ben'], ['cleo']],
  ] as const)('a move that %s', async (deed, source, target) => {
    const simulator = server({ deeds: { move: deed } });
    const people = ground(simulator);
    await move(simulator, [people.ada]);
    expect(simulator.truth.membersOf(people.from)).toEqual(source.map((name) => people[name]));
    expect(simulator.truth.membersOf(people.to)).toEqual(target.map((name) => people[name]));
    expect(simulator.truth.membershipsOf(people.ada).length).toBe(
      { clearsPerson: 1, copies: 3, leavesOnly: 1 }[deed as string] ?? 2,
    );
  });

  it.each([
    ['replaces', ['ada']],
    ['everybody', []],
    ['strayOne', []],
    ['ignores', ['ada', 'ben']],
  ] as const)('a removal that %s', async (deed, left) => {
    const simulator = server({ deeds: { remove: deed } });
    const people = ground(simulator);
    await remove(simulator, [people.ada]);
    expect(simulator.truth.membersOf(people.from)).toEqual(left.map((name) => people[name]));
  });

  it('tells who was changed beside a write', async () => {
    const simulator = server({ deeds: { move: 'strayOne' } });
    const { ada, ben, from, to } = ground(simulator);
    await move(simulator, [ada]);
    expect(simulator.truth.writes()).toMatchObject([
      {
        applied: [ada],
        beside: [
          { memberId: ben, segmentId: from, what: 'left' },
          { memberId: ben, segmentId: to, what: 'joined' },
        ],
      },
    ]);
  });

  it('only the first of a request, or nothing of one that is too long', async () => {
    const first = server({ deeds: { move: 'firstOnly' } });
    const { ada, ben } = ground(first);
    expect(json(await move(first, [ada, ben]))).toMatchObject({ data: { count: 1 } });
    const short = server({ deeds: { mostIds: 1 } });
    expect((await move(short, [ada, ben])).status).toBe(413);
    const strict = server({ deeds: { unknownIds: 'refused' } });
    expect((await move(strict, [ada, 1])).status).toBe(422);
    expect(strict.truth.writes()).toEqual([]);
  });

  it('a GET where only a write listens runs it', async () => {
    const simulator = server({ deeds: { getRuns: true } });
    const { from } = ground(simulator);
    await ask(simulator, 'GET', `/api/v2/segments/${from}/manage-users`);
    expect(simulator.truth.membersOf(from)).toEqual([]);
    const honest = server();
    expect((await ask(honest, 'GET', `/api/v2/segments/${from}/manage-users`)).status).toBe(405);
  });

  it.each([
    [{ count: 'zero' }, 200, '{"success":true,"message":"Done","data":{"count":0}}'],
    [{ count: 'text' }, 200, '{"success":true,"message":"Done","data":{"count":"1"}}'],
    [{ count: 'null' }, 200, '{"success":true,"message":"Done","data":{"count":null}}'],
    [{ count: 'missing' }, 200, '{"success":true,"message":"Done","data":{}}'],
    [{ writeStatus: 204 }, 204, ''],
    [{ writeBody: 'none', writeStatus: 202 }, 202, ''],
    [{ writeBody: 'text' }, 200, 'OK'],
    [{ writeBody: 'empty' }, 200, '{}'],
    [{ writeBody: 'segment' }, 200, '{"success":true,"message":"Done","data":{"updated":true}}'],
    [{ writeBody: 'saysNo' }, 200, '{"success":false,"message":"Something went wrong","data":{"count":1}}'],
  ] as const)('are answered as %j says', async (answers, status, body) => {
    const simulator = server({ answers });
    expect(await move(simulator, [ground(simulator).ada])).toMatchObject({ status, body });
    expect(simulator.truth.writes()).toHaveLength(1);
  });
});

describe('ids', () => {
  it('are told and taken in their form alone', async () => {
    const simulator = server({ ids: { segments: 'text', members: 'text', accepts: 'text' } });
    const { ada, from } = ground(simulator);
    const one = await ask(simulator, 'GET', `/api/v2/segments/${from}/segment-users`);
    expect(json(one)).toMatchObject({ data: { id: String(from), users: [{ id: String(ada) }, {}] } });
    expect((await move(simulator, [ada])).status).toBe(422);
    expect((await move(simulator, [String(ada)])).status).toBe(200);
  });

  it('of memberships differ from segment to segment, and may be what writes take', async () => {
    const simulator = server({ fields: { rowId: ['id'], memberId: ['userId'] }, ids: { writes: 'row' } });
    const { ada, from } = ground(simulator);
    const all = json(await ask(simulator, 'GET', '/api/v2/segments/segment-users'));
    const rows = [...JSON.stringify(all).matchAll(/"id":(\d+),"userId":(\d+)/g)].filter(
      ([, , userId]) => userId === String(ada),
    );
    expect(new Set(rows.map(([, id]) => id)).size).toBe(2);
    const [here] = JSON.stringify(json(await ask(simulator, 'GET', `/api/v2/segments/${from}/segment-users`))).matchAll(
      /"id":(\d+),"userId"/g,
    );
    await move(simulator, [ada]);
    expect(simulator.truth.writes()).toMatchObject([{ applied: [] }]);
    await move(simulator, [Number(here?.[1])]);
    expect(simulator.truth.writes()).toMatchObject([{}, { applied: [ada] }]);
  });
});

describe('lists that are cut', () => {
  const people = { members: 60, segments: 23 };

  it.each([
    [{ kind: 'page', size: 10, hints: ['nextPage'] }, 'nextPage', 'page'],
    [{ kind: 'page', size: 10, first: 0, hints: ['nextPage'] }, 'nextPage', 'page'],
    [{ kind: 'offset', size: 10, parameter: 'offset', hints: ['nextPage'] }, 'nextPage', 'offset'],
    [{ kind: 'cursor', size: 10, parameter: 'after', hints: [] }, 'nextCursor', 'after'],
  ] as const)('go on as %j says', async (paging, at, parameter) => {
    const simulator = server({ paging: { list: { ...paging, hints: [...paging.hints] } }, people });
    const seen: unknown[] = [];
    let query = '';
    for (let pages = 0; pages < 5; pages += 1) {
      const answer = await ask(simulator, 'GET', `/api/v2/segments${query}`);
      seen.push(...rowsOf(answer).map(({ id }) => id));
      const next = new RegExp(`"${at}":"?([^",}]+)`).exec(answer.body)?.[1];
      if (next === 'null') break;
      query = `?${parameter}=${String(next)}`;
    }
    expect(seen).toEqual(simulator.segments.map(({ id }) => id));
  });

  it.each(['address', 'link'] as const)('go on by %s', async (kind) => {
    const simulator = server({ paging: { list: { kind, size: 10, hints: ['totalHeader'] } }, people });
    const first = await ask(simulator, 'GET', '/api/v2/segments');
    expect(first.headers['x-total-count']).toBe('25');
    const said = kind === 'link' ? (first.headers['link'] ?? '') : first.body;
    const next = /https:\/\/api\.shorterloop\.com(\/[^>"]*)/.exec(said)?.[1] ?? '';
    expect(next).toBe('/api/v2/segments?page=2');
    expect(rowsOf(await ask(simulator, 'GET', next))).toHaveLength(10);
    const last = await ask(simulator, 'GET', '/api/v2/segments?page=3');
    expect(last.headers['link']).toBeUndefined();
    expect(last.body).not.toContain('page=4');
  });

  it('may be longer where the query asks for it, or never go on', async () => {
    const paging = { kind: 'page', size: 20, hints: [], honoured: false, sizeParameter: 'limit' } as const;
    const simulator = server({ paging: { list: { ...paging, hints: [] } }, people });
    const rows = async (query: string): Promise<number> =>
      rowsOf(await ask(simulator, 'GET', `/api/v2/segments${query}`)).length;
    expect([await rows(''), await rows('?page=2'), await rows('?limit=1000')]).toEqual([20, 20, 25]);
  });
});

describe('time', () => {
  it('passes before a read shows a write', async () => {
    const clock = { now: 1_700_000_000_000 };
    const simulator = server({ lag: { reads: { one: 5_000 } } }, clock);
    const { ada, ben, from } = ground(simulator);
    const read = async (): Promise<number[]> =>
      rowsOf(await ask(simulator, 'GET', `/api/v2/segments/${from}/segment-users`)).map(({ id }) => id);
    clock.now += 1;
    await move(simulator, [ada]);
    expect(simulator.truth.membersOf(from)).toEqual([ben]);
    clock.now += 4_999;
    expect(await read()).toEqual([ada, ben]);
    clock.now += 1;
    expect(await read()).toEqual([ben]);
  });

  it('passes before a queue does a write', async () => {
    const clock = { now: 1_700_000_000_000 };
    const simulator = server({ lag: { queueMs: 3_000 } }, clock);
    const { ada, ben, from } = ground(simulator);
    await move(simulator, [ada]);
    expect(simulator.truth.membersOf(from)).toEqual([ada, ben]);
    clock.now += 3_000;
    expect(simulator.truth.membersOf(from)).toEqual([ben]);
  });

  it.each([
    [true, 'no-cache', 1],
    [true, '', 2],
    [false, 'no-cache', 2],
  ] as const)('answers are kept (heeding %p, asked for %p)', async (cacheHeeds, asked, left) => {
    const simulator = server({ lag: { cacheMs: { one: 10_000 }, cacheHeeds } });
    const { ada, from } = ground(simulator);
    const read = () => ask(simulator, 'GET', `/api/v2/segments/${from}/segment-users`, { 'cache-control': asked });
    await read();
    await move(simulator, [ada]);
    expect(rowsOf(await read())).toHaveLength(left);
  });

  it.each([
    ['seconds', '60'],
    ['date', 'Tue, 14 Nov 2023 22:14:21 GMT'],
    ['years', '94608000'],
    ['none', undefined],
  ] as const)('is asked for in %s where a limit is reached', async (retryAfter, told) => {
    const simulator = server({ limit: { requests: 1, retryAfter } });
    await ask(simulator, 'GET', '/api/v2/segments');
    const { status, headers } = await ask(simulator, 'GET', '/api/v2/segments');
    expect([status, headers['retry-after']]).toEqual([429, told]);
  });
});

describe('ways in', () => {
  it.each([
    ['401', 401],
    ['403', 403],
    ['400', 400],
    ['404', 404],
    ['redirect', 302],
    ['loginPage', 200],
    ['successFalse', 200],
    ['empty200', 200],
  ] as const)('a wrong key is answered with %s', async (refusal, status) => {
    const simulator = server({ key: { header: 'X-API-Key', scheme: null, refusal } });
    expect((await ask(simulator, 'GET', '/api/v2/segments')).status).toBe(status);
    const answer = await ask(simulator, 'GET', '/api/v2/segments', { 'x-api-key': simulator.key });
    expect(json(answer)).toMatchObject({ success: true });
  });

  it.each([
    ['redirect308', 308, 200],
    ['redirect301', 301, 200],
    ['required', 404, 200],
    ['forbidden', 200, 404],
    ['either', 200, 200],
  ] as const)('the last slash is %s', async (slash, without, withSlash) => {
    const simulator = server({ routes: { slash } });
    expect((await ask(simulator, 'GET', '/api/v2/segments')).status).toBe(without);
    expect((await ask(simulator, 'GET', '/api/v2/segments/')).status).toBe(withSlash);
  });

  it('all requests are sent home', async () => {
    const simulator = server({ home: { host: 'eu.shorterloop.com' } });
    expect(await ask(simulator, 'GET', '/api/v2/segments')).toMatchObject({
      status: 301,
      headers: { location: 'https://eu.shorterloop.com/api/v2/segments' },
    });
    expect((await ask(simulator, 'GET', '/api/v2/segments', { host: 'eu.shorterloop.com' })).status).toBe(200);
  });

  it.each([
    ['allow', 204, 'OPTIONS, PUT'],
    ['none', 200, undefined],
    ['notImplemented', 501, undefined],
    ['notFound', 404, undefined],
    ['lies', 204, 'GET, HEAD, PUT, PATCH, POST, DELETE'],
    ['cors', 204, undefined],
  ] as const)('OPTIONS comes to %s', async (options, status, allow) => {
    const answer = await ask(server({ options }), 'OPTIONS', '/api/v2/segments/1/segment-users/2');
    expect([answer.status, answer.headers['allow']]).toEqual([status, allow]);
  });

  it('a query that a path asks for has to be there', async () => {
    const simulator = server({ routes: { all: '/api/v2/all?include=users' } });
    expect((await ask(simulator, 'GET', '/api/v2/all')).status).toBe(404);
    expect((await ask(simulator, 'GET', '/api/v2/all?include=users&page=1')).status).toBe(200);
  });
});

describe('odd records', () => {
  it('stand among the others', async () => {
    const simulator = server({
      bad: { invites: 1, nullRows: 1, oddEmails: 1, nameless: 1, forbidden: 1, mistaken: 1 },
      people: { members: 60, segments: 4 },
    });
    const [first, second, , last] = simulator.segments;
    const all = rowsOf(await ask(simulator, 'GET', '/api/v2/segments/segment-users'));
    expect(all.map(({ id }) => id)).not.toContain(last?.id);
    expect(all[0]).not.toHaveProperty('name');
    expect(all[0]?.users?.at(-1)).toBeNull();
    expect(all[0]?.users?.at(-2)).toMatchObject({ id: null });
    expect(all[0]?.users?.[0]).toMatchObject({ email: { address: expect.any(String) } });
    expect((await ask(simulator, 'GET', `/api/v2/segments/${last?.id}/segment-users`)).status).toBe(403);
    const mistaken = await ask(simulator, 'GET', `/api/v2/segments/${first?.id}/segment-users`);
    expect(json(mistaken)).toMatchObject({ data: { id: second?.id } });
  });
});

describe('bytes', () => {
  it.each([
    ['utf8', [0x7b, 0xc3, 0xbc]],
    ['bom', [0xef, 0xbb, 0xbf, 0x7b, 0xc3, 0xbc]],
    ['utf16le', [0xff, 0xfe, 0x7b, 0, 0xfc, 0]],
    ['utf16be', [0xfe, 0xff, 0, 0x7b, 0, 0xfc]],
    ['latin1', [0x7b, 0xfc]],
  ] as const)('are written in %s', (charset, bytes) => {
    expect([...bytesOf('{ü', charset)]).toEqual(bytes);
  });
});

describe('the servers with names', () => {
  it('are many, each with its own name, and each refusal has its reason', () => {
    expect(PROFILES.length).toBeGreaterThanOrEqual(120);
    expect(new Set(PROFILES.map(({ name }) => name)).size).toBe(PROFILES.length);
    expect(PROFILES.filter(({ name }) => name.startsWith('mixed-')).length).toBeGreaterThanOrEqual(20);
    const unreasoned = PROFILES.filter(({ expected, sensible }) => expected.kind === 'refused' && sensible);
    expect(unreasoned).toEqual([]);
  });

  it('are started by their names, and by a number', () => {
    expect(parseCommand(['--profile', 'lag-5s'])).toMatchObject({
      kind: 'options',
      options: { profile: profileNamed('lag-5s')?.server },
    });
    expect(parseCommand(['--profile', 'random-7'])).toMatchObject({ options: { profile: randomProfile(7).server } });
    expect(parseCommand(['--profile', 'nobody'])).toEqual({ kind: 'refused', why: expect.stringContaining('profile') });
    expect(parseCommand(['--list-profiles'])).toEqual({ kind: 'listProfiles' });
  });

  it('are the same for the same number, and mostly sensible', () => {
    const many = Array.from({ length: 400 }, (_value, seed) => randomProfile(seed));
    expect(many.map(({ server: form }) => form)).toEqual(many.map((_one, seed) => randomProfile(seed).server));
    const sensible = many.filter((one) => one.sensible).length;
    expect(sensible).toBeGreaterThan(240);
    expect(sensible).toBeLessThan(360);
  });
});
