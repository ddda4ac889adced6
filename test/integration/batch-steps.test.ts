import { randomUUID } from 'node:crypto';
import type { LedgerEntry, Result, WriteEnds } from '../../src/contract';
import { readEntry, readLease, readMember, readSettings, type Lease } from '../../src/adapters/store';
import type { ShorterLoopResult, WriteReceipt } from '../../src/adapters/shorterloop';
import type { PairReading } from '../../src/domain/segments';
import { openConnection, type Connected } from '../../src/usecases/connection';
import { performBatch, type BatchMember } from '../../src/usecases/write';
import { isOwnEntry, openBatch, type BatchCommand } from '../../src/usecases/write/openBatch';
import { dropBatch, writeBatch } from '../../src/usecases/write/writeBatch';
import { inShort } from '../support/batchLab';
import { ledgerEntry } from '../support/ledgerEntry';
import { fillLedger, writeRows } from '../support/ledgerRows';
import { showsLate } from '../support/oddServers';
import { createSite, valueOf, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';
import { putLease } from '../support/leaseRows';

/** One write about many members, step by step: what is opened, sent, told of each, and given back. */

const MINUTE_MS = 60_000;
let site: Site;
let time: VirtualTime;
beforeEach(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  site = await createSite({ offline: true, members: 30, segments: 3, settings: { canAdd: true } });
  time = startVirtualTime();
});
afterEach(() => {
  time.stop();
  return site.stop();
});

const as = <T>(work: (connected: Connected) => Promise<T>, limitMs = 55_000): Promise<T> =>
  time.until(site.app.runAs({ moduleKey: 'tick', limitMs }, async () => work(valueOf(await openConnection()))));
const row = (operationId: string) => as(() => readEntry(operationId));
const lease = (memberId: number) => as(() => readLease(memberId));
const leases = () => site.platform.kvs.entity('lease');
const logged = (): unknown[] =>
  jest.mocked(console.error).mock.calls.map(([line]) => (JSON.parse(String(line)) as { where: unknown }).where);
const hold = (memberId: number, value: Partial<Lease>): void => {
  const held = { operationId: 'theirs', untilMs: Date.now() + MINUTE_MS, revision: 'theirs', ...value };
  const { earlier, ...rest } = held;
  const stored = typeof earlier === 'string' ? { ...rest, earlier } : rest;
  putLease(site, memberId, stored);
};

/** Some of the first segment who are not in the second, to be moved there. */
function order(count: number): BatchCommand & { readonly ends: Extract<WriteEnds, { kind: 'move' }> } {
  const [from, to] = site.simulator.segments;
  if (from === undefined || to === undefined) throw new Error('Two segments');
  const inTarget = site.simulator.truth.membersOf(to.id) ?? [];
  const ids = (site.simulator.truth.membersOf(from.id) ?? []).filter((id) => !inTarget.includes(id)).slice(0, count);
  if (ids.length < count) throw new Error('Too few members');
  const members = ids.map((memberId, nth): BatchMember => ({
    ...{ memberId, operationId: `op-${nth}`, reporterAccountId: `reporter-${nth}` },
    ...{ issueId: `1000${nth}`, issueKey: `ACME-${nth}`, undoes: nth === 0 ? 'undone' : null },
  }));
  const { id: fromId, name: fromName } = from;
  const ends = { kind: 'move', from: { id: fromId, name: fromName }, to: { id: to.id, name: to.name } } as const;
  return { ends, members, entryPoint: 'bulk', actorAccountId: 'agent-1', runId: 'run-1' };
}

/** The row of an earlier write about somebody that never came to its end. */
const unfinished = ({ ends }: BatchCommand, member: BatchMember, changes: Parameters<typeof ledgerEntry>[0] = {}) =>
  ledgerEntry({
    ...{ operationId: 'left', from: ends.from, to: ends.to, state: 'intended', answer: null, finishedAtMs: null },
    ...{ intendedAtMs: Date.now() - 10 * MINUTE_MS },
    members: [{ memberId: member.memberId, outcome: null, reason: null }],
    ...changes,
  });

