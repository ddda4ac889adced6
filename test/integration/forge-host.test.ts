import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { z } from 'zod';
import { createForgeHost, type ForgeHost, type ForgeHostOptions } from '../../sandbox/forge/host';
import { closeServer, listen } from '../../sandbox/forge/httpServer';
import type { JiraRest } from '../../sandbox/forge/jiraRest';
import { killAtCall } from '../support/platformFaults';

const appDir = path.join(__dirname, '../fixtures/forge-app');
const jira: JiraRest = async ({ as, accountId }) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ as, accountId }),
});

/** What the stand-in for allowed.example was asked: path and Authorization header. */
const seen: { url: string; authorization: string | undefined }[] = [];
let upstream: Server;
let upstreamPort: number;
let dropped: Promise<void>;
let host: ForgeHost;

const start = (more: Partial<ForgeHostOptions> = {}): Promise<ForgeHost> =>
  createForgeHost({
    appDir,
    jira,
    routeEgress: ({ hostname }) => (hostname.endsWith('.allowed.example') ? `http://127.0.0.1:${upstreamPort}` : null),
    queueSecondMs: 5,
    productOrigins: () => ['http://127.0.0.1:9'],
    ...more,
  });
const call = (functionKey: string, payload: object = {}, accountId = 'someone', on = host): Promise<unknown> =>
  on.invoke({ moduleKey: 'fixture-panel', functionKey, payload, accountId });

beforeAll(async () => {
  let reportDropped = (): void => undefined;
  dropped = new Promise((resolve) => {
    reportDropped = resolve;
  });
  upstream = createServer((request, response) => {
    seen.push({ url: request.url ?? '', authorization: request.headers.authorization });
    switch (request.url) {
      case '/to-elsewhere':
        return response.writeHead(302, { location: 'https://elsewhere.example/x' }).end();
      case '/to-sibling':
        return response.writeHead(302, { location: 'https://other.allowed.example/ok' }).end();
      case '/to-self':
        return response.writeHead(302, { location: '/ok' }).end();
      case '/reset':
        return request.socket.resetAndDestroy();
      case '/half':
        response.writeHead(200, { 'content-length': '100' });
        response.write('half');
        return void setTimeout(() => request.socket.resetAndDestroy(), 5);
      case '/silence':
        return void request.socket.on('close', reportDropped);
      default:
        return response.end('fine');
    }
  });
  upstreamPort = await listen(upstream, 0);
  host = await start();
});
afterAll(async () => {
  await host.stop();
  await closeServer(upstream);
});
beforeEach(() => {
  host.reset();
  seen.length = 0;
});

