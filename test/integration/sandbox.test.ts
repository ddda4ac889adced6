import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { load, type CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { createSimulator, serveSimulator } from '../../sandbox/shorterloop';
import { ODD_NAMES, rawRequest } from '../support/rawRequest';
import { showField } from '../../sandbox/configure';
import { switchOnJql } from '../support/jql';
import { killAtCall } from '../support/platformFaults';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';

const size = { members: 40, segments: 4 };
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox(size);
});
afterAll(() => sandbox.stop());

const get = async (target: string): Promise<unknown> => (await fetch(sandbox.url + target)).json();
const post = async (target: string, body: unknown, on = sandbox): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(on.url + target, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};
const panelOpen = (issueKey: string, on = sandbox): Promise<{ status: number; body: unknown }> =>
  post('/__sandbox/invoke', { module: 'segments-panel', functionKey: 'panel.open', issueKey }, on);

const rowsSchema = z.array(z.looseObject({ value: z.looseObject({ how: z.unknown().optional() }) }));
/** The ledger's rows without those about links. */
const writes = async () =>
  rowsSchema.parse(await get('/__sandbox/ledger')).filter(({ value }) => value.how === undefined);

test('a site starts configured: the panel knows the reporter of the first issue', async () => {
  const { key } = sandbox.jira.issueFor('one');
  expect(await panelOpen(key)).toMatchObject({
    status: 200,
    body: {
      result: { kind: 'ok', value: { match: { state: 'linked', member: { id: sandbox.jira.memberFor('one')?.id } } } },
    },
  });
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
  const payload = {
    operationId: '11111111-2222-4333-8444-000000000001',
    memberId,
    fromSegmentId: from,
    toSegmentId: to,
  };
  const moved = await post('/__sandbox/invoke', {
    module: 'segments-panel',
    functionKey: 'panel.move',
    payload,
    issueKey: key,
  });
  expect(moved).toMatchObject({
    status: 200,
    body: { result: { kind: 'ok', value: { entry: { members: [{ memberId, outcome: 'confirmed' }] } } } },
  });
  expect(sandbox.simulator?.truth.membershipsOf(memberId)).toEqual([to]);
  expect(await writes()).toEqual([{ key: payload.operationId, value: expect.objectContaining({ state: 'finished' }) }]);
  expect((await post('/__sandbox/reset', {})).status).toBe(200);
  expect(sandbox.simulator?.truth.membershipsOf(memberId)).toEqual([from]);
  expect(await get('/__sandbox/ledger')).toEqual([]);
  expect(sandbox.host.platform.calls).toEqual([]);
});

test.each([
  ['runs', { module: 'tick' }, 200, { result: { statusCode: 204 } }],
  [
    'is not known',
    { module: 'segments-panel' },
    404,
    { error: 'manifest.yml has no scheduled trigger segments-panel' },
  ],
  ['is not named', {}, 400, { error: expect.any(String) }],
])('a scheduled trigger of a script %s', async (_what, body, status, answer) => {
  expect(await post('/__sandbox/trigger', body)).toEqual({ status, body: answer });
});

test('a scheduled trigger that fails is told apart', async () => {
  // The tick outlives what fails in one of its steps: only a process that dies fails as a whole.
  const remove = sandbox.host.platform.intercept(killAtCall(sandbox.host, 1, 'before'));
  expect(await post('/__sandbox/trigger', { module: 'tick' })).toEqual({
    status: 502,
    body: { error: expect.any(String), errorType: expect.any(String) },
  });
  remove();
});

test('the links that some issues are about are there from the start', async () => {
  const links = await get('/__sandbox/kvs?entity=link');
  expect(links).toEqual(
    expect.arrayContaining(sandbox.jira.links.map(({ accountId }) => expect.objectContaining({ key: accountId }))),
  );
});

