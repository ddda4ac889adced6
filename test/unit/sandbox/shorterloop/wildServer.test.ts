import { createSimulator, profileNamed, type SimulatedAnswer } from '../../../../sandbox/shorterloop';

async function ask(name: string, method: string, path: string, body: object | null = null) {
  const named = profileNamed(name);
  if (named === undefined) throw new Error(`There is no server ${name}`);
  const simulator = createSimulator({ profile: named.server });
  const headers = { authorization: `Bearer ${simulator.key}`, initiativeId: String(simulator.initiativeId) };
  const { from = 0, to = 0, memberIds = [] } = simulator.testing ?? {};
  const filled = path.replace('{from}', String(from)).replace('{to}', String(to));
  const text = body === null ? null : JSON.stringify({ users: memberIds.slice(0, 1) });
  const answer = await simulator.handle({ method, path: filled, headers, body: text });
  if (answer.kind !== 'http') throw new Error(`It answered with ${answer.kind}`);
  return answer;
}

const LIST = '/api/v2/segments';
const ALL = '/api/v2/segments/segment-users';
const MOVE = '/api/v2/segments/{from}/segment-users/{to}';
const json = ({ body }: Extract<SimulatedAnswer, { kind: 'http' }>): unknown => JSON.parse(body);

describe('servers of kinds that come from elsewhere', () => {
  it('have segments in folders, keys in other spellings, and ids with letters', async () => {
    const bodyOf = async (name: string): Promise<string> => (await ask(name, 'GET', LIST)).body;
    expect(await bodyOf('folders')).toContain('"data":[{"id":900,"name":"Folder 1","segments":[{"id":11,');
    expect(await bodyOf('spelled-pascal')).toContain('"Data":[{"Id":11,"Name":"');
    expect(await bodyOf('spelled-kebab')).toContain('{"id":11,"segment-name":"');
    expect(await bodyOf('ids-segments-letters')).toContain('{"id":"obj_b","name":"');
  });

  it('show members who have left, lists of addresses, and references with what is known of them outside', async () => {
    const { body } = await ask('former-deleted', 'GET', ALL);
    expect(body.match(/"deleted":true/g)?.length).toBeGreaterThan(5);
    expect((await ask('emails-records', 'GET', ALL)).body).toContain('"emails":[{"value":"');
    expect((await ask('json-api-included', 'GET', ALL)).body).toMatch(
      /"included":\[{"type":"users","id":"\d+","email"/,
    );
    expect((await ask('keyed-only-all', 'GET', LIST)).body).toContain('{"11":{"name":');
  });

  it.each([
    ['pages-then-404', 404],
    ['pages-then-416', 416],
    ['pages-then-204', 204],
    ['pages-then-500', 500],
    ['pages-total', 200],
  ])('answer behind the last page as they do: %s', async (name, status) => {
    expect((await ask(name, 'GET', `${LIST}?page=9`)).status).toBe(status);
  });

  it('overlap, and write the next address in their way', async () => {
    const ids = async (page: number): Promise<string[]> =>
      (await ask('pages-overlap', 'GET', `${LIST}?page=${String(page)}`)).body.match(/"id":\d+/g) ?? [];
    expect((await ids(2))[0]).toBe((await ids(1)).at(-1));
    expect(json(await ask('pages-next-path', 'GET', LIST))).toMatchObject({ next: `${LIST}?page=2` });
    expect(json(await ask('pages-next-query', 'GET', LIST))).toMatchObject({ pagination: { next: '?page=2' } });
  });

  it('answer writes with results, jobs and texts', async () => {
    expect(await ask('write-207', 'PUT', MOVE, {})).toMatchObject({
      status: 207,
      body: expect.stringContaining('"status":200'),
    });
    expect(await ask('write-202-job', 'PUT', MOVE, {})).toMatchObject({
      status: 202,
      body: expect.stringContaining('jobId'),
    });
    expect((await ask('write-json-text', 'PUT', MOVE, {})).body).toBe('"OK"');
  });

  it.each([
    ['refusals-errors-200', 200, '{"data":null,"errors":[{"message":"'],
    ['refusals-page', 404, '<!DOCTYPE html>'],
    ['refusals-problem', 404, '{"type":"about:blank"'],
    ['refusals-words', 404, 'Cannot GET'],
  ])('tell what can not be done in their way: %s', async (name, status, start) => {
    const answer = await ask(name, 'GET', '/api/v2/nothing');
    expect(answer.status).toBe(status);
    expect(answer.body.startsWith(start)).toBe(true);
  });

  it('are no JSON at all', async () => {
    expect((await ask('xml', 'GET', LIST)).body).toMatch(/^<\?xml/);
    expect((await ask('pages-of-html', 'GET', LIST)).headers).toMatchObject({ 'content-type': 'text/html' });
  });
});
