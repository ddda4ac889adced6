import { randomUUID } from 'node:crypto';
import type { Interceptor } from '../../sandbox/forge/platform';
import { countBy, openBulkLab } from '../support/bulkLab';
import { mulberry32 } from '../support/random';
import { valueOf } from '../support/site';

/** `npm run kills` kills 200 times, in a run of 20,000 members. */
const KILLS = Number(process.env['KILLS'] ?? 15);
const MEMBERS = KILLS * 100;
/** A worker that is to die does so before it has made more calls than this: a batch of 500 makes some 190, and is sent in their middle. */
const MAX_LIFE = 190;
/** After how many more members the next one dies: the last kills must not come too late. */
const EVERY_MEMBERS = 70;

/** Kills a run's worker processes at random moments, as the run goes on: at a call, which the platform may have carried out. */
function createKiller(kills: number, done: () => number) {
  const random = mulberry32(20_000);
  const deaths = new Map<string, { atCall: number; die: (reason: Error) => void }>();
  const dead = new Set<string>();
  const seen = new Map<string, number>();
  let killed = 0;
  const onDelivery = async (consumerKey: string, run: (invocationId: string) => Promise<unknown>): Promise<unknown> => {
    const invocationId = randomUUID();
    if (consumerKey !== 'bulk-worker' || killed >= kills) return run(invocationId);
    const death = new Promise<never>((_resolve, reject) => {
      deaths.set(invocationId, { atCall: 1 + Math.floor(random() * MAX_LIFE), die: reject });
    });
    return Promise.race([run(invocationId), death]);
  };
  const intercept: Interceptor = async ({ invocationId }, proceed) => {
    if (dead.has(invocationId)) return never();
    const death = deaths.get(invocationId);
    // Kills are spread over the run: each waits until so many more members are done.
    if (death === undefined || killed >= kills || done() < killed * EVERY_MEMBERS) return undefined;
    const nth = (seen.get(invocationId) ?? 0) + 1;
    seen.set(invocationId, nth);
    if (nth < death.atCall) return undefined;
    dead.add(invocationId);
    killed += 1;
    if (random() < 0.5) await proceed().catch(() => undefined);
    death.die(new Error('The function process was killed'));
    return never();
  };
  return { onDelivery, intercept, killed: () => killed };
}

test.each(['move', 'add'] as const)(
  `a run that is to %s ${String(MEMBERS)} members, and whose worker is killed ${String(KILLS)} times, loses nobody, writes about nobody twice, and adds up`,
  async (kind) => {
    const writes = { counted: 0, members: 0 };
    const killer = createKiller(KILLS, () => {
      const all = lab.site.simulator.truth.writes();
      for (const { applied } of all.slice(writes.counted)) writes.members += applied.length;
      writes.counted = all.length;
      return writes.members;
    });
    // Others are in the target already, or in several segments, and are left out.
    const lab = await openBulkLab(Math.ceil(MEMBERS * 2.4), {
      onDelivery: killer.onDelivery,
      settings: { canAdd: true },
    });
    for (const level of ['error', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
    const { simulator, platform, jira } = lab.site;
    lab.site.platform.intercept(killer.intercept);
    const target = simulator.segments[0]?.id ?? 0;
    const before = new Map(jira.crowd.map(({ member }) => [member.id, simulator.truth.membershipsOf(member.id)]));
    const preview = await lab.preview(kind === 'add' ? { kind, to: target } : { kind, from: null, to: target });
    expect(preview.verdicts.willWrite).toBeGreaterThanOrEqual(MEMBERS);
    valueOf(await lab.time.until(lab.site.bulk('bulk.start', { runId: preview.runId })));
    let run = preview;
    do {
      await lab.time.pass(20_000);
      run = await lab.look(preview.runId);
      if (Date.now() % 300_000 < 20_000) await lab.time.until(lab.site.recovery());
    } while (run.state === 'running');

    expect(killer.killed()).toBe(KILLS);
    const willWrite = run.verdicts.willWrite;
    expect(run).toMatchObject({
      state: 'finished',
      results: { confirmed: willWrite, notConfirmed: 0, refused: 0, unknown: 0, changed: 0, busy: 0 },
    });
    const people = await lab.report(run.runId);
    expect(countBy(people, ({ result }) => result)).toEqual({ confirmed: willWrite });
    // Whoever was written about is where they should be, and nowhere else than before; all others are where they were.
    const written = new Set(
      people.filter(({ verdict }) => verdict === 'willWrite').map(({ memberId }) => memberId ?? 0),
    );
    const wantedOf = (memberId: number, segmentIds: readonly number[]): readonly number[] => {
      if (!written.has(memberId)) return segmentIds;
      return kind === 'add' ? [...segmentIds, target] : [target];
    };
    const inOrder = (ids: readonly number[]): string => String([...ids].sort((one, other) => one - other));
    const lost = [...before].filter(
      ([memberId, segmentIds]) =>
        inOrder(simulator.truth.membershipsOf(memberId)) !== inOrder(wantedOf(memberId, segmentIds)),
    );
    expect(lost).toEqual([]);
    const applied = simulator.truth.writes().flatMap((write) => write.applied);
    expect(applied).toHaveLength(willWrite);
    expect(new Set(applied).size).toBe(willWrite);
    expect(platform.kvs.entity('lease')).toEqual([]);
    await lab.stop();
  },
  KILLS * 60_000,
);

function never(): Promise<never> {
  return new Promise(() => undefined);
}
