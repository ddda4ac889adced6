import {
  MOST_REFUSAL_BYTES,
  refusalError,
  refusesKey,
  refusesKeyInJson,
} from '../../../../src/adapters/shorterloop/badKey';
import { retryAfterMs, statusError } from '../../../../src/adapters/shorterloop/errors';
import { clientWith, json } from './support';

const NOW = 1_700_000_000_000;
const HOUR_MS = 3_600_000;

function answer(status: number, body: string | null = null, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers });
}

describe('a key that is refused', () => {
  test.each<[string, Response]>([
    ['401', answer(401)],
    ['401 without a word of it', answer(401, '{"message":"No"}')],
    ['400 in words', answer(400, '{"message":"Invalid API key"}')],
    ['403 in words', answer(403, '{"success":false,"error":{"message":"The API key is invalid."}}')],
    ['403 as a code', answer(403, '{"code":"INVALID_API_KEY"}')],
    ['403 as a code in another case', answer(403, '{"code":"apiKeyInvalid"}')],
    ['403 in one word', answer(403, '{"error":"Unauthorized"}')],
    ['403 as text', answer(403, 'Missing authorization header')],
    ['404', answer(404, '{"message":"api token not found"}')],
    ['422', answer(422, '{"errors":[{"detail":"Access token has expired"}]}')],
    ['422 by the header', answer(422, '{}', { 'www-authenticate': 'Bearer realm="api", error="invalid_token"' })],
    ['403 as a page to log in', answer(403, '<!DOCTYPE html><html><head><title>Sign in | Shorter Loop</title>')],
    ['403 as a page with a password', answer(403, '<html><body><form><input name="p" type="password">')],
    ['302 to a page to log in', answer(302, null, { location: 'https://app.shorterloop.com/login?next=%2Fapi' })],
    ['303 to a page to sign in', answer(303, null, { location: '/users/sign-in' })],
    ['307 to another service', answer(307, null, { location: 'https://sso.example.com/start' })],
  ])('is told as that: %s', async (_how, refused) => {
    expect(await refusalError(refused.clone(), 'read', NOW)).toEqual({
      cause: 'unauthorized',
      status: refused.status,
      mayHaveBeenApplied: false,
    });
  });

  test.each<[string, Response, string]>([
    ['a right that is lacking', answer(403, '{"message":"API key has no permission for this"}'), 'forbidden'],
    [
      'a scope that is lacking',
      answer(403, '', { 'www-authenticate': 'Bearer error="insufficient_scope"' }),
      'forbidden',
    ],
    ['not authorized to do this', answer(403, '{"message":"You are unauthorized to see this segment"}'), 'forbidden'],
    ['a plain no', answer(403, '{"message":"Forbidden"}'), 'forbidden'],
    ['a field of the body', answer(400, '{"message":"Missing key \'users\'"}'), 'invalid'],
    ['an unknown field of the body', answer(422, '{"message":"Unrecognized key(s) in object: \'users\'"}'), 'invalid'],
    ['a body that is no JSON to it', answer(400, '{"message":"Unexpected token < in JSON at position 0"}'), 'invalid'],
    ['the token of a page', answer(400, '{"message":"page token is invalid"}'), 'invalid'],
    ['a segment that is not there', answer(404, '{"message":"Segment not found"}'), 'notFound'],
    ['a page with a menu', answer(404, '<!doctype html><title>Not found</title><nav><a>Log in</a></nav>'), 'notFound'],
    ['another address', answer(301, null, { location: 'https://api2.shorterloop.com/api/v2/segments' }), 'redirected'],
    ['an address beside it', answer(308, null, { location: '/api/v2/segments/' }), 'redirected'],
    ['an address that is not told', answer(302), 'redirected'],
    ['a server in trouble that names the key', answer(500, '{"message":"Invalid API key"}'), 'server'],
  ])('is not taken for something else: %s', async (_what, other, cause) => {
    expect((await refusalError(other.clone(), 'read', NOW)).cause).toBe(cause);
  });

  test('leaves open whether a write was applied, where its status does', async () => {
    const sent = (refused: Response) => refusalError(refused, 'write', NOW);
    expect(await sent(answer(302, null, { location: '/login' }))).toMatchObject({ mayHaveBeenApplied: true });
    expect(await sent(answer(403, 'Invalid API key'))).toMatchObject({ mayHaveBeenApplied: false });
  });

  test('is looked for in the beginning of an answer alone', async () => {
    const far = ' '.repeat(MOST_REFUSAL_BYTES) + 'Invalid API key';
    expect((await refusalError(answer(403, far), 'read', NOW)).cause).toBe('forbidden');
    let sent = 0;
    // A thousand pieces are far more than are asked for, and an end for whoever would take them all.
    const long = new ReadableStream({
      pull: (stream) => {
        sent += 1;
        if (sent > 1_000) stream.close();
        else stream.enqueue(new Uint8Array(1_024));
      },
    });
    expect((await refusalError(new Response(long, { status: 403 }), 'read', NOW)).cause).toBe('forbidden');
    expect(sent).toBeLessThan(8);
  });

  test('is by its status where the rest of the answer never comes', async () => {
    jest.useFakeTimers();
    try {
      const refused = refusalError({ ...bare(403), arrayBuffer: () => new Promise(() => undefined) }, 'read', NOW);
      await jest.advanceTimersByTimeAsync(1_000);
      expect((await refused).cause).toBe('forbidden');
    } finally {
      jest.useRealTimers();
    }
    const broken = { ...bare(404), arrayBuffer: () => Promise.reject(new Error('reset')) };
    expect((await refusalError(broken, 'read', NOW)).cause).toBe('notFound');
  });

  test('is known in an answer that came with success', () => {
    expect(refusesKeyInJson({ success: false, message: 'Invalid API key' })).toBe(true);
    expect(refusesKeyInJson({ success: false, message: 'No such segment' })).toBe(false);
    expect(refusesKeyInJson({ data: [{ name: 'x'.repeat(MOST_REFUSAL_BYTES) }], error: 'Invalid API key' })).toBe(
      false,
    );
    expect(refusesKeyInJson('Invalid API key')).toBe(false);
    expect(refusesKey('<!DOCTYPE html><html><body><h1>Log in to Shorter Loop</h1>')).toBe(true);
    expect(refusesKey('<!DOCTYPE html><html><head><title>Shorter Loop</title></head><div id="root">')).toBe(false);
  });
});

