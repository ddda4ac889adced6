import { z } from 'zod';
import type { LedgerEntry } from '../../src/contract';
import { processQueuedChanges } from '../../src';
import { operationIdOf } from '../../src/usecases/result';
import {
  dismissChange,
  hasQueued,
  enqueue,
  dequeue,
  readQueue,
  recordIntended,
  recordOutcome,
  requeue,
  type QueuedChange,
} from '../../src/adapters/store';
import { writeRows } from '../support/ledgerRows';
import { ledgerEntry } from '../support/ledgerEntry';
import { kvsError } from '../support/platformFaults';
import { queuedChange } from '../support/queuedChange';
import { createSite, linkedOf, valueOf, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';
import { bodyText } from '../../sandbox/forge/wire';

const MINUTE = 60_000;
let site: Site;
let time: VirtualTime;

afterEach(async () => {
  time.stop();
  await site.stop();
});

/** A site on which changes of two linked reporters can wait; time is virtual. */
async function prepare(extraReporters = 0) {
  site = await createSite({ offline: true, extraReporters, members: 60 + extraReporters });
  time = startVirtualTime();
  const { member } = linkedOf(valueOf(await time.until(site.panel('panel.open', {}))));
  const [from = 0] = member.segmentIds;
  const [to, another] = site.simulator.segments.map(({ id }) => id).filter((id) => !member.segmentIds.includes(id));
  if (to === undefined || another === undefined) throw new Error('The site has too few segments');
  const issue = site.jira.issueFor('one');
  const linkedTo = z.object({ memberId: z.literal(member.id) });
  const reporterAccountId =
    site.platform.kvs.entity('link').find(({ value }) => linkedTo.safeParse(value).success)?.key ?? '';
  const startMs = Date.now();
  const change = (overrides: Partial<QueuedChange> = {}): QueuedChange =>
    queuedChange({
      source: String(from),
      target: String(to),
      actorAccountId: site.jira.defaultAccountId,
      reporterAccountId,
      issueId: issue.id,
      issueKey: issue.key,
      askedAtMs: startMs,
      notBeforeMs: startMs,
      ...overrides,
    });
  const store = <T>(work: () => Promise<T>): Promise<T> =>
    time.until(site.app.runAs({ moduleKey: 'queued-changes' }, work));
  const hold = async (...changes: QueuedChange[]): Promise<void> => {
    for (const one of changes) await store(() => enqueue(one));
  };
  /** The row of an attempt that was made before. */
  const attempted = (nth: number, overrides: Parameters<typeof ledgerEntry>[0] = {}): Promise<void> => {
    const entry: LedgerEntry = ledgerEntry({
      operationId: operationIdOf('request-1', nth),
      entryPoint: 'automation',
      actorAccountId: site.jira.defaultAccountId,
      reporterAccountId,
      ...overrides,
    });
    return store(async () => {
      await recordIntended(entry);
      await recordOutcome(entry);
    });
  };
  const run = (limitMs?: number): Promise<unknown> =>
    time.until(
      site.app.runFunction(processQueuedChanges, {
        moduleKey: 'queued-changes',
        body: {},
        ...(limitMs === undefined ? {} : { limitMs }),
      }),
    );
  const waiting = () =>
    site.platform.kvs.entity('queued-change').map(({ key, value }) => ({ requestId: key, ...(value as object) }));
  const ledger = () =>
    writeRows(site.platform.kvs).map(({ key, value }) => ({ operationId: key, ...(value as object) }));
  const memberships = (): number[] => site.simulator.truth.membershipsOf(member.id);
  return { member, from, to, another, change, hold, attempted, run, waiting, ledger, memberships, startMs };
}

const storeOf = <T>(work: () => Promise<T>): Promise<T> =>
  time.until(site.app.runAs({ moduleKey: 'queued-changes' }, work));
const unchanged = [{ memberId: 7, outcome: 'notConfirmed', reason: 'unchanged' }] as const;

describe('a change that waits', () => {
  it.each(['move', 'remove', 'add'] as const)(
    'is carried out for whom it was asked, and forgotten: %s',
    async (kind) => {
      const { change, hold, run, waiting, ledger, memberships, from, to } = await prepare();
      site.proveWrites('add');
      await hold(
        change({ kind, source: kind === 'add' ? null : String(from), target: kind === 'remove' ? null : String(to) }),
      );
      await run();
      expect(waiting()).toEqual([]);
      expect(memberships().sort()).toEqual({ move: [to], remove: [], add: [from, to] }[kind].sort());
      expect(ledger()).toEqual([
        expect.objectContaining({
          operationId: operationIdOf('request-1', 1),
          kind,
          state: 'finished',
          entryPoint: 'automation',
          actorAccountId: site.jira.defaultAccountId,
          issueKey: 'ACME-101',
        }),
      ]);
    },
  );

  it('is forgotten when its member is already as it wants them', async () => {
    const { change, hold, run, waiting, from, another } = await prepare();
    await hold(change({ source: String(another), target: String(from) }));
    await run();
    expect(waiting()).toEqual([]);
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('is left alone until its rest is over, and so is what was asked later about the same person', async () => {
    const { change, hold, run, waiting, memberships, from, to, another, startMs } = await prepare();
    const first = change({ notBeforeMs: startMs + MINUTE });
    const second = change({
      requestId: 'request-2',
      source: String(to),
      target: String(another),
      askedAtMs: startMs + 1,
    });
    await hold(first, second);
    await run();
    expect(waiting()).toHaveLength(2);
    expect(memberships()).toEqual([from]);
    await time.pass(MINUTE);
    await run();
    expect(waiting()).toEqual([]);
    expect(memberships()).toEqual([another]);
  });

  it('rests for a minute after an attempt that Shorter Loop was in no state for', async () => {
    const { change, hold, run, waiting } = await prepare();
    site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault: { kind: 'status', code: 503 } });
    await hold(change());
    await run();
    expect(waiting()).toEqual([expect.objectContaining({ state: 'queued', attempt: 1 })]);
    // Not due yet just before the minute is over, and due with it.
    site.simulator.faults.clear();
    await time.pass(MINUTE - 5_000);
    await run();
    expect(waiting()).toHaveLength(1);
    await time.pass(5_000);
    await run();
    expect(waiting()).toEqual([]);
  });
});

describe('a change whose attempt has to rest', () => {
  it.each([
    [
      'Shorter Loop was in no state for it',
      { match: { route: 'segmentsWithMembers' }, fault: { kind: 'status', code: 503 } },
    ],
    ['its write was not confirmed', { match: { route: 'move' }, fault: { kind: 'status', code: 503 } }],
  ] as const)('is not overtaken by a later one of the same person: %s', async (_why, fault) => {
    const { change, hold, run, waiting, memberships, from, another, startMs } = await prepare();
    site.simulator.faults.add(fault);
    await hold(
      change(),
      change({ requestId: 'request-2', source: String(from), target: String(another), askedAtMs: startMs + 1 }),
    );
    await run();
    expect(memberships()).toEqual([from]);
    expect(waiting()).toContainEqual(expect.objectContaining({ requestId: 'request-2', notBeforeMs: startMs }));
    expect(waiting()).not.toContainEqual(expect.objectContaining({ requestId: 'request-1', notBeforeMs: startMs }));
  });
});

describe('an attempt that was made before', () => {
  it('is not repeated when it was confirmed', async () => {
    const { change, hold, attempted, run, waiting } = await prepare();
    await hold(change());
    await attempted(1);
    await run();
    expect(waiting()).toEqual([]);
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('is waited for while its outcome is not known', async () => {
    const { change, hold, attempted, run, waiting, startMs } = await prepare();
    await hold(change());
    await attempted(1, {
      state: 'undecided',
      members: [{ memberId: 7, outcome: 'unknown', reason: 'notReadable' }],
      finishedAtMs: null,
    });
    await run();
    expect(waiting()).toEqual([expect.objectContaining({ state: 'queued', attempt: 1 })]);
    expect(waiting()).not.toEqual([expect.objectContaining({ notBeforeMs: startMs })]);
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('is followed by the next one when it is known to have done nothing', async () => {
    const { change, hold, attempted, run, waiting, memberships, to, ledger } = await prepare();
    await hold(change());
    await attempted(1, { members: unchanged, answer: { status: 503, cause: 'server', count: null } });
    await run();
    expect(waiting()).toEqual([]);
    expect(memberships()).toEqual([to]);
    expect(
      ledger()
        .map(({ operationId }) => operationId)
        .sort(),
    ).toEqual([operationIdOf('request-1', 1), operationIdOf('request-1', 2)].sort());
  });

  it('keeps its place in the count of attempts when the next one has to rest as well', async () => {
    const { change, hold, attempted, run, waiting } = await prepare();
    await hold(change({ attempt: 4 }));
    await attempted(4, { members: unchanged });
    site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault: { kind: 'status', code: 503 } });
    await run();
    expect(waiting()).toEqual([expect.objectContaining({ state: 'queued', attempt: 5 })]);
  });

  it('is the last one when it is the sixth: someone has to look at it', async () => {
    const { change, hold, attempted, run, waiting, memberships, from } = await prepare();
    await hold(change({ attempt: 6 }));
    await attempted(6, { members: unchanged });
    await run();
    expect(waiting()).toEqual([expect.objectContaining({ state: 'failed', failure: 'tooManyAttempts', attempt: 6 })]);
    expect(memberships()).toEqual([from]);
  });

  it.each<[string, Parameters<typeof ledgerEntry>[0]]>([
    ['entry point', { entryPoint: 'panel' }],
    ['actor', { actorAccountId: 'somebody-else' }],
    ['kind', { kind: 'remove' }],
  ])('says nothing when its id has a row of something else, with another %s', async (_what, overrides) => {
    const { change, hold, attempted, run, waiting } = await prepare();
    await hold(change());
    await attempted(1, overrides);
    await run();
    expect(waiting()).toEqual([expect.objectContaining({ state: 'failed', failure: 'operationIdTaken' })]);
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it.each([
    ['inBoth', [{ memberId: 7, outcome: 'notConfirmed', reason: 'inBoth' }]],
    ['unknown', [{ memberId: 7, outcome: 'notConfirmed', reason: null }]],
  ] as const)('is the last one when trying again makes no sense: %s', async (failure, members) => {
    const { change, hold, attempted, run, waiting } = await prepare();
    await hold(change());
    await attempted(1, { members });
    await run();
    expect(waiting()).toEqual([expect.objectContaining({ state: 'failed', failure })]);
    expect(site.simulator.truth.writes()).toEqual([]);
  });
});

describe('a change that can not be made', () => {
  it.each<[string, Partial<QueuedChange>, string]>([
    ['its target is gone', { target: '999999' }, 'segmentUnknown'],
    ['its move has no source', { source: null }, 'invalidInput'],
    ['its move has no target', { target: null }, 'invalidInput'],
    ['its removal has no source', { kind: 'remove', source: null, target: null }, 'invalidInput'],
    ['its adding has no target', { kind: 'add', source: null, target: null }, 'invalidInput'],
    ['its reporter is linked to nobody', { reporterAccountId: 'nobody' }, 'noMember'],
  ])('is kept with its cause, and nothing is sent: %s', async (_why, overrides, failure) => {
    const { change, hold, run, waiting } = await prepare();
    await hold(change(overrides));
    await run();
    expect(waiting()).toEqual([expect.objectContaining({ state: 'failed', failure })]);
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('is kept with its cause when the app is no longer connected', async () => {
    const { change, hold, run, waiting } = await prepare();
    await hold(change());
    site.platform.kvs.handle('/api/v1/secret/delete', { key: 'shorter-loop-key' });
    await run();
    expect(waiting()).toEqual([expect.objectContaining({ state: 'failed', failure: 'notConfigured' })]);
  });

  it('does not hold up what was asked later about the same person', async () => {
    const { change, hold, run, memberships, to, startMs } = await prepare();
    await hold(change({ target: '999999' }), change({ requestId: 'request-2', askedAtMs: startMs + 1 }));
    await run();
    expect(memberships()).toEqual([to]);
  });
});

describe('a run', () => {
  it('goes on past fifty changes that have to rest', async () => {
    const { change, hold, run, memberships, to, startMs } = await prepare();
    const resting = Array.from({ length: 50 }, (_, index) =>
      change({
        requestId: `resting-${index}`,
        reporterAccountId: `other-${index}`,
        askedAtMs: startMs + index,
        notBeforeMs: startMs + 10 * MINUTE,
      }),
    );
    await hold(...resting, change({ askedAtMs: startMs + 50 }));
    await run();
    expect(memberships()).toEqual([to]);
  });

  it('stops while there is still time for what it has begun, and sees to it that another goes on', async () => {
    const { change, hold, run, memberships, from, waiting } = await prepare();
    await hold(change());
    await run(39_000);
    expect(memberships()).toEqual([from]);
    expect(waiting()).toHaveLength(1);
    expect(site.platform.calls.filter(({ kind }) => kind === 'queue')).toHaveLength(1);
  });

  it('waits its turn when Shorter Loop asks it to, as long as there is time', async () => {
    const { change, hold, run, memberships, to, waiting, startMs } = await prepare();
    site.simulator.faults.add({
      match: { route: 'segmentsWithMembers', nth: 1 },
      fault: { kind: 'status', code: 429, retryAfterSeconds: 30 },
    });
    await hold(change());
    await run();
    expect(memberships()).toEqual([to]);
    expect(waiting()).toEqual([]);
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(30_000);
  });

  it('lets a change rest when the wait would last beyond its time', async () => {
    const { change, hold, run, memberships, from, waiting, startMs } = await prepare();
    site.simulator.faults.add({
      match: { route: 'segmentsWithMembers' },
      fault: { kind: 'status', code: 429, retryAfterSeconds: 30 },
    });
    await hold(change());
    await run(60_000);
    expect(Date.now() - startMs).toBeLessThan(30_000);
    expect(memberships()).toEqual([from]);
    expect(waiting()).toEqual([expect.objectContaining({ state: 'queued' })]);
  });

  it('goes on with others when storage fails for one, and leaves the change as it stands', async () => {
    const quiet = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const { change, hold, run, waiting, memberships, from } = await prepare();
    await hold(change());
    const before = waiting();
    site.platform.intercept(({ kind, path }) =>
      kind === 'kvs' && path.endsWith('/entity/get') ? { status: 500, headers: {}, body: '{}' } : undefined,
    );
    await run();
    expect(waiting()).toEqual(before);
    expect(memberships()).toEqual([from]);
    expect(quiet.mock.calls.flat().join()).toContain('"where":"queued"');
  });
});

describe("the order of one person's changes", () => {
  it('is that of asking where a query shows the later change alone', async () => {
    const { change, hold, run, memberships, waiting, to, another, startMs } = await prepare();
    // Another process's clock says that the second one was asked for earlier.
    await hold(
      change({ askedAtMs: startMs + 5 }),
      change({ requestId: 'request-2', source: String(to), target: String(another), askedAtMs: startMs + 4 }),
    );
    site.platform.intercept(async ({ path }, proceed) => {
      if (!path.endsWith('/entity/query')) return undefined;
      const answer = await proceed();
      const { data } = z
        .object({ data: z.array(z.looseObject({ key: z.string() })) })
        .parse(JSON.parse(bodyText(answer)));
      return { ...answer, body: JSON.stringify({ data: data.filter(({ key }) => key !== 'request-1') }) };
    });
    await run();
    expect(memberships()).toEqual([another]);
    expect(waiting()).toEqual([]);
    expect(await storeOf(() => hasQueued(change().reporterAccountId))).toBe(false);
  });

  it('is known at once, while queries show nothing for a minute', async () => {
    const { change, hold } = await prepare();
    site.platform.kvs.setQueryLagMs(MINUTE);
    await hold(change());
    expect(await storeOf(() => hasQueued(change().reporterAccountId))).toBe(true);
  });

  it('carries out what a lagging query does not show yet, behind what it shows', async () => {
    const { change, hold, run, memberships, waiting, to, another } = await prepare();
    await hold(change());
    await time.pass(MINUTE);
    site.platform.kvs.setQueryLagMs(MINUTE / 2);
    await hold(change({ requestId: 'request-2', source: String(to), target: String(another) }));
    await run();
    expect(memberships()).toEqual([another]);
    expect(waiting()).toEqual([]);
  });

  it('is kept for more than a hundred, many of the same millisecond, by runs that work beside each other', async () => {
    const { change, hold, run, memberships, waiting, ledger, from, to, startMs } = await prepare();
    const changes = Array.from({ length: 120 }, (_, nth) =>
      change({
        requestId: `request-${nth}`,
        source: String(nth % 2 === 0 ? from : to),
        target: String(nth % 2 === 0 ? to : from),
        askedAtMs: startMs + Math.floor(nth / 60),
        notBeforeMs: 0,
      }),
    );
    await hold(...changes);
    for (let rounds = 0; rounds < 30 && waiting().length > 0; rounds += 1) {
      await Promise.all([run(), run()]);
      await time.pass(MINUTE);
    }
    expect(waiting()).toEqual([]);
    expect(ledger()).toHaveLength(120);
    expect(memberships()).toEqual([from]);
    expect(site.platform.kvs.entity('change-queue')).toEqual([]);
  });

  it('loses no change and takes none twice when many ask at once', async () => {
    const { change } = await prepare();
    const names = Array.from({ length: 12 }, (_, nth) => `request-${nth}`);
    await time.until(
      Promise.all(
        [...names, ...names].map((requestId) =>
          site.app.runAs({ moduleKey: 'queued-changes' }, () => enqueue(change({ requestId }))),
        ),
      ),
    );
    expect([...(await storeOf(() => readQueue(change().reporterAccountId)))].sort()).toEqual(names.sort());
    expect(site.platform.kvs.entity('queued-change')).toHaveLength(12);
  });

  it.each(['before', 'afterApplying'] as const)('stands when storage fails %s a change joined', async (effect) => {
    const { change } = await prepare();
    site.platform.intercept(kvsError('/transaction', 1, 'INTERNAL_SERVER_ERROR', 500, effect));
    const joined = await storeOf(() => enqueue(change()).catch(() => 'failed'));
    const line = await storeOf(() => readQueue(change().reporterAccountId));
    expect([joined, line, site.platform.kvs.entity('queued-change').length]).toEqual(
      effect === 'before' ? ['failed', [], 0] : [null, ['request-1'], 1],
    );
  });

  it('puts a change that is tried again behind what waits by then, once', async () => {
    const { change, hold } = await prepare();
    await hold(change());
    const failed = change({ state: 'failed', failure: 'saidNo' });
    await storeOf(() => dequeue(failed, failed));
    await hold(change({ requestId: 'request-2' }));
    expect(await storeOf(() => requeue(change({ attempt: 2 })))).toBe(true);
    expect(await storeOf(() => requeue(change({ attempt: 2 })))).toBe(false);
    expect(await storeOf(() => readQueue(change().reporterAccountId))).toEqual(['request-2', 'request-1']);
    expect(await storeOf(() => dismissChange(failed))).toBe(false);
  });

  it('ends at a thousand: a further one is not taken', async () => {
    const { change } = await prepare();
    site.platform.kvs.handle('/api/v1/entity/set', {
      entityName: 'change-queue',
      key: change().reporterAccountId,
      value: { requests: Array.from({ length: 1_000 }, (_, nth) => `r-${nth}`), revision: 's' },
    });
    expect(await storeOf(() => enqueue(change()))).toBe('reporter');
    expect(site.platform.kvs.entity('queued-change')).toEqual([]);
  });
});

describe('a change whose reporter was erased', () => {
  it('is given up: nobody can tell whose it is', async () => {
    const { run, waiting, change } = await prepare();
    const { requestId, ...row } = change({ reporterAccountId: 'erased' });
    const value = Object.fromEntries(Object.entries(row).filter(([, one]) => one !== null));
    site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'queued-change', key: requestId, value });
    await run();
    expect(waiting()).toEqual([expect.objectContaining({ state: 'failed', failure: 'noMember' })]);
  });
});
