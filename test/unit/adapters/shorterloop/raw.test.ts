import { MOST_REFUSAL_BYTES } from '../../../../src/adapters/shorterloop/badKey';
import { clientWith, json, KEY, SENT_READ, status, type Reply } from './support';

/** What a check asks as it is, and what it is told of the answer. */

const PATH = '/api/v2/segments';
const text = (body: string, code = 200, headers: Record<string, string> = {}): Response =>
  new Response(body, { status: code, headers: { 'content-type': 'text/plain', ...headers } });
const ask = async (reply: Reply, method: 'GET' | 'OPTIONS' = 'GET') => {
  const lab = clientWith([reply]);
  return { ...lab, asked: await lab.client.raw(method, PATH) };
};
const valueOf = async (reply: Reply, method: 'GET' | 'OPTIONS' = 'GET') => {
  const { asked } = await ask(reply, method);
  if (asked.kind === 'problem') throw new Error(JSON.stringify(asked.problem));
  return asked.value;
};

describe('an answer as it comes', () => {
  it('is told whole, whatever its status', async () => {
    const headers = {
      'Content-Type': ' Application/JSON ; charset=utf-8',
      link: '<x>; rel="next"',
      location: '/there',
    };
    for (const code of [200, 299, 302, 404, 418])
      expect(await valueOf(new Response('{"a":1}', { status: code, headers }))).toEqual({
        status: code,
        contentType: 'application/json',
        location: '/there',
        link: '<x>; rel="next"',
        cursors: expect.any(Object),
        allow: [],
        json: { a: 1 },
      });
  });

  it('has nothing where its headers say nothing', async () => {
    const bare = new Response(Buffer.from('{}'));
    expect(await valueOf(bare)).toMatchObject({ contentType: null, location: null, link: null, allow: [] });
    expect(await valueOf(new Response(Buffer.from('{}'), { headers: { 'content-type': '' } }))).toMatchObject({
      contentType: '',
    });
  });

  it('tells the verbs that are allowed', async () => {
    const answer = status(405, { allow: ' get, POST ,,Put, ' });
    expect((await valueOf(answer)).allow).toEqual(['GET', 'POST', 'PUT']);
    expect((await valueOf(status(200, { allow: 'get, patch' }), 'OPTIONS')).allow).toEqual(['GET', 'PATCH']);
  });

  it('is asked for as every read is, and follows no redirect', async () => {
    const { sent } = await ask(json({}));
    expect(sent).toEqual([{ url: `https://api.shorterloop.com${PATH}`, ...SENT_READ }]);
  });

  it('is asked for with another form of the key where one is named', async () => {
    const { client, sent } = clientWith([json({})]);
    await client.raw('GET', PATH, { header: 'X-Key', scheme: 'Token' });
    expect(sent[0]?.headers).toMatchObject({ 'X-Key': `Token ${KEY}`, initiativeId: '4711' });
    expect(sent[0]?.headers).not.toHaveProperty('Authorization');
  });

  it('of OPTIONS is not read', async () => {
    expect(await valueOf(json({ a: 1 }), 'OPTIONS')).toMatchObject({ status: 200, json: undefined });
  });
});

describe('the words of an answer that is no JSON', () => {
  it.each<[string, number, string, boolean]>([
    ['a refusal in plain words', 400, 'Invalid key', true],
    ['with blanks around them', 404, ' No such thing\n', true],
    ['as many as are looked at', 400, 'x'.repeat(MOST_REFUSAL_BYTES), true],
    ['one more', 400, 'x'.repeat(MOST_REFUSAL_BYTES + 1), false],
    ['none', 400, ' \n', false],
    ['a page', 400, '<html>No</html>', false],
    ['a page behind blanks', 400, ' \n<!doctype html>', false],
    ['words that end as a page does', 400, 'a < b >', true],
    ['a success in words', 200, 'fine', false],
    ['the last that is none', 399, 'moved', false],
  ])('are told, or not: %s', async (_what, code, words, isTold) => {
    expect((await valueOf(text(words, code))).json).toBe(isTold ? words : undefined);
  });
});

describe('an answer that says nothing of what was asked', () => {
  it.each([
    [429, 'GET', 'rateLimited'],
    [429, 'OPTIONS', 'rateLimited'],
    [500, 'GET', 'server'],
    [501, 'GET', 'wrongDialect'],
    [503, 'GET', 'server'],
  ] as const)('is a problem: %i of %s', async (code, method, cause) => {
    const { asked } = await ask(status(code), method);
    expect(asked).toMatchObject({ kind: 'problem', problem: { cause, status: code, mayHaveBeenApplied: false } });
  });

  it.each([
    [499, 'GET'],
    [500, 'OPTIONS'],
    [501, 'OPTIONS'],
    [428, 'GET'],
  ] as const)('is told all the same: %i of %s', async (code, method) => {
    expect(await valueOf(status(code), method)).toMatchObject({ status: code });
  });

  it.each<[string, Response, number | null]>([
    ['by its status', status(429, { 'retry-after': '7' }), 7_000],
    ['by its words, with success', json({ success: false, message: 'Too many requests' }), null],
    ['by its words, with 299', json({ success: false, message: 'Rate limit exceeded' }, 299), null],
    ['by its words, without success', json({ message: 'Rate limit exceeded' }, 403, { 'retry-after': '9' }), 9_000],
    ['by plain words', text('Too many requests', 400), null],
    ['by when to come again', json({ message: 'x' }, 503, { 'retry-after': '3' }), 3_000],
  ])('is noted as a limit %s', async (_how, answer, retryAfterMs) => {
    const { asked, signals } = await ask(answer);
    expect(asked).toMatchObject({ kind: 'problem', problem: { cause: 'rateLimited', retryAfterMs } });
    expect(signals).toEqual([{ kind: 'refused', retryAfterMs }]);
  });

  it('is no limit where it speaks of one under a status that is none, or names it without a no', async () => {
    expect(await valueOf(json({ message: 'Rate limit exceeded' }, 404))).toMatchObject({ status: 404 });
    expect(await valueOf(json({ data: [{ name: 'Rate limit exceeded' }] }))).toMatchObject({ status: 200 });
    // What goes with success is judged as such, and not by the words of a redirect.
    expect(await valueOf(json({ success: false, message: 'Too many requests' }, 300))).toMatchObject({ status: 300 });
  });

  it('is a problem where nothing comes, and where no time is left', async () => {
    const late = clientWith(['silence'], { readLimitMs: 20 });
    expect(await late.client.raw('GET', PATH)).toEqual({
      kind: 'problem',
      problem: { cause: 'timeout', status: null, mayHaveBeenApplied: false },
    });
    for (const deadlineAtMs of [1_000_000, 999_999]) {
      const over = clientWith([json({})], { deadlineAtMs });
      expect(await over.client.raw('GET', PATH)).toEqual({
        kind: 'problem',
        problem: { cause: 'timeout', status: null, mayHaveBeenApplied: false },
      });
      expect(over.sent).toEqual([]);
    }
  });

  it('is none where the connection can not be used', async () => {
    const { client, sent } = clientWith([json({})], { connection: { key: ' ' } });
    expect(await client.raw('GET', PATH)).toEqual({
      kind: 'problem',
      problem: { cause: 'invalid', status: null, mayHaveBeenApplied: false },
    });
    expect(sent).toEqual([]);
  });
});