describe('a batch that is opened', () => {
  it('has the lease of each for a minute and a half, and a row of what is intended', async () => {
    const asked = order(2);
    const batch = await as((connected) => openBatch(connected, asked));
    const untilMs = Date.now() + 90_000;
    expect(batch).toMatchObject({ order: asked, leaseHeld: [], untilMs });
    expect([batch.duplicates.size, batch.takenIds.size]).toEqual([0, 0]);
    for (const [nth, member] of asked.members.entries()) {
      const { memberId, operationId, ...origin } = member;
      const one = batch.open[nth];
      expect(one).toMatchObject({ member, unfinished: null });
      expect(one?.lease).toMatchObject({ memberId, operationId, earlier: null, untilMs });
      expect(await lease(memberId)).toEqual(one?.lease);
      expect(one?.intended).toMatchObject({
        ...{ ...origin, ...asked.ends, operationId, state: 'intended', entryPoint: 'bulk', actorAccountId: 'agent-1' },
        ...{ runId: 'run-1', apiClientId: null, requestDigest: null, answer: null, strays: null },
        members: [{ memberId, outcome: null, reason: null }],
      });
      expect(one?.intended?.form).toContain('/segments/{from}/');
      expect(await row(operationId)).toEqual(one?.intended);
    }
  });

  it('has somebody once who is named twice, under the first id and in their place', async () => {
    const asked = order(3);
    const [first, second, third] = asked.members;
    if (first === undefined || second === undefined || third === undefined) throw new Error('Three');
    const again = { ...first, operationId: 'again' };
    const batch = await as((connected) => openBatch(connected, { ...asked, members: [first, second, again, third] }));
    expect(batch.order.members.map(({ operationId }) => operationId).toSorted()).toEqual(['op-0', 'op-1', 'op-2']);
    expect(batch.open).toHaveLength(3);
  });

  it('leaves out about whom somebody writes now, and has those whose turn is over this very moment', async () => {
    const asked = order(3);
    const [held, over, free] = asked.members;
    hold(held?.memberId ?? 0, { untilMs: Date.now() + 1 });
    hold(over?.memberId ?? 0, { untilMs: Date.now() });
    const batch = await as((connected) => openBatch(connected, asked));
    expect(batch.leaseHeld).toEqual([held]);
    expect(batch.open.map(({ member }) => member)).toEqual([over, free]);
    expect(await lease(held?.memberId ?? 0)).toMatchObject({ revision: 'theirs' });
    expect(await row('op-0')).toBeNull();
  });

  it('leaves out about whom somebody is faster', async () => {
    const asked = order(2);
    const [first, second] = asked.members;
    const unhook = site.platform.intercept((call) => {
      if (call.path.endsWith('/transaction')) {
        unhook();
        hold(first?.memberId ?? 0, {});
      }
      return undefined;
    });
    const { leaseHeld, open } = await as(async (connected) => openBatch(connected, asked));
    expect(leaseHeld).toEqual([first]);
    expect(open.map(({ member }) => member)).toEqual([second]);
    expect(await row('op-0')).toBeNull();
  });

  it.each([
    ['marks', { operationId: 'left' }],
    ['took over', { operationId: 'never-recorded', earlier: 'left' }],
  ])('has first to settle what a lapsed lease %s, and intends nothing about them', async (_how, mark) => {
    const asked = order(2);
    const [first, second] = asked.members;
    if (first === undefined || second === undefined) throw new Error('Two');
    const left = unfinished(asked, first);
    fillLedger(site, [left, unfinished(asked, second, { operationId: 'done', state: 'finished' })]);
    hold(first.memberId, { ...mark, untilMs: Date.now() - 1 });
    hold(second.memberId, { operationId: 'done', untilMs: Date.now() - 1 });
    const { open } = await as((connected) => openBatch(connected, asked));
    expect(open.map(({ intended }) => intended?.operationId ?? null)).toEqual([null, 'op-1']);
    expect(open.map((one) => one.unfinished)).toEqual([left, null]);
    expect(open.map((one) => one.lease.earlier)).toEqual(['left', null]);
    expect([await row('op-0'), (await row('op-1'))?.state]).toEqual([null, 'intended']);
  });

  it('tells whose ids have rows of this very write from those that are taken', async () => {
    const asked = order(3);
    const [first, second] = asked.members;
    if (first === undefined || second === undefined) throw new Error('Two');
    const done = await as((connected) => openBatch(connected, { ...asked, members: [first] }));
    await as(() => dropBatch({ ...done, open: [] }));
    const [{ intended }] = done.open as readonly [(typeof done.open)[number]];
    if (intended === null) throw new Error('It is intended');
    const own: LedgerEntry = { ...intended, state: 'finished' };
    fillLedger(site, [own, ledgerEntry({ operationId: 'op-1' })]);
    site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'lease', key: String(first.memberId) });
    const batch = await as((connected) => openBatch(connected, asked));
    expect([...batch.duplicates]).toEqual([['op-0', own]]);
    expect([...batch.takenIds]).toEqual(['op-1']);
    expect(batch.open.map(({ member }) => member.operationId)).toEqual(['op-2']);
    const written = await write(asked);
    expect(inShort(written.results)).toEqual(expect.arrayContaining(['idTaken']));
    expect(written.results.get('op-0')).toEqual({ kind: 'written', entry: own });
  });
});

