import { randomUUID } from 'node:crypto';
import { err, ok, type LedgerEntry, type Result } from '../../src/contract';
import { readEntry, readKey, readLease, readSettings, readTokenBucket } from '../../src/adapters/store';
import { entryRow } from '../../src/adapters/store/ledger';
import { byId } from '../../src/domain/segments';
import { connect } from '../../src/usecases/connection';
import { readAllSegments, type SegmentsReading } from '../../src/usecases/lookup';
import { settleMember, withLease, writeMember, type LeaseDisposition } from '../../src/usecases/write';
import type { MemberWriteOptions } from '../../src/usecases/write/writeMember';
import { ledgerEntry } from '../support/ledgerEntry';
import { fillLedger } from '../support/ledgerRows';
import { kvsError } from '../support/platformFaults';
import { createSite, problemOf, valueOf, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';
import { putLease } from '../support/leaseRows';

let site: Site;
let time: VirtualTime;
beforeEach(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  site = await createSite({ offline: true });
  time = startVirtualTime();
});
afterEach(() => {
  time.stop();
  return site.stop();
});

const LIMIT_MS = 25_000;
const MINUTE_MS = 60_000;
const as = <T>(work: () => Promise<T>): Promise<T> =>
  time.until(site.app.runAs({ moduleKey: 'segments-panel', limitMs: LIMIT_MS }, work));
const standing = (memberId: number) => as(() => readLease(memberId));
const entry = (operationId: string) => as(() => readEntry(operationId));
const hold = (memberId: number, operationId: string, untilMs: number, earlier?: string): void => {
  const value = { operationId, untilMs, revision: 'theirs', ...(earlier === undefined ? {} : { earlier }) };
  putLease(site, memberId, value);
};
/** Somebody who is in the first of two segments and not in the second. */
function subject() {
  const [from, to] = site.simulator.segments;
  const member = site.simulator.truth
    .snapshot()
    .members.find(({ segmentIds }) => segmentIds.includes(from?.id ?? 0) && !segmentIds.includes(to?.id ?? 0));
  if (from === undefined || to === undefined || member === undefined) throw new Error('Two segments and a member');
  return { from, to, memberId: member.id };
}
/** A move whose process died before it knew what came of it. */
function left(changes: { readonly isDone?: boolean; readonly ageMs?: number } = {}): LedgerEntry {
  const { isDone = false, ageMs = 10 * MINUTE_MS } = changes;
  const { from, to, memberId } = subject();
  return ledgerEntry({
    ...{ operationId: 'left', state: 'intended', answer: null, finishedAtMs: null },
    // Who is in the first segment alone has been there all the time, or was moved there.
    ...(isDone ? { from: to, to: from } : { from, to }),
    ...{ intendedAtMs: Date.now() - ageMs, members: [{ memberId, outcome: null, reason: null }] },
  });
}
const connected = async () => valueOf(connect(await readSettings(), await readKey(), await readTokenBucket()));
const readAll = async (): Promise<Result<SegmentsReading>> => readAllSegments(await connected(), 'look');
const settle = (memberId: number, read = readAll) => as(() => settleMember(memberId, read));
const working = (disposition: LeaseDisposition) => () => Promise.resolve({ answer: ok('done'), disposition });

