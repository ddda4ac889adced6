import { openBulkLab, type BulkLab } from '../support/bulkLab';
import { valueOf } from '../support/site';

// Virtual time, but a busy machine.
jest.setTimeout(60_000);
let lab: BulkLab;
beforeEach(async () => {
  lab = await openBulkLab(120);
  for (const level of ['error', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => lab.stop());

const toTarget = () => ({ kind: 'move', from: null, to: lab.site.simulator.segments[0]?.id ?? 0 }) as const;
const asked = () => lab.site.simulator.truth.writes().flatMap((write) => write.asked);

async function start(): Promise<string> {
  const { runId } = await lab.preview(toTarget());
  await lab.start(runId);
  return runId;
}

describe('a run whose writes all come to the same', () => {
  it.each([
    ['are refused', { kind: 'successFalse' }, { result: 'refused', reason: 'saidNo', claim: 'refused' }],
    [
      'copy instead of moving',
      { kind: 'appliedPartly', how: 'joinOnly' },
      { result: 'notConfirmed', reason: 'inBoth', claim: 'accepted' },
    ],
    [
      'lose whom they move',
      { kind: 'appliedPartly', how: 'leaveOnly' },
      { result: 'notConfirmed', reason: 'inNeither', claim: 'accepted' },
    ],
    ['do nothing', { kind: 'appliedPartly' }, { result: 'notConfirmed', reason: 'unchanged', claim: 'accepted' }],
  ] as const)('%s, rests with what went wrong, before everybody was asked for', async (_how, fault, brake) => {
    lab.site.simulator.faults.add({ match: { route: 'move' }, fault });
    const runId = await start();
    const run = await lab.settle(runId);
    expect(run).toMatchObject({ state: 'paused', pause: { by: 'brake', brake: { ...brake, people: 5 } } });
    expect(new Set(asked()).size).toBeLessThanOrEqual(8);
    expect(run.verdicts.willWrite).toBeGreaterThan(30);
  });

  it('goes on only when somebody resumes it, with one at a time, and writes about nobody twice', async () => {
    const fault = lab.site.simulator.faults.add({
      match: { route: 'move' },
      fault: { kind: 'appliedPartly', how: 'joinOnly' },
    });
    const runId = await start();
    await lab.settle(runId);
    const before = asked().length;
    for (let times = 0; times < 4; times += 1) {
      await lab.time.pass(300_000);
      await lab.time.until(lab.site.recovery());
    }
    expect(asked()).toHaveLength(before);
    expect((await lab.look(runId)).state).toBe('paused');
    fault.remove();
    valueOf(await lab.time.until(lab.site.bulk('bulk.resume', { runId })));
    const run = await lab.settle(runId);
    expect(run).toMatchObject({ state: 'finished', pause: null });
    expect(run.results.confirmed + run.results.notConfirmed).toBe(run.verdicts.willWrite);
    expect(run.results.notConfirmed).toBe(new Set(asked().slice(0, before)).size);
    expect(asked()).toHaveLength(new Set(asked()).size);
    expect(lab.site.simulator.truth.writes()[before]?.asked).toHaveLength(1);
  });

  it('rests after the one batch in which it comes out, where a site has proven large ones', async () => {
    const first = await start();
    await lab.settle(first);
    const sizes = lab.site.simulator.truth.writes().map((write) => write.asked.length);
    expect(Math.max(...sizes)).toBeGreaterThan(10);
    const undo = await lab.followUp('undo', first);
    lab.site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'appliedPartly', how: 'joinOnly' } });
    await lab.start(undo.runId);
    const run = await lab.settle(undo.runId);
    expect(run).toMatchObject({ state: 'paused', pause: { by: 'brake', brake: { reason: 'inBoth' } } });
    expect(lab.site.simulator.truth.writes()).toHaveLength(sizes.length + 1);
  });
});

/** Has what Shorter Loop accepts show so much later. Returns what ends it. */
function showLater(ms: number): () => void {
  const { platform, simulator } = lab.site;
  return platform.intercept((call, _proceed, { method, headers, body }) => {
    if (call.kind !== 'egress' || method === 'GET') return undefined;
    const { pathname } = new URL(call.path);
    setTimeout(() => void simulator.handle({ method, path: pathname, headers, body }), ms);
    const { users } = JSON.parse(body ?? '{}') as { users: number[] };
    const answer = { success: true, data: { count: users.length } };
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) };
  });
}

describe('a run whose writes show late', () => {
  it.each([10_000, 60_000])('by %d ms, ends confirmed, and can be undone for everybody', async (ms) => {
    const before = new Map(
      lab.site.jira.crowd.map(({ member }) => [member.id, lab.site.simulator.truth.membershipsOf(member.id)]),
    );
    const stop = showLater(ms);
    const runId = await start();
    const run = await lab.settle(runId);
    expect(run).toMatchObject({ state: 'finished', unseen: 0, results: { confirmed: run.verdicts.willWrite } });
    expect(asked()).toHaveLength(new Set(asked()).size);
    stop();
    const undo = await lab.followUp('undo', runId);
    expect(undo.verdicts.willWrite).toBe(run.verdicts.willWrite);
    await lab.start(undo.runId);
    await lab.settle(undo.runId);
    for (const [memberId, segmentIds] of before)
      expect(lab.site.simulator.truth.membershipsOf(memberId)).toEqual(segmentIds);
  });

  it('says how many were accepted and are not visible yet', async () => {
    showLater(60_000);
    const runId = await start();
    await lab.time.pass(40_000);
    const run = await lab.look(runId);
    expect(run).toMatchObject({ state: 'running', results: { confirmed: 0 } });
    expect(run.unseen).toBeGreaterThan(0);
    expect(run.unseen).toBeLessThanOrEqual(5);
    await lab.settle(runId);
  });
});
