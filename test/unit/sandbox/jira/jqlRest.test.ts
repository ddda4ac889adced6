import { z } from 'zod';
import type { JiraRestRequest } from '../../../../sandbox/forge/jiraRest';
import { createJira, type Jira } from '../../../../sandbox/jira';
import { createSimulator } from '../../../../sandbox/shorterloop';

const members = createSimulator({ members: 60, segments: 8 }).truth.snapshot().members;
const declared = { arguments: [{ name: 'a', required: false }], types: ['user'], operators: ['in'] };
const functions = [
  { ...declared, key: 'f', functionKey: 'ari:f', name: 'f' },
  { ...declared, key: 'g', functionKey: 'ari:g', name: 'g' },
];
let nowMs: number;
let jira: Jira;
beforeEach(() => {
  nowMs = 1_790_000_000_000;
  jira = createJira({
    members,
    clock: { now: () => nowMs },
    jqlApp: { functions: () => functions, compute: async () => ({ jql: 'type = Bug' }) },
  });
});

async function ask(request: Partial<JiraRestRequest>): Promise<{ status: number; body: unknown }> {
  const answer = await jira.rest({
    as: 'app',
    accountId: null,
    method: 'GET',
    path: '',
    body: null,
    scopes: ['read:app-data:jira', 'write:app-data:jira', 'read:jira-work'],
    ...request,
  });
  return { status: answer.status, body: answer.body === '' ? null : JSON.parse(answer.body) };
}
const computations = (query = '', request: Partial<JiraRestRequest> = {}) =>
  ask({ path: `/rest/api/3/jql/function/computation${query}`, ...request });
const update = (values: unknown, request: Partial<JiraRestRequest> = {}) =>
  computations('', { method: 'POST', body: JSON.stringify({ values }), ...request });
const search = (body: unknown, request: Partial<JiraRestRequest> = {}) =>
  ask({
    as: 'user',
    accountId: jira.defaultAccountId,
    method: 'POST',
    path: '/rest/api/3/search/jql',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...request,
  });
const valuesOf = ({ body }: { body: unknown }) => z.object({ values: z.array(z.looseObject({})) }).parse(body).values;
const pageSchema = z.object({
  issues: z.array(z.looseObject({ id: z.string() })),
  isLast: z.boolean(),
  nextPageToken: z.string().optional(),
});
const use = async (...queries: string[]): Promise<void> => {
  for (const jql of queries) await jira.search(jira.defaultAccountId, jql);
};

describe("the answers of an app's functions", () => {
  test('are told to the app, page by page, and by function', async () => {
    await use('reporter in f(a)', 'reporter in f(b)', 'reporter in g()');
    const first = await computations('?startAt=0&maxResults=2');
    expect(first).toEqual({
      status: 200,
      body: { startAt: 0, maxResults: 2, total: 3, isLast: false, values: [expect.any(Object), expect.any(Object)] },
    });
    const at = new Date(nowMs).toISOString();
    expect(valuesOf(first)[0]).toEqual({
      id: expect.any(String),
      functionKey: 'ari:f',
      functionName: 'f',
      arguments: ['a'],
      field: 'reporter',
      operator: 'in',
      value: 'type = Bug',
      created: at,
      updated: at,
      used: at,
    });
    expect((await computations('?startAt=2&maxResults=2')).body).toMatchObject({
      isLast: true,
      values: [{ functionKey: 'ari:g' }],
    });
    expect((await computations('?functionKey=ari:g&functionKey=ari:x')).body).toMatchObject({
      total: 1,
      values: [{ functionName: 'g' }],
    });
  });

  test('are replaced by the app, by JQL or by an error that searches show', async () => {
    await use('reporter in f(a)', 'reporter in f(b)');
    const [a, b] = jira.precomputations;
    nowMs += 1_000;
    expect(
      await update([
        { id: a?.id, value: 'status = Done' },
        { id: b?.id, error: 'Gone.' },
      ]),
    ).toEqual({ status: 204, body: null });
    const found = await jira.search(jira.defaultAccountId, 'reporter in f(a)');
    expect(found.kind === 'found' && found.issues.every(({ status }) => status.name === 'Done')).toBe(true);
    expect(await jira.search(jira.defaultAccountId, 'reporter in f(b)')).toEqual({ kind: 'refused', message: 'Gone.' });
    const updated = valuesOf(await computations())[1];
    expect(updated).toMatchObject({
      error: 'Gone.',
      created: new Date(nowMs - 1_000).toISOString(),
      updated: new Date(nowMs).toISOString(),
    });
    expect(updated).not.toHaveProperty('value');
  });

  test('stay as they are when one of the ids is not known, or one of the updates is none', async () => {
    await use('reporter in f(a)');
    const { id } = jira.precomputations[0] ?? { id: '' };
    expect(
      await update([
        { id, value: 'type = Task' },
        { id: 'unknown', value: 'x' },
      ]),
    ).toEqual({ status: 404, body: { errorMessages: [expect.any(String)], notFoundPrecomputationIDs: ['unknown'] } });
    expect((await update([{ id, value: 'type = Task' }, { id }])).status).toBe(400);
    expect((await update('all')).status).toBe(400);
    expect((await update([], { body: '{' })).status).toBe(400);
    expect(jira.precomputations[0]?.value).toBe('type = Bug');
  });

  test('are replaced as far as they are known when the app asks to skip the others', async () => {
    await use('reporter in f(a)');
    const { id } = jira.precomputations[0] ?? { id: '' };
    const values = [
      { id: 'unknown', value: 'x' },
      { id, value: 'type = Task' },
    ];
    expect(
      (await update(values, { path: '/rest/api/3/jql/function/computation?skipNotFoundPrecomputations=false' })).status,
    ).toBe(404);
    expect(
      (await update(values, { path: '/rest/api/3/jql/function/computation?skipNotFoundPrecomputations=true' })).status,
    ).toBe(204);
    expect(jira.precomputations[0]?.value).toBe('type = Task');
  });

  test('are for the app alone, and each way needs its scope', async () => {
    const person = { as: 'user', accountId: jira.adminAccountId } as const;
    expect([(await computations('', person)).status, (await update([], person)).status]).toEqual([403, 403]);
    expect((await computations('', { scopes: ['write:app-data:jira'] })).status).toBe(401);
    expect((await update([], { scopes: ['read:app-data:jira'] })).status).toBe(401);
  });
});

