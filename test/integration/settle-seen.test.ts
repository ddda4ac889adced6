import { randomUUID } from 'node:crypto';
import { PANEL_ACTS, type LedgerEntry } from '../../src/contract';
import type { SegmentWithMembers } from '../../src/adapters/shorterloop';
import { readEntry, readLease } from '../../src/adapters/store';
import { authorizeChange, resolveReporter, type ResolvedReporter } from '../../src/usecases/lookup';
import { settleSeen } from '../../src/usecases/write';
import { ledgerEntry } from '../support/ledgerEntry';
import { fillLedger } from '../support/ledgerRows';
import { kvsError } from '../support/platformFaults';
import { createSite, valueOf, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

/** How whoever looks again settles the latest write about a reporter. */

const MINUTE_MS = 60_000;
let site: Site;
let time: VirtualTime;
beforeEach(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  site = await createSite({ offline: true, members: 30, segments: 6, settings: { readPlan: 'per-segment' } });
  time = startVirtualTime();
});
afterEach(() => {
  time.stop();
  return site.stop();
});

const as = <T>(work: () => Promise<T>): Promise<T> => time.until(site.app.runAs({ moduleKey: 'tick' }, work));
const row = () => as(() => readEntry('left'));
const logged = (): unknown[] =>
  jest.mocked(console.error).mock.calls.map(([line]) => (JSON.parse(String(line)) as { where: unknown }).where);

/** The reporter of `one`, in one segment, and another one where they are not. */
function subject() {
  const { id: memberId = 0, segmentIds = [] } = site.jira.memberFor('one') ?? {};
  const segments = site.simulator.segments;
  const from = segments.find(({ id }) => id === segmentIds[0]);
  const [to, third] = segments.filter(({ id }) => !segmentIds.includes(id));
  if (from === undefined || to === undefined || third === undefined) throw new Error('Three segments');
  return { memberId, from, to, third };
}

/** A move that was left behind, and the lapsed lease that marks it; done where the reading confirms it. */
function leave(isDone: boolean, changes: Parameters<typeof ledgerEntry>[0] = {}): LedgerEntry {
  const { memberId, from, to } = subject();
  const entry = ledgerEntry({
    ...{ operationId: 'left', state: 'undecided', ...(isDone ? { from: to, to: from } : { from, to }) },
    ...{ reporterAccountId: site.jira.issueFor('one').reporterAccountId, finishedAtMs: Date.now() - 1_000 },
    ...{ intendedAtMs: Date.now() - 2_000, members: [{ memberId, outcome: 'notConfirmed', reason: 'unchanged' }] },
    ...changes,
  });
  fillLedger(site, [entry]);
  mark('left');
  return entry;
}
function mark(operationId: string, untilMs = Date.now() - 1): void {
  const value = { operationId, untilMs, revision: 'theirs' };
  const key = String(subject().memberId);
  site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'lease', key, value });
}
const lease = () => as(() => readLease(subject().memberId));

/** Looks at the reporter and settles what is seen; `change` stands for what else is known of them. */
function look(change: (known: ResolvedReporter) => ResolvedReporter = (known) => known) {
  return time.until(
    site.app.runAs({ moduleKey: 'segments-panel', accountId: site.jira.defaultAccountId }, async () => {
      const found = valueOf(await authorizeChange(site.jira.issueFor('one').id, 'move', [], PANEL_ACTS));
      const known = change(valueOf(await resolveReporter(found, 'look')));
      const asked = site.simulator.requests().length;
      const after = await settleSeen(known);
      return { known, after, read: site.simulator.requests().slice(asked) };
    }),
  );
}
/** As if only these segments had been read. */
const readOnly =
  (...ids: readonly number[]) =>
  (known: ResolvedReporter): ResolvedReporter => ({ ...known, reading: { ...known.reading, live: new Set(ids) } });