test('a client tells a refused key in an answer that came with success', async () => {
  const page = () => new Response('<!doctype html><title>Log in</title>', { headers: { 'content-type': 'text/html' } });
  const problemOf = async (reply: Response, isWrite = false) => {
    const { client } = clientWith([reply]);
    const asked = await (isWrite ? client.move({ from: 1, to: 2, users: [3] }) : client.listSegments());
    return asked.kind === 'problem' ? asked.problem : null;
  };
  const unauthorized = { cause: 'unauthorized', status: 200, mayHaveBeenApplied: false };
  expect(await problemOf(page())).toEqual(unauthorized);
  expect(await problemOf(json({ success: false, message: 'Invalid API key' }))).toEqual(unauthorized);
  expect(await problemOf(json({ error: 'unauthorized' }))).toEqual(unauthorized);
  expect(await problemOf(page(), true)).toEqual({ ...unauthorized, mayHaveBeenApplied: true });
  expect(await problemOf(json({ success: false, message: 'Invalid API key' }), true)).toEqual({
    ...unauthorized,
    mayHaveBeenApplied: true,
  });
});

test('a check gets the plain words of a refusal, and of a page nothing', async () => {
  const { client } = clientWith([answer(400, 'Invalid API key'), answer(400, '<html>Log in'), answer(200, 'fine')]);
  const words: unknown[] = [];
  for (let nth = 0; nth < 3; nth += 1) {
    const asked = await client.raw('GET', '/api/v2/segments');
    words.push(asked.kind === 'ok' ? asked.value.json : asked);
  }
  expect(words).toEqual(['Invalid API key', undefined, undefined]);
});

function bare(status: number) {
  return { status, headers: new Headers() };
}

test.each([
  [301, 'redirected', true],
  [302, 'redirected', true],
  [303, 'redirected', true],
  [304, 'malformed', true],
  [307, 'redirected', true],
  [308, 'redirected', true],
  [400, 'invalid', false],
  [402, 'forbidden', false],
  [410, 'notFound', false],
  [413, 'invalid', false],
  [418, 'invalid', true],
  [451, 'forbidden', false],
  [501, 'wrongDialect', true],
  [503, 'server', true],
])('%i of a write is %s', (status, cause, mayHaveBeenApplied) => {
  expect(statusError(status, 'write', null, NOW)).toEqual({ cause, status, mayHaveBeenApplied });
});

test.each([
  ['seconds', '7', 7_000],
  ['a part of a second', '0.5', 500],
  ['now', '0', 0],
  ['years', '99999999999', HOUR_MS],
  ['more digits than a number has', '9'.repeat(400), HOUR_MS],
  ['a date', new Date(NOW + 5_000).toUTCString(), 5_000],
  ['a date in the older form', 'Tuesday, 14-Nov-23 22:13:25 GMT', 5_000],
  ['a date of another kind', new Date(NOW + 5_000).toISOString(), 5_000],
  ['a date in the past', new Date(NOW - 5_000).toUTCString(), 0],
  ['a date in years', new Date(NOW + 9 * 365 * 24 * HOUR_MS).toUTCString(), HOUR_MS],
  ['less than nothing', '-5', null],
  ['text', 'later', null],
  ['text with a number', 'in 5', null],
  ['nothing', null, null],
])('a wait told as %s', (_how, header, waitMs) => {
  expect(retryAfterMs(header, NOW)).toBe(waitMs);
});
