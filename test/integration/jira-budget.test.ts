import { readJiraBudget, SITE_POINTS_AN_HOUR, withinJiraBudget } from '../../src/usecases/connection';
import { createSite, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';

const HOUR_MS = 3_600_000;
let site: Site;
let laterMs = 0;
beforeEach(() => {
  laterMs = 0;
  const now = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => now() + laterMs);
});
afterEach(() => site.stop());

const open = async (options: SiteOptions = {}): Promise<Site> => (site = await createSite(options));
const inApp = <T>(work: () => Promise<T>): Promise<T> => site.app.runAs({ moduleKey: 'tick' }, work);
const hourMs = (): number => Math.floor(Date.now() / HOUR_MS) * HOUR_MS;

/** The site has spent so many points in the present hour. */
function spend(points: number): void {
  const value = { hourMs: hourMs(), points, stoppedUntilMs: 0, revision: 'before' };
  expect(
    site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'jira-budget', key: 'hour', value }).status,
  ).toBeLessThan(300);
}

const searches = (): number => site.jira.calls().filter(({ path }) => path.startsWith('/rest/api/3/search/jql')).length;

describe('the budget of points', () => {
  const cost = (points: number, isNearLimit = false) =>
    ({ kind: 'ok', value: { cost: { points, isNearLimit } } }) as const;

  it('is never passed by questions that are asked side by side', async () => {
    await open();
    let asked = 0;
    const question = () =>
      withinJiraBudget(501, () => {
        asked += 1;
        return Promise.resolve(cost(501));
      });
    const answers = await inApp(() => Promise.all(Array.from({ length: 40 }, question)));
    expect(asked).toBe(answers.filter(({ kind }) => kind === 'ok').length);
    expect(asked * 501).toBeLessThanOrEqual(SITE_POINTS_AN_HOUR);
    expect(asked).toBeGreaterThan(0);
    expect((await inApp(readJiraBudget)).left).toBe(SITE_POINTS_AN_HOUR - asked * 501);
  });

  it('gives back what a question did not cost, and begins anew with the hour', async () => {
    await open();
    await inApp(() => withinJiraBudget(501, () => Promise.resolve(cost(101))));
    expect((await inApp(readJiraBudget)).left).toBe(SITE_POINTS_AN_HOUR - 101);
    laterMs = HOUR_MS;
    expect((await inApp(readJiraBudget)).left).toBe(SITE_POINTS_AN_HOUR);
  });

  it('is empty until the next full hour once Jira says that few points are left to the app', async () => {
    await open();
    await inApp(() => withinJiraBudget(10, () => Promise.resolve(cost(10, true))));
    const { left, retryAfterMs } = await inApp(readJiraBudget);
    expect(left).toBe(0);
    expect(retryAfterMs).toBeLessThanOrEqual(HOUR_MS);
    expect(
      problemOf(await inApp(() => withinJiraBudget(10, () => Promise.reject(new Error('asked all the same'))))),
    ).toMatchObject({ code: 'jiraBudget' });
    laterMs = HOUR_MS;
    expect((await inApp(readJiraBudget)).left).toBe(SITE_POINTS_AN_HOUR);
  });
});

describe('a preview', () => {
  const read = (runId: string, pageToken: string | null) =>
    site.bulk('bulk.read', { runId, kind: 'jql', jql: 'project = ACME', pageToken });

  it('says beforehand what it costs, and nothing of a query that Jira does not understand', async () => {
    await open({ members: 300, extraReporters: 250 });
    expect(valueOf(await site.bulk('bulk.estimate', { jql: 'project = ACME' }))?.issues).toBeGreaterThan(250);
    expect(valueOf(await site.bulk('bulk.estimate', { jql: 'project = (' }))).toBeNull();
    expect(problemOf(await site.bulk('bulk.estimate', { jql: ' ' }))).toMatchObject({
      code: 'invalidInput',
      field: 'jql',
    });
  });

  it('waits for the next hour where the points are used up: the same step then reads everybody once', async () => {
    await open({ members: 300, extraReporters: 250 });
    const act = { kind: 'move', from: null, to: site.simulator.segments[0]?.id ?? 0 } as const;
    const source = { kind: 'jql', jql: 'project = ACME' } as const;
    const whole = valueOf(await read(valueOf(await site.bulk('bulk.create', { source, act })).runId, null)).run;
    const { runId } = valueOf(await site.bulk('bulk.create', { source, act }));
    spend(SITE_POINTS_AN_HOUR - 100);
    const before = searches();
    expect(problemOf(await read(runId, null))).toMatchObject({ code: 'jiraBudget' });
    expect(searches()).toBe(before);
    laterMs = HOUR_MS;
    const { run } = valueOf(await read(runId, null));
    expect([run.state, run.issues, run.verdicts]).toEqual([whole.state, whole.issues, whole.verdicts]);
  });
});
