import { randomUUID } from 'node:crypto';
import { noteIssueEvent } from '../../src';
import { readReporters, type KnownReporter } from '../../src/adapters/store';
import type { IssueEvent } from '../../sandbox/forge/productEvents';
import { createSite, type Site } from '../support/site';
import { askNow } from '../support/directory';

let site: Site;
let runs: string[];
const open = async (options: Parameters<typeof createSite>[0] = {}): Promise<void> => {
  runs = [];
  site = await createSite({
    offline: true,
    events: true,
    queueSecondMs: 1,
    onDelivery: async (consumerKey, run) => {
      runs.push(consumerKey);
      return run(`${consumerKey}-${String(runs.length)}`);
    },
    ...options,
  });
  await site.refreshSlice();
  await site.platform.queue.idle();
  runs.length = 0;
};
beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => site.stop());

const settle = async (): Promise<void> => {
  await site.events.idle();
  await site.platform.queue.idle();
  // Seconds of the queue pass quickly here; those of the clock do not.
  site.platform.kvs.handle('/api/v1/delete', { key: 'looks-awake-until' });
};
const rows = (entity: string): { key: string; value: unknown }[] => [...site.platform.kvs.entity(entity)];
const reporterOf = (state: Parameters<Site['jira']['issueFor']>[0]): string =>
  String(site.jira.issueFor(state).reporterAccountId);
const known = async (accountId: string): Promise<KnownReporter | undefined> =>
  (await site.app.runAs({}, () => readReporters([accountId]))).get(accountId);
const linkOf = (accountId: string): unknown => rows('link').find(({ key }) => key === accountId)?.value;
const createdBy = (state: Parameters<Site['jira']['issueFor']>[0]): void =>
  void site.jira.createIssue(site.jira.issueFor(state).key);
const eventOf = (state: Parameters<Site['jira']['issueFor']>[0], overrides: Partial<IssueEvent> = {}): IssueEvent => ({
  eventType: 'avi:jira:created:issue',
  selfGenerated: false,
  timestamp: '1767603600000',
  issue: { id: '1', key: 'ACME-1', fields: { project: { id: '10000' }, reporter: { accountId: reporterOf(state) } } },
  ...overrides,
});
const eventWith = (fields: Record<string, unknown>): IssueEvent => ({
  eventType: 'avi:jira:created:issue',
  selfGenerated: false,
  timestamp: '1767603600000',
  issue: { id: '1', key: 'ACME-1', fields },
});
const callsOfTriggers = (): number => new Set(site.platform.calls.map(({ invocationId }) => invocationId)).size;

describe('an issue that is created', () => {
  it('links its reporter when they are certain, and counts them', async () => {
    await open();
    createdBy('one');
    await settle();
    const memberId = site.jira.memberFor('one')?.id;
    expect(linkOf(reporterOf('one'))).toMatchObject({ state: 'linked', memberId, how: 'email' });
    expect(await known(reporterOf('one'))).toMatchObject({ state: 'linked', memberId, issues: 1 });
    expect(rows('pending-look')).toEqual([]);
  });

  it('says of everybody else why they are not linked', async () => {
    await open();
    for (const state of ['ambiguous', 'notFound', 'emailHidden', 'customer', 'app', 'found'] as const) createdBy(state);
    await settle();
    expect(
      await Promise.all(
        (['ambiguous', 'notFound', 'emailHidden', 'customer', 'app'] as const).map(
          async (state) => (await known(reporterOf(state)))?.state,
        ),
      ),
    ).toEqual(['emailShared', 'notFound', 'emailHidden', 'untrustedAccount', 'notAPerson']);
    // Somebody unlinked them by hand.
    expect(linkOf(reporterOf('found'))).toMatchObject({ state: 'unlinked' });
    expect((await known(reporterOf('found')))?.state).toBe('unlinked');
  });

  it('costs few runs of the consumer however many there are, and one look a person and day', async () => {
    await open({ extraReporters: 30 });
    for (const { issueKey } of site.jira.crowd) site.jira.createIssue(issueKey);
    for (const { issueKey } of site.jira.crowd) site.jira.createIssue(issueKey);
    await settle();
    expect(runs.filter((key) => key === 'reporter-looks').length).toBeLessThanOrEqual(2);
    expect(site.jira.crowd.filter(({ accountId }) => linkOf(accountId) === undefined)).toEqual([]);
    runs.length = 0;
    for (const { issueKey } of site.jira.crowd) site.jira.createIssue(issueKey);
    await settle();
    expect([runs, rows('pending-look')]).toEqual([[], []]);
  });

  it('that is told twice, late or after its deletion comes to the same', async () => {
    await open();
    site.events.setDelivery({ copies: () => 2, delaySeconds: ({ issue }) => Number(issue.id) % 7 });
    createdBy('one');
    createdBy('many');
    await settle();
    expect(linkOf(reporterOf('one'))).toMatchObject({ state: 'linked' });
    expect(rows('ledger').filter(({ value }) => (value as { kind: string }).kind === 'link')).toHaveLength(2);
    expect(await known(reporterOf('one'))).toMatchObject({ issues: 1 });
  });

  it('whose event is lost on its way to the consumer is made good by the tick', async () => {
    await open();
    site.platform.queue.setDelivery({ loses: ({ queueName }) => queueName === 'reporter-looks' });
    createdBy('one');
    await settle();
    expect(linkOf(reporterOf('one'))).toBeUndefined();
    site.platform.queue.setDelivery({});
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 120_000);
    await site.tick();
    await settle();
    jest.mocked(Date.now).mockRestore();
    expect(linkOf(reporterOf('one'))).toMatchObject({ state: 'linked' });
  });

  it('is nothing to an app that can not read yet, nor in a project where it is off', async () => {
    await open({ proven: false });
    createdBy('one');
    await settle();
    expect(rows('pending-look')).toEqual([]);
    await site.stop();
    await open();
    site.platform.kvs.handle('/api/v1/set', {
      key: 'projects',
      value: { version: 1, scope: { kind: 'only', projects: [{ id: '99', key: 'OFF', name: 'Off' }] } },
    });
    createdBy('one');
    await settle();
    expect(rows('pending-look')).toEqual([]);
  });
});

