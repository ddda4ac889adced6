import type { FoundDialects } from '../../../../src/contract';
import { PROBED_ROUTES } from '../../../../src/adapters/shorterloop';
import type { ShorterLoopResult } from '../../../../src/adapters/shorterloop';
import { clientWith, status, type Reply } from './support';

const PUT_MOVE = '/api/v2/segments/19/segment-users/19';
const POST_MOVE = '/api/v2/segments/19/manage-users/19';
const PUT_REMOVE = '/api/v2/segments/19/segment-users';
const POST_REMOVE = '/api/v2/segments/19/manage-users';
/** The order in which the paths are asked about. */
const PATHS = [PUT_MOVE, POST_MOVE, PUT_REMOVE, POST_REMOVE];
const ORIGIN = 'https://api.shorterloop.com';

const allowing = (verbs: string): Response => status(405, { allow: verbs });

/** Asks a site whose paths answer GET so, one after the other. */
async function find(replies: readonly Reply[]): Promise<{ result: ShorterLoopResult<FoundDialects>; asked: string[] }> {
  const { client, sent } = clientWith(replies);
  const result = await client.findDialects(19);
  return { result, asked: sent.map(({ method, url }) => `${method} ${url.replace(ORIGIN, '')}`) };
}

describe('finding the spellings that a site answers to', () => {
  it('asks every path once when it names its verbs, and only with GET', async () => {
    const { result, asked } = await find([
      allowing('PUT'),
      allowing('GET'),
      allowing('GET, HEAD'),
      allowing('get, post'),
    ]);
    expect(result).toEqual({ kind: 'ok', value: { move: 'put-segment-users', remove: 'post-manage-users' } });
    expect(asked).toEqual(PATHS.map((path) => `GET ${path}`));
  });

  it('sends no body, and follows no redirect', async () => {
    const { client, sent } = clientWith(PATHS.map(() => allowing('PUT')));
    await client.findDialects(19);
    expect(sent.map(({ body, redirect }) => [body, redirect])).toEqual(PATHS.map(() => [null, 'manual']));
    expect(sent[0]?.headers).toHaveProperty('initiativeId', '4711');
  });

  it('takes a path that refuses GET without naming a verb for one that exists', async () => {
    const { result, asked } = await find([
      status(405),
      status(404),
      status(404),
      status(404),
      status(404),
      status(405),
    ]);
    expect(result).toEqual({ kind: 'ok', value: { move: 'put-segment-users', remove: 'post-manage-users' } });
    expect(asked).toEqual([
      `GET ${PUT_MOVE}`,
      `GET ${POST_MOVE}`,
      `OPTIONS ${POST_MOVE}`,
      `GET ${PUT_REMOVE}`,
      `OPTIONS ${PUT_REMOVE}`,
      `GET ${POST_REMOVE}`,
    ]);
  });

  it('asks with OPTIONS where GET tells nothing', async () => {
    const replies = [
      status(404),
      status(404),
      status(404),
      status(204, { allow: 'POST, OPTIONS' }),
      status(200),
      status(204, { allow: ' put ,' }),
      status(404),
      status(204, { allow: 'PUT' }),
    ];
    const { result, asked } = await find(replies);
    expect(result).toEqual({ kind: 'ok', value: { move: 'post-manage-users', remove: 'put-segment-users' } });
    expect(asked).toEqual(PATHS.flatMap((path) => [`GET ${path}`, `OPTIONS ${path}`]));
  });

  it('leaves it open when a site answers alike for both', async () => {
    expect((await find(PATHS.map(() => status(405)))).result).toEqual({
      kind: 'ok',
      value: { move: null, remove: null },
    });
    expect((await find([...PATHS, ...PATHS].map(() => status(404)))).result).toEqual({
      kind: 'ok',
      value: { move: null, remove: null },
    });
  });

  it.each<[string, readonly Reply[], object]>([
    ['is in trouble', [status(500)], { cause: 'server', status: 500 }],
    ['is in trouble only with OPTIONS', [status(404), status(503)], { cause: 'server', status: 503 }],
    ['asks to wait', [status(429, { 'retry-after': '7' })], { cause: 'rateLimited', status: 429, retryAfterMs: 7_000 }],
    ['does not answer', [new TypeError('fetch failed')], { cause: 'network', status: null }],
  ])('finds nothing when the site %s', async (_what, replies, error) => {
    const { result, asked } = await find(replies);
    expect(result).toEqual({ kind: 'problem', problem: { ...error, mayHaveBeenApplied: false } });
    expect(asked).toHaveLength(replies.length);
  });

  it('tells what answers say of limits', async () => {
    const { client, signals } = clientWith([status(429, { 'retry-after': '7' })]);
    await client.findDialects(19);
    expect(signals).toEqual([{ kind: 'refused', retryAfterMs: 7_000 }]);
  });

  it('refuses an id that is none, before anything is sent', async () => {
    const { client, sent } = clientWith([]);
    await expect(client.findDialects(0)).rejects.toThrow(new TypeError('segmentId must be a positive safe integer'));
    expect(sent).toEqual([]);
  });

  it('is told to admins by paths whose source is the target too', () => {
    expect(PROBED_ROUTES).toEqual(PATHS.map((path) => path.replaceAll('19', '{from}')));
  });
});

describe('a ping', () => {
  it.each([200, 302, 401, 404])('tells the status of the list of segments, whatever it is: %i', async (code) => {
    const { client, sent, signals } = clientWith([status(code)], {
      connection: { routes: { listSegments: '/v3/segments' } },
    });
    expect(await client.ping()).toEqual({ kind: 'ok', value: code });
    expect(sent).toMatchObject([{ method: 'GET', url: `${ORIGIN}/v3/segments` }]);
    expect(signals).toEqual([]);
  });

  it('fails where nothing answers', async () => {
    const { client } = clientWith([new TypeError('fetch failed')]);
    expect(await client.ping()).toEqual({
      kind: 'problem',
      problem: { cause: 'network', status: null, mayHaveBeenApplied: false },
    });
  });

  it('ends with its limit, and is not sent when no time is left', async () => {
    const timeout = { kind: 'problem', problem: { cause: 'timeout', status: null, mayHaveBeenApplied: false } };
    const silent = clientWith(['silence'], { deadlineAtMs: 1_000_030 });
    expect(await silent.client.ping()).toEqual(timeout);
    const late = clientWith([], { deadlineAtMs: 1_000_000 });
    expect(await late.client.ping()).toEqual(timeout);
    expect(late.sent).toEqual([]);
  });

  it('is not sent over a connection that must not be used', async () => {
    const { client, sent } = clientWith([], { connection: { origin: 'https://evil.example' } });
    expect(await client.ping()).toEqual({
      kind: 'problem',
      problem: { cause: 'invalid', status: null, mayHaveBeenApplied: false },
    });
    expect(await client.findDialects(19)).toMatchObject({ problem: { cause: 'invalid' } });
    expect(sent).toEqual([]);
  });
});