describe('actions', () => {
  test("run as the rule's user with the declared inputs, and answer the declared outputs", async () => {
    const result = await host.runAction('fixture-action', { what: 'echo', times: 2 }, 'rule-owner');
    expect(result).toEqual({ kind: 'success', outputs: { text: expect.any(String), count: 2 }, sandboxErrors: [] });
    const { text } = z.object({ outputs: z.object({ text: z.string() }) }).parse(result).outputs;
    expect(JSON.parse(text)).toMatchObject({
      payload: { what: 'echo', times: 2, context: { cloudId: expect.any(String), moduleKey: 'fixture-action' } },
      context: { principal: { accountId: 'rule-owner' } },
      me: { as: 'user', accountId: 'rule-owner' },
    });
  });

  test.each([
    ['errors that the function answers', { what: 'errors' }, { kind: 'failed', messages: ['First.', 'Second.'] }],
    [
      'nothing of what it throws',
      { what: 'throw' },
      { kind: 'crashed', message: 'Something went wrong while running this action.', detail: 'a secret of the app' },
    ],
    [
      'an output that is missing',
      { what: 'nothing' },
      { kind: 'success', outputs: { count: null }, sandboxErrors: ['The output “text” is missing, and not nullable.'] },
    ],
    [
      'inputs that are not declared',
      { what: 'echo', issueKey: 'A-1' },
      { kind: 'refused', messages: ['The action has no input “issueKey”.'] },
    ],
  ])('tell the rule of %s', async (_what, inputs, result) => {
    expect(await host.runAction('fixture-action', inputs, 'rule-owner')).toEqual(result);
  });

  test('end at the time limit', async () => {
    const impatient = await start({ limitMs: 600 });
    try {
      expect(await impatient.runAction('fixture-action', { what: 'slow' }, 'rule-owner')).toMatchObject({
        kind: 'crashed',
        detail: expect.stringContaining('timed out'),
      });
    } finally {
      await impatient.stop();
    }
  });

  test('have a form whose resolver has the time of a resolver, and sees the inputs of the rule', async () => {
    const extension = { data: { inputs: { what: 'echo' } } };
    const answer = await host.invoke({
      moduleKey: 'fixture-action',
      functionKey: 'form',
      accountId: 'author',
      extension,
    });
    const { remainingMs, ...rest } = z.looseObject({ remainingMs: z.number() }).parse(answer);
    expect(rest).toEqual({ data: { inputs: { what: 'echo' } } });
    expect(remainingMs).toBeLessThanOrEqual(25_000);
  });

  test('are not to be confused with other modules', async () => {
    await expect(host.runAction('fixture-hook', {}, 'rule-owner')).rejects.toThrow('no action');
  });
});