it('takes a row for its own that says the same of the same member by the same person, and no other', () => {
  const asked = order(1);
  const [member] = asked.members;
  if (member === undefined) throw new Error('One');
  const entry: LedgerEntry = {
    ...unfinished(asked, member),
    ...{ entryPoint: 'bulk', actorAccountId: 'agent-1', runId: 'run-1', undoes: 'undone' },
  };
  expect(isOwnEntry(asked, member, entry)).toBe(true);
  for (const other of [
    { entryPoint: 'board' },
    { runId: 'run-2' },
    { undoes: null },
    { apiClientId: 'client-1' },
    { requestDigest: 'digest' },
    { to: { id: 9, name: 'Other' } },
    { members: [{ memberId: 9, outcome: null, reason: null }] },
  ] as const)
    expect(isOwnEntry(asked, member, { ...entry, ...other } as LedgerEntry)).toBe(false);
  // Who goes on with a run may be somebody else; without one it is whoever asks.
  const alone = { ...asked, runId: null };
  expect(isOwnEntry(alone, member, { ...entry, runId: null })).toBe(true);
  expect(isOwnEntry(alone, member, { ...entry, runId: null, actorAccountId: 'agent-2' })).toBe(false);
});

type Sent = {
  readonly receipt?: ShorterLoopResult<WriteReceipt>;
  readonly beside?: () => Promise<void>;
  /** What is read before it, where it differs from what is so. */
  readonly reading?: Partial<PairReading>;
  readonly isKept?: boolean;
};

const idsIn = (read: ShorterLoopResult<ReadonlySet<number>>): ReadonlySet<number> | null =>
  read.kind === 'ok' ? read.value : null;

/** Opens a batch, reads its segments and writes it, as one invocation. */
function write(asked: BatchCommand, { receipt, beside, reading, isKept = false }: Sent = {}) {
  return as(async (connected) => {
    const { client, writes } = connected;
    if (writes === null) throw new Error('It may write');
    const batch = await openBatch(connected, asked);
    const sides = await Promise.all(
      [asked.ends.from, asked.ends.to].map(async (end) =>
        end === null ? null : idsIn(await client.memberIdsOf(end.id)),
      ),
    );
    const [from = null, to = null] = sides;
    const answering = receipt === undefined ? writes : { ...writes, move: () => Promise.resolve(receipt) };
    const written = await writeBatch({ client, writes: answering }, batch, { from, to, ...reading }, beside);
    if (!isKept) await written.close();
    return { ...written, batch, before: { from, to, ...reading } };
  });
}
const YES = { status: 200, count: 2, claim: 'accepted' } as const;
const failed = (cause: 'timeout' | 'invalid' | 'malformed', mayHaveBeenApplied = true) =>
  ({ kind: 'problem', problem: { cause, status: cause === 'timeout' ? null : 400, mayHaveBeenApplied } }) as const;

