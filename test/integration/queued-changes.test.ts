import { sweepFailedChanges } from '../../src/adapters/store';
import { teamAccess } from '../../sandbox/teamAccess';
import { queueLab } from '../support/queueLab';
import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(async () => {
  await site.platform.queue.idle();
  await site.stop();
});

async function prepare() {
  site = await createSite({ offline: true, queueSecondMs: 1 });
  const { id, secret } = valueOf(await site.admin('admin.createApiClient', { name: 'Desk', acts: ['move'] }));
  return { ...(await queueLab(site)), apiClientId: id, key: { 'x-segments-key': `${id}.${secret}` } };
}
const ofClient = (apiClientId: string) => ({ entryPoint: 'apiClient', apiClientId }) as const;
const DAY_MS = 86_400_000;

describe('a change that waited', () => {
  it('is carried out for a rule’s user who may still do it, and for an API client that stands', async () => {
    const { change, hold, run, rows, memberships, to, from, apiClientId } = await prepare();
    await hold(change());
    await run();
    expect([memberships(), rows()]).toEqual([[to], []]);
    await hold(change({ requestId: 'request-2', source: String(to), target: String(from), ...ofClient(apiClientId) }));
    await run();
    expect([memberships(), rows()]).toEqual([[from], []]);
  });

  type Lab = Awaited<ReturnType<typeof prepare>>;
  const taken: readonly (readonly [string, string, (lab: Lab) => unknown])[] = [
    ['has lost the permission', 'notPermitted', () => site.jira.setRole(site.jira.defaultAccountId, 'viewer')],
    [
      'may not see the work item any more',
      'issueNotVisible',
      () => site.jira.setRole(site.jira.defaultAccountId, 'noAccess'),
    ],
    ['acts where the app is off now', 'projectOff', ({ switchOff }) => switchOff()],
    [
      'is in none of the groups that the rule names now',
      'notPermitted',
      async () => {
        const named = { permission: 'EDIT_ISSUES', groupNames: ['jira-administrators'] } as const;
        valueOf(await site.admin('admin.saveAccess', teamAccess({ move: named })));
      },
    ],
    ['is deactivated', 'consentNeeded', () => site.jira.setPerson(site.jira.defaultAccountId, { active: false })],
    [
      'has an account no more',
      'consentNeeded',
      () =>
        site.platform.intercept(({ kind }) =>
          kind === 'jira'
            ? { status: 401, headers: { 'forge-proxy-error': 'NEEDS_AUTHENTICATION_ERR' }, body: '{}' }
            : undefined,
        ),
    ],
  ];
  it.each(taken)('is given up where its user %s: %s', async (_how, failure, change) => {
    const lab = await prepare();
    await lab.hold(lab.change());
    await change(lab);
    await lab.run();
    expect(lab.rows()).toEqual([{ requestId: 'request-1', state: 'failed', failure }]);
    expect(lab.memberships()).toEqual([lab.from]);
  });

  it('is given up with the revocation of its API client, at once', async () => {
    const { change, hold, rows, apiClientId } = await prepare();
    await hold(change(ofClient(apiClientId)));
    await hold(change({ requestId: 'request-2' }));
    valueOf(await site.admin('admin.revokeApiClient', { id: apiClientId }));
    expect(rows().map(({ requestId, failure }) => [requestId, failure])).toEqual([
      ['request-1', 'apiClientGone'],
      ['request-2', undefined],
    ]);
    expect(site.platform.kvs.entity('queue-admission').map(({ key }) => key)).not.toContain(`client.${apiClientId}`);
  });

  it.each([
    ['never was', 'apiClientGone', { apiClientId: 'nobody' }],
    ['has another act', 'apiClientMayNot', { kind: 'remove', target: null }],
  ] as const)('is given up before its attempt where its API client %s: %s', async (_how, failure, overrides) => {
    const { change, hold, run, rows, memberships, from, apiClientId } = await prepare();
    await hold(change({ ...ofClient(apiClientId), ...overrides }));
    await run();
    expect([rows(), memberships()]).toEqual([[{ requestId: 'request-1', state: 'failed', failure }], [from]]);
  });

  it('is given up for an API client where the app is off now', async () => {
    const { change, hold, run, rows, switchOff, apiClientId } = await prepare();
    await hold(change(ofClient(apiClientId)));
    switchOff();
    await run();
    expect(rows()).toMatchObject([{ state: 'failed', failure: 'projectOff' }]);
  });

  it('rests while Jira can not say, and is given up after a week', async () => {
    const { change, hold, run, rows, memberships, from } = await prepare();
    await hold(change());
    await hold(change({ requestId: 'request-2', reporterAccountId: 'somebody', askedAtMs: Date.now() - 8 * DAY_MS }));
    site.platform.intercept(({ kind }) => (kind === 'jira' ? { status: 503, headers: {}, body: '{}' } : undefined));
    await run();
    expect([rows(), memberships()]).toEqual([
      [
        { requestId: 'request-1', state: 'queued', failure: undefined },
        { requestId: 'request-2', state: 'failed', failure: 'waitedTooLong' },
      ],
      [from],
    ]);
  });
});

