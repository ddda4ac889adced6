import { randomUUID } from 'node:crypto';
import { writeRows } from '../support/ledgerRows';
import { linkedOf, createSite, problemOf, valueOf, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

let site: Site;
let time: VirtualTime;
afterEach(async () => {
  time.stop();
  await site.stop();
});

async function prepare(options: Parameters<typeof createSite>[0] = {}) {
  site = await createSite({ offline: true, ...options });
  time = startVirtualTime();
}

/** Someone opens a panel every so many milliseconds, for a while; what came of each. */
async function openPanels(times: number, everyMs: number): Promise<readonly string[]> {
  const opens = Array.from({ length: times }, async (_, place) => {
    await new Promise((resolve) => setTimeout(resolve, place * everyMs));
    const answer = await site.panel('panel.open', {});
    return answer.kind === 'ok'
      ? 'ok'
      : answer.problem.code === 'shorterLoop'
        ? answer.problem.cause
        : answer.problem.code;
  });
  return time.until(Promise.all(opens));
}

describe('a site that asks Shorter Loop', () => {
  it('keeps its own rate limit: a crowd waits or is told to, and the rate stays what it should be', async () => {
    await prepare();
    const outcomes = await openPanels(400, 20);
    expect(new Set(outcomes)).toEqual(new Set(['ok', 'rateLimited']));
    // Eight seconds at five a second, a burst of 40, and what the sample of a calm site lets through at first.
    expect(site.simulator.requests().length).toBeLessThan(140);
    expect(site.simulator.requests().length).toBeGreaterThan(40);
  });

  it.each([0, 0.99])(
    'lets a site that rested open two panels without a wait, also where each asks segment by segment (%s)',
    async (chance) => {
      await prepare({ segments: 12, settings: { readPlan: 'per-segment' } });
      jest.spyOn(Math, 'random').mockReturnValue(chance);
      const startMs = Date.now();
      for (let nth = 0; nth < 2; nth += 1) valueOf(await time.until(site.panel('panel.open', {})));
      jest.restoreAllMocks();
      expect(Date.now() - startMs).toBeLessThan(1_000);
      expect(site.simulator.requests()).toHaveLength(26);
    },
  );

  it('lets a rule move somebody also where ninety segments have to be asked for, one by one', async () => {
    await prepare({ segments: 90, settings: { readPlan: 'per-segment' } });
    const { segmentIds = [] } = site.jira.memberFor('one') ?? {};
    const target = site.simulator.segments.find(({ id }) => !segmentIds.includes(id));
    const move = { issueKey: site.jira.issueFor('one').key, source: 'any', target: String(target?.id) };
    expect(await time.until(site.action('move-reporter', move))).toMatchObject({ outcome: 'moved' });
  });

  it('lets all who look at once on a site that rested, also where each of them is counted for others', async () => {
    await prepare();
    jest.spyOn(Math, 'random').mockReturnValue(0);
    const outcomes = await openPanels(20, 0);
    jest.restoreAllMocks();
    expect(new Set(outcomes)).toEqual(new Set(['ok']));
  });

  it('slows down before it is told to, where answers say what is left', async () => {
    await prepare({ rateLimit: { requests: 60, windowMs: 60_000, headers: true } });
    await openPanels(300, 400);
    expect(site.simulator.refused()).toBe(0);
    expect(site.simulator.requests().length).toBeGreaterThan(60);
  });

  it('slows down for all once it was told to, and hardly ever is again', async () => {
    await prepare({ rateLimit: { requests: 60, windowMs: 60_000 } });
    await openPanels(600, 500);
    // Five minutes allow 300 calls; the limit is not known, so it has to be met now and then.
    expect(site.simulator.refused()).toBeLessThan(30);
    expect(site.simulator.requests().length).toBeGreaterThan(120);
  });

  it('tells every entry point how long to wait, and sends nothing meanwhile', async () => {
    await prepare();
    const view = valueOf(await time.until(site.panel('panel.open', {})));
    const { member } = linkedOf(view);
    const to = view.segments.find(({ id }) => !member.segmentIds.includes(id))?.id;
    const told = site.simulator.faults.add({ fault: { kind: 'status', code: 429, retryAfterSeconds: 30 } });
    await time.until(site.panel('panel.open', {}));
    told.remove();
    const before = site.simulator.requests().length;
    const move = {
      operationId: randomUUID(),
      memberId: member.id,
      fromSegmentId: member.segmentIds[0],
      toSegmentId: to,
    };
    const refused = problemOf(await time.until(site.panel('panel.move', move)));
    expect(refused).toMatchObject({ code: 'shorterLoop', cause: 'rateLimited', status: null });
    expect(await time.until(site.action('get-reporter-segments', { issueKey: 'ACME-101' }))).toMatchObject({
      errors: [{ message: expect.stringContaining('asked us to wait') }],
    });
    expect(site.simulator.requests()).toHaveLength(before);
    expect(writeRows(site.platform.kvs)).toEqual([]);
    await time.pass(31_000);
    // The same decision, under the same operation id: nothing was recorded, so nothing stands in its way.
    expect(valueOf(await time.until(site.panel('panel.move', move))).entry.members[0]?.outcome).toBe('confirmed');
  });

  it('is not stopped by a rate limit that nobody can change fast enough', async () => {
    await prepare();
    site.platform.kvs.handle('/api/v1/entity/set', {
      entityName: 'rate-limit',
      key: 'shorter-loop',
      value: { tokens: 1, atMs: Date.now(), intervalMs: 200, closedUntilMs: 0, slowedAtMs: 0, revision: 'x' },
    });
    site.platform.intercept(({ path }) =>
      path === '/api/v1/transaction'
        ? { status: 409, headers: { 'content-type': 'application/json' }, body: '{"code":"CONFLICT","message":"no"}' }
        : undefined,
    );
    let revision = 0;
    site.platform.intercept((call) => {
      // Somebody else is always faster.
      if (call.path === '/api/v1/transaction')
        site.platform.kvs.handle('/api/v1/entity/set', {
          entityName: 'rate-limit',
          key: 'shorter-loop',
          value: {
            tokens: 1,
            atMs: Date.now(),
            intervalMs: 200,
            closedUntilMs: 0,
            slowedAtMs: 0,
            revision: String((revision += 1)),
          },
        });
      return undefined;
    });
    expect((await time.until(site.panel('panel.open', {}))).kind).toBe('ok');
    expect(revision).toBe(6);
  });

  it.each(['all-at-once', 'per-segment'] as const)(
    'lets changes through while somebody who may change nothing looks all the time (%s)',
    async (readPlan) => {
      await prepare({ settings: { readPlan } });
      const view = valueOf(await time.until(site.panel('panel.open', {})));
      const { member } = linkedOf(view);
      const from = member.segmentIds[0] ?? 0;
      const to = view.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
      const accountId = site.jira.viewerAccountId;
      const looks = Array.from({ length: 360 }, async (_, nth) => {
        await new Promise((resolve) => setTimeout(resolve, nth * 50));
        return (await site.panel('panel.readThrough', {}, { accountId })).kind;
      });
      const moved = async (): Promise<unknown[]> => {
        const told: unknown[] = [];
        for (const [fromSegmentId, toSegmentId] of [
          [from, to],
          [to, from],
          [from, to],
        ]) {
          await new Promise((resolve) => setTimeout(resolve, 2_500));
          const move = { operationId: randomUUID(), memberId: member.id, fromSegmentId, toSegmentId };
          const answer = await site.panel('panel.move', move);
          told.push(answer.kind === 'ok' ? answer.value.entry.members[0]?.outcome : answer.problem);
        }
        return told;
      };
      expect(await time.until(moved())).toEqual(['confirmed', 'confirmed', 'confirmed']);
      const looked = await time.until(Promise.all(looks));
      expect(looked.filter((kind) => kind === 'ok').length).toBeGreaterThan(5);
    },
  );
});
