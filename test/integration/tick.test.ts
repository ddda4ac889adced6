import type { Interceptor } from '../../sandbox/forge/platform';
import { createSite, valueOf, type Site } from '../support/site';

const FIVE_MINUTES_MS = 300_000;
const TICKS_A_DAY = 288;
const DAYS_A_MONTH = 30;
/** What an idle site may cost a month: the tick alone is 8,640. */
const MAX_INVOCATIONS = 9_000;

/** Each step with what only its first call to storage has in it. */
const STEPS = [
  ['recovery', '"queued"'],
  ['jql-refresh', '"jql-asked"'],
  ['directory-refresh', '"refresh"'],
  ['upkeep', '"upkeep-started"'],
] as const;

let site: Site;
afterEach(() => site.stop());

test.each(STEPS)(
  '%s fails alone: the other steps of the tick run, and the answer is a success',
  async (failing, part) => {
    site = await createSite({ offline: true });
    const asked: string[] = [];
    const listen: Interceptor = (call, _proceed, init) => {
      if (call.kind === 'kvs') asked.push(String(init.body));
      if (call.kind === 'kvs' && String(init.body).includes(part)) throw new Error('no storage by request');
      return Promise.resolve(undefined);
    };
    site.platform.intercept(listen);
    const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await site.tick()).toEqual({ statusCode: 204 });
    for (const [, other] of STEPS) expect(asked.some((body) => body.includes(other))).toBe(true);
    const failures = log.mock.calls.map(([line]) => String(line)).filter((line) => line.includes('"event":"failure"'));
    expect(failures).toEqual([expect.stringContaining(`"where":"${failing}"`)]);
  },
);

test.each([
  ['connected', false],
  ['not connected yet', true],
])('a site that is %s and that nobody uses costs no point of Jira and few invocations', async (_what, fresh) => {
  let deliveries = 0;
  site = await createSite({
    offline: true,
    fresh,
    refreshes: true,
    onDelivery: (key, run) => ((deliveries += 1), run(`${key}-${String(deliveries)}`)),
  });
  await site.platform.queue.idle();
  deliveries = 0;
  site.platform.clearRecords();
  const realNow = Date.now.bind(Date);
  let passedMs = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + passedMs);
  for (let nth = 0; nth < TICKS_A_DAY; nth += 1) {
    passedMs += FIVE_MINUTES_MS;
    await site.tick();
  }
  await site.platform.queue.idle();
  expect(deliveries).toBeGreaterThan(0);
  expect((TICKS_A_DAY + deliveries) * DAYS_A_MONTH).toBeLessThanOrEqual(MAX_INVOCATIONS);
  expect(site.platform.calls.filter(({ kind }) => kind === 'jira')).toEqual([]);
});

test('the upkeep is started once a day, and again when it could not be started', async () => {
  const started: string[] = [];
  site = await createSite({
    offline: true,
    onDelivery: (key, run) => (started.push(key), run(`${key}-${String(started.length)}`)),
  });
  const runTick = async (): Promise<number> => {
    started.length = 0;
    await site.tick();
    await site.platform.queue.idle();
    return started.filter((key) => key === 'upkeep-runs').length;
  };
  const remove = site.platform.intercept((call) =>
    call.kind === 'queue' ? Promise.reject(new Error('no queue by request')) : Promise.resolve(undefined),
  );
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(await runTick()).toBe(0);
  remove();
  expect([await runTick(), await runTick()]).toEqual([4, 0]);
});

test('Jira is asked for its kept answers only once it has asked the JQL function', async () => {
  site = await createSite({ offline: true });
  const asked = async (): Promise<boolean> => {
    site.platform.clearRecords();
    await site.tick();
    return site.platform.calls.some(({ kind }) => kind === 'jira');
  };
  expect(await asked()).toBe(false);
  // While it is off it is not asked, whoever searches: nothing is to be kept up to date then.
  await site.jql('Beta testers');
  expect(await asked()).toBe(false);
  valueOf(await site.admin('admin.saveJql', { isOn: true }));
  await site.jql('Beta testers');
  expect(await asked()).toBe(true);
});
