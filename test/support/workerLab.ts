import type { Segment } from '../../src/contract';
import {
  changeRun,
  createRun,
  readRun,
  readSettings,
  recordOutcome,
  runPeopleAfter,
  writeBatchSize,
  writeRunPeople,
} from '../../src/adapters/store';
import { newRun, type Run, type RunPerson } from '../../src/domain/runs';
import { attemptIdOf } from '../../src/features/bulk/worker/earlierAttempts';
import { provenOfText } from '../../src/features/bulk/worker/provenSize';
import { workOnRun } from '../../src/features/bulk/worker/worker';
import { ledgerEntry } from './ledgerEntry';
import { runPerson } from './runPerson';
import { createSite, type Site, type SiteOptions } from './site';
import { startVirtualTime, type VirtualTime } from './virtualTime';
import { putLease } from './leaseRows';

/** The one run of a lab. */
export const RUN = '8a4c6a5e-0d27-4c56-9a0e-2f2f2b7f6f01';

/** How many members go from which segment to which, each by its place in the simulator. */
type Wanted = { readonly from: number; readonly to: number; readonly count: number };
type Prepared = { readonly people: readonly RunPerson[]; readonly memberIds: readonly number[] };
type Opened = { readonly site: Site; readonly time: VirtualTime; readonly woken: unknown[] };

/**
 * A site for each test of a file, in virtual time, on which a worker is called by the test alone: no event of the
 * queue arrives. Everything that it answers is about the site of the test that runs.
 * @param usual how the sites of a file differ from those of the others
 */