describe('a batch that is written', () => {
  it('has a finished row for each, both segments as they are now, and gives everything back', async () => {
    const asked = order(2);
    const ids = asked.members.map(({ memberId }) => memberId);
    const done = await write(asked);
    expect(done).toMatchObject({ claim: 'yes', retryAfterMs: null, compared: { strays: null, stop: null } });
    expect(done.receipt).toMatchObject({ kind: 'ok', value: { count: 2 } });
    expect(done.reading).toEqual({
      from: new Set(site.simulator.truth.membersOf(asked.ends.from.id)),
      to: new Set(site.simulator.truth.membersOf(asked.ends.to.id)),
    });
    expect(done.lastReading).toBe(done.reading);
    for (const [nth, { operationId }] of asked.members.entries()) {
      const entry = await row(operationId);
      expect(entry).toMatchObject({
        ...{ operationId, state: 'finished', strays: null, answer: { status: 200, count: 2, cause: null } },
        members: [{ memberId: ids[nth], outcome: 'confirmed', reason: 'readBackAgrees' }],
      });
      expect(entry).not.toHaveProperty('witnesses');
      expect(done.results.get(operationId)).toEqual({ kind: 'written', entry });
    }
    expect([done.results.size, leases(), logged()]).toEqual([2, [], []]);
  });

  it('keeps rows and leases until it is closed', async () => {
    const asked = order(1);
    const done = await write(asked, { isKept: true });
    expect([(await row('op-0'))?.state, leases().length]).toEqual(['intended', 1]);
    await as(done.close);
    expect([(await row('op-0'))?.state, leases().length]).toEqual(['finished', 0]);
  });

  it('does what is to be done beside it while it is under way, and reads back after that', async () => {
    let seen = -1;
    const readsBefore = () => site.simulator.requests().filter(({ route }) => route === 'segmentWithMembers').length;
    const done = await write(order(1), {
      beside: async () => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        seen = readsBefore();
      },
    });
    // Both ends once before it, and once after.
    expect([seen, readsBefore(), inShort(done.results)]).toEqual([2, 4, ['confirmed']]);
  });

  it('is not sent where nobody is as the request supposed: each is told why, and no row is kept', async () => {
    const asked = order(2);
    const beside = jest.fn(() => Promise.resolve());
    const done = await write(asked, { reading: { from: new Set() }, beside });
    expect(inShort(done.results)).toEqual(['notInSource', 'notInSource']);
    expect(done).toMatchObject({
      ...{ reading: null, sent: 0, claim: null, receipt: null, retryAfterMs: null },
      compared: { strays: null, stop: null },
    });
    expect([done.lastReading, beside.mock.calls.length]).toEqual([done.before, 1]);
    expect([site.simulator.truth.writes(), writeRows(site.platform.kvs), leases()]).toEqual([[], [], []]);
  });

  it('is sent for those alone whom it still fits', async () => {
    const asked = order(3);
    const [first, ...others] = asked.members;
    const inside = site.simulator.truth.membersOf(asked.ends.from.id) ?? [];
    const done = await write(asked, { reading: { from: new Set(inside.filter((id) => id !== first?.memberId)) } });
    expect(done.results.get('op-0')).toEqual({ kind: 'stale', reason: 'notInSource' });
    expect(site.simulator.truth.writes().map((one) => one.asked)).toEqual([others.map(({ memberId }) => memberId)]);
    expect([await row('op-0'), leases()]).toEqual([null, []]);
  });

  it('leaves alone about whom somebody else writes', async () => {
    const asked = order(2);
    hold(asked.members[0]?.memberId ?? 0, {});
    const done = await write(asked);
    expect(done.results.get('op-0')).toEqual({ kind: 'leaseHeld' });
    expect(done.results.get('op-1')).toMatchObject({ kind: 'written' });
    expect(leases()).toHaveLength(1);
  });
});

