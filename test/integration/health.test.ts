import { z } from 'zod';
import { createSite, linkedOf, valueOf, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true, queueSecondMs: 1 });
});
afterEach(() => site.stop());

const health = async () => valueOf(await site.admin('admin.health'));
const put = (entityName: string, key: string, value: object) =>
  site.platform.kvs.handle('/api/v1/entity/set', { entityName, key, value });

describe('the health of the app', () => {
  it('is empty where nothing went wrong', async () => {
    valueOf(await site.panel('panel.open', {}));
    const nothing = { count: 0, isAll: true, oldestMs: null };
    expect(await health()).toMatchObject({
      failures: [],
      headroom: { callsPerSecond: 5, mostCalls: 40, closedUntilMs: null },
      unfinished: nothing,
      waiting: nothing,
      failed: [],
    });
  });

  it('counts what failed by its cause, and not what a user was refused', async () => {
    const { simulator, jira } = site;
    simulator.faults.add({ match: { times: 2 }, fault: { kind: 'keyRevoked' } });
    await site.panel('panel.open', {});
    await site.panel('panel.open', {});
    await site.panel('panel.open', {}, { accountId: jira.noAccessAccountId });
    const { failures } = await health();
    expect(failures).toEqual([{ cause: 'unauthorized', lastDay: 2, lastWeek: 2, lastAtMs: expect.any(Number) }]);
    expect(JSON.stringify(site.platform.kvs.entity('failure'))).not.toContain(jira.defaultAccountId);
  });

  it('forgets a failure after a week, and tells yesterday from today', async () => {
    const hourMs = Math.floor((Date.now() - 30 * 3_600_000) / 3_600_000) * 3_600_000;
    put('failure', 'x', { cause: 'timeout', hourMs, count: 3, lastAtMs: hourMs });
    put('failure', 'y', { cause: 'timeout', hourMs: hourMs - 8 * 86_400_000, count: 5, lastAtMs: 1 });
    expect((await health()).failures).toEqual([{ cause: 'timeout', lastDay: 0, lastWeek: 3, lastAtMs: hourMs }]);
  });

  it('answers a user all the same when the failure itself can not be counted', async () => {
    jest.spyOn(console, 'error').mockReturnValue();
    site.simulator.faults.add({ fault: { kind: 'status', code: 500 } });
    site.platform.intercept((_call, _proceed, init) =>
      (init.body ?? '').includes('"failure"') ? { status: 500, headers: {}, body: '{}' } : undefined,
    );
    expect(await site.panel('panel.open', {})).toMatchObject({ problem: { code: 'shorterLoop', cause: 'server' } });
  });

  it('shows until when Shorter Loop wants to be left alone', async () => {
    site.simulator.faults.add({ fault: { kind: 'status', code: 429, retryAfterSeconds: 600 } });
    await site.panel('panel.open', {});
    const { headroom } = await health();
    expect(headroom.closedUntilMs).toBeGreaterThan(Date.now() + 500_000);
    expect(headroom.callsPerSecond).toBeLessThan(5);
  });

  it('shows writes whose outcome is open', async () => {
    put('lease', '7', { operationId: 'op', untilMs: Date.now() - 120_000, revision: 's' });
    expect((await health()).unfinished).toMatchObject({ count: 1, isAll: true, oldestMs: expect.any(Number) });
  });
});

describe('a change that was given up', () => {
  async function failedChange() {
    const { member } = linkedOf(valueOf(await site.panel('panel.open', {})));
    const [source = 0] = member.segmentIds;
    const { key: reporterAccountId } = site.platform.kvs
      .entity('link')
      .find(({ value }) => z.object({ memberId: z.literal(member.id) }).safeParse(value).success) ?? { key: '' };
    const issue = site.jira.issueFor('one');
    put('queued-change', 'request-1', {
      state: 'failed',
      kind: 'remove',
      source: String(source),
      entryPoint: 'automation',
      actorAccountId: site.jira.defaultAccountId,
      reporterAccountId,
      issueId: issue.id,
      issueKey: issue.key,
      askedAtMs: Date.now() - 1_000,
      notBeforeMs: 1,
      attempt: 6,
      failure: 'tooManyAttempts',
    });
    return { member, source };
  }

  it('is shown with its cause, and carried out when it is tried again', async () => {
    const { member, source } = await failedChange();
    expect((await health()).failed).toEqual([
      expect.objectContaining({
        requestId: 'request-1',
        failure: 'tooManyAttempts',
        attempts: 6,
        issueKey: site.jira.issueFor('one').key,
      }),
    ]);
    expect(valueOf(await site.admin('admin.retryChange', { requestId: 'request-1' })).failed).toEqual([]);
    await site.platform.queue.idle();
    expect(site.simulator.truth.membershipsOf(member.id)).not.toContain(source);
    expect(site.platform.kvs.entity('queued-change')).toEqual([]);
  });

  it('is shown beside one that can’t be read, which is counted and hinders nobody', async () => {
    await failedChange();
    put('queued-change', 'odd', { state: 'failed', askedAtMs: Date.now(), kind: 'swap' });
    put('queued-change', 'odder', { state: 'queued', askedAtMs: Date.now() });
    const shown = await health();
    expect(shown.failed.map(({ requestId }) => requestId)).toEqual(['request-1']);
    expect(shown.unreadableChanges).toBe(2);
    expect(valueOf(await site.admin('admin.dismissChanges', { state: 'failed', failure: null })).dismissed).toBe(1);
  });

  it('is forgotten when it is dismissed, and once only', async () => {
    const { member, source } = await failedChange();
    expect(valueOf(await site.admin('admin.dismissChange', { requestId: 'request-1' })).failed).toEqual([]);
    expect(valueOf(await site.admin('admin.retryChange', { requestId: 'request-1' })).failed).toEqual([]);
    expect(site.platform.kvs.entity('queued-change')).toEqual([]);
    expect(site.simulator.truth.membershipsOf(member.id)).toContain(source);
  });
});
