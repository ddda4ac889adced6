import { teamAccess } from '../../sandbox/teamAccess';
import { randomUUID } from 'node:crypto';
import type { BulkView } from '../../src/contract';
import { writeRows } from '../support/ledgerRows';
import { countBy, openBulkLab, type BulkLab } from '../support/bulkLab';
import { problemOf, valueOf, type SiteOptions } from '../support/site';

let lab: BulkLab;
const open = async (options: SiteOptions = {}): Promise<void> => {
  lab = await openBulkLab(60, { settings: { canAdd: true }, ...options });
};
beforeEach(() => {
  for (const level of ['error', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => lab.stop());

const target = (): number => lab.site.simulator.segments[0]?.id ?? 0;
const toTarget = () => ({ kind: 'add', to: target() }) as const;
const segmentsOf = (memberId: number): readonly number[] => lab.site.simulator.truth.membershipsOf(memberId);
const writes = () => lab.site.simulator.truth.writes();
const asked = () => writes().flatMap((write) => write.asked);
/** Where every member is. */
const everybody = (): Map<number, readonly number[]> =>
  new Map(lab.site.simulator.truth.snapshot().members.map(({ id, segmentIds }) => [id, segmentIds]));
const rowsOf = (runId: string) =>
  writeRows(lab.site.platform.kvs)
    .map(({ value }) => value as { readonly runId?: string; readonly kind: string; readonly undoes?: string })
    .filter((row) => row.runId === runId);
const openPage = async (accountId?: string): Promise<BulkView> =>
  valueOf(await lab.time.until(lab.site.bulk('bulk.open', undefined, accountId)));
const create = (act: object) => lab.site.bulk('bulk.create', { source: { kind: 'accounts' }, act });

async function start(): Promise<string> {
  const { runId } = await lab.preview(toTarget());
  await lab.start(runId);
  return runId;
}

describe('a preview of adding', () => {
  it('has everybody in one group, also those in several segments, and nothing to do for who is there already', async () => {
    await open();
    const run = await lab.preview(toTarget());
    const people = await lab.report(run.runId);
    const wanted = people.filter(({ verdict }) => verdict === 'willWrite');
    expect(wanted.map(({ memberId }) => segmentsOf(memberId ?? 0).length)).toContain(2);
    expect(run).toMatchObject({ act: { kind: 'add', from: null }, inNone: 0, verdicts: { sourceUnclear: 0 } });
    expect(run.groups).toEqual([
      { kind: 'add', from: null, to: { id: target(), name: expect.any(String) }, count: wanted.length, done: 0 },
    ]);
    for (const { memberId } of wanted) expect(segmentsOf(memberId ?? 0)).not.toContain(target());
    const there = people.filter(({ verdict }) => verdict === 'alreadyThere');
    expect(there.length).toBeGreaterThan(0);
    for (const { memberId } of there) expect(segmentsOf(memberId ?? 0)).toContain(target());
    expect(writes()).toEqual([]);
  });

  it('of a removal says for how many it is their last segment', async () => {
    await open();
    const run = await lab.preview({ kind: 'remove', from: [target()] });
    const people = (await lab.report(run.runId)).filter(({ verdict }) => verdict === 'willWrite');
    const lasts = people.filter(({ memberId }) => segmentsOf(memberId ?? 0).length === 1);
    expect(run.inNone).toBe(lasts.length);
    expect(lasts.length).toBeGreaterThan(0);
    expect(lasts.length).toBeLessThan(people.length);
  });

  it('is made of no segment that Shorter Loop does not list', async () => {
    await open();
    const gone = await lab.time.until(create({ kind: 'add', to: 999_999 }));
    expect(problemOf(gone)).toEqual({ code: 'stale', reason: 'targetGone' });
    const blank = await lab.time.until(create({ kind: 'add' }));
    expect(problemOf(blank)).toMatchObject({ code: 'invalidInput' });
  });
});

describe('a run that adds', () => {
  it('adds everybody in batches that grow, and all keep the segments that they were in', async () => {
    await open();
    const before = everybody();
    const runId = await start();
    const run = await lab.settle(runId);
    expect(run).toMatchObject({ state: 'finished', results: { confirmed: run.verdicts.willWrite } });
    const people = (await lab.report(runId)).filter(({ verdict }) => verdict === 'willWrite');
    for (const { memberId, from, to, result } of people) {
      expect([from, to?.id, result]).toEqual([null, target(), 'confirmed']);
      const kept = before.get(memberId ?? 0) ?? [];
      expect(new Set(segmentsOf(memberId ?? 0))).toEqual(new Set([...kept, target()]));
    }
    expect(asked()).toHaveLength(new Set(asked()).size);
    const sizes = writes().map((write) => write.asked.length);
    expect(sizes.slice(0, 3)).toEqual([1, 1, 10]);
    expect(rowsOf(runId).map(({ kind }) => kind)).toEqual(people.map(() => 'add'));
    expect(lab.site.platform.kvs.entity('lease')).toEqual([]);
  });

  it('is taken back by a run of removals that puts everybody where they were, and that has no undo', async () => {
    await open();
    const before = everybody();
    const runId = await start();
    const run = await lab.settle(runId);
    expect(run.undoRefusal).toBeNull();
    const undo = await lab.followUp('undo', runId);
    const added = (await lab.report(runId)).filter(({ result }) => result === 'confirmed');
    const inNone = added.filter(({ memberId }) => before.get(memberId ?? 0)?.length === 0).length;
    expect(undo).toMatchObject({ act: { kind: 'remove', from: [{ id: target() }] }, inNone });
    expect(undo.verdicts.willWrite).toBe(run.results.confirmed);
    await lab.start(undo.runId);
    const back = await lab.settle(undo.runId);
    expect(back).toMatchObject({ state: 'finished', results: { confirmed: run.results.confirmed } });
    expect(everybody()).toEqual(before);
    for (const row of rowsOf(undo.runId)) expect(row).toMatchObject({ kind: 'remove', undoes: expect.any(String) });
    expect(back.undoRefusal).toEqual({ code: 'undoRefused', reason: 'notAMove' });
    const again = await lab.time.until(
      lab.site.bulk('bulk.create', { source: { kind: 'undo', runId: undo.runId }, act: null }),
    );
    expect(problemOf(again)).toEqual({ code: 'undoRefused', reason: 'notAMove' });
  });

  it('finds whoever joined meanwhile, and sends nothing about them', async () => {
    await open();
    const { runId } = await lab.preview(toTarget());
    const [joined] = (await lab.report(runId)).filter(({ verdict }) => verdict === 'willWrite');
    const memberId = joined?.memberId ?? 0;
    const input = { issueKey: joined?.issueKey, target: `#${String(target())}` };
    await lab.time.until(lab.site.action('add-reporter', input));
    expect(segmentsOf(memberId)).toContain(target());
    const sent = writes().length;
    await lab.start(runId);
    const run = await lab.settle(runId);
    expect(run.results).toMatchObject({ changed: 1, confirmed: run.verdicts.willWrite - 1 });
    expect((await lab.report(runId)).find((person) => person.memberId === memberId)).toMatchObject({
      result: 'changed',
      reason: 'alreadyInTarget',
    });
    expect(
      writes()
        .slice(sent)
        .flatMap((write) => write.asked),
    ).not.toContain(memberId);
  });
});

describe('who may add in bulk', () => {
  it('is nobody where it is not proven: the page does not offer it, and a run is refused', async () => {
    await open({ settings: {} });
    const refusal = { code: 'writeNotProven', kind: 'add' };
    expect((await openPage()).refusals).toEqual({ move: null, remove: null, add: refusal });
    expect(problemOf(await lab.time.until(create(toTarget())))).toEqual(refusal);
    expect(writes()).toEqual([]);
  });

  it('is whom the rule for adding lets, which the page says before a run is made', async () => {
    await open();
    const admins = { permission: 'ADMINISTER', groupNames: [] } as const;
    const edit = { permission: 'EDIT_ISSUES', groupNames: [] } as const;
    valueOf(await lab.time.until(lab.site.admin('admin.saveAccess', { ...teamAccess(), bulk: edit, add: admins })));
    const agent = lab.site.jira.defaultAccountId;
    const refusal = { code: 'notPermitted', needed: 'ADMINISTER' };
    expect((await openPage(agent)).refusals).toEqual({ move: null, remove: null, add: refusal });
    const source = { kind: 'jql', jql: 'project = ACME' };
    expect(problemOf(await lab.time.until(lab.site.bulk('bulk.create', { source, act: toTarget() }, agent)))).toEqual(
      refusal,
    );
    expect((await openPage()).refusals).toEqual({ move: null, remove: null, add: null });
  });

  it('is asked again for everybody: whoever lost the permission for it adds nobody more', async () => {
    await open();
    const { runId } = await lab.preview(toTarget());
    lab.site.platform.queue.setDelivery({ copies: () => 1, loses: () => true });
    await lab.start(runId);
    lab.site.jira.setRole(lab.site.jira.adminAccountId, 'viewer');
    lab.site.platform.queue.setDelivery({ copies: () => 1, loses: () => false });
    for (let minutes = 0; minutes < 15; minutes += 5) {
      await lab.time.pass(300_000);
      await lab.time.until(lab.site.recovery());
    }
    expect(writes()).toEqual([]);
  });
});

describe('a run that adds and meets a fault', () => {
  it('adds whoever an answer was lost about once, whether it was carried out or not', async () => {
    await open();
    for (const [nth, kind] of [
      [2, 'timeoutAfterApplying'],
      [3, 'timeoutBefore'],
    ] as const)
      lab.site.simulator.faults.add({ match: { route: 'add', nth, times: 1 }, fault: { kind } });
    const run = await lab.settle(await start());
    expect(run).toMatchObject({ state: 'finished', results: { confirmed: run.verdicts.willWrite } });
    const applied = writes().flatMap((write) => write.applied);
    expect(applied).toHaveLength(new Set(applied).size);
    expect(applied).toHaveLength(run.verdicts.willWrite);
  });

  it.each([
    ['accepted and not done', { kind: 'appliedPartly' }, { result: 'notConfirmed', claim: 'accepted' }],
    ['refused', { kind: 'successFalse' }, { result: 'refused', claim: 'refused' }],
  ] as const)('rests where all of it is %s, before everybody was asked for', async (_how, fault, brake) => {
    await open();
    lab.site.simulator.faults.add({ match: { route: 'add' }, fault });
    const run = await lab.settle(await start());
    expect(run).toMatchObject({ state: 'paused', pause: { by: 'brake', brake: { ...brake, people: 5 } } });
    expect(new Set(asked()).size).toBeLessThanOrEqual(8);
    expect(run.results.confirmed).toBe(0);
  });

  it('finds after its process was killed between two batches what stands, and adds nobody twice', async () => {
    const dead = new Set<string>();
    await open({
      onDelivery: (consumerKey, run) => {
        const invocationId = randomUUID();
        if (consumerKey !== 'bulk-worker' || dead.size > 2) return run(invocationId);
        const death = new Promise<never>((_resolve, reject) => {
          setTimeout(() => {
            dead.add(invocationId);
            reject(new Error('The function process was killed'));
          }, 2_000);
        });
        return Promise.race([run(invocationId), death]);
      },
    });
    lab.site.platform.intercept(({ invocationId }) =>
      dead.has(invocationId) ? new Promise<never>(() => undefined) : undefined,
    );
    lab.site.simulator.faults.add({ fault: { kind: 'latency', ms: 300 } });
    const before = everybody();
    const runId = await start();
    const run = await lab.settle(runId);
    expect(dead.size).toBe(3);
    expect(run).toMatchObject({ state: 'finished', results: { confirmed: run.verdicts.willWrite } });
    expect(asked()).toHaveLength(new Set(asked()).size);
    for (const [memberId, kept] of before) expect(segmentsOf(memberId)).toEqual(expect.arrayContaining([...kept]));
  });

  it('rests once others have left the segment beside it, and can be taken back though adding is stopped', async () => {
    await open();
    const { runId } = await lab.preview(toTarget());
    const others = (lab.site.simulator.truth.membersOf(target()) ?? []).slice(-3);
    const restore = lab.site.platform.intercept((call, _proceed, { method }) => {
      if (call.kind === 'egress' && method !== 'GET')
        for (const id of others)
          lab.site.simulator.faults.add({ match: { nth: 1 }, fault: { kind: 'memberGone', id } });
      return undefined;
    });
    await lab.start(runId);
    const run = await lab.settle(runId);
    expect(run).toMatchObject({
      state: 'paused',
      pause: { by: 'app', problem: { code: 'writesStopped', kind: 'add' } },
      refusal: { code: 'writesStopped', kind: 'add' },
      undoRefusal: null,
      results: { confirmed: 1 },
    });
    expect(run.strays).toBeGreaterThanOrEqual(2);
    restore();
    valueOf(await lab.time.until(lab.site.bulk('bulk.cancel', { runId })));
    const undo = await lab.followUp('undo', runId);
    await lab.start(undo.runId);
    expect(await lab.settle(undo.runId)).toMatchObject({ state: 'finished', results: { confirmed: 1 } });
    expect(countBy(await lab.report(undo.runId), ({ result }) => result)).toEqual({ confirmed: 1 });
  });

  it('tries those who failed once more, and nobody else', async () => {
    await open();
    lab.site.simulator.faults.add({ match: { route: 'add', nth: 4, times: 30 }, fault: { kind: 'appliedPartly' } });
    const runId = await start();
    await lab.settle(runId);
    lab.site.simulator.faults.clear();
    const run = valueOf(await lab.time.until(lab.site.bulk('bulk.cancel', { runId })));
    const added = (await lab.report(runId)).filter(({ result }) => result === 'confirmed').length;
    const failed = run.verdicts.willWrite - added;
    const retry = await lab.followUp('retry', runId);
    expect(failed).toBeGreaterThan(0);
    expect(retry).toMatchObject({ act: { kind: 'add' }, verdicts: { willWrite: failed } });
    await lab.start(retry.runId);
    expect((await lab.settle(retry.runId)).results.confirmed).toBe(failed);
  });
});
