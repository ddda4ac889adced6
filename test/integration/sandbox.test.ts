import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSimulator, serveSimulator } from '../../sandbox/shorterloop';
import { kvsError } from '../support/platformFaults';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';

const size = { members: 40, segments: 4 };
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox(size);
});
afterAll(() => sandbox.stop());

const get = async (target: string): Promise<unknown> => (await fetch(sandbox.url + target)).json();
const post = async (target: string, body: unknown, on = sandbox): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(on.url + target, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
};
const panelOpen = (issueKey: string, on = sandbox): Promise<{ status: number; body: unknown }> => post('/__sandbox/invoke', { module: 'segments-panel', functionKey: 'panel.open', issueKey }, on);

test('a site starts configured: the panel knows the reporter of the first issue', async () => {
  const { key } = sandbox.jira.issueFor('one');
  expect(await panelOpen(key)).toMatchObject({ status: 200, body: { result: { kind: 'ok', value: { match: { state: 'linked', member: { id: sandbox.jira.memberFor('one')?.id } } } } } });
});

test('the key is nowhere to be read but by name inside this process', async () => {
  const shown = JSON.stringify(await get('/__sandbox/kvs'));
  expect(shown).toContain('shorter-loop-key');
  expect(shown).not.toContain(sandbox.simulator?.key);
});

test('a move by a script is in the simulator, in the ledger, and gone after a reset', async () => {
  const { key } = sandbox.jira.issueFor('one');
  const memberId = sandbox.jira.memberFor('one')?.id ?? 0;
  const [from] = sandbox.simulator?.truth.membershipsOf(memberId) ?? [];
  const to = sandbox.simulator?.segments.find(({ id }) => id !== from)?.id;
  const payload = { operationId: '11111111-2222-4333-8444-000000000001', memberId, fromSegmentId: from, toSegmentId: to };
  const moved = await post('/__sandbox/invoke', { module: 'segments-panel', functionKey: 'panel.move', payload, issueKey: key });
  expect(moved).toMatchObject({ status: 200, body: { result: { kind: 'ok', value: { entry: { members: [{ memberId, outcome: 'confirmed' }] } } } } });
  expect(sandbox.simulator?.truth.membershipsOf(memberId)).toEqual([to]);
  expect(await get('/__sandbox/ledger')).toEqual([{ key: payload.operationId, value: expect.objectContaining({ state: 'finished' }) }]);
  expect((await post('/__sandbox/reset', {})).status).toBe(200);
  expect(sandbox.simulator?.truth.membershipsOf(memberId)).toEqual([from]);
  expect(await get('/__sandbox/ledger')).toEqual([]);
  expect(sandbox.host.platform.calls).toEqual([]);
});

test.each([
  ['runs', { module: 'recovery' }, 200, {}],
  ['is not known', { module: 'segments-panel' }, 404, { error: 'manifest.yml has no scheduled trigger segments-panel' }],
  ['is not named', {}, 400, { error: expect.any(String) }],
])('a scheduled trigger of a script %s', async (_what, body, status, answer) => {
  expect(await post('/__sandbox/trigger', body)).toEqual({ status, body: answer });
});

test('a scheduled trigger that fails is told apart', async () => {
  const remove = sandbox.host.platform.intercept(kvsError('/query', 1, 'INTERNAL_SERVER_ERROR', 500));
  expect(await post('/__sandbox/trigger', { module: 'recovery' })).toEqual({ status: 502, body: { error: expect.any(String), errorType: expect.any(String) } });
  remove();
});

test('the links that some issues are about are there from the start', async () => {
  const links = await get('/__sandbox/kvs?entity=link');
  expect(links).toEqual(expect.arrayContaining(sandbox.jira.links.map(({ accountId }) => expect.objectContaining({ key: accountId }))));
});

test('the issue page and the admin page are served with the host script', async () => {
  const page = await (await fetch(`${sandbox.url}/browse/${sandbox.jira.issueFor('one').key}`)).text();
  expect(page).toContain('/__forge/host.js');
  expect(await (await fetch(`${sandbox.url}/__forge/host.js`)).text()).toContain(sandbox.host.uiOrigin);
  const admin = await fetch(`${sandbox.url}/admin/apps/segments-admin`, { headers: { cookie: `sandbox-account=${encodeURIComponent(sandbox.jira.adminAccountId)}` } });
  expect([admin.status, await admin.text()]).toEqual([200, expect.stringContaining('segments-admin')]);
});

test.each([
  ['an unknown module', { module: 'nothing', functionKey: 'panel.open' }, 404],
  ['an unknown issue', { module: 'segments-panel', functionKey: 'panel.open', issueKey: 'ACME-0' }, 404],
  ['an unknown function', { module: 'segments-panel', functionKey: 'nothing' }, 502],
  ['no function', { module: 'segments-panel' }, 400],
])('an invoke of %s is told apart', async (_what, body, status) => {
  expect(await post('/__sandbox/invoke', body)).toEqual({ status, body: expect.objectContaining({ error: expect.any(String) }) });
});

test('another site can reach nothing: not by a form, not under another name of this machine', async () => {
  const form = await fetch(`${sandbox.url}/__sandbox/reset`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' });
  expect(form.status).toBe(415);
  const { port } = new URL(sandbox.url);
  const status = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/__sandbox/kvs', headers: { host: `evil.example:${port}` } }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});

test('a fresh site has no settings, and its panel says what is missing', async () => {
  const fresh = await startSandbox({ ...size, fresh: true });
  try {
    expect(fresh.host.kvs.plain()).toEqual([]);
    expect(await panelOpen(fresh.jira.issueFor('one').key, fresh)).toMatchObject({ body: { result: { kind: 'problem', problem: { code: 'notConfigured' } } } });
  } finally {
    await fresh.stop();
  }
});

test('a kept site is as it was left, in a file that only its owner can read', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
  const stateFile = path.join(dir, 'state.json');
  try {
    const first = await startSandbox({ ...size, stateFile });
    first.host.kvs.handle('/api/v1/set', { key: 'mine', value: 1 });
    await first.stop();
    expect(statSync(stateFile).mode & 0o077).toBe(0);
    const second = await startSandbox({ ...size, stateFile });
    const keys = second.host.kvs.plain().map(({ key }) => key);
    await second.stop();
    expect(keys.toSorted()).toEqual(['mine', 'settings']);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

describe('with a simulator that runs elsewhere', () => {
  test('the app talks to it, in its dialect', async () => {
    const simulator = createSimulator({ ...size, dialect: 'post-manage-users' });
    const running = await serveSimulator(simulator);
    const other = await startSandbox({ ...size, dialect: 'post-manage-users', shorterLoopOrigin: running.origin });
    try {
      expect(other.simulator).toBeNull();
      expect(await panelOpen(other.jira.issueFor('one').key, other)).toMatchObject({ body: { result: { kind: 'ok' } } });
      expect(simulator.requests().map(({ route }) => route)).toContain('segmentsWithMembers');
    } finally {
      await other.stop();
      await running.stop();
    }
  });

  test('other people there, or nothing there, is refused with what to do', async () => {
    const running = await serveSimulator(createSimulator({ ...size, seed: 2 }));
    try {
      await expect(startSandbox({ ...size, shorterLoopOrigin: running.origin })).rejects.toThrow('same --members, --segments and --seed');
    } finally {
      await running.stop();
    }
    await expect(startSandbox({ ...size, shorterLoopOrigin: running.origin })).rejects.toThrow('start one with npm run simulator');
  });
});

test('a port that is taken is told', async () => {
  await expect(startSandbox({ ...size, port: Number(new URL(sandbox.url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
