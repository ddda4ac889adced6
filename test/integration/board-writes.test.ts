import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { boardResolver } from '../../src';
import type { BoardDefinitions, BoardWrite, LedgerEntry } from '../../src/contract';
import { teamAccess } from '../../sandbox/teamAccess';
import { movesAll, replaces, showsLate } from '../support/oddServers';
import { createSite, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';
import { ledgerEntry } from '../support/ledgerEntry';
import { fillLedger, writeRows } from '../support/ledgerRows';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';
import { putLease } from '../support/leaseRows';

type Written = Promise<ReturnType<BoardDefinitions['board.move']>>;

let site: Site;
let time: VirtualTime;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  time.stop();
  return site.stop();
});

/** A site in virtual time, two of its segments, and three people of the first who are not in the second. */
async function prepare(options: SiteOptions = {}) {
  site = await createSite({ offline: true, ...options });
  time = startVirtualTime();
  const [from, to] = site.simulator.segments;
  if (from === undefined || to === undefined) throw new Error('This test needs two segments');
  const people = site.simulator.truth
    .snapshot()
    .members.filter(({ segmentIds }) => segmentIds.includes(from.id) && !segmentIds.includes(to.id));
  const writes = people.slice(0, 3).map(({ id }) => write(id));
  const [first, second] = writes;
  if (first === undefined || second === undefined) throw new Error('This test needs two people');
  return { from, to, first, second, writes, move: { fromSegmentId: from.id, toSegmentId: to.id, writes } };
}

const write = (memberId: number): BoardWrite => ({ operationId: randomUUID(), memberId });
const renewed = (writes: readonly BoardWrite[]): BoardWrite[] => writes.map(({ memberId }) => write(memberId));
const sent = () => site.simulator.truth.writes().length;

/** Puts the lease of a member into storage that a write with this id holds. */
function hold(memberId: number, operationId: string): void {
  const value = { operationId, untilMs: Date.now() + 60_000, revision: 'theirs' };
  putLease(site, memberId, value);
}

/** The row of an own request about one member that was about to be sent. */
function intended(
  { fromSegmentId, toSegmentId }: { readonly fromSegmentId: number; readonly toSegmentId: number },
  { operationId, memberId }: BoardWrite,
): LedgerEntry {
  const segment = (id: number) => site.simulator.segments.find((one) => one.id === id) ?? null;
  const ends = { kind: 'move', from: segment(fromSegmentId), to: segment(toSegmentId) } as const;
  const nobody = { reporterAccountId: null, issueId: null, issueKey: null, answer: null, finishedAtMs: null };
  const actorAccountId = site.jira.defaultAccountId;
  const members = [{ memberId, outcome: null, reason: null }];
  const asked = { operationId, entryPoint: 'board', state: 'intended', actorAccountId, members } as const;
  return ledgerEntry({ ...ends, ...nobody, ...asked, intendedAtMs: Date.now() });
}

function ask(
  name: 'board.move' | 'board.remove' | 'board.add',
  payload: unknown,
  accountId = site.jira.defaultAccountId,
): Written {
  const extension = { project: { id: '10000', key: 'ACME' } };
  const call = { moduleKey: 'segments-board', functionKey: name, payload, extension, accountId };
  return time.until(site.app.invoke(boardResolver, call)) as Written;
}