describe('invocations', () => {
  test('a resolver sees its user, its module, Jira as the user and as the app, and its storage', async () => {
    expect(await call('whoAmI', { waitMs: 0, key: 'mine' })).toEqual({
      account: 'someone',
      me: { as: 'user', accountId: 'someone' },
      app: { as: 'app', accountId: null },
      stored: { by: 'someone' },
      module: 'fixture-panel',
      remainingMs: expect.any(Number),
    });
    expect(host.platform.calls.map(({ kind, method, path: target, status }) => [kind, method, target, status])).toEqual(
      [
        ['kvs', 'POST', '/api/v1/set', 200],
        ['jira', 'GET', '/rest/api/3/myself', 200],
        ['jira', 'GET', '/rest/api/3/myself', 200],
        ['kvs', 'POST', '/api/v1/get', 200],
      ],
    );
  });

  test('twenty invocations at once keep their users apart', async () => {
    const accounts = Array.from({ length: 20 }, (_, index) => `user-${index}`);
    const answers = await Promise.all(
      accounts.map((account, index) => call('whoAmI', { waitMs: (index * 7) % 11, key: account }, account)),
    );
    expect(answers).toEqual(
      accounts.map((account) =>
        expect.objectContaining({ account, me: { as: 'user', accountId: account }, stored: { by: account } }),
      ),
    );
    expect(new Set(host.platform.calls.map(({ invocationId }) => invocationId)).size).toBe(20);
  });

  test('a thrown error reaches the caller with its type, text and source position, and its log line the host', async () => {
    await expect(call('boom')).rejects.toMatchObject({
      errorType: 'RangeError',
      message: 'the fixture failed',
      functionStack: expect.stringContaining('src/index.ts'),
    });
    expect(host.logs).toEqual([
      {
        level: 'error',
        invocationId: expect.any(String),
        functionKey: 'fixture-resolver',
        message: 'about to fail { code: 7 }',
      },
    ]);
  });

  test('a function that the resolver does not define is refused by the resolver itself', async () => {
    await expect(call('nothing')).rejects.toThrow("Resolver has no definition for 'nothing'.");
  });

  test('a function that runs too long times out, and what it does later is refused', async () => {
    // Longer than a busy machine takes to answer at once.
    const impatient = await start({ limitMs: 3_000 });
    try {
      await expect(call('slow', { ms: 4_000 }, 'someone', impatient)).rejects.toMatchObject({
        errorType: 'FUNCTION_TIME_OUT',
      });
      await call('slow', { ms: 0 }, 'someone', impatient);
      const writes = impatient.platform.calls.length;
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      expect([writes, impatient.platform.calls.length]).toEqual([1, 1]);
    } finally {
      await impatient.stop();
    }
  });

  test('a crash fails what runs, and the next invocation gets a new process', async () => {
    const waiting = expect(call('slow', { ms: 5_000 })).rejects.toMatchObject({ errorType: 'FUNCTION_CRASH' });
    await expect(call('exit')).rejects.toMatchObject({ errorType: 'FUNCTION_CRASH' });
    await waiting;
    expect(await call('whoAmI', { waitMs: 0, key: 'k' })).toMatchObject({ account: 'someone' });
  });

  test('killing the functions fails what runs and leaves storage as it was', async () => {
    await call('whoAmI', { waitMs: 0, key: 'kept' });
    const waiting = expect(call('slow', { ms: 5_000 })).rejects.toMatchObject({ errorType: 'FUNCTION_CRASH' });
    await host.killFunctions();
    await waiting;
    expect(await call('whoAmI', { waitMs: 0, key: 'other' })).toMatchObject({ account: 'someone' });
    expect(host.kvs.plain().map(({ key }) => key)).toEqual(['kept', 'other']);
  });

  test('invocations that come while the process is being killed get a new one', async () => {
    const waiting = expect(call('slow', { ms: 5_000 })).rejects.toMatchObject({
      name: 'ForgeInvocationError',
      errorType: 'FUNCTION_CRASH',
    });
    const killed = host.killFunctions();
    expect(await call('whoAmI', { waitMs: 0, key: 'next' })).toMatchObject({ account: 'someone' });
    await Promise.all([killed, waiting]);
  });

  test.each([
    ['first', 1, 'before', []],
    ['first', 1, 'afterApplying', ['mine']],
    ['third', 3, 'before', ['mine']],
  ] as const)(
    'a kill at the %s platform call ends every invocation with an error, and the next ones work',
    async (_which, nth, effect, keys) => {
      host.platform.intercept(killAtCall(host, nth, effect));
      const beside = expect(call('slow', { ms: 5_000 })).rejects.toMatchObject({ errorType: 'FUNCTION_CRASH' });
      await expect(call('whoAmI', { waitMs: 20, key: 'mine' })).rejects.toMatchObject({ errorType: 'FUNCTION_CRASH' });
      await beside;
      expect(host.kvs.plain().map(({ key }) => key)).toEqual(keys);
      expect(host.platform.calls).toHaveLength(nth);
      expect(await call('whoAmI', { waitMs: 0, key: 'next' })).toMatchObject({ stored: { by: 'someone' } });
    },
  );

  test('a platform call that is not modelled fails loudly', async () => {
    const told = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await call('confluence')).toMatchObject({ message: expect.stringContaining('NOT_MODELLED') });
    expect(told).toHaveBeenCalledWith(expect.stringContaining('confluence'));
    expect(host.platform.calls).toEqual([expect.objectContaining({ kind: 'unmodelled', status: 501 })]);
  });
});

