import { createServer, type Server } from 'node:http';
import { fetch as forgeFetch, getAppContext, asUser, privacy, route } from '@forge/api';
import { kvs } from '@forge/kvs';
import { makeResolver } from '@forge/resolver';
import { closeServer, listen } from '../../../../sandbox/forge/httpServer';
import { installInProcess, type InProcess } from '../../../../sandbox/forge/inProcess';
import type { JiraRestRequest } from '../../../../sandbox/forge/jiraRest';
import { parseManifest } from '../../../../sandbox/forge/manifest';
import { createPlatform, type Platform } from '../../../../sandbox/forge/platform';

const manifest = parseManifest(`
app: { id: ari:cloud:ecosystem::app/1 }
modules:
  jira:issuePanel: [{ key: panel, resource: page, resolver: { function: resolver } }]
  function: [{ key: resolver, handler: index.resolver }]
permissions:
  scopes: [storage:app]
  external: { fetch: { backend: [{ address: https://*.allowed.example }] } }
`);

/** A byte order mark, a letter, and a byte that is no UTF-8. */
const MARKED = Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff]);

let upstream: Server;
let upstreamPort: number;
let platform: Platform;
let forge: InProcess;
let asked: JiraRestRequest[];

beforeAll(async () => {
  upstream = createServer((request, response) => {
    if (request.url === '/bytes') return void response.end(MARKED);
    if (request.url !== '/silence') response.end(request.url);
  });
  upstreamPort = await listen(upstream, 0);
});
afterAll(() => closeServer(upstream));
beforeEach(() => {
  asked = [];
  platform = createPlatform({
    manifest,
    jira: async (request) => {
      asked.push(request);
      return { status: 200, headers: {}, body: '{}' };
    },
    routeEgress: ({ hostname }) => (hostname === 'api.allowed.example' ? `http://127.0.0.1:${upstreamPort}` : null),
  });
  forge = installInProcess(platform, { accountId: 'someone', moduleKey: 'panel' });
});
afterEach(() => platform.close());