describe('a search', () => {
  test('answers ids alone, or the fields that are asked for', async () => {
    expect(await search({ jql: 'key = ACME-101' })).toEqual({
      status: 200,
      body: { issues: [{ id: jira.issueFor('one').id }], isLast: true },
    });
    const { body } = await search({ jql: 'key = ACME-101', fields: ['reporter', 'status'] });
    expect(pageSchema.parse(body).issues).toEqual([
      expect.objectContaining({
        key: 'ACME-101',
        fields: {
          reporter: expect.objectContaining({ accountId: jira.issueFor('one').reporterAccountId }),
          status: expect.any(Object),
        },
      }),
    ]);
  });

  test('goes on with the token of the page before', async () => {
    const ids: string[] = [];
    let token: string | undefined;
    do {
      const { body } = await search({
        jql: 'project = ACME',
        maxResults: 7,
        ...(token === undefined ? {} : { nextPageToken: token }),
      });
      const { issues, isLast, nextPageToken } = pageSchema.parse(body);
      ids.push(...issues.map(({ id }) => id));
      token = nextPageToken;
      expect(isLast).toBe(token === undefined);
    } while (token !== undefined);
    expect(ids).toEqual(jira.issues.map(({ id }) => id));
  });

  test.each([
    ['JQL that is none', { jql: 'status =' }, /Expecting a value/],
    ['no restriction', { jql: ' ' }, /Unbounded/],
    ['an order alone', { jql: 'order by key' }, /Unbounded/],
    ['a token that is none', { jql: 'type = Bug', nextPageToken: 'x' }, /token/],
    ['no query', {}, /Invalid request payload/],
    ['no JSON', '{', /Invalid request payload/],
  ])('is refused with %s', async (_what, body, why) => {
    expect(await search(body)).toEqual({
      status: 400,
      body: { errorMessages: [expect.stringMatching(why)], errors: {} },
    });
  });

  test('finds what its asker may browse, and needs one', async () => {
    expect((await search({ jql: 'type = Bug' }, { accountId: jira.noAccessAccountId })).body).toEqual({
      issues: [],
      isLast: true,
    });
    expect(
      pageSchema.parse((await search({ jql: 'type = Bug' }, { as: 'app', accountId: null })).body).issues.length,
    ).toBeGreaterThan(0);
    expect((await search({ jql: 'type = Bug' }, { as: 'none', accountId: null })).status).toBe(401);
    expect((await search({ jql: 'type = Bug' }, { scopes: [] })).status).toBe(401);
    expect((await search({ jql: 'type = Bug' }, { method: 'GET' })).status).toBe(501);
  });
});
