import { processQueuedChanges } from '../../src';
import { enqueue, type QueuedChange } from '../../src/adapters/store';
import { operationIdOf } from '../../src/usecases/result';
import { ledgerEntry } from '../support/ledgerEntry';
import { fillLedger } from '../support/ledgerRows';
import { queuedChange } from '../support/queuedChange';
import { placesOf } from '../support/segments';
import { createSite, valueOf, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';
import { putLease } from '../support/leaseRows';

/** One run over what waits: what it looks at, what it leaves alone, and what it counts. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let site: Site;
let time: VirtualTime;
let logged: jest.SpyInstance;
beforeEach(() => {
  logged = jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(async () => {
  time.stop();
  await site.stop();
});

/** A site on which changes of the reporter of ACME-101 can wait, whom nothing links; time is virtual. */
async function prepare() {
  site = await createSite({ offline: true, members: 30, segments: 4, settings: { canAdd: true } });
  site.prove(['addByEmail']);
  time = startVirtualTime();
  const { memberId, from, to, another } = placesOf(site);
  const { id: issueId, key: issueKey, reporterAccountId } = site.jira.issueFor('one');
  const change = (overrides: Partial<QueuedChange> = {}): QueuedChange =>
    queuedChange({
      ...{ source: String(from), target: String(to), actorAccountId: site.jira.defaultAccountId },
      ...{ reporterAccountId: reporterAccountId ?? '', issueId, issueKey },
      ...overrides,
    });
  const memberships = (): number[] => site.simulator.truth.membershipsOf(memberId);
  return { memberId, from, to, another, change, memberships };
}

const store = <T>(work: () => Promise<T>): Promise<T> =>
  time.until(site.app.runAs({ moduleKey: 'queued-changes' }, work));
const hold = async (...changes: readonly QueuedChange[]): Promise<void> => {
  for (const one of changes) await store(() => enqueue(one));
};
/** Stores a row as it is, in nobody's line. */
const put = ({ requestId, ...row }: QueuedChange): unknown =>
  site.platform.kvs.handle('/api/v1/entity/set', {
    entityName: 'queued-change',
    key: requestId,
    value: Object.fromEntries(Object.entries(row).filter(([, one]) => one !== null)),
  });
const forget = (requestId: string): unknown =>
  site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'queued-change', key: requestId });
const run = (): Promise<unknown> =>
  time.until(site.app.runFunction(processQueuedChanges, { moduleKey: 'queued-changes', body: {} }));
const waiting = () =>
  site.platform.kvs.entity('queued-change').map(({ key, value }) => ({ requestId: key, ...(value as object) }));
const inLine = (): unknown[] => site.platform.kvs.entity('change-queue');
const counted = async () =>
  valueOf(await time.until(site.admin('admin.health'))).ruleFailures.map(({ cause, latest }) => ({
    cause,
    latest: latest.map(({ action, operationId, issueKey }) => ({ action, operationId, issueKey })),
  }));
/** How often somebody's line was read in a run. */
const linesRead = async (): Promise<number> => {
  let times = 0;
  const stop = site.platform.intercept(({ path }, _proceed, { body }) => {
    if (path.endsWith('/entity/get') && String(body).includes('"change-queue"')) times += 1;
    return undefined;
  });
  await run();
  stop();
  return times;
};
const writes = (): number => site.simulator.truth.writes().length;

describe('a run over what waits', () => {
  it('looks once at somebody whose first change rests, however many wait behind it', async () => {
    const { change } = await prepare();
    const notBeforeMs = Date.now() + MINUTE;
    await hold(change({ notBeforeMs }), change({ requestId: 'request-2' }), change({ requestId: 'request-3' }));
    expect(await linesRead()).toBe(1);
    expect(waiting()).toHaveLength(3);
  });

  it('leaves a row alone that stands in nobody’s line, without a word', async () => {
    const { change } = await prepare();
    put(change());
    await run();
    expect([waiting().length, writes(), logged.mock.calls]).toEqual([1, 0, []]);
  });

  it.each<[string, (one: QueuedChange) => unknown]>([
    ['is gone', ({ requestId }) => forget(requestId)],
    ['was given up', (one) => put({ ...one, state: 'failed', failure: 'saidNo' })],
  ])('goes on behind a change whose row %s', async (_how, spoil) => {
    const { change, memberships, another, from } = await prepare();
    await hold(change(), change({ requestId: 'request-2', source: String(from), target: String(another) }));
    await spoil(change());
    await run();
    expect([memberships(), inLine(), writes(), logged.mock.calls]).toEqual([[another], [], 1, []]);
  });

  it('goes on behind a change that it gives up, though a query does not show what comes next', async () => {
    const { change, memberships, to } = await prepare();
    await hold(change({ target: '987654' }));
    await time.pass(MINUTE);
    site.platform.kvs.setQueryLagMs(MINUTE / 2);
    await hold(change({ requestId: 'request-2' }));
    await run();
    expect(memberships()).toEqual([to]);
    expect(inLine()).toEqual([]);
  });

  it('leaves what a faster run has in hand', async () => {
    const { change } = await prepare();
    await hold(change());
    const entry = ledgerEntry({
      ...{ operationId: operationIdOf('request-1', 1), entryPoint: 'automation' },
      ...{ actorAccountId: site.jira.defaultAccountId, reporterAccountId: change().reporterAccountId },
      members: [{ memberId: 7, outcome: 'notConfirmed', reason: 'unchanged' }],
      answer: { status: 503, cause: 'server', count: null },
    });
    fillLedger(site, [entry]);
    const stop = site.platform.intercept(({ path }, _proceed, { body }) => {
      if (path.endsWith('/entity/get') && String(body).includes('"ledger"')) put(change({ attempt: 3 }));
      return undefined;
    });
    await run();
    stop();
    expect(waiting()).toEqual([expect.objectContaining({ state: 'queued', attempt: 3 })]);
    expect(writes()).toBe(0);
  });
});

