import { randomUUID } from 'node:crypto';
import { PANEL_ACTS, type LedgerEntry, type Result } from '../../src/contract';
import {
  readEntry,
  readFailures,
  readLease,
  readMember,
  readSettings,
  updateMemberships,
  writeFieldSettings,
} from '../../src/adapters/store';
import { byId, type WriteIntent } from '../../src/domain/segments';
import { authorizeChange, type Subject } from '../../src/usecases/lookup';
import { executeWrite, type ExecutedWrite } from '../../src/usecases/write';
import type { WriteCommand } from '../../src/usecases/write/executeWrite';
import { ledgerEntry } from '../support/ledgerEntry';
import { fillLedger } from '../support/ledgerRows';
import { clearsOthers, refusesLate, replaces, showsLate, takeOut, type OddServer } from '../support/oddServers';
import { kvsError } from '../support/platformFaults';
import { createSite, problemOf, valueOf, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';
import { putLease } from '../support/leaseRows';

/** One write about one reporter's member, as every entry point makes it. */

const MINUTE_MS = 60_000;
const LIMIT_MS = 25_000;

let site: Site;
let time: VirtualTime;
beforeEach(() => {
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  time.stop();
  return site.stop();
});

const as = <T>(work: () => Promise<T>): Promise<T> => time.until(site.app.runAs({ moduleKey: 'tick' }, work));
const row = (operationId: string) => as(() => readEntry(operationId));
const lease = (memberId: number) => as(() => readLease(memberId));
const sent = () => site.simulator.truth.writes().length;
const logged = (): unknown[] =>
  jest.mocked(console.error).mock.calls.map(([line]) => (JSON.parse(String(line)) as { where: unknown }).where);

type Way = 'all-at-once' | 'per-segment' | 'by directory';
type Options = { readonly way?: Way; readonly issue?: 'one' | 'many' | 'notFound'; readonly odd?: OddServer };

async function prepare({ way = 'all-at-once', issue = 'one', odd }: Options = {}) {
  const readPlan = way === 'all-at-once' ? way : 'per-segment';
  site = await createSite({ offline: true, members: 30, segments: 8, settings: { readPlan, canAdd: true } });
  time = startVirtualTime();
  if (way === 'by directory') await time.until(site.refreshSlice());
  if (odd !== undefined) site.platform.intercept(odd(site));
  const member = site.jira.memberFor(issue === 'notFound' ? 'one' : issue);
  const memberId = member?.id ?? 0;
  const [from = 0] = site.simulator.truth.membershipsOf(memberId);
  const free = site.simulator.segments.map(({ id }) => id).filter((id) => !member?.segmentIds.includes(id));
  const [to = 0, elsewhere = 0] = free;
  const move: WriteIntent = { kind: 'move', from: byId(from), to: byId(to) };
  const remove: WriteIntent = { kind: 'remove', from: byId(from) };
  const add: WriteIntent = { kind: 'add', to: byId(to) };
  const execute = (intent: WriteIntent, changes: Partial<WriteCommand> = {}): Promise<Result<ExecutedWrite>> =>
    time.until(
      site.app.runAs(
        { moduleKey: 'segments-panel', accountId: site.jira.defaultAccountId, limitMs: LIMIT_MS },
        async () => {
          const subject: Subject = valueOf(await authorizeChange(site.jira.issueFor(issue).id, 'move', [], PANEL_ACTS));
          const operationId = randomUUID();
          const origin = { undoes: null, entryPoint: 'panel', actorAccountId: 'agent-1' } as const;
          return executeWrite(subject, { operationId, ...origin, memberId, intent, ...changes });
        },
      ),
    );
  const segment = (id: number) => site.simulator.segments.find((one) => one.id === id) ?? { id, name: '' };
  return { memberId, from, to, elsewhere, move, remove, add, execute, issue: site.jira.issueFor(issue), segment };
}

/** Switches the field on, and answers what it is asked to show anew. */
async function fieldsAsked(): Promise<string[]> {
  await as(() => writeFieldSettings({ isOn: true, segmentIds: [] }, Date.now()));
  const published: string[] = [];
  site.platform.intercept((call, _proceed, { body }) => {
    if (call.kind === 'queue') published.push(String(body));
    return undefined;
  });
  return published;
}

/** An earlier write about a member that its process left behind, and the lapsed lease that marks it. */
function leave(memberId: number, changes: Parameters<typeof ledgerEntry>[0] = {}): LedgerEntry {
  const entry = ledgerEntry({
    ...{ operationId: 'left', state: 'intended', answer: null, finishedAtMs: null },
    intendedAtMs: Date.now() - 10 * MINUTE_MS,
    members: [{ memberId, outcome: null, reason: null }],
    ...changes,
  });
  fillLedger(site, [entry]);
  const value = { operationId: 'left', untilMs: Date.now() - 1, revision: 'theirs' };
  putLease(site, memberId, value);
  return entry;
}

describe('a write that works', () => {
  it('is told with its row, whose it is, and the reporter as they are then', async () => {
    const { execute, move, memberId, from, to, issue, segment } = await prepare();
    const operationId = randomUUID();
    const done = valueOf(await execute(move, { operationId }));
    expect(done.entry).toMatchObject({
      ...{ operationId, kind: 'move', state: 'finished', entryPoint: 'panel', actorAccountId: 'agent-1' },
      ...{ reporterAccountId: issue.reporterAccountId, issueId: issue.id, issueKey: issue.key },
      ...{ undoes: null, runId: null, apiClientId: null, requestDigest: null, recoveredAtMs: null, strays: null },
      ...{ from: { id: from, name: segment(from).name }, to: { id: to, name: segment(to).name } },
      ...{ answer: { status: 200, cause: null, count: 1 }, finishedAtMs: Date.now() },
      members: [{ memberId, outcome: 'confirmed', reason: 'readBackAgrees' }],
    });
    expect(done.entry.form).toContain('/segments/{from}/');
    expect(done.entry).not.toHaveProperty('witnesses');
    expect(await row(operationId)).toEqual(done.entry);
    expect(done.retryAfterMs).toBeNull();
    expect(done.linked.history).toEqual([done.entry]);
    expect(done.linked.match.member).toMatchObject({ id: memberId, segmentIds: [to] });
    expect(done.linked.match.member.name).not.toBeNull();
    expect(await lease(memberId)).toBeNull();
    expect(site.simulator.truth.membershipsOf(memberId)).toEqual([to]);
  });

  it('keeps which API client asked for it, and what it undoes', async () => {
    const { execute, move } = await prepare();
    const asked = {
      apiClientId: 'client-1',
      requestDigest: 'digest',
      undoes: 'earlier',
      entryPoint: 'apiClient',
    } as const;
    expect(valueOf(await execute(move, asked)).entry).toMatchObject(asked);
  });

  it('keeps the name of somebody whom no segment has any more', async () => {
    const { execute, remove, memberId } = await prepare();
    const { linked } = valueOf(await execute(remove));
    const name = site.simulator.members.find(({ id }) => id === memberId);
    expect(linked.match.member).toMatchObject({ id: memberId, segmentIds: [] });
    expect(name).toBeDefined();
    expect(linked.match.member.name).toEqual(expect.any(String));
  });

  it('stands before the five latest ones of the reporter, and is one of five', async () => {
    const { execute, move, issue } = await prepare();
    const earlier = Array.from({ length: 6 }, (_none, nth) =>
      ledgerEntry({
        operationId: `earlier-${nth}`,
        reporterAccountId: issue.reporterAccountId,
        intendedAtMs: Date.now() - (nth + 1) * MINUTE_MS,
      }),
    );
    fillLedger(site, earlier);
    const { linked, entry } = valueOf(await execute(move));
    const ids = ['earlier-0', 'earlier-1', 'earlier-2', 'earlier-3'];
    expect(linked.history.map(({ operationId }) => operationId)).toEqual([entry.operationId, ...ids]);
  });

  it('is noted in the directory, and the field follows', async () => {
    const { execute, move, memberId, to } = await prepare({ way: 'by directory' });
    const published = await fieldsAsked();
    valueOf(await execute(move));
    expect((await as(() => readMember(memberId)))?.segmentIds).toEqual([to]);
    expect(published).toEqual([expect.stringContaining(`"memberIds":[${memberId}]`)]);
  });

  it('reads what it is planned from, and where else the person is who may not leave there', async () => {
    const { execute, move, add, memberId, from, to } = await prepare({ way: 'by directory', issue: 'many' });
    const others = site.simulator.truth.membershipsOf(memberId).filter((id) => id !== from);
    // Whoever writes about them has seen who they are.
    valueOf(await time.until(site.panel('panel.open', {}, { issue: 'many' })));
    const readFor = async (intent: WriteIntent) => {
      const asked = site.platform.calls.length;
      valueOf(await execute(intent));
      const calls = site.platform.calls.slice(asked).filter(({ kind }) => kind === 'egress');
      const paths = calls
        .slice(
          0,
          calls.findIndex(({ method }) => method !== 'GET'),
        )
        .map(({ path }) => path);
      return new Set(paths.flatMap((path) => /segments\/(\d+)/.exec(path)?.[1] ?? []).map(Number));
    };
    expect(await readFor(add)).toEqual(new Set([to]));
    const [third = 0] = site.simulator.segments.map(({ id }) => id).filter((id) => ![from, to, ...others].includes(id));
    // Of more than five the first five.
    const places = (await as(() => readMember(memberId)))?.segmentIds ?? [];
    expect(places.length).toBeGreaterThan(5);
    const read = await readFor({ ...move, kind: 'move', from: byId(from), to: byId(third) });
    expect(read).toEqual(new Set([from, third, ...places.slice(0, 5)]));
  });
});

describe('a write that is not sent', () => {
  it('is of a kind that nobody has tried', async () => {
    const { execute, move, memberId } = await prepare();
    const stored = site.platform.kvs.plain().find(({ key }) => key === 'settings')?.value as { proofs: object };
    const { move: _proof, ...proofs } = stored.proofs as Record<string, number>;
    site.platform.kvs.handle('/api/v1/set', { key: 'settings', value: { ...stored, proofs } });
    expect(problemOf(await execute(move))).toEqual({ code: 'writeNotProven', kind: 'move' });
    expect([sent(), await lease(memberId)]).toEqual([0, null]);
  });

  it('has an id that was used: its own request is told how far it is, any other that it is taken', async () => {
    const { execute, move, remove, memberId } = await prepare();
    const operationId = randomUUID();
    valueOf(await execute(move, { operationId }));
    expect(problemOf(await execute(move, { operationId }))).toEqual({ code: 'duplicateRequest', state: 'finished' });
    expect(problemOf(await execute(remove, { operationId }))).toMatchObject({ code: 'operationIdTaken', kind: 'move' });
    for (const other of [
      { apiClientId: 'client-1' },
      { requestDigest: 'digest' },
      { actorAccountId: 'agent-2' },
      { entryPoint: 'automation' } as const,
      { undoes: 'other' },
    ])
      expect(problemOf(await execute(move, { operationId, ...other })).code).toBe('operationIdTaken');
    expect([sent(), await lease(memberId)]).toEqual([1, null]);
  });

  it('is about somebody else than the reporter’s member now, or about nobody who is linked', async () => {
    const { execute, move, memberId } = await prepare();
    expect(problemOf(await execute(move, { memberId: memberId + 1 }))).toEqual({
      code: 'stale',
      reason: 'linkChanged',
    });
    expect(await lease(memberId + 1)).toBeNull();
    time.stop();
    await site.stop();
    const unknown = await prepare({ issue: 'notFound' });
    expect(problemOf(await unknown.execute(unknown.move))).toEqual({ code: 'notLinked' });
    expect([sent(), await lease(unknown.memberId)]).toEqual([0, null]);
  });

  it('can not be planned from what is read', async () => {
    const { execute, memberId, from, to } = await prepare();
    const back: WriteIntent = { kind: 'move', from: byId(to), to: byId(from) };
    expect(problemOf(await execute(back))).toEqual({ code: 'stale', reason: 'notInSource' });
    expect([sent(), await lease(memberId)]).toEqual([0, null]);
  });

  it('can not be read for', async () => {
    const { execute, move, memberId } = await prepare();
    site.simulator.faults.add({ fault: { kind: 'keyRevoked' } });
    expect(problemOf(await execute(move))).toMatchObject({ code: 'shorterLoop', cause: 'unauthorized' });
    expect([sent(), await lease(memberId)]).toEqual([0, null]);
  });
});

describe('what was left unfinished about the member', () => {
  it('is settled first, from the same reading, and shown so in the history', async () => {
    const { execute, move, memberId, from, to, issue, segment } = await prepare();
    const ends = { from: segment(from), to: segment(to), reporterAccountId: issue.reporterAccountId };
    leave(memberId, ends);
    const { linked, entry } = valueOf(await execute(move));
    const settled = await row('left');
    expect(settled).toMatchObject({ state: 'finished', members: [{ outcome: 'notConfirmed' }] });
    expect(linked.history).toEqual([entry, settled]);
    expect(await lease(memberId)).toBeNull();
  });

  it('keeps others waiting while a reading says nothing of it, and stays marked', async () => {
    const { execute, move, memberId, from, to, segment } = await prepare();
    leave(memberId, { from: segment(from), to: segment(to), intendedAtMs: Date.now() });
    expect(problemOf(await execute(move))).toMatchObject({ code: 'busy' });
    expect(await lease(memberId)).toMatchObject({ earlier: 'left', untilMs: Date.now() });
    expect(sent()).toBe(0);
  });

  it.each([
    ['nothing can be read', 'shorterLoop'],
    ['the id is taken', 'duplicateRequest'],
    ['the member is another one', 'stale'],
  ] as const)('stays marked where %s', async (why, code) => {
    const { execute, move, memberId, from, to, segment } = await prepare();
    const operationId = randomUUID();
    if (why === 'the id is taken') valueOf(await execute(move, { operationId }));
    const isTaken = why === 'the id is taken';
    const other = why === 'the member is another one' ? memberId + 1 : memberId;
    const rows = isTaken ? [await row(operationId)] : [];
    const left = leave(other, { from: segment(from), to: segment(to), intendedAtMs: Date.now() });
    fillLedger(site, [left, ...rows.filter((one) => one !== null)]);
    if (why === 'nothing can be read') site.simulator.faults.add({ fault: { kind: 'keyRevoked' } });
    expect(problemOf(await execute(move, { operationId, memberId: other })).code).toBe(code);
    expect(await lease(other)).toMatchObject({ earlier: 'left' });
    expect(await row('left')).toMatchObject({ state: 'intended' });
  });

  it('lets its kind rest where others left beside it: then no further one is sent, and the mark goes', async () => {
    const { execute, move, remove, memberId, from, to, segment } = await prepare();
    // Others who were in the source then, and are not now.
    const witnesses = { from: [901, 902], to: [], others: [] };
    leave(memberId, { from: segment(from), to: segment(to), witnesses });
    expect(problemOf(await execute(move))).toEqual({ code: 'writesStopped', kind: 'move', operationId: 'left' });
    expect([sent(), await lease(memberId)]).toEqual([0, null]);
    expect(await row('left')).toMatchObject({ state: 'finished', strays: { count: 2 } });
    expect(problemOf(await execute(move)).code).toBe('writesStopped');
    // Another kind goes on.
    expect(valueOf(await execute(remove)).entry.state).toBe('finished');
  });

  it('lets another kind go on at once', async () => {
    const { execute, remove, memberId, from, to, segment } = await prepare();
    leave(memberId, { from: segment(from), to: segment(to), witnesses: { from: [901, 902], to: [], others: [] } });
    expect(valueOf(await execute(remove)).entry.state).toBe('finished');
    expect(await row('left')).toMatchObject({ state: 'finished', strays: { count: 2 } });
  });

  it('names one other who left, which is no reason for its kind to rest', async () => {
    const { execute, move, memberId, from, to, segment } = await prepare();
    leave(memberId, { from: segment(from), to: segment(to), witnesses: { from: [901], to: [], others: [] } });
    expect(valueOf(await execute(move)).entry.state).toBe('finished');
    expect(await row('left')).toMatchObject({ strays: { missing: [{ memberId: 901, segmentId: from }], count: 1 } });
  });

  it.each(['remove', 'add'] as const)('has one end alone where it was a %s', async (kind) => {
    const { execute, move, memberId, from, elsewhere, segment } = await prepare({ way: 'by directory' });
    leave(memberId, { kind, from: segment(from), to: segment(elsewhere) });
    expect(valueOf(await execute(move)).entry.state).toBe('finished');
    expect(await row('left')).toMatchObject({ state: 'finished', members: [{ outcome: 'notConfirmed' }] });
  });

  it('is settled by a reading of its own ends and of the member’s other segments then', async () => {
    const { execute, add, memberId, from, to, elsewhere, segment } = await prepare({ way: 'by directory' });
    const others = site.simulator.segments.map(({ id }) => id).filter((id) => ![from, to, elsewhere].includes(id));
    const [gone = 0] = others;
    leave(memberId, {
      ...{ from: segment(from), to: segment(elsewhere) },
      witnesses: { from: [], to: [], others: [gone] },
    });
    const { entry } = valueOf(await execute(add));
    expect(entry.members).toMatchObject([{ outcome: 'confirmed' }]);
    // The segment where they were then, and are not now.
    expect(await row('left')).toMatchObject({
      state: 'finished',
      strays: { missing: [{ memberId, segmentId: gone }], count: 1 },
    });
    // The very person left a segment that it was not about: no further one is made.
    expect((await as(() => readSettings()))?.stops).toMatchObject([{ kind: 'move', operationId: 'left' }]);
    const read = site.platform.calls.filter(({ path }) => path.includes('/segments/')).map(({ path }) => path);
    expect(read.some((path) => path.includes(`/segments/${elsewhere}`))).toBe(true);
  });
});

describe('an id that is taken between the look and the record', () => {
  it.each([
    ['finished', null],
    ['undecided', 'mine'],
  ] as const)('tells a duplicate, and leaves the mark of what is %s', async (state, mark) => {
    const { execute, move, memberId } = await prepare();
    const operationId = randomUUID();
    const { entry } = valueOf(await execute(move, { operationId }));
    valueOf(await execute({ ...move, kind: 'move', from: byId(entry.to?.id ?? 0), to: byId(entry.from?.id ?? 0) }));
    fillLedger(site, [{ ...entry, state }]);
    // The row is not there yet when it is looked for.
    let isHidden = true;
    site.platform.intercept((call, _proceed, { body }) => {
      if (!isHidden || !call.path.endsWith('/entity/get') || body?.includes(operationId) !== true) return undefined;
      isHidden = false;
      const headers = { 'content-type': 'application/json' };
      return { status: 404, headers, body: '{"code":"KEY_NOT_FOUND","message":"no"}' };
    });
    expect(problemOf(await execute(move, { operationId }))).toEqual({ code: 'duplicateRequest', state });
    expect(isHidden).toBe(false);
    expect((await lease(memberId))?.operationId ?? null).toBe(mark === null ? null : operationId);
    expect(sent()).toBe(2);
  });
});

describe('a write that does not come to its end', () => {
  it('is open where it was accepted and does not show, and leaves its mark and the directory as it is', async () => {
    const { execute, move, memberId, from } = await prepare({ way: 'by directory', odd: showsLate(MINUTE_MS) });
    const { entry, linked } = valueOf(await execute(move));
    expect(entry).toMatchObject({ state: 'undecided', members: [{ outcome: 'notConfirmed', reason: 'unchanged' }] });
    expect(entry.witnesses).toMatchObject({ from: expect.any(Array) as unknown, to: expect.any(Array) as unknown });
    expect(linked.match.member.segmentIds).toEqual([from]);
    expect(await lease(memberId)).toMatchObject({ operationId: entry.operationId, untilMs: Date.now() });
    expect((await as(() => readMember(memberId)))?.segmentIds).toEqual([from]);
  });

  it('is not noted in the directory where it contradicts what was accepted, and no field follows', async () => {
    const { execute, move, memberId, from, to } = await prepare({ way: 'by directory' });
    const published = await fieldsAsked();
    site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'appliedPartly', how: 'joinOnly' } });
    const { entry } = valueOf(await execute(move));
    expect(entry).toMatchObject({ state: 'undecided', members: [{ reason: 'inBoth' }] });
    expect(site.simulator.truth.membershipsOf(memberId)).toEqual(expect.arrayContaining([from, to]));
    expect((await as(() => readMember(memberId)))?.segmentIds).toEqual([from]);
    expect(published).toEqual([]);
  });

  it('is not noted of an end that could not be read back', async () => {
    const { execute, remove, memberId, from } = await prepare({ way: 'by directory' });
    site.platform.intercept((call, proceed, { method }) => {
      if (call.kind !== 'egress' || method === 'GET') return undefined;
      site.simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'keyRevoked' } });
      return proceed();
    });
    await as(async () => updateMemberships([{ memberId, learned: new Map([[from, false]]), atMs: Date.now() }]));
    const { entry } = valueOf(await execute(remove));
    expect(entry.members).toMatchObject([{ outcome: 'unknown' }]);
    expect((await as(() => readMember(memberId)))?.segmentIds).toEqual([]);
  });

  it('names no others where there are none', async () => {
    const { execute, remove, memberId, from } = await prepare({ odd: showsLate(MINUTE_MS) });
    const others = (site.simulator.truth.membersOf(from) ?? []).filter((id) => id !== memberId);
    await time.until(takeOut(site, from, others));
    const { entry } = valueOf(await execute(remove));
    expect(entry.state).toBe('undecided');
    expect(entry).not.toHaveProperty('witnesses');
    expect(await row(entry.operationId)).not.toHaveProperty('witnesses');
  });

  it('keeps others away for a while where it was not answered', async () => {
    const { execute, move, memberId } = await prepare();
    site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'timeoutBefore' } });
    const { entry } = valueOf(await execute(move));
    expect(entry).toMatchObject({ state: 'undecided', answer: { status: null, cause: 'timeout', count: null } });
    expect(await lease(memberId)).toMatchObject({ operationId: entry.operationId, untilMs: Date.now() + 15_000 });
    // What went wrong is counted for the admin.
    expect(await as(() => readFailures(Date.now()))).toMatchObject([{ cause: 'timeout' }]);
  });

  it('is over at once where it was answered late and shows', async () => {
    const { execute, move, memberId } = await prepare();
    site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'timeoutAfterApplying' } });
    expect(valueOf(await execute(move)).entry).toMatchObject({
      state: 'finished',
      members: [{ outcome: 'confirmed' }],
    });
    expect(await lease(memberId)).toBeNull();
  });

  it('is open where it was refused in an answer of success', async () => {
    const { execute, move, memberId } = await prepare({ odd: refusesLate(MINUTE_MS) });
    const { entry } = valueOf(await execute(move));
    expect(entry).toMatchObject({ state: 'undecided', members: [{ outcome: 'refused', reason: 'saidNo' }] });
    expect(await lease(memberId)).toMatchObject({ untilMs: Date.now() });
  });

  it('is told with how long Shorter Loop asks to wait', async () => {
    const { execute, move, memberId } = await prepare();
    site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'status', code: 429, retryAfterSeconds: 7 } });
    const { entry, retryAfterMs } = valueOf(await execute(move));
    expect(entry).toMatchObject({ state: 'finished', members: [{ outcome: 'refused' }] });
    expect(retryAfterMs).toBe(7_000);
    expect(await lease(memberId)).toBeNull();
  });

  it('is told as it came out where its outcome can not be recorded, and is settled later', async () => {
    const { execute, move, memberId, to } = await prepare();
    const operationId = randomUUID();
    let sets = 0;
    site.platform.intercept((call, _proceed, { body }) => {
      if (!call.path.endsWith('/entity/set') || body?.includes(operationId) !== true) return undefined;
      if (!body.includes('"ledger"')) return undefined;
      sets += 1;
      if (sets < 2) return undefined;
      const headers = { 'content-type': 'application/json' };
      return { status: 500, headers, body: '{"code":"INTERNAL_SERVER_ERROR","message":"no"}' };
    });
    const { entry } = valueOf(await execute(move, { operationId }));
    expect(entry).toMatchObject({ state: 'finished', members: [{ outcome: 'confirmed' }] });
    expect(logged()).toEqual(['ledger']);
    expect(await row(operationId)).toMatchObject({ state: 'intended' });
    expect(await lease(memberId)).toMatchObject({ operationId, untilMs: Date.now() });
    expect(site.simulator.truth.membershipsOf(memberId)).toEqual([to]);
  });

  it('is not sent, and stays marked, where its intention can not be recorded', async () => {
    const { execute, move, memberId } = await prepare();
    // The first row that is set is the lease.
    site.platform.intercept(kvsError('/entity/set', 2, 'INTERNAL_SERVER_ERROR', 500));
    await expect(execute(move)).rejects.toThrow();
    expect([sent(), (await lease(memberId))?.untilMs]).toEqual([0, Date.now()]);
  });
});