test('the issue page and the admin page are served with the host script', async () => {
  const page = await (await fetch(`${sandbox.url}/browse/${sandbox.jira.issueFor('one').key}`)).text();
  expect(page).toContain('/__forge/host.js');
  expect(await (await fetch(`${sandbox.url}/__forge/host.js`)).text()).toContain(sandbox.host.uiOrigin);
  const admin = await fetch(`${sandbox.url}/admin/apps/segments-admin`, {
    headers: { cookie: `sandbox-account=${encodeURIComponent(sandbox.jira.adminAccountId)}` },
  });
  expect([admin.status, await admin.text()]).toEqual([200, expect.stringContaining('segments-admin')]);
});

test.each([
  ['an unknown module', { module: 'nothing', functionKey: 'panel.open' }, 404],
  ['an unknown issue', { module: 'segments-panel', functionKey: 'panel.open', issueKey: 'ACME-0' }, 404],
  ['an unknown function', { module: 'segments-panel', functionKey: 'nothing' }, 502],
  ['no function', { module: 'segments-panel' }, 400],
])('an invoke of %s is told apart', async (_what, body, status) => {
  expect(await post('/__sandbox/invoke', body)).toEqual({
    status,
    body: expect.objectContaining({ error: expect.any(String) }),
  });
});

test('another site can reach nothing: not by a form, not under another name of this machine', async () => {
  const form = await fetch(`${sandbox.url}/__sandbox/reset`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '{}',
  });
  expect(form.status).toBe(415);
  const { port } = new URL(sandbox.url);
  const status = await new Promise((resolve, reject) => {
    request(
      { host: '127.0.0.1', port, path: '/__sandbox/kvs', headers: { host: `evil.example:${port}` } },
      (response) => resolve(response.resume().statusCode),
    )
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});

test('the work items of whoever is linked have their segments in the field once an admin has it shown', async () => {
  await sandbox.host.runScheduledTrigger('tick');
  await sandbox.host.platform.queue.idle();
  await showField(sandbox.host, sandbox.jira);
  const { segmentIds = [] } = sandbox.jira.memberFor('linked') ?? {};
  const names = sandbox.simulator?.segments.filter(({ id }) => segmentIds.includes(id)).map(({ name }) => name) ?? [];
  expect(names.length).toBeGreaterThan(0);
  const page = load(await (await fetch(`${sandbox.url}/browse/${sandbox.jira.issueFor('linked').key}`)).text());
  expect(page('.details__row:contains("Reporter segments") dd').text().trim()).toBe(names.toSorted().join(' '));
  await sandbox.reset();
});

test('a fresh site has no settings, and its panel says what is missing', async () => {
  const fresh = await startSandbox({ ...size, fresh: true });
  try {
    expect(fresh.host.kvs.plain()).toEqual([]);
    expect(await panelOpen(fresh.jira.issueFor('one').key, fresh)).toMatchObject({
      body: { result: { kind: 'problem', problem: { code: 'notConfigured' } } },
    });
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
    expect(keys.toSorted()).toEqual(['access', 'directory-asked', 'mine', 'settings']);
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
      expect(await panelOpen(other.jira.issueFor('one').key, other)).toMatchObject({
        body: { result: { kind: 'ok' } },
      });
      expect(simulator.requests().map(({ route }) => route)).toContain('segmentsWithMembers');
    } finally {
      await other.stop();
      await running.stop();
    }
  });

  test('other people there, or nothing there, is refused with what to do', async () => {
    const running = await serveSimulator(createSimulator({ ...size, seed: 2 }));
    try {
      await expect(startSandbox({ ...size, shorterLoopOrigin: running.origin })).rejects.toThrow(
        'same --members, --segments and --seed',
      );
    } finally {
      await running.stop();
    }
    await expect(startSandbox({ ...size, shorterLoopOrigin: running.origin })).rejects.toThrow(
      'start one with npm run simulator',
    );
  });
});