export function useWorkerLab(usual: SiteOptions = {}) {
  let now: Opened | null = null;
  const opened = (): Opened => {
    if (now === null) throw new Error('A lab is open while a test runs');
    return now;
  };
  const begin = async (options: SiteOptions = usual): Promise<void> => {
    now = await open(options);
  };
  const end = async (): Promise<void> => {
    opened().time.stop();
    await opened().site.stop();
  };
  beforeEach(async () => {
    for (const level of ['error', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
    await begin();
  });
  afterEach(end);
  return {
    begin,
    end,
    site: () => opened().site,
    time: () => opened().time,
    /** The runs that the worker is to be woken for. */
    woken: () => opened().woken,
    ...createWork(opened),
    ...createDeeds(opened),
    ...createViews(opened),
  };
}

async function open(options: SiteOptions): Promise<Opened> {
  const site = await createSite({ offline: true, members: 120, segments: 4, ...options });
  site.simulator.reset();
  const time = startVirtualTime();
  const woken: unknown[] = [];
  site.platform.queue.setDelivery({
    loses: ({ queueName, body }) => {
      if (queueName === 'bulk-runs') woken.push(body);
      return true;
    },
  });
  return { site, time, woken };
}

function asWorker<T>({ site, time }: Opened, work: () => Promise<T>): Promise<T> {
  return time.until(site.app.runAs({ moduleKey: 'bulk-worker' }, work));
}

function segmentOf({ site }: Opened, nth: number): Segment {
  return site.simulator.segments[nth] ?? { id: 0, name: '' };
}

/** Members who are in one of two segments alone. */
function movableOf(lab: Opened, from: number, to: number): number[] {
  const inside = (nth: number) => lab.site.simulator.truth.membersOf(segmentOf(lab, nth).id) ?? [];
  return inside(from).filter((id) => !inside(to).includes(id));
}

/** The run itself, and the worker that is called for it. */
function createWork(opened: () => Opened) {
  const as = <T>(work: () => Promise<T>): Promise<T> => asWorker(opened(), work);
  return {
    as,
    segment: (nth: number): Segment => segmentOf(opened(), nth),
    inSegment: (id: number): readonly number[] => opened().site.simulator.truth.membersOf(id) ?? [],
    movable: (from: number, to: number): number[] => movableOf(opened(), from, to),
    /** Keeps a run with so many people in each group, whom nobody asked Jira about but the run itself. */
    prepare: (groups: readonly Wanted[], facts: Partial<Run> = {}): Promise<Prepared> =>
      prepareRun(opened(), groups, facts),
    work: (ms = 700_000): Promise<number | null> =>
      as(() => workOnRun(RUN, { endMs: Date.now() + ms, hasBudget: false })),
    run: async (): Promise<Run> => {
      const found = await as(() => readRun(RUN));
      if (found === null) throw new Error('The run is kept');
      return found;
    },
    change: (facts: Partial<Run>) => as(() => changeRun(RUN, (before) => ({ ...before, ...facts }))),
  };
}

async function prepareRun(lab: Opened, groups: readonly Wanted[], facts: Partial<Run>): Promise<Prepared> {
  const taken = new Set<number>();
  const people = groups.flatMap(({ from, to, count }, nth) =>
    movableOf(lab, from, to)
      .filter((memberId) => !taken.has(memberId))
      .slice(0, count)
      .map((memberId) => (taken.add(memberId), memberId))
      .map((memberId, index) =>
        runPerson({ group: nth + 1, place: index + 1, accountId: `a-${nth}-${memberId}`, memberId }),
      ),
  );
  const { adminAccountId } = lab.site.jira;
  const start = {
    runId: RUN,
    source: { kind: 'accounts' },
    queryName: null,
    act: { kind: 'move', from: null, to: segmentOf(lab, 1) },
    createdByAccountId: adminAccountId,
  } as const;
  const run: Run = {
    ...newRun(start, Date.now()),
    state: 'running',
    startedAtMs: Date.now(),
    startedByAccountId: adminAccountId,
    groups: groups.map(({ from, to }, nth) => ({
      kind: 'move',
      from: segmentOf(lab, from),
      to: segmentOf(lab, to),
      count: people.filter(({ group }) => group === nth + 1).length,
      done: 0,
    })),
    ...facts,
  };
  await asWorker(lab, async () => {
    await createRun(run);
    await writeRunPeople(RUN, people);
  });
  return { people, memberIds: people.flatMap(({ memberId }) => memberId ?? []) };
}

/** What is seen from outside of what the worker did. */
function createViews(opened: () => Opened) {
  const requests = () => opened().site.simulator.requests();
  const writes = () => opened().site.simulator.truth.writes();
  return {
    sizes: (): number[] => writes().map(({ asked }) => asked.length),
    asked: (): number[] => writes().flatMap((write) => write.asked),
    reads: () => requests().filter(({ method }) => method === 'GET'),
    sent: () => requests().filter(({ method }) => method !== 'GET'),
    results: async (group = 1): Promise<unknown[]> =>
      (await asWorker(opened(), () => runPeopleAfter(RUN, group, 0))).map(({ result, reason }) => [result, reason]),
    leases: (): unknown[] => opened().site.platform.kvs.entity('lease'),
    logged: () => jest.mocked(console.error).mock.calls,
    /** When the directory was last asked to be refreshed. */
    refreshAskedAt: () =>
      opened()
        .site.platform.kvs.plain()
        .find(({ key }) => key === 'directory-asked')?.value,
  };
}

/** What happens meanwhile in Shorter Loop and in storage. */
function createDeeds(opened: () => Opened) {
  return {
    store: (key: string, value: unknown) => opened().site.platform.kvs.handle('/api/v1/set', { key, value }),
    /** Does something when the request of the nth write is on its way. */
    during: (nth: number, what: () => unknown): void => {
      let seen = 0;
      opened().site.platform.intercept(async ({ kind }, _proceed, { method }) => {
        if (kind === 'egress' && method !== 'GET' && (seen += 1) === nth) await what();
        return undefined;
      });
    },
    /** Has a segment be none that can be read. */
    forbid: (id: number): void => {
      opened().site.platform.intercept(({ kind, path }, _proceed, { method }) =>
        kind === 'egress' && method === 'GET' && path.includes(`/segments/${String(id)}/`)
          ? { status: 404, headers: { 'content-type': 'application/json' }, body: '{"success":false}' }
          : undefined,
      );
    },
    /** A write of this run that an earlier process has made, and that was accepted; its lease is over. */
    unfinished: (memberId: number): Promise<void> => keepUnfinished(opened(), memberId),
    /** Moves somebody out of the first segment, as whoever works in Shorter Loop itself does. */
    moveTo: (memberId: number, nth: number): void => moveBeside(opened(), memberId, nth),
    /** Somebody else, a panel or the recovery, finds a write of this run done, and gives its lease back. */
    settle: (memberId: number): void => settleElsewhere(opened(), memberId),
    /** Has what Shorter Loop accepts show so much later, from the nth write on. */
    showLater: (ms: number, from = 1): void => delay(opened(), ms, from),
    /** Has the site proven that requests about so many members go well. */
    prove: (size: number): Promise<void> => proveSize(opened(), size),
  };
}

/** All at once: time goes on while anything is waited for. */
function settleElsewhere({ site: { platform } }: Opened, memberId: number): void {
  const operationId = attemptIdOf(RUN, memberId, 1);
  const row = platform.kvs.entity('ledger').find(({ key }) => key === operationId);
  if (row === undefined) throw new Error('Nothing was written about them');
  const members = [{ memberId, outcome: 'confirmed', reason: 'readBackAgrees' }];
  const value = { ...Object(row.value), state: 'finished', members, recoveredAtMs: Date.now() };
  platform.kvs.handle('/api/v1/entity/set', { entityName: 'ledger', key: operationId, value });
  platform.kvs.handle('/api/v1/entity/delete', { entityName: 'lease', key: String(memberId) });
}

async function proveSize(lab: Opened, size: number): Promise<void> {
  await asWorker(lab, async () => {
    const settings = await readSettings();
    if (settings === null) throw new Error('The site is connected');
    await writeBatchSize(provenOfText(settings.connection, 'move'), size);
  });
}

async function keepUnfinished(lab: Opened, memberId: number): Promise<void> {
  const operationId = attemptIdOf(RUN, memberId, 1);
  await asWorker(lab, () =>
    recordOutcome(
      ledgerEntry({
        operationId,
        entryPoint: 'bulk',
        runId: RUN,
        state: 'undecided',
        actorAccountId: lab.site.jira.adminAccountId,
        from: segmentOf(lab, 0),
        to: segmentOf(lab, 1),
        members: [{ memberId, outcome: null, reason: null }],
        intendedAtMs: Date.now() - 1_000,
        finishedAtMs: Date.now() - 1_000,
      }),
    ),
  );
  const lease = { operationId, untilMs: Date.now() - 1, revision: 'r' };
  putLease(lab.site, memberId, lease);
}

function moveBeside(lab: Opened, memberId: number, nth: number): void {
  const { simulator } = lab.site;
  const path = `/api/v2/segments/${String(segmentOf(lab, 0).id)}/segment-users/${String(segmentOf(lab, nth).id)}`;
  const headers = {
    authorization: `Bearer ${simulator.key}`,
    initiativeid: String(simulator.initiativeId),
    'content-type': 'application/json',
  };
  void simulator.handle({ method: 'PUT', path, headers, body: JSON.stringify({ users: [memberId] }) });
}

function delay({ site }: Opened, ms: number, from: number): void {
  let seen = 0;
  site.platform.intercept((call, _proceed, { method, headers, body }) => {
    if (call.kind !== 'egress' || method === 'GET' || (seen += 1) < from) return undefined;
    const { pathname } = new URL(call.path);
    setTimeout(() => void site.simulator.handle({ method, path: pathname, headers, body }), ms);
    const { users } = JSON.parse(body ?? '{}') as { users: number[] };
    const answer = { success: true, data: { count: users.length } };
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) };
  });
}
