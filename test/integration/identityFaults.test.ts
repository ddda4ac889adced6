import { readIdentitySync, readReporters, readSyncTotals } from '../../src/adapters/store';
import { SITE_POINTS_AN_HOUR } from '../../src/usecases/connection';
import type { IssueState } from '../../sandbox/jira';
import { createIdentityLab } from '../support/identityLab';
import { valueOf, type Site } from '../support/site';

const HOUR_MS = 3_600_000;
const lab = createIdentityLab();
let site: Site;

const inApp = <T>(work: () => Promise<T>): Promise<T> => site.app.runAs({ moduleKey: 'tick' }, work);
const idOf = (state: IssueState): string => site.jira.issueFor(state).reporterAccountId ?? '';

async function open(): Promise<void> {
  site = await lab.open({ members: 120, extraReporters: 90 });
}

/** What matters of a site in the end: who is linked to whom, and what is counted. */
async function outcome() {
  const links = site.platform.kvs.entity('link').map(({ key, value }) => [key, Object(value).memberId]);
  const totals = await inApp(readSyncTotals);
  return { links: links.sort(), counts: totals?.counts, domains: totals?.domains.customers };
}

/** What the same site comes to where nothing goes wrong. */
let whole: Awaited<ReturnType<typeof outcome>>;
beforeAll(async () => {
  await open();
  await site.syncSlice();
  whole = await outcome();
});

/** Counts the rows again, to hold the counts against them. */
async function countedRows() {
  const ids = site.platform.kvs.entity('reporter').map(({ key }) => key);
  const counts = new Map<string, number>();
  for (const { state } of (await inApp(() => readReporters(ids))).values())
    counts.set(state, (counts.get(state) ?? 0) + 1);
  return Object.fromEntries(counts);
}

async function finish(most = 400): Promise<void> {
  for (let slices = 0; slices < most; slices += 1) {
    await site.syncSlice();
    if ((await inApp(readIdentitySync))?.phase === 'done') return;
  }
  throw new Error('The identity sync does not end');
}

/** Works on a slice whose process dies at its nth call of the platform. */
async function killedAt(nth: number): Promise<void> {
  let calls = 0;
  const revive = site.platform.intercept(() => {
    calls += 1;
    return calls > nth ? Promise.reject(new Error('killed')) : Promise.resolve(undefined);
  });
  await site.syncSlice().catch(() => undefined);
  revive();
  // Its lease lapses.
  lab.wait(11 * 60_000);
}

it('comes to the same after it was killed a hundred times, with no wrong link and nobody missed', async () => {
  await open();
  for (let nth = 0; nth < 100; nth += 1) await killedAt(3 + ((nth * 7) % 90));
  await finish();
  expect(await outcome()).toEqual(whole);
  const claims = site.platform.kvs.entity('member-claim');
  expect(claims).toHaveLength(new Set(claims.map(({ value }) => Object(value).accountId)).size);
  expect(site.platform.kvs.entity('ledger').filter(({ value }) => Object(value).how === 'email')).toHaveLength(
    whole.links.length - site.jira.links.length,
  );
});

it('comes to the same where two work at once, because the lease of one has lapsed', async () => {
  await open();
  await Promise.all([
    site.syncSlice(),
    (async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      lab.wait(11 * 60_000);
      await site.syncSlice();
    })(),
  ]);
  await finish();
  expect(await outcome()).toEqual(whole);
});

it('keeps its counts equal to its rows, whatever happens beside it', async () => {
  await open();
  const admin = async (): Promise<void> => {
    for (const state of ['ambiguous', 'notFound'] as const)
      await site.admin('admin.dismissReporter', { accountId: idOf(state), as: 'skipped' });
    const memberId = site.jira.memberFor('one')?.id;
    await site.admin('admin.unlinkReporter', { accountId: idOf('one'), memberId });
  };
  await Promise.all([site.syncSlice(), admin(), site.refreshSlice(), admin()]);
  await finish();
  await admin();
  const { counts } = await outcome();
  const rows = await countedRows();
  for (const [state, { reporters }] of Object.entries(counts ?? {}))
    expect([state, reporters]).toEqual([state, rows[state] ?? 0]);
});

it('rests where the hour’s points are used up or Jira says so, asks nothing meanwhile, and goes on by itself', async () => {
  await open();
  const hourMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const value = { hourMs, points: SITE_POINTS_AN_HOUR - 1_600, stoppedUntilMs: 0, revision: 'before' };
  site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'jira-budget', key: 'hour', value });
  await site.syncSlice();
  const { progress } = valueOf(await site.admin('admin.sync'));
  expect(progress.phase).toBe('resting');
  expect(progress.restsUntilMs).toBeGreaterThan(Date.now());
  site.jira.reset();
  await site.tick();
  await site.syncSlice();
  expect(site.jira.calls().filter(({ path }) => path.includes('/search/jql'))).toEqual([]);
  lab.wait(HOUR_MS);
  site.jira.faults.add({
    path: '/search/jql',
    fault: { kind: 'rateLimited', retryAfterSeconds: 1_200, reason: 'jira-quota-global-based' },
    times: 1,
  });
  await site.syncSlice();
  expect(valueOf(await site.admin('admin.sync')).progress.phase).toBe('resting');
  lab.wait(HOUR_MS);
  await finish();
  expect((await outcome()).links).toEqual(whole.links);
});

it('notes nobody wrongly while Jira gives no addresses', async () => {
  await open();
  site.jira.faults.add({ path: '/user/email/bulk', fault: { kind: 'status', code: 503 }, times: 12 });
  await site.syncSlice();
  expect((await inApp(readIdentitySync))?.phase).not.toBe('done');
  expect((await countedRows()).emailHidden ?? 0).toBe(0);
  await finish();
  expect(await outcome()).toEqual(whole);
});

it('names a project whose work items Jira does not show it, and reads the others', async () => {
  await open();
  site.jira.faults.add({ path: '/search/jql', fault: { kind: 'status', code: 400 }, times: 1 });
  await finish();
  expect(valueOf(await site.admin('admin.sync')).progress).toMatchObject({
    phase: 'done',
    unread: [{ key: 'ACME', name: 'Acme Cloud' }],
    unreadCount: 1,
  });
});