describe('others beside a write', () => {
  it('who left as well are named in its row, and its kind rests', async () => {
    const { execute, remove, from, memberId } = await prepare({ odd: replaces });
    const others = (site.simulator.truth.membersOf(from) ?? []).filter((id) => id !== memberId);
    const { entry } = valueOf(await execute(remove));
    expect(entry.strays).toMatchObject({ count: others.length, joined: [] });
    expect(problemOf(await execute(remove))).toMatchObject({ code: 'writesStopped', operationId: entry.operationId });
  });

  it.each<Way>(['all-at-once', 'per-segment', 'by directory'])(
    'are none, but the person is, where they leave their other segments too, read %s',
    async (way) => {
      const { execute, remove, from, memberId } = await prepare({ way, issue: 'many', odd: clearsOthers });
      const others = site.simulator.truth.membershipsOf(memberId).filter((id) => id !== from);
      expect(others.length).toBeGreaterThan(0);
      const { entry } = valueOf(await execute(remove));
      expect(entry.strays).toEqual({
        ...{ missing: others.map((segmentId) => ({ memberId, segmentId })), joined: [] },
        count: others.length,
      });
    },
  );

  it('are looked for by what a segment shows in part as well: who is not seen there any more has left', async () => {
    const { execute, remove, from, memberId } = await prepare({ issue: 'many', odd: clearsOthers });
    const others = site.simulator.truth.membershipsOf(memberId).filter((id) => id !== from);
    // Each of the others has a record without an id among its members.
    site.platform.intercept(async (call, proceed) => {
      if (call.kind !== 'egress' || !call.path.endsWith('/segments/segment-users')) return undefined;
      const answer = await proceed();
      const { data, ...rest } = JSON.parse(String(answer.body)) as { data: { id: number; users: unknown[] }[] };
      const broken = data.map((one) => (others.includes(one.id) ? { ...one, users: [...one.users, { x: 1 }] } : one));
      return { ...answer, body: JSON.stringify({ ...rest, data: broken }) };
    });
    const { entry } = valueOf(await execute(remove));
    expect(entry.strays).toMatchObject({ missing: others.map((segmentId) => ({ memberId, segmentId })), joined: [] });
  });
});