test('a port that is taken is told', async () => {
  await expect(startSandbox({ ...size, port: Number(new URL(sandbox.url).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

describe('Automation', () => {
  const auditSchema = z.array(
    z.looseObject({
      status: z.string(),
      parts: z.array(
        z.looseObject({
          status: z.string(),
          message: z.string(),
          outputs: z.record(z.string(), z.unknown()).nullable(),
        }),
      ),
    }),
  );
  beforeEach(() => sandbox.reset());

  const look = { kind: 'action', key: 'get-reporter-segments', inputs: { issueKey: '{{issue.key}}' } };
  async function save(rule: object, accountId = sandbox.jira.adminAccountId): Promise<string> {
    const saved = await post('/__sandbox/rules', {
      rule: { name: 'Rule', trigger: { kind: 'manual' }, ...rule },
      accountId,
    });
    return z.object({ id: z.string() }).parse(saved.body).id;
  }
  const page = async (target: string, accountId = sandbox.jira.adminAccountId): Promise<CheerioAPI> =>
    load(
      await (
        await fetch(sandbox.url + target, { headers: { cookie: `sandbox-account=${encodeURIComponent(accountId)}` } })
      ).text(),
    );

  test('a transition runs the rules that wait for it, with the real functions, as their owner', async () => {
    const memberId = sandbox.jira.memberFor('one')?.id ?? 0;
    const [from] = sandbox.simulator?.truth.membershipsOf(memberId) ?? [];
    const to = sandbox.simulator?.segments.find(({ id }) => id !== from)?.id;
    const move = {
      kind: 'action',
      key: 'move-reporter',
      inputs: { issueKey: '{{issue.key}}', source: String(from), target: String(to) },
    };
    await save({ name: 'On done', trigger: { kind: 'transitioned', to: 'Done' }, components: [move] });
    await save({
      name: 'On any',
      trigger: { kind: 'transitioned', to: null },
      components: [
        look,
        { kind: 'condition', left: '{{reporter.count}}', operator: 'equals', right: '0' },
        { kind: 'priority', value: 'Low' },
      ],
    });
    await save({ name: 'On review', trigger: { kind: 'transitioned', to: 'In review' }, components: [move] });
    const fired = await post('/__sandbox/transition', { issueKey: 'ACME-101', to: 'Done' });
    expect([fired.status, auditSchema.parse(fired.body).map(({ ruleName, status }) => [ruleName, status])]).toEqual([
      200,
      [
        ['On done', 'SUCCESS'],
        ['On any', 'NO ACTIONS PERFORMED'],
      ],
    ]);
    expect(sandbox.simulator?.truth.membershipsOf(memberId)).toEqual([to]);
    expect(await writes()).toEqual([
      expect.objectContaining({
        value: expect.objectContaining({ entryPoint: 'automation', actorAccountId: sandbox.jira.adminAccountId }),
      }),
    ]);
    const $ = await page('/automation');
    expect($('.audit').text()).toContain('NO ACTIONS PERFORMED On any');
    expect($('.audit').text()).toContain('The reporter was moved. This was verified in Shorter Loop.');
    expect($('.rule-item').first().text()).toContain('Runs as Jonas Lindqvist');
    expect($('script:not([src]), [style], [onclick]')).toHaveLength(0);
  });

  test('a rule tells its owner why it failed, each in its own words', async () => {
    const components = [
      {
        kind: 'action',
        key: 'remove-reporter',
        inputs: { issueKey: '{{issue.key}}', source: String(sandbox.simulator?.segments[0]?.id) },
      },
    ];
    const messages: string[] = [];
    for (const [state, accountId] of [
      ['notFound', undefined],
      ['noReporter', undefined],
      ['one', sandbox.jira.viewerAccountId],
    ] as const) {
      const ruleId = await save({ components }, accountId);
      const ran = await post('/__sandbox/rules/run', { ruleId, issueKey: sandbox.jira.issueFor(state).key });
      const [entry] = auditSchema.parse(ran.body);
      expect([entry?.status, entry?.parts[0]?.status]).toEqual(['SOME ERRORS', 'FAILURE']);
      messages.push(entry?.parts[0]?.message ?? '');
    }
    expect(new Set(messages).size).toBe(3);
    expect(messages.every((message) => message.length > 20)).toBe(true);
    expect(auditSchema.parse(await get('/__sandbox/audit')).map(({ parts }) => parts[0]?.message)).toEqual(
      messages.toReversed(),
    );
  });

  test('a rule can run many times at once, and each run is in the log', async () => {
    const ruleId = await save({ components: [look] });
    const ran = await post('/__sandbox/rules/run', { ruleId, issueKey: 'ACME-101', times: 20 });
    expect(auditSchema.parse(ran.body).map(({ parts }) => parts[0]?.outputs?.['found'])).toEqual(
      Array.from({ length: 20 }, () => true),
    );
    expect(await get('/__sandbox/audit')).toHaveLength(20);
  });

  test('a rule can be changed, switched off and deleted', async () => {
    const ruleId = await save({ components: [look] });
    const rule = { name: 'Changed', trigger: { kind: 'manual' }, components: [{ kind: 'priority', value: 'Low' }] };
    expect(await post('/__sandbox/rules', { id: ruleId, rule, accountId: sandbox.jira.viewerAccountId })).toMatchObject(
      { status: 200, body: { id: ruleId, name: 'Changed', ownerAccountId: sandbox.jira.viewerAccountId } },
    );
    await post('/__sandbox/rules/enable', { ruleId, isEnabled: false });
    expect(await post('/__sandbox/rules/run', { ruleId, issueKey: 'ACME-101' })).toEqual({
      status: 409,
      body: { error: 'The rule is switched off' },
    });
    expect((await page('/automation'))('[data-run]').attr('disabled')).toBeDefined();
    await post('/__sandbox/rules/delete', { ruleId });
    expect(await get('/__sandbox/rules')).toEqual([]);
  });

  test.each([
    [
      'an action that the app does not offer',
      '/__sandbox/rules',
      {
        rule: { name: 'R', trigger: { kind: 'manual' }, components: [{ kind: 'action', key: 'nothing', inputs: {} }] },
      },
      400,
    ],
    ['no parts', '/__sandbox/rules', { rule: { name: 'R', trigger: { kind: 'manual' }, components: [] } }, 400],
    ['a rule that is not there', '/__sandbox/rules/run', { ruleId: 'x', issueKey: 'ACME-101' }, 404],
    ['a rule to delete that is not there', '/__sandbox/rules/delete', { ruleId: 'x' }, 404],
    ['an issue that is not there', '/__sandbox/transition', { issueKey: 'ACME-9', to: 'Done' }, 404],
    ['an issue without a summary', '/__sandbox/issues', {}, 400],
    ['another reporter of nothing', '/__sandbox/issues/reporter', { issueKey: 'ACME-9', reporterAccountId: null }, 404],
    ['to delete without leave', '/__sandbox/issues/delete', { issueKey: 'ACME-101' }, 403],
    ['a status that is not there', '/__sandbox/transition', { issueKey: 'ACME-101', to: 'Gone' }, 400],
  ])('%s is refused', async (_what, target, body, status) => {
    expect(await post(target, body)).toEqual({ status, body: { error: expect.any(String) } });
  });

  test('who may not transition does not', async () => {
    expect(
      await post('/__sandbox/transition', {
        issueKey: 'ACME-101',
        to: 'Done',
        accountId: sandbox.jira.viewerAccountId,
      }),
    ).toMatchObject({ status: 403 });
    expect(sandbox.jira.issueFor('one').status.name).toBe('In progress');
  });

  test("the product page knows where an action's form is", async () => {
    expect(await (await fetch(`${sandbox.url}/__forge/host.js`)).text()).toContain(
      '"move-reporter":"action/index.html"',
    );
  });

  test('the address of the web trigger is open to the world, and refuses whom it does not know', async () => {
    const made = await post('/__sandbox/invoke', {
      module: 'segments-admin',
      functionKey: 'admin.createApiClient',
      payload: { name: 'Desk', acts: ['get'] },
      accountId: sandbox.jira.adminAccountId,
    });
    const created = z.object({ id: z.string(), secret: z.string(), view: z.object({ url: z.url() }) });
    const {
      id,
      secret,
      view: { url },
    } = z.object({ result: z.object({ value: created }) }).parse(made.body).result.value;
    expect(url.startsWith(`${sandbox.url}/public/`)).toBe(true);
    const send = (headers: Record<string, string>, method = 'POST') =>
      fetch(url, {
        method,
        headers,
        ...(method === 'POST'
          ? {
              body: JSON.stringify({
                operationId: 'request-1',
                sentAt: new Date().toISOString(),
                action: 'get',
                issueKey: 'ACME-101',
              }),
            }
          : {}),
      });
    const known = await send({ 'X-Segments-Key': `${id}.${secret}` });
    expect([known.status, await known.json()]).toEqual([
      200,
      expect.objectContaining({ found: true, memberId: sandbox.jira.memberFor('one')?.id }),
    ]);
    expect((await send({ 'X-Segments-Key': `${id}.wrong` })).status).toBe(401);
    const read = await send({}, 'GET');
    expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('JQL', () => {
  const found = z.object({ total: z.number(), keys: z.array(z.string()) });
  const search = async (jql: string, on = sandbox) => found.parse((await post('/__sandbox/jql', { jql }, on)).body);
  const open = async (jql: string, on = sandbox) =>
    load(await (await fetch(`${on.url}/issues?jql=${encodeURIComponent(jql)}`)).text());
  beforeEach(async () => {
    await sandbox.reset();
    await switchOnJql(sandbox);
  });

  test("the app's function is asked once, and brought up to date by its schedule", async () => {
    await panelOpen('ACME-101');
    const memberId = sandbox.jira.memberFor('one')?.id ?? 0;
    const [segmentId = 0] = sandbox.simulator?.truth.membershipsOf(memberId) ?? [];
    const query = `key = ACME-101 AND reporter in reporterInSegment("${segmentId}")`;
    expect((await search(query)).keys).toEqual(['ACME-101']);
    const asked = (): number =>
      sandbox.host.platform.calls.filter(({ functionKey }) => functionKey === 'reporter-in-segment-fn').length;
    const before = asked();
    expect(before).toBeGreaterThan(0);
    const payload = { operationId: '11111111-2222-4333-8444-000000000002', memberId, fromSegmentId: segmentId };
    expect(
      await post('/__sandbox/invoke', {
        module: 'segments-panel',
        functionKey: 'panel.remove',
        payload,
        issueKey: 'ACME-101',
      }),
    ).toMatchObject({ body: { result: { kind: 'ok' } } });
    expect((await search(query)).keys).toEqual(['ACME-101']);
    expect(asked()).toBe(before);
    await post('/__sandbox/trigger', { module: 'tick' });
    expect((await search(query)).keys).toEqual([]);
    expect(await get('/__sandbox/precomputations')).toEqual([
      expect.objectContaining({ functionName: 'reporterInSegment', field: 'reporter' }),
    ]);
  });

  test('the page shows what is found, and what Jira says of a query that it does not take', async () => {
    const $ = await open('status = "To do" AND priority = High');
    expect($('[role="status"]').text()).toMatch(/^\d work items?$/);
    expect(
      $('.jql__found a')
        .toArray()
        .map((link) => $(link).text()),
    ).toEqual((await search('status = "To do" AND priority = High')).keys);
    expect((await open('reporter in reporterInSegment("Nobody")'))('[role="alert"]').text()).toContain(
      'can tell nothing of “Nobody”',
    );
    const hostile = await open('<script>alert(1)</script> = 1');
    expect([hostile('script:not([src])').length, hostile('input[name="jql"]').attr('value')]).toEqual([
      0,
      '<script>alert(1)</script> = 1',
    ]);
  });

  test('finds the issues of 1,000 people and refuses 1,001, and lists no more than a page holds', async () => {
    const big = await startSandbox({ members: 3_600, segments: 2, extraReporters: 3_000 });
    try {
      const { jira, host, simulator } = big;
      // The links are this test's own.
      const payload = { isAutomatic: false };
      const admin = { moduleKey: 'segments-admin', accountId: jira.adminAccountId };
      await host.invoke({ ...admin, functionKey: 'admin.setAutomatic', payload });
      await switchOnJql(big);
      const fullest = simulator?.segments
        .map(({ id, name }) => ({ name, members: new Set(simulator.truth.membersOf(id)) }))
        .toSorted((a, b) => b.members.size - a.members.size)[0];
      const inIt = jira.crowd.filter(({ member }) => fullest?.members.has(member.id)).slice(0, 1_001);
      const link = ({ accountId, member }: (typeof inIt)[number]) =>
        host.kvs.handle('/api/v1/entity/set', {
          entityName: 'link',
          key: accountId,
          value: { state: 'linked', memberId: member.id, how: 'email', atMs: 1 },
        });
      for (const { key } of host.kvs.entity('link'))
        host.kvs.handle('/api/v1/entity/delete', { entityName: 'link', key });
      inIt.slice(0, 1_000).forEach(link);
      const query = `reporter in reporterInSegment("${fullest?.name ?? ''}")`;
      expect(await search(query, big)).toEqual({
        total: 1_000,
        keys: inIt.slice(0, 1_000).map(({ issueKey }) => issueKey),
      });
      const $ = await open(query, big);
      expect([$('.jql__found li').length, $('[role="status"]').text()]).toEqual([
        50,
        '1,000 work items, of which the first 50 are shown',
      ]);
      expect($('[data-sandbox="issue"] option').length).toBeLessThan(120);
      expect($('[data-sandbox="issue"] option[disabled]').text()).toMatch(/^and \d+ more: see JQL$/);
      inIt.slice(1_000).forEach(link);
      await post('/__sandbox/trigger', { module: 'tick' }, big);
      expect((await open(query, big))('[role="alert"]').text()).toContain('has more than 1,000 linked reporters');
    } finally {
      await big.stop();
    }
  });
});

describe('a request that means nothing', () => {
  const TARGETS = [
    ...['//', '//[', 'http://[', '*', '/?%'],
    ...ODD_NAMES.flatMap((name) =>
      [
        '',
        '/__jira',
        '/browse',
        '/__sandbox',
        '/__forge',
        '/x1',
        '/public',
        '/admin/apps',
        '/panel',
        '/automation',
      ].map((folder) => `${folder}/${name}`),
    ),
    ...ODD_NAMES.flatMap((name) => [`/__sandbox/kvs?entity=${name}`, `/issues?jql=${name}&filter=${name}`]),
  ];

  it.each([
    ['page', () => sandbox.url],
    ["app's own origin", () => sandbox.host.uiOrigin],
  ])('is refused, and ends no process: on the %s', async (_which, origin) => {
    const cookie = ['account', 'theme', 'panel-width', 'locale'].map((name) => `sandbox-${name}=__proto__`).join('; ');
    for (const target of TARGETS)
      for (const method of ['GET', 'POST']) {
        const headers = { cookie, 'content-type': 'application/json' };
        const body = method === 'POST' ? '{"module":"constructor","op":"constructor","__proto__":{}}' : '';
        const status = await rawRequest(origin(), { method, target, headers, body });
        expect({ method, target, isRefusedOrShown: status !== null && status < 500 }).toEqual({
          method,
          target,
          isRefusedOrShown: true,
        });
      }
    expect((await fetch(sandbox.url)).status).toBe(200);
  });

  it.each(['constructor', '__proto__', 'toString'])('finds nothing that every object has: %s', async (name) => {
    const { rest } = sandbox.jira;
    const asked = { as: 'user', accountId: sandbox.jira.adminAccountId, method: 'GET', body: null } as const;
    const scopes = ['read:jira-work', 'read:jira-user'];
    const permissions = await rest({ ...asked, scopes, path: `/rest/api/3/mypermissions?permissions=${name}` });
    expect(permissions.status).toBe(400);
    const { status } = await post('/__sandbox/invoke', { module: name, functionKey: name });
    expect(status).toBe(404);
    const written = sandbox.host.kvs.handle('/api/v1/entity/set', {
      entityName: 'link',
      key: 'x',
      value: JSON.parse(`{"${name}": {}}`),
    });
    expect(JSON.stringify(written)).toContain('UNDECLARED_ATTRIBUTE');
  });
});
