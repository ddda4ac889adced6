import { clientWith, json, type Reply } from './support';

const LIST = { success: true, data: [{ id: 19, name: 'Beta testers' }] };
const WORDS = { success: false, message: 'Rate limit exceeded: too many requests' };
const GRAPH = { data: null, errors: [{ message: 'Too many requests', extensions: { code: 'THROTTLED' } }] };

describe('too much was asked, told under another status than 429', () => {
  it.each<[string, () => Reply]>([
    ['403 in words', () => json(WORDS, 403, { 'retry-after': '3' })],
    ['400 as a code', () => json({ code: 'rateLimitExceeded' }, 400, { 'retry-after': '3' })],
    ['503 with a time to come again', () => json({ message: 'Busy' }, 503, { 'retry-after': '3' })],
    ['200 that says no', () => json(WORDS, 200, { 'retry-after': '3' })],
    ['200 with errors', () => json(GRAPH, 200, { 'retry-after': '3' })],
  ])('a read waits, and the site asks less: %s', async (_how, refused) => {
    const { client, waits, signals } = clientWith([refused(), json(LIST)]);
    expect(await client.listSegments()).toEqual({ kind: 'ok', value: [{ id: 19, name: 'Beta testers' }] });
    expect(waits).toEqual([3_000]);
    expect(signals).toEqual([{ kind: 'refused', retryAfterMs: 3_000 }]);
  });

  it.each<[string, () => Reply]>([
    ['403', () => json(WORDS, 403)],
    ['200', () => json(WORDS, 200)],
    ['503', () => json({}, 503, { 'retry-after': '60' })],
  ])('the check is told so: %s', async (_how, refused) => {
    const { client, signals } = clientWith([refused()]);
    expect(await client.raw('GET', '/api/v2/segments')).toMatchObject({ problem: { cause: 'rateLimited' } });
    expect(signals).toHaveLength(1);
  });

  it('a write is sent again only where the status says that it was not done', async () => {
    const move = { from: 19, to: 20, users: [1] };
    const forbidden = clientWith([json(WORDS, 403), json({ success: true, data: { count: 1 } })]);
    expect(await forbidden.client.move(move)).toMatchObject({ kind: 'ok', value: { claim: 'accepted' } });
    for (const refused of [json(WORDS, 200), json({}, 503, { 'retry-after': '1' })]) {
      const { client, sent } = clientWith([refused]);
      expect(await client.move(move)).toMatchObject({ problem: { cause: 'rateLimited', mayHaveBeenApplied: true } });
      expect(sent).toHaveLength(1);
    }
  });

  it.each<[string, () => Reply, string]>([
    ['a plain no', () => json({ message: 'Forbidden' }, 403), 'forbidden'],
    ['a segment that is named so', () => json({ message: 'No access to “Rate limited customers”' }, 404), 'notFound'],
    ['a server that breaks', () => json({ message: 'Busy' }, 500), 'server'],
    ['a server that is away', () => json({ message: 'Away' }, 503), 'server'],
  ])('is not what another refusal means: %s', async (_what, refused, cause) => {
    const { client, signals } = clientWith([refused(), refused(), refused()]);
    expect(await client.listSegments()).toMatchObject({ problem: { cause } });
    expect(signals).toEqual([]);
  });

  it('is not what a list means that has such a segment', async () => {
    const { client } = clientWith([json({ success: true, data: [{ id: 19, name: 'Rate limit exceeded' }] })]);
    expect(await client.listSegments()).toMatchObject({ kind: 'ok' });
  });
});
