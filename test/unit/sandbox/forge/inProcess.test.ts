import { asUser, getAppContext, route } from '@forge/api';
import { kvs } from '@forge/kvs';
import { TRIGGERS } from '../../../../sandbox/forge/rules/functions';
import { callWebtrigger } from '../../../../sandbox/forge/callWebtrigger';
import { installInProcess, type InProcess } from '../../../../sandbox/forge/inProcess';
import { parseManifest } from '../../../../sandbox/forge/manifest';
import { createPlatform, type Platform } from '../../../../sandbox/forge/platform';

const manifest = parseManifest(`
app: { id: ari:cloud:ecosystem::app/1 }
modules:
  scheduledTrigger: [{ key: nightly, function: sweep, interval: day }]
  consumer: [{ key: worker, queue: work, function: work }]
  action: [{ key: move, function: act, resolver: { function: form }, inputs: { to: { type: string } }, outputs: { by: { type: string, nullable: false } } }]
  webtrigger: [{ key: hook, function: act }]
  function: [{ key: sweep, handler: index.sweep, timeoutSeconds: 600 }, { key: work, handler: index.work }, { key: act, handler: index.act }, { key: form, handler: index.form }]
permissions: { scopes: [storage:app] }
`);

let platform: Platform;
let forge: InProcess;
beforeEach(() => {
  platform = createPlatform({
    manifest,
    jira: async ({ accountId }) => ({ status: 200, headers: {}, body: JSON.stringify({ accountId }) }),
    routeEgress: () => null,
  });
  forge = installInProcess(platform, { accountId: 'someone' });
});
afterEach(() => platform.close());

const echo = async (body: unknown, context: unknown): Promise<object> => {
  await kvs.set('a', 1);
  const app = getAppContext();
  return {
    body,
    context,
    moduleKey: app.moduleKey,
    secondsLeft: Math.round(app.invocationRemainingTimeInMillis() / 1_000),
  };
};

test("a scheduled trigger gets Forge's payload, nobody in front of it, and the time its function declares", async () => {
  expect(await forge.runFunction(echo, { moduleKey: 'nightly' })).toEqual({
    body: { context: { cloudId: expect.any(String), moduleKey: 'nightly' }, contextToken: expect.any(String) },
    context: { installContext: expect.any(String), license: { active: true }, installation: expect.any(Object) },
    moduleKey: 'nightly',
    secondsLeft: 600,
  });
  expect(platform.calls).toEqual([expect.objectContaining({ functionKey: 'sweep', path: '/api/v1/set' })]);
});

test('a consumer gets its body through JSON, and can ask nothing as a user', async () => {
  const body = { at: new Date(0), gone: undefined };
  expect(await forge.runFunction(echo, { moduleKey: 'worker', body })).toMatchObject({
    body: { at: '1970-01-01T00:00:00.000Z' },
    secondsLeft: 55,
  });
  await expect(forge.runFunction(() => asUser().requestJira(route`/x`), { moduleKey: 'worker' })).rejects.toThrow(
    'Authentication Required',
  );
});

test('an action runs as whoever triggered it, and what it throws is thrown', async () => {
  const asked = async (): Promise<unknown> => (await asUser().requestJira(route`/x`)).json();
  expect(await forge.runFunction(asked, { moduleKey: 'move', accountId: 'rule-owner' })).toEqual({
    accountId: 'rule-owner',
  });
  await expect(forge.runFunction(() => Promise.reject(new RangeError('no')), { moduleKey: 'move' })).rejects.toThrow(
    new RangeError('no'),
  );
});

test('a module that the manifest does not have is refused', async () => {
  await expect(forge.runFunction(echo, { moduleKey: 'nothing' })).rejects.toThrow('no module nothing');
});

test('an action is run as Automation does: as its user, with outputs held to the manifest, under its own function', async () => {
  const act = async ({ to }: { to: string }, { principal }: { principal: { accountId: string } }): Promise<object> => {
    await kvs.set('moved', to);
    return { by: principal.accountId, more: 1 };
  };
  const asked = { moduleKey: 'move', accountId: 'rule-owner' };
  expect(await forge.runAction(act, { ...asked, inputs: { to: '7' } })).toEqual({
    kind: 'success',
    outputs: { by: 'rule-owner' },
    sandboxErrors: [],
  });
  expect(platform.calls.map(({ functionKey }) => functionKey)).toEqual(['act']);
  expect(await forge.runAction(act, { ...asked, inputs: { to: 7 } })).toMatchObject({ kind: 'refused' });
  expect(await forge.runAction(() => Promise.reject(new Error('no')), { ...asked, inputs: {} })).toMatchObject({
    kind: 'crashed',
    detail: 'no',
  });
});

describe('a web trigger', () => {
  const answerBack = async (request: object, context: object): Promise<object> => ({
    statusCode: 201,
    headers: { 'x-a': ['1'] },
    body: JSON.stringify({ request, context }),
  });

  test("gets a call from outside in Forge's shape, with nobody in front of it, and its answer comes back", async () => {
    const { statusCode, headers, body } = await callWebtrigger(forge, answerBack, {
      moduleKey: 'hook',
      rest: '/more?a=1&a=2',
      headers: { 'X-Key': 'k' },
      body: { b: 1 },
    });
    expect([statusCode, headers]).toEqual([201, { 'x-a': ['1'] }]);
    const { request, context } = JSON.parse(body);
    expect(request).toMatchObject({
      method: 'POST',
      userPath: '/more',
      headers: { 'x-key': ['k'] },
      queryParameters: { a: ['1', '2'] },
      body: '{"b":1}',
      context: { moduleKey: 'hook' },
    });
    expect(context).not.toHaveProperty('principal');
  });

  test('is a GET without a body, and its answer may be a status alone', async () => {
    const seen: unknown[] = [];
    const answer = await callWebtrigger(
      forge,
      async (request: { method: string; body: string }) => (
        seen.push([request.method, request.body]),
        { statusCode: 204 }
      ),
      { moduleKey: 'hook' },
    );
    expect([seen, answer]).toEqual([[['GET', '']], { statusCode: 204, headers: {}, body: '' }]);
  });

  test('a web trigger gets what was seen on a real site, by name', async () => {
    let names: string[] = [];
    await callWebtrigger(forge, async (request: object) => ((names = Object.keys(request)), { statusCode: 204 }), {
      moduleKey: 'hook',
    });
    expect(names.sort()).toEqual([...TRIGGERS.webtriggerRequest.value]);
  });

  test('must answer in that shape', async () => {
    await expect(callWebtrigger(forge, async () => ({ status: 200 }), { moduleKey: 'hook' })).rejects.toThrow(
      'statusCode',
    );
  });
});