describe('a write on the board is refused', () => {
  it('to whoever sees the board but may not do this act, and nothing is sent', async () => {
    const { move, from, writes } = await prepare();
    const open = { permission: 'BROWSE_PROJECTS', groupNames: [] } as const;
    const edit = { permission: 'EDIT_ISSUES', groupNames: [] } as const;
    const save = (changes: object) =>
      time.until(site.admin('admin.saveAccess', { ...teamAccess(), board: open, others: open, ...changes }));
    valueOf(await save({ move: edit, remove: open, bulk: edit }));
    const refusal = { code: 'notPermitted', needed: 'EDIT_ISSUES' };
    expect(problemOf(await ask('board.move', move, site.jira.viewerAccountId))).toEqual(refusal);
    valueOf(await save({ move: open, remove: edit, bulk: edit }));
    const removal = { fromSegmentId: from.id, writes };
    expect(problemOf(await ask('board.remove', removal, site.jira.viewerAccountId))).toEqual(refusal);
    expect(sent()).toBe(0);
  });

  it('before Shorter Loop is connected', async () => {
    const { move } = await prepare({ fresh: true });
    expect(problemOf(await ask('board.move', move, site.jira.adminAccountId))).toMatchObject({
      code: 'notConfigured',
    });
  });

  it('with one id for two people, and with nobody to remove', async () => {
    const { move, from, first, second } = await prepare();
    const twice = [first, { ...second, operationId: first.operationId }];
    const removal = { fromSegmentId: from.id, writes: [] };
    for (const answer of [await ask('board.move', { ...move, writes: twice }), await ask('board.remove', removal)])
      expect(problemOf(answer)).toMatchObject({ code: 'invalidInput', field: 'writes' });
    expect(sent()).toBe(0);
  });

  it('while Shorter Loop can not be read, with what it answered', async () => {
    const { move } = await prepare();
    site.simulator.faults.add({ fault: { kind: 'keyRevoked' } });
    expect(problemOf(await ask('board.move', move))).toMatchObject({ code: 'shorterLoop', cause: 'unauthorized' });
    expect(sent()).toBe(0);
  });
});

describe('the segments of a write on the board', () => {
  const listReads = (): number =>
    site.platform.calls.filter(({ kind, path }) => kind === 'egress' && /segments(\/segment-users)?$/.test(path))
      .length;
  /** A site whose directory knows the segments. */
  async function known() {
    const prepared = await prepare({ settings: { readPlan: 'per-segment' } });
    await time.until(site.refreshSlice());
    return prepared;
  }
  const directorySchema = z.object({
    value: z.looseObject({ complete: z.looseObject({ segments: z.array(z.looseObject({ id: z.number() })) }) }),
  });

  it('are known from the directory, and nothing more is read for them', async () => {
    const { move } = await known();
    site.platform.clearRecords();
    const { results, counts } = valueOf(await ask('board.move', move));
    expect(results.map(({ kind }) => kind)).toEqual(['written', 'written', 'written']);
    expect(counts).toHaveLength(2);
    expect(listReads()).toBe(0);
  });

  it('are the source alone for a removal, which reads nothing more either', async () => {
    const { from, writes } = await known();
    site.platform.clearRecords();
    const { counts } = valueOf(await ask('board.remove', { fromSegmentId: from.id, writes }));
    expect(counts.map(({ segmentId }) => segmentId)).toEqual([from.id]);
    expect(listReads()).toBe(0);
  });

  it('are read once where there is no directory yet, also when one of them is not there', async () => {
    const { move } = await known();
    site.platform.kvs.handle('/api/v1/delete', { key: 'directory' });
    site.platform.clearRecords();
    valueOf(await ask('board.move', { ...move, toSegmentId: 999_999 }));
    expect(listReads()).toBe(1);
  });

  it('are read once when one of them is younger than the directory', async () => {
    const { move, to } = await known();
    const { value } = directorySchema.parse(site.platform.kvs.handle('/api/v1/get', { key: 'directory' }).body);
    const segments = value.complete.segments.filter(({ id }) => id !== to.id);
    const older = { ...value, complete: { ...value.complete, segments } };
    site.platform.kvs.handle('/api/v1/set', { key: 'directory', value: older });
    site.platform.clearRecords();
    const { results } = valueOf(await ask('board.move', move));
    expect(results.map(({ kind }) => kind)).toEqual(['written', 'written', 'written']);
    expect(listReads()).toBe(1);
  });

  it('are not there when Shorter Loop does not list them, or can not be asked', async () => {
    const { move } = await known();
    const gone = { ...move, toSegmentId: 999_999 };
    const { results } = valueOf(await ask('board.move', gone));
    expect(results.map((one) => one.kind === 'stale' && one.reason)).toEqual(move.writes.map(() => 'targetGone'));
    site.simulator.faults.add({ fault: { kind: 'keyRevoked' } });
    expect(problemOf(await ask('board.move', gone))).toMatchObject({ code: 'shorterLoop', cause: 'unauthorized' });
    expect(sent()).toBe(0);
  });

  it('are a problem while there is no directory and Shorter Loop can not be asked', async () => {
    const { move } = await prepare();
    site.platform.kvs.handle('/api/v1/delete', { key: 'directory' });
    site.simulator.faults.add({ fault: { kind: 'keyRevoked' } });
    expect(problemOf(await ask('board.move', move))).toMatchObject({ code: 'shorterLoop', cause: 'unauthorized' });
  });
});