describe('an issue that is changed', () => {
  it('has its new reporter looked at', async () => {
    await open();
    site.jira.setReporter(site.jira.adminAccountId, 'ACME-105', reporterOf('one'));
    await settle();
    expect(linkOf(reporterOf('one'))).toMatchObject({ state: 'linked' });
  });

  it('without a new reporter or project costs no invocation', async () => {
    await open();
    site.platform.clearRecords();
    site.jira.transition(site.jira.defaultAccountId, 'ACME-101', 'Done');
    site.jira.setPriority(site.jira.defaultAccountId, 'ACME-101', 'Low');
    await settle();
    expect([callsOfTriggers(), runs]).toEqual([0, []]);
  });

  it('by the app itself costs no invocation', async () => {
    await open();
    site.platform.clearRecords();
    site.events.publish(eventOf('one', { selfGenerated: true }));
    await settle();
    expect(callsOfTriggers()).toBe(0);
  });

  it('and could not be judged by the filter is judged by the app', async () => {
    await open();
    const moved = { items: [{ field: 'project', from: '1', to: '10000' }] };
    site.events.publish(eventOf('many', { eventType: 'avi:jira:updated:issue', changelog: moved }));
    // Without a changelog the expression fails, and the event is delivered.
    site.events.publish(eventOf('one', { eventType: 'avi:jira:updated:issue' }));
    await settle();
    expect([linkOf(reporterOf('many')), linkOf(reporterOf('one'))]).toMatchObject([
      { state: 'linked' },
      { state: 'linked' },
    ]);
    const handled = await site.app.runFunction(noteIssueEvent, {
      moduleKey: 'issue-changed',
      body: eventOf('notFound', {
        eventType: 'avi:jira:updated:issue',
        changelog: { items: [{ field: 'status', from: '1', to: '2' }] },
      }),
    });
    expect([handled, rows('pending-look')]).toEqual([undefined, []]);
  });
});

describe('an event of which a part has another form', () => {
  it.each<[string, object]>([
    ['an item of its changelog', { changelog: { items: [null, { field: 'reporter' }] } }],
    ['the changelog', { changelog: 'none' }],
  ])('is taken for one that is about the reporter: %s', async (_what, changed) => {
    await open();
    const body = { ...eventOf('one'), eventType: 'avi:jira:updated:issue', ...changed };
    await site.app.runFunction(noteIssueEvent, { moduleKey: 'issue-changed', body });
    expect(rows('pending-look').map(({ key }) => key)).toHaveLength(1);
  });

  it('has the field filled anew where the reporter is odd', async () => {
    await open();
    const field = { version: 1, isOn: true, segmentIds: [], changedAtMs: 1 };
    site.platform.kvs.handle('/api/v1/set', { key: 'field', value: field });
    const fields = { reporter: { accountId: 7 }, project: { id: '10000' } };
    const body = { ...eventWith(fields), eventType: 'avi:jira:updated:issue' };
    await site.app.runFunction(noteIssueEvent, { moduleKey: 'issue-changed', body });
    await site.platform.queue.idle();
    expect(runs).toContain('field');
  });
});