describe('how long a change waits', () => {
  it.each([
    ['six days', 6 * DAY, []],
    ['a week to the millisecond', 7 * DAY, []],
    ['a millisecond more', 7 * DAY + 1, [{ state: 'failed', failure: 'waitedTooLong' }]],
  ])('is a week: after %s', async (_what, ageMs, left) => {
    const { change } = await prepare();
    const askedAtMs = Date.now() - ageMs;
    await hold(change({ askedAtMs, notBeforeMs: askedAtMs }));
    await run();
    expect(waiting()).toMatchObject(left);
    expect(waiting()).toHaveLength(left.length);
  });

  it('is not for as long as another change of the member asks', async () => {
    const { change, memberId, memberships, from } = await prepare();
    const value = { operationId: 'another', untilMs: Date.now() + 30_000, revision: 'theirs' };
    putLease(site, memberId, value);
    await hold(change());
    await run();
    expect([memberships(), waiting().length]).toEqual([[from], 1]);
  });
});

describe('a change that is given up', () => {
  it.each([
    ['move', 'move-reporter'],
    ['remove', 'remove-reporter'],
    ['add', 'add-reporter'],
  ] as const)('is counted as a failure of its rule: %s', async (kind, action) => {
    const { change } = await prepare();
    site.proveWrites('add');
    await hold(change({ kind, source: kind === 'add' ? null : '987654', target: kind === 'remove' ? null : '987654' }));
    await run();
    expect(await counted()).toEqual([
      {
        cause: 'segmentUnknown',
        latest: [{ action, operationId: operationIdOf('request-1', 1), issueKey: 'ACME-101' }],
      },
    ]);
  });

  it('is no failure of a rule where an API client asked for it', async () => {
    const { change } = await prepare();
    await hold(change({ entryPoint: 'apiClient', apiClientId: 'nobody' }));
    await run();
    expect(waiting()).toMatchObject([{ state: 'failed', failure: 'apiClientGone' }]);
    expect(await counted()).toEqual([]);
  });

  it('is counted once where its reporter was erased, though a query still shows it', async () => {
    const { change } = await prepare();
    const erased = change({ reporterAccountId: 'erased' });
    put(erased);
    await run();
    expect(waiting()).toMatchObject([{ state: 'failed', failure: 'noMember' }]);
    expect(await counted()).toMatchObject([{ cause: 'noReporter', latest: [{ action: 'move-reporter' }] }]);
    put(change({ requestId: 'request-2', reporterAccountId: 'erased' }));
    await time.pass(MINUTE);
    site.platform.kvs.setQueryLagMs(MINUTE);
    forget('request-2');
    put({ ...erased, state: 'failed', failure: 'saidNo' });
    await run();
    expect(waiting()).toMatchObject([{ requestId: 'request-1', failure: 'saidNo' }]);
    site.platform.kvs.setQueryLagMs(0);
    expect(await counted()).toMatchObject([{ latest: [{}] }]);
  });

  it('is given up where the id of its attempt is taken and it says nothing that could be done', async () => {
    const { change } = await prepare();
    const entry = ledgerEntry({ operationId: operationIdOf('request-1', 1), entryPoint: 'automation' });
    fillLedger(site, [entry]);
    await hold(change({ source: null }));
    await run();
    expect(waiting()).toMatchObject([{ state: 'failed', failure: 'operationIdTaken' }]);
    expect(logged).not.toHaveBeenCalled();
  });

  it('is given up for a client that is gone, whatever Jira says', async () => {
    const { change } = await prepare();
    await hold(change({ entryPoint: 'apiClient', apiClientId: 'nobody' }));
    site.platform.intercept(({ kind }) => (kind === 'jira' ? { status: 503, headers: {}, body: '{}' } : undefined));
    await run();
    expect(waiting()).toMatchObject([{ state: 'failed', failure: 'apiClientGone' }]);
  });
});