describe('the answer of a write on the board', () => {
  it('has the reporter of each member in the ledger, and of a member with two of them nobody', async () => {
    const { move, first, second } = await prepare();
    const link = (accountId: string, memberId: number): void => {
      const [known] = site.platform.kvs.entity('link');
      const value = { ...Object(known?.value), memberId, state: 'linked' };
      site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'link', key: accountId, value });
    };
    for (const { key, value } of site.platform.kvs.entity('link'))
      site.platform.kvs.handle('/api/v1/entity/set', {
        entityName: 'link',
        key,
        value: { ...Object(value), memberId: 900_001 },
      });
    link('account-1', first.memberId);
    link('account-2', second.memberId);
    link('account-3', second.memberId);
    valueOf(await ask('board.move', move));
    const rows = new Map(writeRows(site.platform.kvs).map(({ key, value }) => [key, value]));
    expect(rows.get(first.operationId)).toMatchObject({ reporterAccountId: 'account-1' });
    expect(rows.get(second.operationId)).not.toHaveProperty('reporterAccountId');
  });

  it('counts who is in each segment that was written to', async () => {
    const { move, from, to, writes } = await prepare();
    const count = (id: number): number => site.simulator.truth.membersOf(id)?.length ?? -1;
    const moved = valueOf(await ask('board.move', move));
    expect(moved.counts).toEqual([
      { segmentId: from.id, members: count(from.id) },
      { segmentId: to.id, members: count(to.id) },
    ]);
    expect(moved.strays).toBeNull();
    const removed = valueOf(await ask('board.remove', { fromSegmentId: to.id, writes: renewed(writes) }));
    expect(removed.counts).toEqual([{ segmentId: to.id, members: count(to.id) }]);
  });

  it('names whom Shorter Loop changed beside them, and where', async () => {
    const { move, from, to, writes } = await prepare();
    const before = site.simulator.truth.membersOf(from.id)?.length ?? 0;
    site.platform.intercept(movesAll(site));
    const { strays } = valueOf(await ask('board.move', move));
    const count = before - writes.length;
    expect(strays?.counts).toEqual(
      expect.arrayContaining([expect.objectContaining({ segment: from, what: 'missing', who: 'others', count })]),
    );
    expect(strays?.counts.filter(({ what }) => what === 'joined').map(({ segment }) => segment)).toEqual([to]);
    expect(strays?.counts.filter(({ who }) => who === 'member')).toEqual([]);
  });

  it('names the source of a removal by which others left as well', async () => {
    const { from, writes } = await prepare();
    const others = (site.simulator.truth.membersOf(from.id)?.length ?? 0) - writes.length;
    site.platform.intercept(replaces(site));
    const { strays } = valueOf(await ask('board.remove', { fromSegmentId: from.id, writes }));
    expect(strays?.counts).toEqual([{ segment: from, what: 'missing', who: 'others', count: others }]);
  });

  it('says of everyone whether they were moved, for good', async () => {
    const { move } = await prepare();
    site.simulator.faults.add({ match: { route: 'move', nth: 1 }, fault: { kind: 'appliedPartly' } });
    const { results } = valueOf(await ask('board.move', move));
    expect(new Set(results.map((one) => one.kind === 'written' && one.outcome))).toEqual(
      new Set(['confirmed', 'notConfirmed']),
    );
  });

  it('tells of an own request whose process died that it is under way', async () => {
    const { move, first } = await prepare();
    fillLedger(site, [intended(move, first)]);
    const { results } = valueOf(await ask('board.move', move));
    expect(results[0]).toEqual({ ...first, kind: 'underWay', state: 'intended', isAccepted: false });
  });

  it('keeps whoever is held by somebody else where they are', async () => {
    const { move, first } = await prepare();
    hold(first.memberId, randomUUID());
    const { results } = valueOf(await ask('board.move', move));
    expect(results[0]).toEqual({ ...first, kind: 'leaseHeld' });
    expect(results.slice(1).map(({ kind }) => kind)).toEqual(['written', 'written']);
  });

  it('that says yes and shows nothing yet is under way, and is so when it is asked for again', async () => {
    const { move, writes } = await prepare();
    site.platform.intercept(showsLate(120_000)(site));
    const underWay = writes.map((one) => expect.objectContaining({ ...one, kind: 'underWay', isAccepted: true }));
    expect(valueOf(await ask('board.move', move)).results).toEqual(underWay);
    expect(valueOf(await ask('board.move', move)).results).toEqual(underWay);
    const others = valueOf(await ask('board.move', { ...move, writes: renewed(writes) }));
    expect(others.results.map(({ kind }) => kind)).toEqual(['leaseHeld', 'leaseHeld', 'leaseHeld']);
  });

  it('sends nothing when everybody is held', async () => {
    const { move, writes } = await prepare();
    for (const { memberId } of writes) hold(memberId, randomUUID());
    const { results } = valueOf(await ask('board.move', move));
    expect(results).toEqual(writes.map((one) => ({ ...one, kind: 'leaseHeld' })));
    expect(sent()).toBe(0);
  });

  it('tells of a member whose own request is not answered yet that it is under way, and writes about the others', async () => {
    const { move, first } = await prepare();
    hold(first.memberId, first.operationId);
    fillLedger(site, [intended(move, first)]);
    const { results } = valueOf(await ask('board.move', move));
    expect(results[0]).toEqual({ ...first, kind: 'underWay', state: 'intended', isAccepted: false });
    expect(results.slice(1).map(({ kind }) => kind)).toEqual(['written', 'written']);
  });

  it('has another try for an id that was used for something else', async () => {
    const { move, first, second } = await prepare();
    valueOf(await ask('board.move', { ...move, writes: [first] }));
    const used = { ...second, operationId: first.operationId };
    expect(valueOf(await ask('board.move', { ...move, writes: [used] })).results).toEqual([
      { ...used, kind: 'leaseHeld' },
    ]);
    expect(sent()).toBe(1);
  });
});