describe('a write that is shown now', () => {
  it('is settled for whoever looks, in its row and in what they are shown', async () => {
    const { memberId } = subject();
    leave(true);
    const { after, read } = await look();
    const settled = await row();
    expect(settled).toMatchObject({
      ...{ state: 'finished', finishedAtMs: Date.now(), recoveredAtMs: Date.now() },
      members: [{ memberId, outcome: 'confirmed', reason: 'readBackAgrees' }],
    });
    expect(after.history).toEqual([settled]);
    // Everything was read already.
    expect([read, await lease()]).toEqual([[], null]);
  });

  it('is settled where the ends of it have to be read for that', async () => {
    const { from, to, memberId } = subject();
    leave(true);
    const stale = (known: ResolvedReporter): ResolvedReporter => ({
      ...readOnly()(known),
      segments: known.segments.map((one): SegmentWithMembers => ({ ...one, members: [] })),
    });
    const { after, read } = await look(stale);
    expect(read.map(({ route }) => route)).toEqual(['segmentWithMembers', 'segmentWithMembers']);
    expect(after.history).toMatchObject([{ state: 'finished' }]);
    expect(after.match).toMatchObject({ state: 'linked', member: { id: memberId, segmentIds: [from.id] } });
    expect(after.reading.live).toEqual(new Set([from.id, to.id]));
    expect(after.segments.find(({ id }) => id === from.id)?.members.length).toBeGreaterThan(0);
  });

  it('is settled by the end alone that was not read yet', async () => {
    const { from, to } = subject();
    leave(true);
    const { read, after } = await look(readOnly(from.id));
    expect(read).toHaveLength(1);
    expect(after.reading.live).toEqual(new Set([from.id, to.id]));
  });

  it('leaves other rows of the history as they are', async () => {
    const entry = leave(true);
    const other = { ...entry, operationId: 'older', state: 'finished' as const, intendedAtMs: entry.intendedAtMs - 1 };
    fillLedger(site, [entry, other]);
    const { after } = await look();
    expect(after.history.map(({ operationId, state }) => [operationId, state])).toEqual([
      ['left', 'finished'],
      ['older', 'finished'],
    ]);
    expect(after.history[1]).toEqual(other);
  });

  it('is settled where its segment is gone, which the list says', async () => {
    const { from } = subject();
    const gone = { id: 987_654, name: 'Gone' };
    leave(true, { from: gone, to: from });
    const { after, read } = await look(readOnly(from.id));
    expect(read.map(({ route }) => route)).toContain('listSegments');
    expect(after.history).toMatchObject([{ state: 'finished', members: [{ outcome: 'confirmed' }] }]);
  });

  it('is settled where it has one end, or is about several', async () => {
    const { from, to, memberId } = subject();
    for (const ends of [
      { kind: 'add', to: from },
      { kind: 'remove', from: to },
    ] as const) {
      leave(true, ends);
      const { after, read } = await look(readOnly());
      expect(after.history).toMatchObject([
        { kind: ends.kind, state: 'finished', members: [{ outcome: 'confirmed' }] },
      ]);
      expect(read).toHaveLength(1);
    }
    const others = site.simulator.truth.membersOf(from.id)?.filter((id) => id !== memberId) ?? [];
    const ids = [...others.slice(0, 1), memberId];
    leave(true, {
      ...{ kind: 'add', to: from },
      members: ids.map((id) => ({ memberId: id, outcome: 'notConfirmed', reason: 'unchanged' })),
    });
    expect((await look()).after.history).toMatchObject([{ state: 'finished' }]);
    expect(logged()).toEqual([]);
  });
});

