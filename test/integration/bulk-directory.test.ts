import { countBy, openBulkLab, type BulkLab } from '../support/bulkLab';
import { toldByRows } from '../support/directory';
import { valueOf } from '../support/site';

let lab: BulkLab;
afterEach(() => lab.stop());

const JQL = 'project = ACME';
const HOUR_MS = 3_600_000;
const targetId = (): number => lab.site.simulator.segments[0]?.id ?? 0;
const toTarget = () => ({ kind: 'move', from: null, to: targetId() }) as const;
const callsToShorterLoop = (): number => lab.site.simulator.requests().length;

/** A site whose directory says what to read, as on one with many members. */
async function openWithDirectory(): Promise<void> {
  lab = await openBulkLab(120, { settings: { readPlan: 'per-segment' } });
  await lab.time.until(lab.site.refreshSlice());
  expect(Object.keys(toldByRows(lab.site)).length).toBeGreaterThan(100);
}

it('previews by the directory alone, comes to what a live reading comes to, and says as of when', async () => {
  lab = await openBulkLab(120, { settings: { readPlan: 'per-segment' } });
  const live = await lab.preview(toTarget(), JQL);
  expect(live.asOfMs).toBeNull();
  await lab.time.until(lab.site.refreshSlice());
  await lab.time.pass(120_000);
  const before = callsToShorterLoop();
  const told = await lab.preview(toTarget(), JQL);
  // The list of segments, by which the target is checked.
  expect(callsToShorterLoop() - before).toBe(1);
  expect(told.asOfMs).toBeLessThanOrEqual(Date.now() - 120_000);
  expect(told.verdicts).toEqual(live.verdicts);
  expect(countBy(await lab.report(told.runId), ({ from }) => from?.name ?? null)).toEqual(
    countBy(await lab.report(live.runId), ({ from }) => from?.name ?? null),
  );
});

it('moves nobody who has left since the directory was refreshed, and says so', async () => {
  await openWithDirectory();
  const run = await lab.preview(toTarget(), JQL);
  const [leaver] = (await lab.report(run.runId)).filter(({ verdict }) => verdict === 'willWrite');
  const elsewhere = lab.site.simulator.segments.find(({ id }) => id !== leaver?.from?.id && id !== targetId());
  const connection = {
    method: 'PUT',
    path: `/api/v2/segments/${String(leaver?.from?.id)}/segment-users/${String(elsewhere?.id)}`,
    headers: {
      authorization: `Bearer ${lab.site.simulator.key}`,
      initiativeid: String(lab.site.simulator.initiativeId),
      'content-type': 'application/json',
    },
  };
  expect(
    await lab.site.simulator.handle({ ...connection, body: JSON.stringify({ users: [leaver?.memberId] }) }),
  ).toMatchObject({ status: 200 });
  valueOf(await lab.time.until(lab.site.bulk('bulk.start', { runId: run.runId })));
  const finished = await lab.settle(run.runId);
  expect(finished).toMatchObject({ state: 'finished', results: { changed: 1, confirmed: run.verdicts.willWrite - 1 } });
  expect(lab.site.simulator.truth.membershipsOf(leaver?.memberId ?? 0)).toEqual([elsewhere?.id]);
});

it('reads Shorter Loop itself where the directory is more than a day old', async () => {
  await openWithDirectory();
  await lab.time.pass(25 * HOUR_MS);
  const before = callsToShorterLoop();
  const run = await lab.preview(toTarget(), JQL);
  expect(run.asOfMs).toBeNull();
  expect(callsToShorterLoop()).toBeGreaterThan(before);
});