describe('the sole right to write about a member', () => {
  it('lasts a little longer than the invocation, and is given back when nothing is left', async () => {
    let heldMs = 0;
    const done = await as(() =>
      withLease(7, 'mine', async ({ lease, unfinished }) => {
        heldMs = lease.untilMs - Date.now();
        expect([lease.operationId, unfinished]).toEqual(['mine', null]);
        expect(await readLease(7)).toEqual(lease);
        return { answer: ok('done'), disposition: 'nothing' };
      }),
    );
    expect(done).toEqual(ok('done'));
    expect(heldMs).toBe(LIMIT_MS + 10_000);
    expect(await standing(7)).toBeNull();
  });

  it('stays as a mark that is over when something is left, and for a while when it may still happen', async () => {
    await as(() => withLease(7, 'mine', working('unfinished')));
    expect(await standing(7)).toMatchObject({ operationId: 'mine', untilMs: Date.now() });
    await as(() => withLease(7, 'later', working('pending')));
    expect(await standing(7)).toMatchObject({ operationId: 'later', untilMs: Date.now() + 15_000 });
  });

  it('stays as a mark when the work fails, which is told', async () => {
    const failing = as(() => withLease(7, 'mine', () => Promise.reject(new Error('storage'))));
    await expect(failing).rejects.toThrow('storage');
    expect(await standing(7)).toMatchObject({ operationId: 'mine', untilMs: Date.now() });
  });

  it('that can not be given back ends by itself, and the work is done all the same', async () => {
    site.platform.intercept(kvsError('/transaction', 1, 'INTERNAL_SERVER_ERROR', 500));
    expect(await as(() => withLease(7, 'mine', working('nothing')))).toEqual(ok('done'));
    expect(await standing(7)).toMatchObject({ untilMs: Date.now() + LIMIT_MS + 10_000 });
    expect(jest.mocked(console.error).mock.calls).toEqual([[expect.stringContaining('"where":"lease"')]]);
  });

  it('is had at the very moment when another one is over, without a wait', async () => {
    const startedMs = Date.now();
    hold(7, 'theirs', startedMs);
    expect(await as(() => withLease(7, 'mine', working('nothing')))).toEqual(ok('done'));
    expect(Date.now() - startedMs).toBe(0);
  });

  it('is waited for where somebody is faster after the look', async () => {
    const startedMs = Date.now();
    const unhook = site.platform.intercept((call, _proceed, { body }) => {
      if (!/\/(transaction|entity\/set)$/.test(call.path) || body?.includes('"lease"') !== true) return undefined;
      unhook();
      hold(7, 'theirs', Date.now() + 200);
      return undefined;
    });
    expect(await as(() => withLease(7, 'mine', working('nothing')))).toEqual(ok('done'));
    expect(Date.now() - startedMs).toBe(250);
  });

  it('is waited for: a usual write ends in time', async () => {
    const startedMs = Date.now();
    hold(7, 'theirs', startedMs + 1_700);
    expect(await as(() => withLease(7, 'mine', working('nothing')))).toEqual(ok('done'));
    expect(Date.now() - startedMs).toBe(1_750);
  });

  it('is not waited for longer than some seconds, nor by the same click once more', async () => {
    const startedMs = Date.now();
    hold(7, 'theirs', startedMs + MINUTE_MS);
    const busy = { code: 'busy', retryAfterMs: 3_000 };
    expect(problemOf(await as(() => withLease(7, 'mine', working('nothing'))))).toEqual(busy);
    expect(Date.now() - startedMs).toBe(3_250);
    const again = await as(() => withLease(7, 'theirs', working('nothing')));
    expect(problemOf(again)).toEqual({ code: 'duplicateRequest', state: 'intended' });
    expect(Date.now() - startedMs).toBe(3_250);
    expect(await standing(7)).toMatchObject({ operationId: 'theirs', revision: 'theirs' });
  });

  it('is told what the one before left unfinished, also from the one before that', async () => {
    const seen: unknown[] = [];
    const look = () =>
      as(() =>
        withLease(7, 'mine', ({ unfinished, lease }) => {
          seen.push([unfinished?.operationId ?? null, lease.earlier]);
          return Promise.resolve({ answer: ok('done'), disposition: 'nothing' });
        }),
      );
    const unfinished = left();
    fillLedger(site, [unfinished, ledgerEntry({ operationId: 'finished' })]);
    hold(7, 'left', Date.now() - 1);
    await look();
    hold(7, 'finished', Date.now() - 1);
    await look();
    hold(7, 'never-recorded', Date.now() - 1, 'left');
    await look();
    hold(7, 'never-recorded', Date.now() - 1);
    await look();
    expect(seen).toEqual([
      ['left', 'left'],
      [null, null],
      ['left', 'left'],
      [null, null],
    ]);
  });
});