describe('egress', () => {
  const fetched = (url: string, more: object = {}): Promise<unknown> => call('fetch', { url, ...more });
  const refused = { name: 'REQUEST_EGRESS_ALLOWLIST_ERR' };

  test('a listed host is reached through its stand-in', async () => {
    expect(await fetched('https://api.allowed.example/ok', { headers: { authorization: 'Bearer k' } })).toEqual({
      value: { status: 200, body: 'fine' },
    });
    expect(seen).toEqual([{ url: '/ok', authorization: 'Bearer k' }]);
  });

  test.each([
    ['an unlisted host', 'https://elsewhere.example/'],
    ['the parent of a wildcard', 'https://allowed.example/'],
    ['a host that only ends alike', 'https://evilallowed.example/'],
    ['plain http', 'http://api.allowed.example/'],
    ['another port', 'https://api.allowed.example:8443/'],
    ['this machine', 'https://127.0.0.1/'],
  ])('%s is refused with the text of Forge', async (_what, url) => {
    expect(await fetched(url)).toMatchObject({
      ...refused,
      message: expect.stringContaining('URL not included in the external fetch backend permissions'),
    });
    expect(seen).toEqual([]);
  });

  test('a listed host that stands before an @ does not make the host behind it a listed one', async () => {
    expect(await fetched('https://api.allowed.example@elsewhere.example/')).toMatchObject({
      isTypeError: true,
      message: expect.stringContaining('credentials'),
    });
    expect(host.platform.calls).toEqual([]);
  });

  test('a redirect to an unlisted host is refused, and the key does not go along', async () => {
    expect(
      await fetched('https://api.allowed.example/to-elsewhere', { headers: { authorization: 'Bearer k' } }),
    ).toMatchObject(refused);
    expect(seen.map(({ url }) => url)).toEqual(['/to-elsewhere']);
  });

  test('a redirect to another listed host is followed without the key', async () => {
    expect(await fetched('https://api.allowed.example/to-sibling', { headers: { authorization: 'Bearer k' } })).toEqual(
      { value: { status: 200, body: 'fine' } },
    );
    expect(seen).toEqual([
      { url: '/to-sibling', authorization: 'Bearer k' },
      { url: '/ok', authorization: undefined },
    ]);
  });

  test('a redirect within the host keeps the key', async () => {
    expect(await fetched('https://api.allowed.example/to-self', { headers: { authorization: 'Bearer k' } })).toEqual({
      value: { status: 200, body: 'fine' },
    });
    expect(seen.at(-1)).toEqual({ url: '/ok', authorization: 'Bearer k' });
  });

  test.each(['reset', 'half'])(
    'a connection that breaks upstream (%s) is a failed fetch, not a status',
    async (how) => {
      expect(await fetched(`https://api.allowed.example/${how}`)).toMatchObject({
        isTypeError: true,
        message: 'fetch failed',
      });
    },
  );

  test('an aborted fetch ends in the function and upstream', async () => {
    // On a busy machine a fetch may be aborted before its request has left.
    for (let abortAfterMs = 20; seen.length === 0; abortAfterMs *= 4)
      expect(await fetched('https://api.allowed.example/silence', { abortAfterMs })).toMatchObject({
        name: 'TimeoutError',
      });
    await dropped;
  });

  test.each(['http', 'https', 'net', 'pipe'])('a direct connection by %s is refused', async (kind) => {
    // A server of its own: what an earlier test took back may still be on its way to the stand-in.
    let connections = 0;
    const direct = createServer((_request, response) => response.end()).on('connection', () => (connections += 1));
    const port = await listen(direct, 0);
    try {
      expect(await call('socket', { kind, port })).toMatchObject({
        message: expect.stringContaining('functions reach the network by fetch alone'),
      });
      expect(connections).toBe(0);
    } finally {
      await closeServer(direct);
    }
  });
});