describe('a batch that does not come to its end', () => {
  it.each([
    ['no answer', failed('timeout'), 'silent', 15_000],
    ['an answer that proves nothing', failed('malformed'), 'unclear', 0],
    ['a no that may not be one', failed('invalid'), 'no', 0],
    ['a yes that nothing shows', { kind: 'ok', value: YES } as const, 'yes', 0],
  ] as const)('keeps its members held after %s', async (_what, receipt, claim, heldMs) => {
    const asked = order(2);
    const done = await write(asked, { receipt });
    expect([done.claim, done.receipt]).toEqual([claim, receipt]);
    const rows = await Promise.all([row('op-0'), row('op-1')]);
    expect(rows.map((one) => one?.state)).toEqual(['undecided', 'undecided']);
    for (const { memberId, operationId } of asked.members)
      expect(await lease(memberId)).toMatchObject({ operationId, untilMs: Date.now() + heldMs });
    // Some of the others stand in the first of its rows alone.
    expect(rows.map((one) => one?.witnesses !== undefined)).toEqual([true, false]);
    const others = (site.simulator.truth.membersOf(asked.ends.from.id) ?? []).filter(
      (id) => !asked.members.some(({ memberId }) => memberId === id),
    );
    expect(rows[0]?.witnesses?.from).toEqual(others);
  });

  it('is over where it was refused before anything was applied, and tells how long to wait', async () => {
    const limited = { cause: 'rateLimited', status: 429, mayHaveBeenApplied: false, retryAfterMs: 7_000 } as const;
    const done = await write(order(1), { receipt: { kind: 'problem', problem: limited } });
    expect([inShort(done.results), done.retryAfterMs, leases()]).toEqual([['refused'], 7_000, []]);
    // Nothing was read back, as nothing can have been applied.
    expect([done.claim, done.reading, done.lastReading]).toEqual(['never', null, null]);
  });

  it('is over for the others too where the answer says just how many were done', async () => {
    site.simulator.faults.add({ match: { route: 'move', nth: 1 }, fault: { kind: 'appliedPartly' } });
    const done = await write(order(2));
    expect(inShort(done.results).toSorted()).toEqual(['confirmed', 'notConfirmed']);
    expect([(await row('op-0'))?.state, (await row('op-1'))?.state, leases()]).toEqual(['finished', 'finished', []]);
  });

  it('keeps the others in the first row that stays open, not in one that is finished', async () => {
    site.simulator.faults.add({ match: { route: 'move', nth: 1 }, fault: { kind: 'appliedPartly' } });
    site.simulator.faults.add({ match: { route: 'move', nth: 1 }, fault: { kind: 'count', count: 'zero' } });
    await write(order(3));
    const rows = await Promise.all(['op-0', 'op-1', 'op-2'].map(row));
    const open = rows.filter((one) => one?.state !== 'finished');
    expect(open.length).toBeGreaterThan(0);
    expect(open.length).toBeLessThan(3);
    expect(open.map((one) => one?.witnesses !== undefined)).toEqual(open.map((_one, nth) => nth === 0));
  });

  it('says nothing of segments that can not be read back', async () => {
    const asked = order(1);
    const done = await write(asked, {
      beside: () => {
        site.simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'keyRevoked' } });
        return Promise.resolve();
      },
    });
    expect([inShort(done.results), done.reading, done.lastReading]).toEqual([['unknown'], null, null]);
    expect(await row('op-0')).toMatchObject({ state: 'undecided', answer: { status: 200 } });
  });

  it('is logged where rows could not be recorded, and their leases stay', async () => {
    const asked = order(2);
    const done = await write(asked, { isKept: true });
    const refused = (call: { readonly path: string }) =>
      /\/(transaction|entity\/set)$/.test(call.path)
        ? { status: 500, headers: { 'content-type': 'application/json' }, body: '{"code":"UNKNOWN","message":"no"}' }
        : undefined;
    site.platform.intercept(refused);
    await as(done.close);
    expect(logged()).toEqual(['ledger']);
    expect(leases()).toHaveLength(2);
  });

  it('is not logged where all that could not be done was to drop a row', async () => {
    const done = await write(order(1), { reading: { from: new Set() }, isKept: true });
    site.platform.intercept((call) =>
      call.path.endsWith('/transaction')
        ? { status: 500, headers: { 'content-type': 'application/json' }, body: '{"code":"UNKNOWN","message":"no"}' }
        : undefined,
    );
    await as(done.close);
    expect(logged()).toEqual([]);
  });
});