describe('how many wait', () => {
  it('is bounded for an API client, which is told so, and room comes back as they are settled', async () => {
    const { change, hold, apiClientId, key } = await prepare();
    const nth = (n: number) =>
      change({ requestId: `request-${n}`, reporterAccountId: `reporter-${n}`, ...ofClient(apiClientId) });
    for (let n = 0; n < 200; n += 1) expect(await hold(nth(n))).toBeNull();
    expect(await hold(nth(200))).toBe('apiClient');
    expect(await hold(change())).toBeNull();
    const body = {
      operationId: 'operation-1',
      sentAt: new Date().toISOString(),
      action: 'move',
      issueKey: 'ACME-101',
      source: 'any',
      target: '12',
    };
    expect(await site.apiClient(key, body)).toMatchObject({ statusCode: 429 });
    valueOf(await site.admin('admin.dismissChange', { requestId: 'request-7' }));
    expect(await hold(nth(200))).toBeNull();
    expect(await hold(nth(201))).toBe('apiClient');
  });

  it('is bounded for the site, also where many ask at once', async () => {
    const { change, hold } = await prepare();
    const requests = Array.from({ length: 500 }, (_, n) => `waiting-${n}`);
    for (let share = 0; share < 8; share += 1)
      site.platform.kvs.handle('/api/v1/entity/set', {
        entityName: 'queue-admission',
        key: `site.${share}`,
        value: { requests: requests.slice(share < 4 ? 0 : 495), revision: `r-${share}` },
      });
    for (const key of requests) {
      const { requestId: _key, apiClientId: _none, failure: _why, ...value } = change({ reporterAccountId: key });
      site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'queued-change', key, value });
    }
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => hold(change({ requestId: `r-${n}`, reporterAccountId: `p-${n}` }))),
    );
    expect(new Set(answers)).toEqual(new Set([null, 'site']));
    const rooms = site.platform.kvs
      .entity('queue-admission')
      .map(({ value }) => (value as { requests: string[] }).requests);
    expect(Math.max(...rooms.map(({ length }) => length))).toBe(500);
    expect(rooms.flat().filter((id) => id.startsWith('r-'))).toHaveLength(answers.filter((one) => one === null).length);
  });
});

describe('what an admin does about what waits', () => {
  it('sees who wants what, and dismisses one', async () => {
    const { change, hold, apiClientId, rows } = await prepare();
    await hold(change());
    await hold(change({ requestId: 'request-2', ...ofClient(apiClientId) }));
    const view = valueOf(await site.admin('admin.health'));
    expect(view.queued).toMatchObject([
      { requestId: 'request-1', kind: 'move', issueKey: 'ACME-101', apiClient: null, attempts: 1 },
      { requestId: 'request-2', apiClient: { id: apiClientId, name: 'Desk' } },
    ]);
    const after = valueOf(await site.admin('admin.dismissChange', { requestId: 'request-1' }));
    expect(after.queued.map(({ requestId }) => requestId)).toEqual(['request-2']);
    expect(rows().map(({ requestId }) => requestId)).toEqual(['request-2']);
    expect(site.platform.kvs.entity('change-queue')).toHaveLength(1);
  });

  it('dismisses all of an API client, of a cause, or all that there are', async () => {
    const { change, hold, apiClientId, rows, run, switchOff } = await prepare();
    await hold(change({ requestId: 'request-1', ...ofClient(apiClientId) }));
    await hold(change({ requestId: 'request-2' }));
    await hold(change({ requestId: 'request-3', target: '999999' }));
    const dismiss = async (input: object) => {
      const { dismissed, isAll } = valueOf(await site.admin('admin.dismissChanges', input));
      return { dismissed, isAll, left: rows().map(({ requestId }) => requestId) };
    };
    expect(await dismiss({ state: 'queued', apiClientId })).toEqual({
      dismissed: 1,
      isAll: true,
      left: ['request-2', 'request-3'],
    });
    switchOff();
    await run();
    expect(await dismiss({ state: 'failed', failure: 'segmentUnknown' })).toMatchObject({ dismissed: 0 });
    expect(await dismiss({ state: 'failed', failure: 'projectOff' })).toMatchObject({ dismissed: 2, left: [] });
    await hold(change({ requestId: 'request-4' }));
    expect(await dismiss({ state: 'queued', apiClientId: null })).toMatchObject({ dismissed: 1, left: [] });
    expect(problemOf(await site.admin('admin.dismissChanges', { state: 'done' }))).toMatchObject({
      code: 'invalidInput',
    });
  });
});

it('forgets what was given up after thirty days, and the oldest of more than a thousand', async () => {
  const { change } = await prepare();
  const nowMs = Date.now();
  const put = (key: string, askedAtMs: number): void => {
    const { requestId: _key, apiClientId: _none, failure: _why, ...row } = change({ state: 'failed', askedAtMs });
    const value = { ...row, failure: 'saidNo' };
    site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'queued-change', key, value });
  };
  for (let n = 0; n < 1_010; n += 1) put(`request-${n}`, nowMs - 20 * DAY_MS + n);
  put('old', nowMs - 31 * DAY_MS);
  // One that can't be read any more is no reason to keep the others.
  const odd = { state: 'failed', askedAtMs: nowMs - 40 * DAY_MS, kind: 'swap' };
  site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'queued-change', key: 'odd', value: odd });
  const sweep = () =>
    site.app.runAs({ moduleKey: 'upkeep-runs' }, () => sweepFailedChanges(Date.now(), Date.now() + 60_000));
  expect(await sweep()).toBe('done');
  const left = site.platform.kvs.entity('queued-change').map(({ key }) => key);
  expect(left).toHaveLength(1_000);
  expect(left).not.toContain('old');
  expect(left).not.toContain('odd');
  expect(left).not.toContain('request-9');
  expect(left).toContain('request-10');
});