describe('what is left unfinished about a member', () => {
  it.each([
    ['done', true, 'confirmed'],
    ['not done', false, 'notConfirmed'],
  ] as const)('is settled as it is read: %s', async (_what, isDone, outcome) => {
    const { memberId } = subject();
    fillLedger(site, [left({ isDone })]);
    hold(memberId, 'left', Date.now() - 1);
    const { entry: settled, reading } = valueOf(await settle(memberId));
    expect(settled).toMatchObject({ state: 'finished', recoveredAtMs: Date.now(), members: [{ memberId, outcome }] });
    expect(reading.segments.length).toBeGreaterThan(0);
    expect(await entry('left')).toEqual(settled);
    expect(await standing(memberId)).toBeNull();
  });

  it('is left as it is while a reading that contradicts it says nothing yet', async () => {
    const { memberId } = subject();
    fillLedger(site, [left({ ageMs: 30_000 })]);
    hold(memberId, 'left', Date.now() - 1);
    const problem = problemOf(await settle(memberId));
    expect(problem).toMatchObject({ code: 'busy' });
    const retryAfterMs = 'retryAfterMs' in problem ? (problem.retryAfterMs ?? 0) : 0;
    expect(retryAfterMs).toBeGreaterThan(3_000);
    expect(await entry('left')).toMatchObject({ state: 'intended' });
    expect(await standing(memberId)).toMatchObject({ earlier: 'left', untilMs: Date.now() });
    await time.pass(retryAfterMs);
    expect(valueOf(await settle(memberId)).entry).toMatchObject({ state: 'finished' });
  });

  it('is asked for again in three seconds at the earliest', async () => {
    const { memberId } = subject();
    const young = left({ ageMs: 0 });
    const settlesAfter = problemOf(await lookAt(memberId, young));
    const age = 'retryAfterMs' in settlesAfter ? (settlesAfter.retryAfterMs ?? 0) - 1_000 : 0;
    expect(problemOf(await lookAt(memberId, { ...young, intendedAtMs: Date.now() - age }))).toEqual({
      code: 'busy',
      retryAfterMs: 3_000,
    });
  });

  async function lookAt(memberId: number, unfinished: LedgerEntry) {
    fillLedger(site, [unfinished]);
    hold(memberId, 'left', Date.now() - 1);
    return settle(memberId);
  }

  it('keeps its mark when nothing can be read, and there is none when there was nothing', async () => {
    const { memberId } = subject();
    const unread = (): Promise<Result<SegmentsReading>> =>
      Promise.resolve(err({ code: 'segmentUnreadable', segmentId: 1 }));
    expect(problemOf(await settle(memberId, unread))).toMatchObject({ code: 'segmentUnreadable' });
    expect(await standing(memberId)).toBeNull();
    expect(valueOf(await settle(memberId)).entry).toBeNull();
    expect(await standing(memberId)).toBeNull();
    fillLedger(site, [left()]);
    hold(memberId, 'left', Date.now() - 1);
    expect(problemOf(await settle(memberId, unread))).toMatchObject({ code: 'segmentUnreadable' });
    expect(await standing(memberId)).toMatchObject({ earlier: 'left' });
    expect(await entry('left')).toMatchObject({ state: 'intended' });
  });

  it('is not settled by a segment that can not be read in full', async () => {
    const { memberId, from } = subject();
    fillLedger(site, [left()]);
    hold(memberId, 'left', Date.now() - 1);
    const partly = async (): Promise<Result<SegmentsReading>> => {
      const read = valueOf(await readAll());
      const segments = read.segments.map((one) =>
        one.id === from.id ? { ...one, unreadable: 'members' as const } : one,
      );
      return ok({ ...read, segments });
    };
    expect(problemOf(await settle(memberId, partly))).toEqual({ code: 'segmentUnreadable', segmentId: from.id });
    expect(await entry('left')).toMatchObject({ state: 'intended' });
  });
});