describe('others beside a batch', () => {
  const stops = async () => (await as(() => readSettings()))?.stops ?? [];

  it('who are gone are named in one of its rows, and its kind rests', async () => {
    const asked = order(2);
    const before = { from: new Set([...(site.simulator.truth.membersOf(asked.ends.from.id) ?? []), 901, 902]) };
    const done = await write(asked, { reading: before });
    const missing = [901, 902].map((memberId) => ({ memberId, segmentId: asked.ends.from.id }));
    const strays = { missing, joined: [], count: 2 };
    expect(done.compared).toEqual({
      strays,
      stop: expect.objectContaining({ kind: 'move', operationId: 'op-0', strays }),
    });
    expect([(await row('op-0'))?.strays, (await row('op-1'))?.strays]).toEqual([strays, null]);
    expect(await stops()).toMatchObject([{ kind: 'move' }]);
  });

  it('are told under the id of the first whom it was sent for', async () => {
    const asked = order(2);
    const [first] = asked.members;
    const inside = (site.simulator.truth.membersOf(asked.ends.from.id) ?? []).filter((id) => id !== first?.memberId);
    const done = await write(asked, { reading: { from: new Set([...inside, 901, 902]) } });
    expect(done.results.get('op-0')).toEqual({ kind: 'stale', reason: 'notInSource' });
    expect(done.compared.stop).toMatchObject({ operationId: 'op-1' });
    expect((await row('op-1'))?.strays?.missing.map(({ memberId }) => memberId)).toEqual([901, 902]);
  });

  it('who are gone, one of them, are enough where those whom it is about are where they were', async () => {
    const asked = order(1);
    const from = new Set([...(site.simulator.truth.membersOf(asked.ends.from.id) ?? []), 901]);
    const done = await write(asked, { reading: { from }, receipt: { kind: 'ok', value: YES } });
    expect(done.compared.stop).toMatchObject({ kind: 'move' });
  });
});