describe('the reporter of a change that waited', () => {
  const usersAsked = () =>
    site.platform.calls.filter(({ kind, path }) => kind === 'jira' && path.includes('/user/bulk'));

  it('is known by their address where nothing links them, and Jira is asked who they are', async () => {
    const { change, memberships, to } = await prepare();
    await hold(change());
    await run();
    expect([memberships(), waiting()]).toEqual([[to], []]);
    expect(usersAsked()).toHaveLength(1);
  });

  it('is who their link says, and Jira is not asked', async () => {
    const { change, memberships, to } = await prepare();
    valueOf(await time.until(site.panel('panel.open', {})));
    site.platform.clearRecords();
    await hold(change());
    await run();
    expect([memberships(), usersAsked()]).toEqual([[to], []]);
  });

  it.each<[string, () => unknown]>([
    ['is an app', () => site.jira.setPerson(site.jira.issueFor('one').reporterAccountId ?? '', { accountType: 'app' })],
    [
      'is not known to Jira any more',
      () =>
        site.platform.intercept(({ path }) =>
          path.includes('/user/bulk')
            ? { status: 200, headers: { 'content-type': 'application/json' }, body: '{"values":[],"isLast":true}' }
            : undefined,
        ),
    ],
  ])('is nobody any more where the person %s', async (_what, arrange) => {
    const { change, memberships, from } = await prepare();
    await arrange();
    await hold(change());
    await run();
    expect(memberships()).toEqual([from]);
    expect(waiting()).toMatchObject([{ state: 'failed', failure: 'noMember' }]);
    expect(await counted()).toMatchObject([{ cause: 'noReporter' }]);
  });

  it('is waited for while Jira can not say who they are', async () => {
    const { change, memberships, from } = await prepare();
    await hold(change());
    site.platform.intercept(({ path }) =>
      path.includes('/user/bulk') ? { status: 503, headers: {}, body: '{}' } : undefined,
    );
    await run();
    expect([memberships(), waiting().length]).toEqual([[from], 1]);
    expect(waiting()).toMatchObject([{ state: 'queued', attempt: 1 }]);
  });
});

describe('a reporter who is asked to be added', () => {
  it.each([1, 3, 6])('is left alone for a minute and looked for then, after %i attempts', async (attempt) => {
    const { to, change } = await prepare();
    const { id: issueId, key: issueKey, reporterAccountId } = site.jira.issueFor('notFound');
    const asked = { kind: 'add', source: null, target: String(to), ifUnknown: 'add', attempt } as const;
    await hold(change({ ...asked, reporterAccountId: reporterAccountId ?? '', issueId, issueKey }));
    site.simulator.faults.add({ match: { route: 'addByEmail' }, fault: { kind: 'empty', applied: false } });
    const startMs = Date.now();
    await run();
    const [row] = waiting() as unknown as QueuedChange[];
    expect(row).toMatchObject({ state: 'queued', ifUnknown: 'added', attempt });
    expect((row?.notBeforeMs ?? 0) - startMs).toBeGreaterThanOrEqual(MINUTE);
    await time.pass(2 * MINUTE);
    await run();
    expect(waiting()).toMatchObject([
      attempt === 6 ? { state: 'failed', failure: 'notConfirmed' } : { state: 'queued', attempt: attempt + 1 },
    ]);
  });

  it('is asked for by nobody who may move and may not add, as of now', async () => {
    const { to, change, memberships } = await prepare();
    const { id: issueId, key: issueKey, reporterAccountId } = site.jira.issueFor('notFound');
    const asked = { source: 'any', target: String(to), ifUnknown: 'add' } as const;
    await hold(
      change({ ...asked, reporterAccountId: reporterAccountId ?? '', issueId, issueKey }),
      change({ requestId: 'request-2', ifUnknown: 'add' }),
    );
    const everybody = valueOf(await time.until(site.admin('admin.loadAccess', {})));
    const rules = Object.keys(everybody).map((act) => [act, { permission: 'EDIT_ISSUES', groupNames: [] }]);
    const add = { permission: 'ADMINISTER', groupNames: [] };
    valueOf(await time.until(site.admin('admin.saveAccess', { ...Object.fromEntries(rules), add })));
    await run();
    expect(waiting()).toMatchObject([{ requestId: 'request-1', state: 'failed', failure: 'notPermitted' }]);
    expect(site.simulator.requests().filter(({ route }) => route === 'addByEmail')).toEqual([]);
    // Whoever is known is moved: that they may.
    expect(memberships()).toEqual([to]);
  });
});