describe('what is harmless', () => {
  it('an issue that is deleted before anybody looked: its reporter is not looked at', async () => {
    // Who looks waits until the issue is gone, however slow the machine is.
    let isDeleted = Promise.resolve();
    await open({
      onDelivery: async (_consumerKey, run) => {
        await isDeleted;
        return run(randomUUID());
      },
    });
    let look = (): void => undefined;
    isDeleted = new Promise((resolve) => (look = resolve));
    site.events.setDelivery({ delaySeconds: () => 0 });
    const issue = site.jira.createIssue('ACME-101');
    await site.events.idle();
    expect(rows('pending-look')).toHaveLength(1);
    site.jira.deleteIssue(site.jira.adminAccountId, issue.key);
    await site.events.idle();
    expect(rows('pending-look')).toEqual([]);
    look();
    await settle();
    expect(await known(reporterOf('one'))).toBeUndefined();
  });

  it.each([
    ['nothing', undefined],
    ['another event', { eventType: 'avi:jira:viewed:issue' }],
    ['an issue without a reporter', eventWith({ reporter: null, project: { id: '10000' } })],
    ['an issue without a project', eventWith({ reporter: { accountId: 'acc-1' } })],
    ['somebody who was erased', eventWith({ reporter: { accountId: 'unknown' }, project: { id: '10000' } })],
    ...[' ', 'a/b?c', 'a\n', '\u200b'].map((accountId): [string, IssueEvent] => [
      `a reporter who can not be kept: ${JSON.stringify(accountId)}`,
      eventWith({ reporter: { accountId }, project: { id: '10000' } }),
    ]),
    ['a reporter who is none', eventWith({ reporter: { accountId: 7 }, project: { id: '10000' } })],
  ])('an event of %s', async (_what, body) => {
    await open();
    await site.app.runFunction(noteIssueEvent, { moduleKey: 'issue-added', body });
    expect([runs, rows('pending-look')]).toEqual([[], []]);
  });

  it('an account that Jira does not know', async () => {
    await open();
    site.events.publish({
      ...eventOf('one'),
      issue: eventWith({ reporter: { accountId: 'acc-gone' }, project: { id: '10000' } }).issue,
    });
    await settle();
    expect([rows('pending-look'), await known('acc-gone')]).toEqual([[], undefined]);
  });

  it('Jira that answers nothing: who waits is looked at when it does', async () => {
    await open();
    site.jira.faults.add({ fault: { kind: 'status', code: 500 } });
    createdBy('one');
    await settle();
    expect(rows('pending-look')).toHaveLength(1);
    site.jira.faults.clear();
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 600_000);
    await site.tick();
    await settle();
    jest.mocked(Date.now).mockRestore();
    expect(linkOf(reporterOf('one'))).toMatchObject({ state: 'linked' });
  });
});

describe('after a refresh of the directory', () => {
  const refresh = async (): Promise<void> => {
    askNow(site);
    await site.refreshSlice();
    await settle();
  };
  const memberOf = (state: Parameters<Site['jira']['memberFor']>[0]): number => site.jira.memberFor(state)?.id ?? 0;
  const emailOf = (memberId: number): string =>
    String(site.simulator.truth.snapshot().members.find(({ id }) => id === memberId)?.email);

  /** Shorter Loop forgets them at the next request, as when somebody deletes them over there. */
  const depart = (id: number): void => void site.simulator.faults.add({ fault: { kind: 'memberGone', id } });

  it('who became matchable is linked', async () => {
    await open();
    const memberId = memberOf('one');
    const email = emailOf(memberId);
    site.simulator.changeMember(memberId, { email: 'another@example.com' });
    await refresh();
    createdBy('one');
    await settle();
    expect((await known(reporterOf('one')))?.state).toBe('notFound');
    site.simulator.changeMember(memberId, { email });
    await refresh();
    expect(linkOf(reporterOf('one'))).toMatchObject({ state: 'linked', memberId });
    expect(await known(reporterOf('one'))).toMatchObject({ state: 'linked', issues: 1 });
  });

  it.each([
    ['memberGone', (id: number) => depart(id)],
    ['emailChanged', (id: number) => site.simulator.changeMember(id, { email: 'another@example.com' })],
    [
      'secondMember',
      (id: number) => {
        const other = site.simulator.truth.snapshot().members.find((one) => one.id !== id && one.segmentIds.length > 0);
        site.simulator.changeMember(other?.id ?? 0, { email: emailOf(id) });
      },
    ],
  ] as const)('a link that no longer fits is marked %s, and stands', async (state, change) => {
    await open();
    createdBy('one');
    await settle();
    const before = linkOf(reporterOf('one'));
    expect(before).toMatchObject({ state: 'linked' });
    change(memberOf('one'));
    await refresh();
    expect(linkOf(reporterOf('one'))).toEqual(before);
    expect((await known(reporterOf('one')))?.state).toBe(state);
  });

  it('that found nothing new nobody is looked at', async () => {
    await open();
    createdBy('one');
    await settle();
    runs.length = 0;
    await refresh();
    expect(runs).toEqual([]);
  });
});
