import { randomUUID } from 'node:crypto';
import { openBulkLab, type BulkLab } from '../support/bulkLab';
import { valueOf } from '../support/site';

let lab: BulkLab;
beforeEach(async () => {
  lab = await openBulkLab(120);
  for (const level of ['error', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => lab.stop());

const toTarget = () => ({ kind: 'move', from: null, to: lab.site.simulator.segments[0]?.id ?? 0 }) as const;
const asked = () => lab.site.simulator.truth.writes().flatMap((write) => write.asked);
const sentWrites = () => lab.site.simulator.requests().filter(({ method }) => method !== 'GET').length;

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
    // Whoever asks the same again and again spends Shorter Loop's limit, and hours, on nothing.
    expect(sentWrites()).toBeLessThanOrEqual(8 * 3);
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

describe('a run whose process dies while an accepted write does not show yet', () => {
  it('finds that write again, makes it once, and ends confirmed', async () => {
    await lab.stop();
    const dead = new Set<string>();
    lab = await openBulkLab(120, {
      onDelivery: (consumerKey, run) => {
        const invocationId = randomUUID();
        if (consumerKey !== 'bulk-worker' || dead.size > 2) return run(invocationId);
        const death = new Promise<never>((_resolve, reject) => {
          setTimeout(() => {
            dead.add(invocationId);
            reject(new Error('The function process was killed'));
          }, 9_000);
        });
        return Promise.race([run(invocationId), death]);
      },
    });
    lab.site.platform.intercept(({ invocationId }) =>
      dead.has(invocationId) ? new Promise<never>(() => undefined) : undefined,
    );
    showLater(30_000);
    const runId = await start();
    const run = await lab.settle(runId);
    expect(dead.size).toBe(3);
    expect(run).toMatchObject({ state: 'finished', unseen: 0, results: { confirmed: run.verdicts.willWrite } });
    expect(asked()).toHaveLength(new Set(asked()).size);
  });
});

describe('a run beside limits', () => {
  it('of ten requests a minute, comes to its end without a brake, and gives up nobody', async () => {
    await lab.stop();
    lab = await openBulkLab(30, { rateLimit: { requests: 10, windowMs: 60_000 } });
    const runId = await start();
    const run = await lab.settle(runId);
    expect(run).toMatchObject({ state: 'finished', results: { confirmed: run.verdicts.willWrite } });
  });
});

describe('a run whose kind of write rests', () => {
  const stopIn = (stops: readonly object[], proofs: object = {}): void => {
    const { kvs } = lab.site.platform;
    const value = kvs.plain().find(({ key }) => key === 'settings')?.value as { proofs: object };
    kvs.handle('/api/v1/set', {
      key: 'settings',
      value: { ...value, stops, proofs: { ...value.proofs, ...proofs } },
    });
  };

  it('rests with that at once, and goes on only when somebody resumes it', async () => {
    const { runId } = await lab.preview(toTarget());
    const strays = { missing: [{ memberId: 1, segmentId: 2 }], joined: [], count: 2 };
    const stop = { kind: 'move', atMs: 1, operationId: 'op', fromSegmentId: 2, toSegmentId: 3, strays };
    await lab.start(runId);
    stopIn([stop]);
    const run = await lab.settle(runId);
    expect(run).toMatchObject({
      state: 'paused',
      pause: { by: 'app', problem: { code: 'writesStopped', kind: 'move', operationId: 'op' } },
    });
    stopIn([]);
    await lab.time.pass(300_000);
    await lab.time.until(lab.site.recovery());
    await lab.time.pass(60_000);
    expect((await lab.look(runId)).state).toBe('paused');
    valueOf(await lab.time.until(lab.site.bulk('bulk.resume', { runId })));
    expect(await lab.settle(runId)).toMatchObject({ state: 'finished' });
  });

  it('rests after the batch beside which others were changed, and counts them', async () => {
    // Whoever reads the source after the first write finds that others have left it, too.
    const { runId, groups } = await lab.preview(toTarget());
    const [group] = groups;
    const others = (lab.site.simulator.truth.membersOf(group?.from?.id ?? 0) ?? []).slice(-3);
    lab.site.platform.intercept((call, _proceed, { method }) => {
      if (call.kind === 'egress' && method !== 'GET')
        for (const id of others)
          lab.site.simulator.faults.add({ match: { nth: 1 }, fault: { kind: 'memberGone', id } });
      return undefined;
    });
    await lab.start(runId);
    const run = await lab.settle(runId);
    expect(run).toMatchObject({ state: 'paused', pause: { by: 'app', problem: { code: 'writesStopped' } } });
    expect(run.strays).toBeGreaterThanOrEqual(2);
    expect(lab.site.simulator.truth.writes()).toHaveLength(1);
  });
});

describe('the size of batches', () => {
  const sizesSince = (before: number): number[] =>
    lab.site.simulator.truth
      .writes()
      .slice(before)
      .map((write) => write.asked.length);

  it('is proven for each kind of write by itself', async () => {
    const runId = await start();
    await lab.settle(runId);
    const done = sizesSince(0);
    expect(Math.max(...done)).toBeGreaterThan(10);
    const removal = await lab.preview({ kind: 'remove', from: [toTarget().to] });
    await lab.start(removal.runId);
    await lab.settle(removal.runId);
    expect(sizesSince(done.length).slice(0, 3)).toEqual([1, 1, 10]);
  });

  it('is proven anew for another form of the write', async () => {
    const runId = await start();
    await lab.settle(runId);
    const done = sizesSince(0).length;
    const { kvs } = lab.site.platform;
    const settings = kvs.plain().find(({ key }) => key === 'settings')?.value as { connection: object };
    const { profile } = lab.site.settings;
    const move = { ...profile.writes.move, path: `${profile.writes.move.path}?v=1` };
    const connection = { ...settings.connection, profile: { ...profile, writes: { ...profile.writes, move } } };
    kvs.handle('/api/v1/set', { key: 'settings', value: { ...settings, connection } });
    const undo = await lab.followUp('undo', runId);
    await lab.start(undo.runId);
    await lab.settle(undo.runId);
    expect(sizesSince(done)[0]).toBe(1);
  });
});