describe('async events', () => {
  const jobSchema = z.object({ jobId: z.string() });
  const push = async (events: object[]): Promise<string> => jobSchema.parse(await call('push', { events })).jobId;
  const deliveries = (): string[] => host.kvs.plain().map(({ key }) => key.split(':').slice(0, 3).join(':'));

  test('an event reaches its consumer and counts as a success', async () => {
    const jobId = await push([{ body: { name: 'a' } }]);
    await host.platform.queue.idle();
    expect(deliveries()).toEqual(['seen:a:0']);
    expect(await call('stats', { jobId })).toEqual({ success: 1, inProgress: 0, failed: 0 });
  });

  test('an event may come twice', async () => {
    host.platform.queue.setDelivery({ copies: () => 2 });
    await push([{ body: { name: 'a' } }]);
    await host.platform.queue.idle();
    expect(deliveries()).toEqual(['seen:a:0', 'seen:a:0']);
  });

  test('a consumer that asks to come again gets its data back; one that fails often comes again until it succeeds', async () => {
    const jobId = await push([{ body: { name: 'again', retries: 2 } }, { body: { name: 'often', failures: 6 } }]);
    await host.platform.queue.idle();
    expect(deliveries().filter((key) => key.includes('again'))).toEqual([
      'seen:again:0',
      'seen:again:1',
      'seen:again:2',
    ]);
    expect(deliveries().filter((key) => key.includes('often'))).toHaveLength(7);
    expect(host.kvs.plain().find(({ key }) => key.startsWith('seen:again:2'))?.value).toMatchObject({
      retryData: { was: 1 },
    });
    expect(await call('stats', { jobId })).toEqual({ success: 2, inProgress: 0, failed: 0 });
  });

  test('what a function publishes while its host stops is not taken: nothing waits any more, and nothing comes again', async () => {
    const other = await start();
    const stopped = new Promise<number>((resolve, reject) => {
      other.platform.intercept(async ({ path: called }, proceed) => {
        if (!called.startsWith('/webhook/queue/publish/')) return undefined;
        const stopping = other.stop();
        const answer = await proceed();
        stopping.then(() => resolve(answer.status), reject);
        return answer;
      });
    });
    const asked = call('push', { events: [{ body: { name: 'late' }, delayInSeconds: 900 }] }, 'someone', other);
    await expect(asked).rejects.toMatchObject({ errorType: 'FUNCTION_CRASH' });
    expect(await stopped).toBe(503);
    await other.platform.queue.idle();
  });

  test('a cancelled job is not delivered', async () => {
    const jobId = await push([{ body: { name: 'late' }, delayInSeconds: 30 }]);
    await call('cancel', { jobId });
    await host.platform.queue.idle();
    expect(deliveries()).toEqual([]);
  });
});

describe('scheduled triggers', () => {
  test('run when asked to, with the payload of Forge and nobody in front of the screen', async () => {
    expect(await host.runScheduledTrigger('fixture-schedule')).toEqual({
      request: {
        context: { cloudId: expect.any(String), moduleKey: 'fixture-schedule' },
        contextToken: expect.any(String),
      },
      context: { installContext: expect.any(String), license: { active: true }, installation: expect.any(Object) },
      moduleKey: 'fixture-schedule',
    });
  });

  test('fail to whoever asked, and are refused for another kind of module', async () => {
    await expect(host.runScheduledTrigger('fixture-failing-schedule')).rejects.toMatchObject({
      errorType: 'TypeError',
      message: 'the schedule failed',
    });
    await expect(host.runScheduledTrigger('fixture-panel')).rejects.toThrow('no scheduledTrigger');
    await expect(host.runScheduledTrigger('nothing')).rejects.toThrow('no module nothing');
  });

  test('run on their intervals until the host stops; a failure is a line in the log', async () => {
    const quick = await start({ scheduleMinuteMs: 2 });
    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const runs = (): number => quick.kvs.plain().length;
    try {
      await until(() => runs() >= 3 && quick.logs.length >= 1);
      expect(quick.kvs.plain()[0]?.value).toMatchObject({ moduleKey: 'fixture-schedule' });
      expect(quick.logs[0]).toMatchObject({
        level: 'error',
        functionKey: 'fixture-failing-function',
        message: expect.stringContaining('the schedule failed'),
      });
    } finally {
      await quick.stop();
    }
    const atStop = runs();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(runs()).toBe(atStop);
  });
});