describe('a write about a member whom no reporter stands for', () => {
  const write = (operationId: string, memberId: number, ids: { readonly from: number; readonly to: number }) =>
    as(async () =>
      writeMember(await connected(), {
        ...{ operationId, undoes: null, entryPoint: 'admin', actorAccountId: 'admin-1', memberId },
        intent: { kind: 'move', from: byId(ids.from), to: byId(ids.to) },
      }),
    );
  const sent = () => site.simulator.truth.writes().length;

  it('settles what was left before it, and is recorded with whose it is and nothing else', async () => {
    const { memberId, from, to } = subject();
    fillLedger(site, [left()]);
    hold(memberId, 'left', Date.now() - 1);
    const operationId = randomUUID();
    const written = valueOf(await write(operationId, memberId, { from: from.id, to: to.id }));
    expect(written).toMatchObject({
      ...{ operationId, kind: 'move', entryPoint: 'admin', actorAccountId: 'admin-1', state: 'finished' },
      ...{ reporterAccountId: null, issueId: null, issueKey: null, undoes: null, runId: null },
      ...{ apiClientId: null, requestDigest: null, members: [{ memberId, outcome: 'confirmed' }] },
    });
    expect(await entry('left')).toMatchObject({ state: 'finished', members: [{ outcome: 'notConfirmed' }] });
    expect(await standing(memberId)).toBeNull();
    expect(sent()).toBe(1);
  });

  it('happens once, and an id that is used up is no other’s', async () => {
    const { memberId, from, to } = subject();
    const operationId = randomUUID();
    const ids = { from: from.id, to: to.id };
    valueOf(await write(operationId, memberId, ids));
    const again = problemOf(await write(operationId, memberId, ids));
    expect(again).toEqual({ code: 'duplicateRequest', state: 'finished' });
    const other = problemOf(await write(operationId, memberId, { from: to.id, to: from.id }));
    expect(other).toMatchObject({ code: 'operationIdTaken', kind: 'move', issueKey: null });
    expect(sent()).toBe(1);
    expect(await standing(memberId)).toBeNull();
  });

  it('is of a kind that was tried, or is the try itself', async () => {
    const { memberId, to } = subject();
    const command = { undoes: null, entryPoint: 'admin', actorAccountId: 'admin-1', memberId } as const;
    const add = (options?: MemberWriteOptions) =>
      as(async () => {
        const operationId = randomUUID();
        return writeMember(
          await connected(),
          { ...command, operationId, intent: { kind: 'add', to: byId(to.id) } },
          options,
        );
      });
    expect(problemOf(await add())).toEqual({ code: 'writeNotProven', kind: 'add' });
    expect([sent(), await standing(memberId)]).toEqual([0, null]);
    expect(valueOf(await add({ isTrial: true })).state).toBe('finished');
  });

  it('is not sent where what was left lets its kind rest, and nothing is left then', async () => {
    const { memberId, from, to } = subject();
    fillLedger(site, [{ ...left(), witnesses: { from: [901, 902], to: [], others: [] } }]);
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    hold(memberId, 'left', Date.now() - 1);
    expect(problemOf(await write(randomUUID(), memberId, { from: from.id, to: to.id }))).toEqual({
      ...{ code: 'writesStopped', kind: 'move', operationId: 'left' },
    });
    expect([sent(), await standing(memberId)]).toEqual([0, null]);
  });

  it('is told as a duplicate where its id is taken between the look and the record', async () => {
    const { memberId, from, to } = subject();
    const operationId = randomUUID();
    const unhook = site.platform.intercept((call, proceed, { body }) => {
      if (!call.path.endsWith('/entity/set') || body?.includes(`"key":"${operationId}"`) !== true) return undefined;
      unhook();
      const value = entryRow({ ...left(), operationId, entryPoint: 'admin', actorAccountId: 'admin-2' });
      site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'ledger', key: operationId, value });
      return proceed();
    });
    expect(problemOf(await write(operationId, memberId, { from: from.id, to: to.id }))).toMatchObject({
      ...{ code: 'operationIdTaken', kind: 'move' },
    });
    expect(sent()).toBe(0);
    expect(await standing(memberId)).toMatchObject({ operationId, untilMs: Date.now() });
  });

  it('is not sent where nothing can be planned, read or settled', async () => {
    const { memberId, from, to } = subject();
    const notThere = problemOf(await write(randomUUID(), memberId, { from: to.id, to: from.id }));
    expect(notThere).toEqual({ code: 'stale', reason: 'notInSource' });
    expect(await standing(memberId)).toBeNull();
    fillLedger(site, [left({ ageMs: 0 })]);
    hold(memberId, 'left', Date.now() - 1);
    expect(problemOf(await write(randomUUID(), memberId, { from: from.id, to: to.id }))).toMatchObject({
      code: 'busy',
    });
    expect(await standing(memberId)).toMatchObject({ earlier: 'left' });
    site.simulator.faults.add({ fault: { kind: 'keyRevoked' } });
    expect(problemOf(await write(randomUUID(), memberId, { from: from.id, to: to.id }))).toMatchObject({
      code: 'shorterLoop',
    });
    expect(await standing(memberId)).toMatchObject({ earlier: 'left' });
    expect(sent()).toBe(0);
  });
});
