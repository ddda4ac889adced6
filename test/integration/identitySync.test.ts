import type { SyncView } from '../../src/contract';
import { readIdentitySync, readReporters } from '../../src/adapters/store';
import type { IssueState } from '../../sandbox/jira';
import { createSite, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';

let site: Site;
afterEach(() => site.stop());

const inApp = <T>(work: () => Promise<T>): Promise<T> => site.app.runAs({ moduleKey: 'tick' }, work);
const idOf = (state: IssueState): string => site.jira.issueFor(state).reporterAccountId ?? '';
const view = async (): Promise<SyncView> => valueOf(await site.admin('admin.sync'));
const links = () => site.platform.kvs.entity('link');
const jiraCalls = (): number => site.jira.calls().length;

async function open(options: SiteOptions = {}): Promise<void> {
  site = await createSite(options);
  await site.refreshSlice();
}

/** The counts of those states in which somebody is. */
async function counted(): Promise<Record<string, number>> {
  const { counts } = await view();
  return Object.fromEntries(
    Object.entries(counts).flatMap(([state, { reporters }]) => (reporters > 0 ? [[state, reporters]] : [])),
  );
}

describe('the identity sync', () => {
  it('waits until the directory is read, then knows everybody by itself, and links who is certain', async () => {
    site = await createSite();
    await site.syncSlice();
    expect((await view()).progress).toMatchObject({ phase: 'waiting', startedAtMs: null });
    await site.refreshSlice();
    await site.syncSlice();
    const { progress, days } = await view();
    expect(progress).toMatchObject({ phase: 'done', projects: { read: 1, inAll: 1 }, unreadCount: 0 });
    expect(progress.issues).toBe(progress.issuesInAll);
    expect(await counted()).toMatchObject({
      emailShared: 1,
      notFound: 1,
      emailHidden: 3,
      untrustedAccount: 2,
      inactiveAccount: 1,
      notAPerson: 1,
    });
    expect(links().map(({ key }) => key)).toContain(idOf('many'));
    const { linked = 0, memberGone = 0 } = await counted();
    expect(days).toMatchObject([{ linked: linked + memberGone, marked: memberGone, review: 3, leftOut: 5 }]);
  });

  it('links hundreds of reporters in few calls, and counts every issue once', async () => {
    await open({ members: 700, extraReporters: 600 });
    site.jira.reset();
    await site.syncSlice();
    const { progress, counts } = await view();
    expect(counts.linked.reporters).toBeGreaterThanOrEqual(600);
    expect(Object.values(counts).reduce((sum, { issues }) => sum + issues, 0))
      // One is of an account that was erased, which is kept nowhere.
      .toBe(progress.issues - 1);
    expect(jiraCalls()).toBeLessThan(20);
  });

  it('leaves an idle site alone: a tick asks Jira nothing, and begins nothing', async () => {
    await open();
    await site.syncSlice();
    site.jira.reset();
    let pushed = 0;
    site.platform.queue.setDelivery({
      copies: ({ queueName }) => {
        pushed += queueName === 'identity-sync' ? 1 : 0;
        return 0;
      },
    });
    await site.tick();
    await site.tick();
    await site.syncSlice();
    expect(jiraCalls()).toBe(0);
    expect(pushed).toBe(0);
  });

  it('links nobody while an admin has it off, counts who is certain, and links them once it is on', async () => {
    await open();
    valueOf(await site.admin('admin.setAutomatic', { isAutomatic: false }));
    const before = links().length;
    await site.syncSlice();
    expect(links()).toHaveLength(before);
    const { certain } = await counted();
    expect(certain).toBeGreaterThan(0);
    expect(valueOf(await site.admin('admin.setAutomatic', { isAutomatic: true })).isAutomatic).toBe(true);
    await site.syncSlice();
    expect(links()).toHaveLength(before + (certain ?? 0));
    expect((await counted()).certain).toBeUndefined();
  });

  it('links customers once an admin trusts their domain, which it has counted without their addresses', async () => {
    await open();
    await site.syncSlice();
    const domains = ((await view()).customerDomains ?? []).map(({ domain }) => domain);
    expect(domains).toContain(site.jira.memberFor('customer')?.email.split('@')[1]);
    valueOf(await site.admin('admin.saveIdentity', { customers: { kind: 'domains', domains } }));
    await site.syncSlice();
    expect(links().map(({ key }) => key)).toContain(idOf('customer'));
    expect((await counted()).untrustedAccount).toBeUndefined();
  });
});

describe('an admin', () => {
  it('pauses, resumes and starts over, also in the middle', async () => {
    await open({ members: 700, extraReporters: 600 });
    let steps = 0;
    const twoSteps = { spend: () => Promise.resolve(), hasTime: () => (steps += 1) <= 2 };
    await site.syncSlice({}, twoSteps);
    const { progress } = await view();
    expect(progress.phase).toBe('reading');
    expect(progress.issues).toBeGreaterThan(0);
    expect(valueOf(await site.admin('admin.steerSync', { act: 'pause' })).progress.phase).toBe('paused');
    await site.syncSlice();
    expect((await view()).progress.issues).toBe(progress.issues);
    valueOf(await site.admin('admin.steerSync', { act: 'resume' }));
    await site.syncSlice();
    const whole = await view();
    expect(whole.progress.phase).toBe('done');
    expect(valueOf(await site.admin('admin.steerSync', { act: 'startOver' })).progress).toMatchObject({
      phase: 'reading',
      issues: 0,
    });
    await site.syncSlice();
    expect((await view()).counts).toEqual(whole.counts);
  });

  it('decides about those who need it, those first who reported most, and sees them no more', async () => {
    await open();
    await site.syncSlice();
    const rows = async () => valueOf(await site.admin('admin.review', { cause: 'notFound', after: null })).rows;
    expect(await rows()).toEqual([{ accountId: idOf('notFound'), issues: expect.any(Number), memberId: null }]);
    valueOf(await site.admin('admin.dismissReporter', { accountId: idOf('notFound'), as: 'skipped' }));
    expect(await rows()).toEqual([]);
    expect(await counted()).toMatchObject({ skipped: 1 });
    valueOf(await site.admin('admin.steerSync', { act: 'startOver' }));
    await site.syncSlice();
    expect(await counted()).toMatchObject({ skipped: 1 });
    expect(problemOf(await site.admin('admin.dismissReporter', { accountId: 'nobody', as: 'skipped' }))).toMatchObject({
      code: 'invalidInput',
    });
  });

  it('keeps what they unlinked', async () => {
    await open();
    await site.syncSlice();
    const memberId = site.jira.memberFor('one')?.id;
    const before = (await counted()).unlinked ?? 0;
    valueOf(await site.admin('admin.unlinkReporter', { accountId: idOf('one'), memberId }));
    expect(await counted()).toMatchObject({ unlinked: before + 1 });
    valueOf(await site.admin('admin.steerSync', { act: 'startOver' }));
    await site.syncSlice();
    expect((await inApp(() => readReporters([idOf('one')]))).get(idOf('one'))?.state).toBe('unlinked');
    expect(await inApp(readIdentitySync)).toMatchObject({ phase: 'done' });
  });
});