describe('pages', () => {
  test('a page has the bridge before everything else, under a policy without inline code and framed by the product alone', async () => {
    const response = await fetch(`${host.uiOrigin}/page/`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(await response.text()).toContain('<head><script src="/__forge/bridge.js"></script>');
    expect(policy).toContain("frame-ancestors 'self' http://127.0.0.1:9");
    expect(policy).not.toContain('unsafe-inline');
  });

  test.each(['/page/nothing.js', '/page/..%2fmanifest.yml', '/page/../../manifest.yml', '/other/index.html'])(
    '%s is not served',
    async (target) => {
      expect((await fetch(host.uiOrigin + target)).status).toBe(404);
    },
  );

  test('the tokens of both themes come as a stylesheet', async () => {
    const css = await (await fetch(`${host.uiOrigin}/__forge/theme.css`)).text();
    expect(css).toContain('html[data-color-mode="dark"][data-theme~="dark:dark"]');
    expect(css).toContain('html[data-color-mode="light"][data-theme~="light:light"]');
  });
});

describe('the product page', () => {
  let product: Server;
  let origin: string;
  beforeAll(async () => {
    product = createServer((request, response) => {
      if (!host.handleProductRequest(request, response, { accountId: 'visitor', locale: 'en-US' }))
        response.writeHead(404).end();
    });
    origin = `http://127.0.0.1:${await listen(product, 0)}`;
  });
  afterAll(() => closeServer(product));
  const bridge = async (body: object, type = 'application/json'): Promise<unknown> => {
    const sent = JSON.stringify({
      moduleKey: 'fixture-panel',
      extension: { issue: { id: '7' } },
      colorMode: 'dark',
      ...body,
    });
    return (
      await fetch(`${origin}/__forge/bridge`, { method: 'POST', headers: { 'content-type': type }, body: sent })
    ).json();
  };

  test('invokes as the person who is signed in, and says what Forge says when a function fails', async () => {
    expect(
      await bridge({ op: 'invoke', data: { functionKey: 'whoAmI', payload: { waitMs: 0, key: 'k' } } }),
    ).toMatchObject({ ok: { account: 'visitor' } });
    expect(await bridge({ op: 'invoke', data: { functionKey: 'boom' } })).toEqual({
      error: 'There was an error invoking the function - the fixture failed',
    });
  });

  test('tells the page its context and asks Jira as the person', async () => {
    expect(await bridge({ op: 'getContext' })).toMatchObject({
      ok: {
        accountId: 'visitor',
        moduleKey: 'fixture-panel',
        theme: { colorMode: 'dark' },
        extension: { type: 'jira:issuePanel', issue: { id: '7' } },
      },
    });
    expect(
      await bridge({
        op: 'fetchProduct',
        data: { product: 'jira', restPath: '/rest/api/3/myself', fetchRequestInit: {} },
      }),
    ).toMatchObject({
      ok: { status: 200, body: '{"as":"user","accountId":"visitor"}' },
    });
  });

  test('refuses operations that are not modelled, and anything a form of another site could send', async () => {
    expect(await bridge({ op: 'openRovo' })).toEqual({ error: expect.stringContaining('does not model') });
    expect(await bridge({ op: 'getContext' }, 'text/plain')).toEqual({ error: 'Send a POST with application/json' });
  });

  test('answers a web trigger that a function asked for', async () => {
    const url = z.string().parse(await call('hookUrl'));
    const response = await fetch(`${origin}${new URL(url).pathname}?a=1&a=2`, {
      method: 'POST',
      body: 'hello',
      headers: { 'X-Secret': 'abc' },
    });
    expect([response.status, response.headers.get('x-secret-was'), await response.json()]).toEqual([
      202,
      'abc',
      ['POST', 'hello', { a: ['1', '2'] }],
    ]);
    expect(await (await fetch(`${origin}${new URL(url).pathname}`)).json()).toEqual(['GET', '', {}]);
    for (const prefix of ['x1', 'public']) expect((await fetch(`${origin}/${prefix}/unknown`)).status).toBe(404);
  });

  test('answers 424 for a web trigger of an app that was uninstalled', async () => {
    const url = z.string().parse(await call('hookUrl'));
    host.uninstall();
    expect((await fetch(`${origin}${new URL(url).pathname}`)).status).toBe(424);
    host.reset();
  });
});
