import type { WriteReceipt } from '../../../../src/adapters/shorterloop';
import { profileOf } from '../../../../sandbox/shorterloop';
import { clientWith, json, KEY, status, type Reply } from './support';

const MOVE = { from: 19, to: 15, users: [1685, 1684] };
const moved = (data: unknown): Response =>
  json({ success: true, message: 'Users moved to segment successfully', data });
const move = (reply: Reply, options = {}) => {
  const { client, sent } = clientWith([reply], options);
  return { result: client.move(MOVE), sent };
};
const networkError = (code?: string): Error =>
  new TypeError('fetch failed', code === undefined ? {} : { cause: Object.assign(new Error(KEY), { code }) });
const egressRefusal = (name: string): Error => Object.assign(new Error(`URL not included: ${KEY}`), { name });

describe('a move', () => {
  it.each([
    ['put-segment-users', 'PUT', '/api/v2/segments/19/segment-users/15'],
    ['post-manage-users', 'POST', '/api/v2/segments/19/manage-users/15'],
  ] as const)(
    'is sent in the dialect %s as documented, once, and follows no redirect',
    async (moveDialect, method, path) => {
      const { result, sent } = move(moved({ count: 2 }), { connection: { profile: profileOf({ moveDialect }) } });
      expect(await result).toEqual({
        kind: 'ok',
        value: { status: 200, count: 2, claim: 'accepted' } satisfies WriteReceipt,
      });
      expect(sent).toEqual([
        {
          url: `https://api.shorterloop.com${path}`,
          method,
          headers: {
            Accept: 'application/json',
            Authorization: `Bearer ${KEY}`,
            initiativeId: '4711',
            'Content-Type': 'application/json',
          },
          body: '{"users":[1685,1684]}',
          redirect: 'manual',
        },
      ]);
    },
  );

  it('sends each member once', async () => {
    const { client, sent } = clientWith([moved({ count: 2 })]);
    expect(await client.move({ ...MOVE, users: [1685, 1684, 1685] })).toMatchObject({ value: { claim: 'accepted' } });
    expect(sent[0]?.body).toBe('{"users":[1685,1684]}');
  });

  it.each([
    ['zero, as in the documented sample', { count: 0 }, 0],
    ['missing', {}, null],
    ['partial', { count: 1 }, 1],
    ['too large', { count: 3 }, 3],
    ['another word', { count: 'two' }, null],
    ['negative', { count: -2 }, null],
    ['a fraction', { count: 1.5 }, null],
  ])('is only claimed unclearly when the count is %s', async (_what, data, count) => {
    expect(await move(moved(data)).result).toEqual({ kind: 'ok', value: { status: 200, count, claim: 'unclear' } });
  });

  it.each([
    ['no data', { success: true }],
    ['null data', { success: true, data: null }],
    ['data of another shape', { success: true, data: 'moved' }],
  ])('is only claimed unclearly with %s', async (_what, body) => {
    expect(await move(json(body)).result).toMatchObject({ kind: 'ok', value: { count: null, claim: 'unclear' } });
  });

  it.each<[string, () => Reply, object]>([
    [
      'success:false under 200',
      () => json({ success: false, message: 'no' }),
      { cause: 'invalid', status: 200, mayHaveBeenApplied: true },
    ],
    ['400', () => status(400), { cause: 'invalid', status: 400, mayHaveBeenApplied: false }],
    ['401', () => status(401), { cause: 'unauthorized', status: 401, mayHaveBeenApplied: false }],
    ['403', () => status(403), { cause: 'forbidden', status: 403, mayHaveBeenApplied: false }],
    ['404', () => status(404), { cause: 'notFound', status: 404, mayHaveBeenApplied: false }],
    ['405', () => status(405), { cause: 'wrongDialect', status: 405, mayHaveBeenApplied: false }],
    ['409', () => status(409), { cause: 'invalid', status: 409, mayHaveBeenApplied: false }],
    ['418', () => status(418), { cause: 'invalid', status: 418, mayHaveBeenApplied: true }],
    ['422', () => status(422), { cause: 'invalid', status: 422, mayHaveBeenApplied: false }],
    [
      '429 with a long wait',
      () => status(429, { 'retry-after': '30' }),
      { cause: 'rateLimited', status: 429, mayHaveBeenApplied: false, retryAfterMs: 30_000 },
    ],
    ['500', () => status(500), { cause: 'server', status: 500, mayHaveBeenApplied: true }],
    ['503', () => status(503), { cause: 'server', status: 503, mayHaveBeenApplied: true }],
    [
      'a redirect',
      () => status(302, { location: 'https://evil.example/' }),
      { cause: 'redirected', status: 302, mayHaveBeenApplied: true },
    ],
    [
      'HTML',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      { cause: 'malformed', status: 200, mayHaveBeenApplied: true },
    ],
    [
      'an empty body',
      () => new Response('', { headers: { 'content-type': 'application/json' } }),
      { cause: 'malformed', status: 200, mayHaveBeenApplied: true },
    ],
    [
      'half a body',
      () => new Response('{"success":tr', { headers: { 'content-type': 'application/json' } }),
      { cause: 'malformed', status: 200, mayHaveBeenApplied: true },
    ],
    ['a bare word', () => json('moved'), { cause: 'malformed', status: 200, mayHaveBeenApplied: true }],
    [
      'more than 64 KB',
      () => moved({ count: 2, pad: 'x'.repeat(65 * 1024) }),
      { cause: 'malformed', status: 200, mayHaveBeenApplied: true },
    ],
    [
      'an announced body of more than 64 KB',
      () => json({ success: true, data: { count: 2 } }, 200, { 'content-length': '65537' }),
      { cause: 'malformed', status: 200, mayHaveBeenApplied: true },
    ],
    [
      'a reset connection',
      () => networkError('ECONNRESET'),
      { cause: 'network', status: null, mayHaveBeenApplied: true },
    ],
    [
      'a network error without a code',
      () => networkError(),
      { cause: 'network', status: null, mayHaveBeenApplied: true },
    ],
    [
      'a refused connection',
      () => networkError('ECONNREFUSED'),
      { cause: 'network', status: null, mayHaveBeenApplied: false },
    ],
    ['an unknown host', () => networkError('ENOTFOUND'), { cause: 'network', status: null, mayHaveBeenApplied: false }],
    [
      'a network error with an empty cause',
      () => new TypeError('fetch failed', { cause: null }),
      { cause: 'network', status: null, mayHaveBeenApplied: true },
    ],
    [
      'a host that the egress rules refuse',
      () => egressRefusal('ExternalEndpointNotAllowedError'),
      { cause: 'invalid', status: null, mayHaveBeenApplied: false },
    ],
    [
      'a host that the manifest does not list',
      () => egressRefusal('REQUEST_EGRESS_ALLOWLIST_ERR'),
      { cause: 'invalid', status: null, mayHaveBeenApplied: false },
    ],
  ])('that is answered with %s is told as such, was sent once, and gives nothing away', async (_what, reply, error) => {
    const { result, sent } = move(reply());
    const answer = await result;
    expect(answer).toEqual({ kind: 'problem', problem: error });
    expect(sent).toHaveLength(1);
    expect(JSON.stringify(answer)).not.toMatch(/sl_test_key|@/);
  });

  it('that gets no answer within its limit may have been applied', async () => {
    const { client, sent } = clientWith(['silence'], { deadlineAtMs: 1_003_030 });
    expect(await client.move(MOVE)).toEqual({
      kind: 'problem',
      problem: { cause: 'timeout', status: null, mayHaveBeenApplied: true },
    });
    expect(sent).toHaveLength(1);
  });

  it('that gets half an answer within its limit may have been applied', async () => {
    const endless = new Response(
      new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{"succ')) }),
      {
        headers: { 'content-type': 'application/json' },
      },
    );
    const { client } = clientWith([endless], { deadlineAtMs: 1_003_030 });
    expect(await client.move(MOVE)).toEqual({
      kind: 'problem',
      problem: { cause: 'timeout', status: null, mayHaveBeenApplied: true },
    });
  });

  it('is not sent at all when no time is left for it and its read-back', async () => {
    const { client, sent } = clientWith([], { deadlineAtMs: 1_003_000 });
    expect(await client.move(MOVE)).toEqual({
      kind: 'problem',
      problem: { cause: 'timeout', status: null, mayHaveBeenApplied: false },
    });
    expect(sent).toEqual([]);
  });
});

describe('a write that was not looked at because too much was asked', () => {
  it('is sent again after the wait that was asked for, and no more than three times', async () => {
    const limited = () => status(429, { 'retry-after': '4' });
    const { client, sent, waits, signals } = clientWith([limited(), moved({ count: 2 })]);
    expect(await client.move(MOVE)).toMatchObject({ kind: 'ok', value: { claim: 'accepted' } });
    expect(sent).toHaveLength(2);
    expect(waits).toEqual([4_000]);
    expect(signals).toEqual([{ kind: 'refused', retryAfterMs: 4_000 }]);
    const never = clientWith([limited(), limited(), limited()]);
    expect(await never.client.remove({ from: 19, users: [7] })).toMatchObject({
      problem: { cause: 'rateLimited', mayHaveBeenApplied: false },
    });
    expect(never.waits).toEqual([4_000, 4_000]);
  });

  it('is not sent again when that leaves no time for its read-back', async () => {
    const { client, waits } = clientWith([status(429, { 'retry-after': '4' })], { deadlineAtMs: 1_007_000 });
    expect(await client.move(MOVE)).toMatchObject({ problem: { cause: 'rateLimited' } });
    expect(waits).toEqual([]);
  });

  it('is never sent again after any other failure that may pass', async () => {
    for (const reply of [status(500), status(503), networkError('ECONNREFUSED')]) {
      const { client, sent } = clientWith([reply]);
      expect(await client.move(MOVE)).toMatchObject({ kind: 'problem' });
      expect(sent).toHaveLength(1);
    }
  });
});

describe('a removal', () => {
  it.each([
    ['put-segment-users', 'PUT', '/api/v2/segments/19/segment-users'],
    ['post-manage-users', 'POST', '/api/v2/segments/19/manage-users'],
  ] as const)('has a route of its own in the dialect %s', async (removeDialect, method, path) => {
    const { client, sent } = clientWith([json({ success: true, data: { count: 1 } })], {
      connection: { profile: profileOf({ removeDialect }) },
    });
    expect(await client.remove({ from: 19, users: [7] })).toEqual({
      kind: 'ok',
      value: { status: 200, count: 1, claim: 'accepted' },
    });
    expect(sent).toMatchObject([{ url: `https://api.shorterloop.com${path}`, method, body: '{"users":[7]}' }]);
  });
});

describe('an adding', () => {
  it('has a route of its own', async () => {
    const { client, sent } = clientWith([json({ success: true, data: { count: 2 } })]);
    expect(await client.add({ to: 15, users: [7, 8, 7] })).toEqual({
      kind: 'ok',
      value: { status: 200, count: 2, claim: 'accepted' },
    });
    expect(sent).toMatchObject([
      { url: 'https://api.shorterloop.com/api/v2/segments/15/segment-users', method: 'POST', body: '{"users":[7,8]}' },
    ]);
  });
});

describe('a write that names no right ids', () => {
  it.each<[string, (client: ReturnType<typeof clientWith>['client']) => Promise<unknown>, string]>([
    ['a move from nowhere', (client) => client.move({ ...MOVE, from: 0 }), 'from must be a positive safe integer'],
    ['a move to nowhere', (client) => client.move({ ...MOVE, to: 0 }), 'to must be a positive safe integer'],
    ['a move onto itself', (client) => client.move({ ...MOVE, to: MOVE.from }), 'a move needs two different segments'],
    ['a move of nobody', (client) => client.move({ ...MOVE, users: [] }), 'users must be a list that is not empty'],
    [
      'a removal from nowhere',
      (client) => client.remove({ from: -1, users: [7] }),
      'from must be a positive safe integer',
    ],
    ['an adding to nowhere', (client) => client.add({ to: 1.5, users: [7] }), 'to must be a positive safe integer'],
  ])('is refused before anything is sent: %s', async (_what, call, message) => {
    const { client, sent } = clientWith([]);
    await expect(call(client)).rejects.toThrow(new TypeError(message));
    expect(sent).toEqual([]);
  });
});

describe('the answer to a write', () => {
  const padded = (length: number): string => '{"success":true,"data":{"count":2}}'.padEnd(length, ' ');
  const typed = (type: string): Response => new Response(padded(0), { headers: { 'content-type': type } });

  it('may have 64 KB, and no more', async () => {
    const answer = (length: number): Response =>
      new Response(padded(length), { headers: { 'content-type': 'application/json' } });
    expect(await move(answer(65_536)).result).toMatchObject({ kind: 'ok' });
    expect(await move(answer(65_537)).result).toMatchObject({ problem: { cause: 'malformed' } });
    expect(
      await move(json({ success: true, data: { count: 2 } }, 200, { 'content-length': '65536' })).result,
    ).toMatchObject({ kind: 'ok' });
  });

  it.each([
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/vnd.api+json',
    'text/plain',
    'text/html',
  ])('may be called %s: what it holds decides', async (type) => {
    expect(await move(typed(type)).result).toMatchObject({ kind: 'ok', value: { claim: 'accepted' } });
  });

  it.each<[unknown, unknown]>([
    [true, 2],
    ['true', '2'],
    [1, 2],
  ])('is taken for a yes where success is %j and the count %j', async (success, count) => {
    expect(await move(json({ success, data: { count } })).result).toMatchObject({
      value: { claim: 'accepted', count: 2 },
    });
  });

  it.each([
    ['nothing of success', { data: { count: 2 } }],
    ['nothing of a count', { success: true }],
    ['a list', ['moved']],
  ])('leaves open what was done where it says %s', async (_what, body) => {
    expect(await move(json(body)).result).toMatchObject({ kind: 'ok', value: { claim: 'unclear' } });
  });

  it.each([false, 'false', 0])('is a no where success is %j', async (success) => {
    expect(await move(json({ success, data: { count: 2 } })).result).toMatchObject({
      problem: { cause: 'invalid', mayHaveBeenApplied: true },
    });
  });

  it('leaves no timer behind that would keep the function waiting', async () => {
    jest.useFakeTimers();
    try {
      expect(await move(moved({ count: 2 })).result).toMatchObject({ kind: 'ok' });
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});