describe('nothing is settled', () => {
  const same = async (change?: (known: ResolvedReporter) => ResolvedReporter) => {
    const { known, after, read } = await look(change);
    expect(after).toBe(known);
    expect([read, logged()]).toEqual([[], []]);
  };

  it('of a reporter whom nothing links, of a finished write, and of one about somebody else', async () => {
    const { memberId } = subject();
    leave(true);
    await same((known) => ({ ...known, match: { state: 'notFound' } }));
    leave(true, { state: 'finished' });
    await same();
    leave(true, { members: [{ memberId: memberId + 1, outcome: null, reason: null }] });
    await same();
    expect(await lease()).toMatchObject({ operationId: 'left', revision: 'theirs' });
  });

  it('while the reading contradicts it and it is too early for that to say anything', async () => {
    leave(false);
    const { known, after } = await look();
    expect([after.history, logged()]).toEqual([known.history, []]);
    expect(await row()).toMatchObject({ state: 'undecided' });
    expect(await lease()).toMatchObject({ operationId: 'left', revision: 'theirs' });
    leave(false, { intendedAtMs: Date.now() - 10 * MINUTE_MS, finishedAtMs: Date.now() - 9 * MINUTE_MS });
    expect((await look()).after.history).toMatchObject([{ state: 'finished', members: [{ outcome: 'notConfirmed' }] }]);
  });

  it('while somebody else writes about them, who settles it first', async () => {
    leave(true);
    mark('left', Date.now() + MINUTE_MS);
    const { after } = await look();
    expect(after.history).toMatchObject([{ state: 'undecided' }]);
    expect(await lease()).toMatchObject({ operationId: 'left', revision: 'theirs' });
    expect(logged()).toEqual([]);
  });

  it.each([
    ['nothing', null],
    ['another write', 'other'],
  ])('where the lease marks %s, and the mark stays what it was', async (_what, operationId) => {
    const entry = leave(true);
    if (operationId === null) {
      fillLedger(site, [entry]);
      mark('never-recorded');
    } else {
      fillLedger(site, [entry, { ...entry, operationId, reporterAccountId: 'somebody-else' }]);
      mark(operationId);
    }
    const { after } = await look();
    expect(after.history).toMatchObject([{ operationId: 'left', state: 'undecided' }]);
    expect(await row()).toMatchObject({ state: 'undecided' });
    const kept = await lease();
    expect([kept === null, kept?.earlier ?? null]).toEqual([operationId === null, operationId]);
    expect(logged()).toEqual([]);
  });

  it('where one of its ends can not be asked for', async () => {
    const { from } = subject();
    leave(true);
    const { known, after } = await look((before) => {
      site.simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'keyRevoked' } });
      return readOnly(from.id)(before);
    });
    expect(after).toBe(known);
    expect(await row()).toMatchObject({ state: 'undecided' });
    expect(logged()).toEqual([]);
  });

  it('where one of its ends can be read in part alone, or not at all', async () => {
    const { from, to, memberId } = subject();
    leave(true);
    const answering =
      (answer: Awaited<ReturnType<ResolvedReporter['connected']['client']['segmentWithMembers']>>) =>
      (known: ResolvedReporter): ResolvedReporter => {
        const client = { ...known.connected.client, segmentWithMembers: () => Promise.resolve(answer) };
        return { ...readOnly(from.id)(known), connected: { ...known.connected, client } };
      };
    const members = [{ id: memberId, name: null, email: null }];
    for (const unreadable of ['members', 'segment'] as const) {
      const { known, after } = await look(answering({ kind: 'ok', value: { ...to, members, unreadable } }));
      expect(after).toBe(known);
    }
    const problem = { cause: 'malformed', status: 200, mayHaveBeenApplied: false } as const;
    const { known, after } = await look(answering({ kind: 'problem', problem }));
    expect(after).toBe(known);
    expect(await row()).toMatchObject({ state: 'undecided' });
    expect(logged()).toEqual([]);
  });

  it('where the site has to wait before it may be read', async () => {
    leave(true);
    const reserveLook = jest.fn(() =>
      Promise.resolve({ kind: 'problem', problem: { code: 'busy', retryAfterMs: 1_000 } } as const),
    );
    const { known, after, read } = await look((before) => {
      const rateLimiter = { ...before.connected.rateLimiter, reserveLook };
      return { ...readOnly()(before), connected: { ...before.connected, rateLimiter } };
    });
    expect([after === known, read, reserveLook.mock.calls]).toEqual([true, [], [[2]]]);
  });

  it('where it can not be recorded: then its mark stays, and whoever looks is told what they know', async () => {
    leave(true);
    site.platform.intercept((call, _proceed, { body }) => {
      if (!call.path.endsWith('/entity/set') || body?.includes('"key":"left"') !== true) return undefined;
      const headers = { 'content-type': 'application/json' };
      return { status: 500, headers, body: '{"code":"INTERNAL_SERVER_ERROR","message":"no"}' };
    });
    const { after } = await look();
    expect(after.history).toMatchObject([{ state: 'undecided' }]);
    expect(logged()).toEqual(['settle']);
    expect(await lease()).toMatchObject({ earlier: 'left', untilMs: Date.now() });
  });

  it('where storage fails, which is logged and takes nothing from the look', async () => {
    leave(true);
    const { known, after } = await look((before) => {
      site.platform.intercept(kvsError('/entity/get', 1, 'INTERNAL_SERVER_ERROR', 500));
      return before;
    });
    expect(after).toBe(known);
    expect(logged()).toEqual(['settle']);
  });
});

it('takes the latest of several that are unfinished', async () => {
  const entry = leave(true);
  const older = { ...entry, operationId: randomUUID(), intendedAtMs: entry.intendedAtMs - MINUTE_MS };
  fillLedger(site, [older, entry]);
  const { after } = await look();
  expect(after.history.map(({ state }) => state)).toEqual(['finished', 'undecided']);
});