describe('adding on the board', () => {
  const proven = { settings: { canAdd: true, readPlan: 'per-segment' } } as const;
  /** Answers what is asked of one segment with a status. */
  const answering = (segmentId: number, status: number): (() => void) =>
    site.platform.intercept((call, _proceed, { method }) =>
      call.kind === 'egress' && method === 'GET' && call.path.includes(`/segments/${String(segmentId)}/`)
        ? { status, headers: { 'content-type': 'application/json' }, body: '{"success":false}' }
        : undefined,
    );

  it('is refused where nobody is named', async () => {
    const { move } = await prepare(proven);
    expect(problemOf(await ask('board.add', { ...move, writes: [] }))).toMatchObject({ code: 'invalidInput' });
    expect(sent()).toBe(0);
  });

  it.each([
    [403, { code: 'segmentUnreadable' }],
    [401, { code: 'shorterLoop', cause: 'unauthorized' }],
  ])('stops where the segment that the page shows is answered with %d', async (status, problem) => {
    const { move, from } = await prepare(proven);
    await time.until(site.refreshSlice());
    answering(from.id, status);
    expect(problemOf(await ask('board.add', move))).toMatchObject(problem);
    expect(sent()).toBe(0);
  });

  it('asks Shorter Loop once, for who is there, where none of them is', async () => {
    const { move } = await prepare(proven);
    await time.until(site.refreshSlice());
    site.platform.clearRecords();
    const writes = [write(999_998), write(999_999)];
    expect(valueOf(await ask('board.add', { ...move, writes })).results).toEqual(
      writes.map((one) => ({ ...one, kind: 'stale', reason: 'notInSource' })),
    );
    expect(site.platform.calls.filter(({ kind }) => kind === 'egress')).toHaveLength(1);
  });

  it('reads nobody while other requests have used up the time', async () => {
    const { move, from } = await prepare(proven);
    await time.until(site.refreshSlice());
    answering(from.id, 429);
    expect(problemOf(await ask('board.add', move))).toMatchObject({ code: 'shorterLoop', cause: 'rateLimited' });
    site.platform.clearRecords();
    expect(problemOf(await ask('board.add', move))).toMatchObject({ code: 'shorterLoop', cause: 'rateLimited' });
    expect(site.platform.calls.filter(({ kind }) => kind === 'egress')).toEqual([]);
    expect(sent()).toBe(0);
  });
});
