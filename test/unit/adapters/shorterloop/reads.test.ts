import { profileOf } from '../../../../sandbox/shorterloop';
import { profile } from '../../../support/profiles';
import { clientWith, json, SENT_READ, status, type Reply } from './support';

const LIST = { success: true, message: 'ok', data: [{ id: 19, name: 'Beta testers', color: 'red' }] };
const SEGMENT = {
  id: 19,
  name: 'Beta testers',
  users: [
    { id: 1, email: 'ada@example.com', firstName: ' Ada ', lastName: 'Lovelace' },
    { id: 2, name: 'Bob Stone', email: null },
    { id: 3, firstName: 'Eve' },
    { id: 4, email: ' ', name: '', firstName: null, lastName: null, extra: 1 },
    { id: 1, email: 'twice@example.com' },
  ],
};
const MEMBERS = [
  { id: 1, email: 'ada@example.com', name: 'Ada Lovelace' },
  { id: 2, email: null, name: 'Bob Stone' },
  { id: 3, email: null, name: 'Eve' },
  { id: 4, email: null, name: null },
];
const networkError = (): Error => new TypeError('fetch failed');

describe('reading', () => {
  it('lists segments with the headers that every call has', async () => {
    const { client, sent } = clientWith([json(LIST)]);
    expect(await client.listSegments()).toEqual({ kind: 'ok', value: [{ id: 19, name: 'Beta testers' }] });
    expect(sent).toEqual([{ url: 'https://api.shorterloop.com/api/v2/segments', ...SENT_READ }]);
  });

  it('reads one segment and takes each member once, by whichever form of name there is', async () => {
    const { client, sent } = clientWith([json({ success: true, data: SEGMENT })]);
    expect(await client.segmentWithMembers(19)).toEqual({
      kind: 'ok',
      value: { id: 19, name: 'Beta testers', members: MEMBERS },
    });
    expect(sent[0]?.url).toBe('https://api.shorterloop.com/api/v2/segments/19/segment-users');
  });

  it('reads all segments at once', async () => {
    const { client, sent } = clientWith([json({ success: true, data: [SEGMENT, { id: 15, name: '', users: [] }] })]);
    expect(await client.segmentsWithMembers()).toEqual({
      kind: 'ok',
      value: [
        { id: 19, name: 'Beta testers', members: MEMBERS },
        { id: 15, name: '', members: [] },
      ],
    });
    expect(sent[0]?.url).toBe('https://api.shorterloop.com/api/v2/segments/segment-users');
  });

  it('uses the paths of an admin in place of the assumed ones', async () => {
    const routes = {
      listSegments: '/v3/segments',
      segmentWithMembers: '/v3/segments/{id}/people',
      segmentsWithMembers: '/v3/everything',
    };
    const { client, sent } = clientWith(
      [json(LIST), json({ success: true, data: SEGMENT }), json({ success: true, data: [] })],
      { connection: { profile: profileOf({ routes }) } },
    );
    await client.listSegments();
    await client.segmentWithMembers(19);
    await client.segmentsWithMembers();
    expect(sent.map(({ url }) => url.replace('https://api.shorterloop.com', ''))).toEqual([
      '/v3/segments',
      '/v3/segments/19/people',
      '/v3/everything',
    ]);
  });

  it.each<[string, () => Reply, object]>([
    ['401', () => status(401), { cause: 'unauthorized', status: 401 }],
    ['403', () => status(403), { cause: 'forbidden', status: 403 }],
    ['404', () => status(404), { cause: 'notFound', status: 404 }],
    ['405', () => status(405), { cause: 'wrongDialect', status: 405 }],
    ['422', () => status(422), { cause: 'invalid', status: 422 }],
    [
      'success:false',
      () => json({ success: false, message: 'private@example.com' }),
      { cause: 'invalid', status: 200 },
    ],
    ['a bad id', () => json({ success: true, data: [{ id: '019', name: 'x' }] }), { cause: 'malformed', status: 200 }],
    ['no envelope', () => json([{ id: 19, name: 'x' }]), { cause: 'malformed', status: 200 }],
    [
      'HTML',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      { cause: 'malformed', status: 200 },
    ],
    [
      'a body over 40 MB',
      () =>
        new Response(`{"success":true,"data":[]}${' '.repeat(40_000_000)}`, {
          headers: { 'content-type': 'application/json' },
        }),
      { cause: 'malformed', status: 200 },
    ],
    ['a redirect', () => status(301, { location: 'https://evil.example/' }), { cause: 'redirected', status: 301 }],
  ])('is not tried again after %s', async (_what, reply, error) => {
    const { client, sent } = clientWith([reply()]);
    const answer = await client.listSegments();
    expect(answer).toEqual({ kind: 'problem', problem: { ...error, mayHaveBeenApplied: false } });
    expect(sent).toHaveLength(1);
    expect(JSON.stringify(answer)).not.toMatch(/sl_test_key|@/);
  });

  it('is tried again twice after what may pass, with growing waits', async () => {
    const { client, sent, waits } = clientWith([networkError(), status(503), json(LIST)]);
    expect(await client.listSegments()).toMatchObject({ kind: 'ok' });
    expect(sent).toHaveLength(3);
    expect(waits).toEqual([300, 600]);
  });

  it('gives up after the third time', async () => {
    const { client, sent } = clientWith([status(500), status(500), status(500)]);
    expect(await client.listSegments()).toEqual({
      kind: 'problem',
      problem: { cause: 'server', status: 500, mayHaveBeenApplied: false },
    });
    expect(sent).toHaveLength(3);
  });

  it('spreads its waits', async () => {
    const { client, waits } = clientWith([status(500), json(LIST)], { random: () => 0.5 });
    await client.listSegments();
    expect(waits).toEqual([150]);
  });

  it.each([
    ['seconds', '2', 2_000],
    ['a date', new Date(1_004_000).toUTCString(), 4_000],
    ['a date in the past', new Date(0).toUTCString(), 300],
    ['nothing', null, 300],
    ['something else', 'soon', 300],
    ['a negative number', '-5', 300],
    ['a fraction', '1.5', 1_500],
    ['a number and more', '5s', 300],
  ])('waits at least as long as Retry-After asks by %s', async (_what, header, waitMs) => {
    const limited = status(429, header === null ? {} : { 'retry-after': header });
    const { client, waits } = clientWith([limited, json(LIST)]);
    expect(await client.listSegments()).toMatchObject({ kind: 'ok' });
    expect(waits).toEqual([waitMs]);
  });

  it('tells at once when Retry-After asks for longer than there is time', async () => {
    const { client, sent, waits } = clientWith([status(429, { 'retry-after': '8' })]);
    expect(await client.listSegments()).toEqual({
      kind: 'problem',
      problem: { cause: 'rateLimited', status: 429, mayHaveBeenApplied: false, retryAfterMs: 8_000 },
    });
    expect(sent).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it('says so when Retry-After says nothing', async () => {
    const { client } = clientWith([status(429), status(429), status(429)]);
    expect(await client.listSegments()).toMatchObject({ problem: { cause: 'rateLimited', retryAfterMs: null } });
  });

  it('ends with its limit', async () => {
    const { client, sent } = clientWith(['silence'], { deadlineAtMs: 1_000_030 });
    expect(await client.listSegments()).toEqual({
      kind: 'problem',
      problem: { cause: 'timeout', status: null, mayHaveBeenApplied: false },
    });
    expect(sent).toHaveLength(1);
  });

  it('refuses an id that is none, before anything is sent', async () => {
    const { client, sent } = clientWith([]);
    await expect(client.segmentWithMembers(0)).rejects.toThrow(
      new TypeError('segmentId must be a positive safe integer'),
    );
    expect(sent).toEqual([]);
  });
});

describe('a connection that must not be used', () => {
  it.each([
    ['another host', { origin: 'https://evil.example' }],
    ['a key with a line break', { key: 'a\r\nX: b' }],
    ['an empty key', { key: '' }],
    ['a scheme with a blank', { profile: profile({ key: { header: 'Authorization', scheme: 'Bearer x' } }) }],
    ['no initiative', { initiativeId: 0 }],
    ['half an initiative', { initiativeId: 1.5 }],
    ['a bad override', { profile: profileOf({ routes: { listSegments: '//evil.example' } }) }],
  ])('sends nothing with %s', async (_what, overrides) => {
    const { client, sent } = clientWith([], { connection: overrides });
    const refused = { kind: 'problem', problem: { cause: 'invalid', status: null, mayHaveBeenApplied: false } };
    expect(await client.listSegments()).toEqual(refused);
    expect(await client.move({ from: 1, to: 2, users: [3] })).toEqual(refused);
    expect(await client.remove({ from: 1, users: [3] })).toEqual(refused);
    expect(sent).toEqual([]);
  });
});
