import { writeRows } from '../support/ledgerRows';
import { createSite } from '../support/site';
import { startVirtualTime } from '../support/virtualTime';

/** `npm run firings` plays 1,000; each reads whole segments, so that so many take minutes. */
const FIRINGS = Number(process.env['FIRINGS'] ?? 200);
/** One request in twenty goes wrong, in turn in each of these ways. */
const FAULTS = [
  { kind: 'status', code: 503 },
  { kind: 'resetAfterApplying' },
  { kind: 'timeoutAfterApplying' },
  { kind: 'status', code: 429, retryAfterSeconds: 2 },
  { kind: 'resetBefore' },
  { kind: 'halfBody', applied: true },
  { kind: 'status', code: 500, applied: true },
  { kind: 'timeoutBefore' },
] as const;

test(`a rule that fires ${FIRINGS} times in a minute, with one request in twenty going wrong, loses nothing and does nothing twice`, async () => {
  const site = await createSite({ offline: true, members: FIRINGS + 150, segments: 6, extraReporters: FIRINGS });
  const time = startVirtualTime();
  const quiet = [jest.spyOn(console, 'error'), jest.spyOn(console, 'warn')].map((spy) =>
    spy.mockImplementation(() => undefined),
  );
  const { simulator, jira, platform } = site;
  expect(jira.crowd).toHaveLength(FIRINGS);
  const ids = simulator.segments.map(({ id }) => id);
  const wishes = jira.crowd.map(({ member, issueKey }) => {
    const [source = 0] = member.segmentIds;
    return { member, issueKey, source, target: ids.find((id) => !member.segmentIds.includes(id)) ?? 0 };
  });
  for (const [index, fault] of FAULTS.entries()) {
    for (const route of ['move', 'segmentsWithMembers', 'segmentWithMembers'] as const) {
      for (let nth = 20 + index * 20; nth < 4_000; nth += 20 * FAULTS.length)
        simulator.faults.add({ match: { route, nth }, fault });
    }
  }
  // Duplicates and delays: each event arrives twice, the second time a little later.
  platform.queue.setDelivery({ copies: () => 2 });

  const startMs = Date.now();
  const firings = wishes.map(async ({ issueKey, source, target }, place) => {
    await new Promise((resolve) => setTimeout(resolve, (place * 60_000) / FIRINGS));
    return site.action('move-reporter', { issueKey, source: String(source), target: String(target) });
  });
  const answers = await time.until(Promise.all(firings));
  const failed = answers.filter((answer) => typeof answer === 'object' && answer !== null && 'errors' in answer);
  expect(failed).toEqual([]);
  for (let minutes = 0; minutes < 90 && platform.kvs.entity('queued-change').length > 0; minutes += 5) {
    await time.pass(300_000);
    await time.until(site.recovery());
  }
  const tookMinutes = (Date.now() - startMs) / 60_000;

  // Nothing waits or failed, and everybody is where the rule wants them.
  expect(platform.kvs.entity('queued-change')).toEqual([]);
  expect(platform.kvs.entity('lease')).toEqual([]);
  const lost = wishes.filter(({ member, source, target }) => {
    const now = simulator.truth.membershipsOf(member.id);
    return now.includes(source) || !now.includes(target);
  });
  expect(lost).toEqual([]);
  // Nothing was done twice, and every change stands in the ledger as confirmed.
  const applied = simulator.truth.writes().filter((write) => write.applied.length > 0);
  expect(applied).toHaveLength(FIRINGS);
  const confirmed = writeRows(platform.kvs).filter(({ value }) =>
    JSON.stringify(value).includes('"outcome":"confirmed"'),
  );
  expect(new Set(confirmed.map(({ value }) => (value as { issueKey: string }).issueKey)).size).toBe(FIRINGS);
  expect(tookMinutes).toBeLessThan(90);

  for (const spy of quiet) spy.mockRestore();
  time.stop();
  await site.stop();
});