describe('what a lapsed lease marks', () => {
  async function leave(changes: Parameters<typeof ledgerEntry>[0] = {}, own = false) {
    const asked = order(2);
    const [first] = asked.members;
    if (first === undefined) throw new Error('One');
    const left = unfinished(asked, first, changes);
    const asOwn = { ...left, entryPoint: 'bulk', actorAccountId: 'agent-1', runId: 'run-1', undoes: 'undone' } as const;
    fillLedger(site, [own ? asOwn : left]);
    hold(first.memberId, { operationId: left.operationId, untilMs: Date.now() - 1 });
    const done = await write(asked);
    return { done, first, asked, told: done.results.get('op-0') };
  }

  it('is settled from the batch’s own reading, and whoever asks has to ask again', async () => {
    const { told, first } = await leave();
    expect(told).toEqual({ kind: 'leaseHeld' });
    expect(await row('left')).toMatchObject({
      state: 'finished',
      members: [{ outcome: 'notConfirmed' }],
      strays: null,
    });
    expect(await lease(first.memberId)).toBeNull();
    expect(site.simulator.truth.writes().flatMap(({ asked }) => asked)).not.toContain(first.memberId);
  });

  it('is what was asked for where it is of this very write', async () => {
    const { told } = await leave({ operationId: 'op-0' }, true);
    expect(told).toEqual({ kind: 'written', entry: await row('op-0') });
    expect(await row('op-0')).toMatchObject({ state: 'finished', members: [{ outcome: 'notConfirmed' }] });
    expect(leases()).toEqual([]);
  });

  it('is not what was asked for where the id alone is the same', async () => {
    const { told } = await leave({ operationId: 'op-0' });
    expect(told).toEqual({ kind: 'leaseHeld' });
  });

  it.each([
    ['of other segments', { to: { id: 987_654, name: 'Other' } }],
    ['too young for a reading that contradicts it', { intendedAtMs: Date.now() + 365 * 24 * 60 * MINUTE_MS }],
  ])('is left to somebody else where it is %s', async (_why, changes) => {
    const young = 'intendedAtMs' in changes ? { intendedAtMs: Date.now() } : changes;
    const { told, first } = await leave(young);
    expect(told).toEqual({ kind: 'leaseHeld' });
    expect(await row('left')).toMatchObject({ state: 'intended' });
    expect(await lease(first.memberId)).toMatchObject({ operationId: 'op-0', earlier: 'left', untilMs: Date.now() });
  });

  it('names those who were there then and are not now, and lets its kind rest', async () => {
    const { told } = await leave({ witnesses: { from: [901, 902], to: [903], others: [] } });
    const from = site.simulator.segments[0]?.id;
    const to = site.simulator.segments[1]?.id;
    expect(told).toEqual({ kind: 'leaseHeld' });
    expect((await row('left'))?.strays).toEqual({
      missing: [...[901, 902].map((memberId) => ({ memberId, segmentId: from })), { memberId: 903, segmentId: to }],
      ...{ joined: [], count: 3 },
    });
    expect((await as(() => readSettings()))?.stops).toMatchObject([{ kind: 'move', operationId: 'left' }]);
  });

  it('names one other who left, which is no reason for its kind to rest', async () => {
    await leave({ witnesses: { from: [901], to: [], others: [] } });
    expect((await row('left'))?.strays).toMatchObject({ missing: [{ memberId: 901 }], count: 1 });
    expect((await as(() => readSettings()))?.stops).toEqual([]);
  });

  it('is somebody else’s where the rest alone is the same', async () => {
    expect((await leave({}, true)).told).toEqual({ kind: 'leaseHeld' });
    expect(await row('left')).toMatchObject({ state: 'finished' });
  });

  it.each(['remove', 'add'] as const)('names those of the one end that it has: %s', async (kind) => {
    const asked = order(1);
    const [only] = asked.members;
    if (only === undefined) throw new Error('One');
    const { from, to } = asked.ends;
    const ends: WriteEnds = kind === 'remove' ? { kind, from, to: null } : { kind, from: null, to };
    const end = kind === 'remove' ? from.id : to.id;
    fillLedger(site, [unfinished(asked, only, { kind, witnesses: { from: [901], to: [901], others: [] } })]);
    hold(only.memberId, { operationId: 'left', untilMs: Date.now() - 1 });
    await write({ ...asked, ends });
    expect((await row('left'))?.strays).toMatchObject({ missing: [{ memberId: 901, segmentId: end }], count: 1 });
  });

  it('keeps whom its own row named before', async () => {
    const strays = { missing: [{ memberId: 901, segmentId: 1 }], joined: [], count: 1 };
    await leave({ strays, witnesses: { from: [902], to: [], others: [] } });
    expect((await row('left'))?.strays).toEqual(strays);
  });
});

describe('a batch that is not sent after all', () => {
  it('drops its rows and gives its leases back, and keeps the marks of what was left before', async () => {
    const asked = order(2);
    const [first, second] = asked.members;
    if (first === undefined || second === undefined) throw new Error('Two');
    fillLedger(site, [unfinished(asked, first)]);
    hold(first.memberId, { operationId: 'left', untilMs: Date.now() - 1 });
    await as(async (connected) => dropBatch(await openBatch(connected, asked)));
    expect([await row('op-0'), await row('op-1'), (await row('left'))?.state]).toEqual([null, null, 'intended']);
    expect(await lease(first.memberId)).toMatchObject({ earlier: 'left', untilMs: Date.now() });
    expect(await lease(second.memberId)).toBeNull();
  });
});