describe('in this process', () => {
  test('the real packages reach storage, Jira and the network, and each call is on record', async () => {
    const text = await forge.runAs({}, async () => {
      await kvs.set('a', 1);
      await asUser().requestJira(route`/rest/api/3/myself`);
      return (await forgeFetch('https://api.allowed.example/hello')).text();
    });
    expect(text).toBe('/hello');
    expect(asked).toEqual([
      {
        as: 'user',
        accountId: 'someone',
        method: 'GET',
        path: '/rest/api/3/myself',
        body: null,
        scopes: ['storage:app'],
      },
    ]);
    expect(platform.calls.map(({ kind, path, status }) => [kind, path, status])).toEqual([
      ['kvs', '/api/v1/set', 200],
      ['jira', '/rest/api/3/myself', 200],
      ['egress', 'https://api.allowed.example/hello', 200],
    ]);
    for (const { startedMs, endedMs } of platform.calls) expect(endedMs).toBeGreaterThanOrEqual(startedMs);
  });

  test('a resolver is called as by a page: payload and answer go through JSON, identity comes from the platform', async () => {
    const resolver = makeResolver<{ echo: (input: object) => object }>({
      echo: ({ payload, context }) => ({
        payload,
        account: context.accountId,
        issue: context.extension?.issue,
        module: getAppContext().moduleKey,
        gone: undefined,
      }),
    });
    const call = {
      functionKey: 'echo',
      payload: { at: new Date(0) },
      extension: { issue: { id: '7' } },
      accountId: 'other',
    };
    expect(await forge.invoke(resolver, call)).toEqual({
      payload: { at: '1970-01-01T00:00:00.000Z' },
      account: 'other',
      issue: { id: '7' },
      module: 'panel',
    });
  });

  test('invocations at once keep their users apart', async () => {
    const whoAsks = (accountId: string): Promise<unknown> =>
      forge.runAs({ accountId }, () => asUser().requestJira(route`/${accountId}`));
    await Promise.all(['a', 'b', 'c'].map(whoAsks));
    expect(asked.map(({ accountId, path }) => [accountId, path])).toEqual([
      ['a', '/a'],
      ['b', '/b'],
      ['c', '/c'],
    ]);
  });

  test('asking as a user where there is none needs authentication', async () => {
    await expect(forge.runAs({ accountId: null }, () => asUser().requestJira(route`/x`))).rejects.toThrow(
      'Authentication Required',
    );
    expect(asked).toEqual([]);
  });

  test('outside an invocation nothing is reached', async () => {
    await expect(kvs.get('a')).rejects.toThrow('outside an invocation');
    await expect(forgeFetch('https://api.allowed.example/')).rejects.toThrow('outside an invocation');
    expect(platform.calls).toEqual([]);
  });

  test('a test reaches its own servers on 127.0.0.1 outside an invocation, a function does not', async () => {
    const url = `http://127.0.0.1:${upstreamPort}/own`;
    expect(await (await fetch(url)).text()).toBe('/own');
    await expect(forge.runAs({}, () => forgeFetch(url))).rejects.toMatchObject({
      name: 'REQUEST_EGRESS_ALLOWLIST_ERR',
    });
  });

  test('an aborted fetch ends with its reason', async () => {
    const fetching = forge.runAs({}, () =>
      forgeFetch('https://api.allowed.example/silence', { signal: AbortSignal.timeout(10) }),
    );
    await expect(fetching).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('a listed host without a stand-in fails loudly', async () => {
    const told = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    await expect(forge.runAs({}, () => forgeFetch('https://other.allowed.example/'))).rejects.toThrow('NO_LOCAL_ROUTE');
    expect(told).toHaveBeenCalledWith(expect.stringContaining('https://other.allowed.example'));
  });

  test('reported accounts are kept', async () => {
    await forge.runAs({}, () =>
      privacy.reportPersonalData([{ accountId: 'a', updatedAt: '2026-01-01T00:00:00.000Z' }]),
    );
    expect(platform.personalData.reported).toEqual([{ accountId: 'a', updatedAt: '2026-01-01T00:00:00.000Z' }]);
  });
});

describe('interceptors', () => {
  test('answer in place of the service', async () => {
    platform.intercept(({ kind }) =>
      kind === 'kvs' ? { status: 500, headers: {}, body: '{"code":"DOWN","message":"down"}' } : undefined,
    );
    await expect(forge.runAs({}, () => kvs.set('a', 1))).rejects.toMatchObject({ code: 'DOWN' });
    expect(platform.kvs.plain()).toEqual([]);
  });

  test('break the connection after the service did its work', async () => {
    platform.intercept(async (_call, proceed) => {
      await proceed();
      throw new Error('cut');
    });
    await expect(forge.runAs({}, () => kvs.set('a', 1))).rejects.toMatchObject({ message: 'fetch failed' });
    expect(platform.kvs.plain()).toEqual([{ key: 'a', value: 1 }]);
    expect(platform.calls).toEqual([
      expect.objectContaining({ kind: 'kvs', status: null, endedMs: expect.any(Number) }),
    ]);
  });

  test('leave a call that they do not answer as it is, and can be taken away', async () => {
    const seen: string[] = [];
    const remove = platform.intercept(({ path }) => void seen.push(path));
    await forge.runAs({}, () => kvs.set('a', 1));
    remove();
    await forge.runAs({}, () => kvs.set('b', 1));
    expect([seen, platform.kvs.plain().map(({ key }) => key)]).toEqual([['/api/v1/set'], ['a', 'b']]);
  });
});

test('what another host sends passes byte by byte, a byte order mark included', async () => {
  const bytes = await forge.runAs({}, async () => {
    const response = await forgeFetch('https://api.allowed.example/bytes');
    return Buffer.from(await response.arrayBuffer());
  });
  expect(bytes).toEqual(MARKED);
});

test('a Jira that fails is told apart from a Jira that answers', async () => {
  const told = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const broken = createPlatform({ manifest, jira: () => Promise.reject(new Error('bug')), routeEgress: () => null });
  await expect(
    installInProcess(broken).runAs({ accountId: 'a' }, () => asUser().requestJira(route`/x`)),
  ).rejects.toThrow('SANDBOX_FAILED');
  expect(told).toHaveBeenCalled();
  broken.close();
});

test('a reset empties storage, records and interceptors', async () => {
  platform.intercept(() => ({ status: 500, headers: {}, body: '' }));
  await forge.runAs({}, () => asUser().requestJira(route`/x`));
  platform.reset();
  await forge.runAs({}, () => kvs.set('a', 1));
  platform.reset();
  expect([platform.calls, platform.kvs.plain()]).toEqual([[], []]);
});
