import {
  meansLimit,
  meansLimitInJson,
  MOST_REFUSAL_BYTES,
  refusalError,
  refusesKey,
  refusesKeyInJson,
  unusableError,
} from '../../../../src/adapters/shorterloop/badKey';
import { retryAfterMs, statusError } from '../../../../src/adapters/shorterloop/errors';
import { clientWith, json } from './support';

const NOW = 1_700_000_000_000;
const HOUR_MS = 3_600_000;

function answer(
  status: number,
  body: string | null = null,
  headers: Record<string, string> = {},
  stream: ReadableStream | null = null,
): Response {
  return new Response(stream ?? body, { status, headers });
}

function fill(stream: ReadableStreamDefaultController, pieces: readonly string[]): void {
  for (const piece of pieces) stream.enqueue(Buffer.from(piece));
  stream.close();
}

/** A redirect to a place of this name, wherever it stands in the address. */
function redirectTo(place: string): [string, Response] {
  const where = [place, `/${place}`, `/a?x=${place}&y`, `/a_${place}#top`];
  return [`302 to ${place}`, answer(302, null, { location: where[place.length % where.length] ?? place })];
}

/** A page in the place of an answer. */
const page = (body: string): Response => answer(403, `<!doctype html><html><body>${body}</body></html>`);

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
    ['300 with the place to log in', answer(300, null, { location: '/login' })],
    ['399 with it', answer(399, null, { location: '/login' })],
    ...['login', 'log-in', 'signin', 'sign-in', 'auth', 'authorise', 'authorize', 'authenticate'].map(redirectTo),
    ...['oauth', 'oauth2', 'sso', 'saml', 'saml2', 'LogIn'].map(redirectTo),
    ['403 as a page with a password in other quotes', page("<input id=a type = 'password' name=p>")],
    ['403 as a page with a password without quotes', page('<p><INPUT type=password>')],
    ['403 as a page with a password and blanks', page('<input  class="x"  type  =  "password">')],
    ['403 as a page with a heading', page('<h1 class="x" id="y">Please log in</h1>')],
    ['403 as a page with a title of one word', page('<title lang="en">Login</title>')],
    ['403 as a page that says so', page('<h1>Unauthorised</h1>')],
    ['403 as a page without the right words', page('<title>Unauthorized</title>')],
    ['403 as a page that asks to sign in', page('<h1>Sign_in</h1>')],
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
    ['a plain no that names a wait', answer(403, '{"message":"Forbidden"}', { 'retry-after': '5' }), 'forbidden'],
    ['a role that is lacking', answer(403, '{"message":"The API key has an invalid role"}'), 'forbidden'],
    ['roles that are lacking', answer(403, '{"message":"Invalid API key: roles"}'), 'forbidden'],
    ['a privilege that is lacking', answer(403, '{"message":"Invalid token, privilege missing"}'), 'forbidden'],
    ['one scope that is lacking', answer(403, '{"message":"Invalid token scope"}'), 'forbidden'],
    ['a heading of something else', page('<h1>Authors</h1>'), 'forbidden'],
    ['an address without a redirect', answer(404, null, { location: '/login' }), 'notFound'],
    ['a page of authors', answer(302, null, { location: '/authors/catalogin' }), 'redirected'],
    ['a page with another field', page('<input name="password" type="text">'), 'forbidden'],
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
    const words = 'Invalid API key';
    const causeAt = async (place: number): Promise<string> =>
      (await refusalError(answer(403, ' '.repeat(place) + words), 'read', NOW)).cause;
    expect(await causeAt(MOST_REFUSAL_BYTES - words.length)).toBe('unauthorized');
    expect(await causeAt(MOST_REFUSAL_BYTES - words.length + 1)).toBe('forbidden');
    expect(refusesKey(' '.repeat(MOST_REFUSAL_BYTES - words.length) + words)).toBe(true);
    expect(refusesKey(' '.repeat(MOST_REFUSAL_BYTES - words.length + 1) + words)).toBe(false);
    let sent = 0;
    const inPieces = (...pieces: readonly string[]): Response =>
      answer(403, null, {}, new ReadableStream({ start: (stream) => fill(stream, pieces) }));
    const causeOf = async (answered: Response): Promise<string> => (await refusalError(answered, 'read', NOW)).cause;
    expect(await causeOf(inPieces(' '.repeat(3_000), 'Invalid ', 'API key'))).toBe('unauthorized');
    expect(await causeOf(inPieces(' '.repeat(3_000), `${' '.repeat(1_081)}Invalid API key`))).toBe('unauthorized');
    expect(await causeOf(inPieces(' '.repeat(3_000), `${' '.repeat(1_082)}Invalid API key`))).toBe('forbidden');
    expect(await causeOf(inPieces(' '.repeat(4_095), 'Invalid API key'))).toBe('forbidden');
    // A thousand pieces are far more than are asked for, and an end for whoever would take them all.
    const long = () =>
      new ReadableStream(
        {
          pull: (stream) => {
            sent += 1;
            if (sent > 1_000) stream.close();
            else stream.enqueue(new Uint8Array(1_024));
          },
        },
        { highWaterMark: 0 },
      );
    expect(await causeOf(answer(403, null, {}, long()))).toBe('forbidden');
    expect(sent).toBe(4);
    sent = 0;
    // Of a status that says enough nothing is read.
    expect(await causeOf(answer(500, null, {}, long()))).toBe('server');
    expect(sent).toBe(0);
  });

  test('is by its status where the rest of the answer never comes', async () => {
    jest.useFakeTimers();
    try {
      const refused = refusalError({ ...bare(403), arrayBuffer: () => new Promise(() => undefined) }, 'read', NOW);
      await jest.advanceTimersByTimeAsync(1_000);
      expect((await refused).cause).toBe('forbidden');
      // Nothing is waited for any more, also where the answer came in time.
      await refusalError(answer(403, 'No'), 'read', NOW);
      expect(jest.getTimerCount()).toBe(0);
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
    expect(refusesKeyInJson(null)).toBe(false);
    const filled = (length: number): unknown => {
      const message = 'Invalid API key';
      return { pad: 'x'.repeat(length - JSON.stringify({ pad: '', message }).length), message };
    };
    expect(refusesKeyInJson(filled(MOST_REFUSAL_BYTES))).toBe(true);
    expect(refusesKeyInJson(filled(MOST_REFUSAL_BYTES + 1))).toBe(false);
    const asked = (pad: number): unknown => ({ success: false, message: 'Rate limit exceeded', pad: 'x'.repeat(pad) });
    const bare = JSON.stringify(asked(0)).length;
    expect(meansLimitInJson(asked(MOST_REFUSAL_BYTES - bare))).toBe(true);
    expect(meansLimitInJson(asked(MOST_REFUSAL_BYTES - bare + 1))).toBe(false);
    const far = ' '.repeat(MOST_REFUSAL_BYTES);
    expect([meansLimit(403, null, 'Rate limit exceeded'), meansLimit(403, null, `${far}Rate limit exceeded`)]).toEqual([
      true,
      false,
    ]);
    expect(unusableError('invalid', 200, { message: 'Invalid API key' })).toEqual({
      cause: 'unauthorized',
      status: 200,
      mayHaveBeenApplied: false,
    });
    expect(unusableError('malformed', 200, { message: 'No' })).toEqual({
      cause: 'malformed',
      status: 200,
      mayHaveBeenApplied: false,
    });
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
  [299, 'malformed', true],
  [300, 'redirected', true],
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
  ['more of a second', '1.25', 1_250],
  ['a date without a comma', new Date(NOW + 5_000).toUTCString().replace(',', ''), 5_000],
  ['a date behind something else', `x ${new Date(NOW + 5_000).toUTCString()}`, null],
  ['nothing at all', ' ', null],
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