describe('a batch as a whole', () => {
  const perform = (asked: BatchCommand, change: (connected: Connected) => Connected = (one) => one) =>
    as((connected) => performBatch(change(connected), asked));

  it('tells what became of each, and notes it in the directory', async () => {
    await time.until(site.refreshSlice());
    const asked = order(2);
    const done = valueOf(await perform(asked));
    expect([inShort(done.results), done.retryAfterMs, done.strays]).toEqual([['confirmed', 'confirmed'], null, null]);
    expect(done.reading?.to).toEqual(new Set(site.simulator.truth.membersOf(asked.ends.to.id)));
    const noted = await as(() => readMember(asked.members[0]?.memberId ?? 0));
    expect(noted?.segmentIds).toContain(asked.ends.to.id);
    expect(noted?.segmentIds).not.toContain(asked.ends.from.id);
    expect(leases()).toEqual([]);
  });

  it('asks for five calls beforehand, and is not opened where they are not let through', async () => {
    const busy = { kind: 'problem', problem: { code: 'busy', retryAfterMs: 1 } } as const;
    const reserve = jest.fn((): Promise<Result<true>> => Promise.resolve(busy));
    const done = await perform(order(1), (one) => ({ ...one, rateLimiter: { ...one.rateLimiter, reserve } }));
    expect([done, reserve.mock.calls, leases()]).toEqual([busy, [[5]], []]);
  });

  it('is refused where its kind is not proven', async () => {
    const why = { code: 'writeNotProven', kind: 'move' } as const;
    const done = await perform(order(1), (one) => ({ ...one, refusals: { ...one.refusals, move: why } }));
    expect([done, leases()]).toEqual([{ kind: 'problem', problem: why }, []]);
  });

  it('leaves nothing behind where its segments can not be read', async () => {
    site.simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'keyRevoked' } });
    expect(await perform(order(1))).toMatchObject({ kind: 'problem', problem: { cause: 'unauthorized' } });
    expect([leases(), await row('op-0')]).toEqual([[], null]);
  });

  it('tells the segments as they were before it where they can not be read back', async () => {
    const asked = order(1);
    const before = new Set(site.simulator.truth.membersOf(asked.ends.from.id));
    site.simulator.faults.add({
      match: { route: 'segmentWithMembers', nth: 3, times: 99 },
      fault: { kind: 'keyRevoked' },
    });
    const done = valueOf(await perform(asked));
    expect([inShort(done.results), done.reading?.from]).toEqual([['unknown'], before]);
  });

  it('that is open is not noted in the directory', async () => {
    await time.until(site.refreshSlice());
    site.platform.intercept(showsLate(MINUTE_MS)(site));
    const asked = order(1);
    const memberId = asked.members[0]?.memberId ?? 0;
    const before = await as(() => readMember(memberId));
    expect(inShort(valueOf(await perform(asked)).results)).toEqual(['notConfirmed']);
    expect(await as(() => readMember(memberId))).toEqual(before);
  });

  it.each([
    [200, true],
    [201, false],
  ])('of %i members is noted in the directory: %s', async (count, isNoted) => {
    await time.until(site.refreshSlice());
    const asked = order(1);
    const [only] = asked.members;
    if (only === undefined) throw new Error('One');
    const others = Array.from({ length: count - 1 }, (_none, nth) => ({
      ...only,
      ...{ memberId: 5_000 + nth, operationId: randomUUID() },
    }));
    valueOf(await perform({ ...asked, members: [only, ...others] }));
    const noted = await as(() => readMember(only.memberId));
    expect(noted?.segmentIds.includes(asked.ends.to.id)).toBe(isNoted);
  });
});
