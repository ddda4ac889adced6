import type { LedgerEntry, Stray, WriteEnds } from '../../src/contract';
import { readSettings } from '../../src/adapters/store';
import { entryRow } from '../../src/adapters/store/ledger';
import { NO_DIFFERENCE, type Difference } from '../../src/domain/segments';
import { judgeStrays } from '../../src/usecases/write/strays';
import { ledgerEntry } from '../support/ledgerEntry';
import { fillLedger } from '../support/ledgerRows';
import { kvsError } from '../support/platformFaults';
import { createSite, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

/** Who else was changed beside a write: what explains them, and when a kind of write rests. */

const FROM = { id: 1, name: 'A' };
const TO = { id: 2, name: 'B' };
const MOVE: WriteEnds = { kind: 'move', from: FROM, to: TO };
const MINUTE_MS = 60_000;

let site: Site;
let time: VirtualTime;
let warned: jest.SpyInstance;
beforeEach(async () => {
  warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  site = await createSite({ offline: true, members: 6, segments: 2 });
  time = startVirtualTime();
});
afterEach(() => {
  time.stop();
  return site.stop();
});

type Judged = { readonly ends?: WriteEnds; readonly isUnchanged?: boolean; readonly limitMs?: number };

/** Judges a difference beside a write about member 7. */
function judge(found: Partial<Difference>, { ends = MOVE, isUnchanged = false, limitMs = 25_000 }: Judged = {}) {
  const { missing = [], joined = [] } = found;
  const counts = { missingCount: missing.length, joinedCount: joined.length };
  const write = { ...ends, operationId: 'mine', memberIds: [7], isUnchanged };
  return time.until(
    site.app.runAs({ moduleKey: 'segments-panel', limitMs }, () =>
      judgeStrays({ ...NO_DIFFERENCE, ...counts, ...found }, write),
    ),
  );
}

const left = (...memberIds: readonly number[]): Stray[] =>
  memberIds.map((memberId) => ({ memberId, segmentId: FROM.id }));
const came = (...memberIds: readonly number[]): Stray[] =>
  memberIds.map((memberId) => ({ memberId, segmentId: TO.id }));
/** Another write of the app about somebody. */
const write = (memberId: number, changes: Parameters<typeof ledgerEntry>[0] = {}): LedgerEntry =>
  ledgerEntry({
    ...{ operationId: `other-${memberId}`, from: FROM, to: TO, intendedAtMs: Date.now() - MINUTE_MS },
    members: [{ memberId, outcome: 'confirmed', reason: 'readBackAgrees' }],
    ...changes,
  });
const stops = async () => (await time.until(site.app.runAs({}, readSettings)))?.stops ?? [];
const told = (): unknown[] => warned.mock.calls.map(([line]) => JSON.parse(String(line)) as unknown);
const logged = (): unknown[] =>
  jest.mocked(console.error).mock.calls.map(([line]) => (JSON.parse(String(line)) as { where: unknown }).where);

describe('others who were changed beside a write', () => {
  it('are looked for nowhere where nobody was', async () => {
    expect(await judge({})).toEqual({ strays: null, stop: null });
    expect([site.platform.calls, told()]).toEqual([[], []]);
  });

  it('who joined, or a single one who left, are noted and stop nothing', async () => {
    const joined = came(11, 12, 13);
    expect(await judge({ joined })).toEqual({ strays: { missing: [], joined, count: 3 }, stop: null });
    expect(told()).toEqual([{ event: 'strays', kind: 'move', count: 3 }]);
    expect(await judge({ missing: left(11) })).toMatchObject({ strays: { count: 1 }, stop: null });
    expect(await stops()).toEqual([]);
  });

  it.each<[WriteEnds, object]>([
    [MOVE, { kind: 'move', fromSegmentId: 1, toSegmentId: 2 }],
    [
      { kind: 'remove', from: FROM, to: null },
      { kind: 'remove', fromSegmentId: 1, toSegmentId: null },
    ],
    [
      { kind: 'add', from: null, to: TO },
      { kind: 'add', fromSegmentId: null, toSegmentId: 2 },
    ],
  ])('who left, two of them, let that kind of write rest, which is recorded: %j', async (ends, facts) => {
    const missing = left(11, 12);
    const { strays, stop } = await judge({ missing }, { ends });
    expect(strays).toEqual({ missing, joined: [], count: 2 });
    expect(stop).toEqual({ ...facts, operationId: 'mine', strays, atMs: Date.now() });
    expect(await stops()).toEqual([stop]);
    expect(told()).toEqual([{ event: 'writes-stopped', kind: ends.kind, count: 2 }]);
  });

  it('who left, one of them, are enough where those whom it is about are still where they were', async () => {
    expect((await judge({ missing: left(11) }, { isUnchanged: true })).stop).toMatchObject({ kind: 'move' });
  });

  it('are told of as well where the stop can not be recorded', async () => {
    site.platform.intercept(kvsError('/transaction', 1, 'INTERNAL_SERVER_ERROR', 500));
    expect((await judge({ missing: left(11, 12) })).stop).toMatchObject({ operationId: 'mine' });
    expect(logged()).toEqual(['writeStop']);
    expect(await stops()).toEqual([]);
  });
});

describe('another write of the app', () => {
  it('explains who left its source, and who joined its target, and nobody else', async () => {
    fillLedger(site, [write(11), write(12), write(13)]);
    expect(await judge({ missing: left(11, 12), joined: came(12, 13) })).toEqual({ strays: null, stop: null });
    expect(told()).toEqual([]);
    // They left another segment than the one that it is about, and joined the one that they left.
    const elsewhere = [11, 12].map((memberId) => ({ memberId, segmentId: 9 }));
    expect((await judge({ missing: elsewhere })).strays).toEqual({ missing: elsewhere, joined: [], count: 2 });
    const back = left(13);
    expect((await judge({ joined: back })).strays).toEqual({ missing: [], joined: back, count: 1 });
  });

  it('that has one end explains nobody at the other', async () => {
    fillLedger(site, [write(11, { kind: 'remove' }), write(12, { kind: 'add' })]);
    expect(await judge({ missing: left(11), joined: came(12) })).toEqual({ strays: null, stop: null });
    const { strays } = await judge({ missing: left(12), joined: came(11) });
    expect(strays).toEqual({ missing: left(12), joined: came(11), count: 2 });
  });

  it('explains one of two who left, so that nothing rests', async () => {
    fillLedger(site, [write(11)]);
    const { strays, stop } = await judge({ missing: left(11, 12) });
    expect([strays, stop]).toEqual([{ missing: left(12), joined: [], count: 1 }, null]);
  });

  it('explains nobody once it is known to have done nothing', async () => {
    const refused = { members: [{ memberId: 11, outcome: 'refused' as const, reason: 'saidNo' as const }] };
    fillLedger(site, [write(11, refused)]);
    expect((await judge({ missing: left(11) })).strays).toMatchObject({ count: 1 });
    fillLedger(site, [write(11, { ...refused, state: 'undecided' })]);
    expect((await judge({ missing: left(11) })).strays).toBeNull();
    fillLedger(site, [write(11, { members: [{ memberId: 11, outcome: 'notConfirmed', reason: 'unchanged' }] })]);
    expect((await judge({ missing: left(11) })).strays).toBeNull();
    const other = { memberId: 12, outcome: 'confirmed' as const, reason: 'readBackAgrees' as const };
    fillLedger(site, [write(11, { members: [...refused.members, other] })]);
    expect((await judge({ missing: left(11) })).strays).toBeNull();
  });

  it('explains them for ten minutes', async () => {
    fillLedger(site, [write(11, { intendedAtMs: Date.now() - 9.5 * MINUTE_MS })]);
    expect((await judge({ missing: left(11) })).strays).toBeNull();
    fillLedger(site, [write(11, { intendedAtMs: Date.now() - 10.5 * MINUTE_MS })]);
    expect((await judge({ missing: left(11) })).strays).toMatchObject({ count: 1 });
  });

  it.each([
    ['has the lease', { operationId: 'other-11' }],
    ['had it before the one that has it now', { operationId: 'later', earlier: 'other-11' }],
  ])('explains them by key where it %s, however old it is', async (_how, lease) => {
    fillLedger(site, [write(11, { state: 'intended', intendedAtMs: Date.now() - 60 * MINUTE_MS })]);
    expect((await judge({ missing: left(11) })).strays).toMatchObject({ count: 1 });
    const value = { ...lease, untilMs: Date.now() + MINUTE_MS, revision: 'theirs' };
    site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'lease', key: '11', value });
    expect((await judge({ missing: left(11) })).strays).toBeNull();
  });
});

describe('before a kind of write rests', () => {
  const took = async (judged: Promise<unknown>): Promise<number> => {
    const beganMs = Date.now();
    await judged;
    return Date.now() - beganMs;
  };

  it('it is looked for again what explains the others, four times in eight and a half seconds', async () => {
    expect(await took(judge({ missing: left(11, 12) }))).toBe(8_500);
    expect(await stops()).toHaveLength(1);
    // Who stops nothing is not looked for again.
    expect(await took(judge({ missing: left(11), joined: came(12, 13) }))).toBe(0);
    expect(await took(judge({ missing: left(11) }, { isUnchanged: true }))).toBe(8_500);
  });

  it('a write is found that a query shows late, and the waiting ends with that', async () => {
    site.platform.kvs.setQueryLagMs(3_000);
    const others = [11, 12].map((memberId) => write(memberId, { intendedAtMs: Date.now() }));
    for (const entry of others)
      site.platform.kvs.handle('/api/v1/entity/set', {
        entityName: 'ledger',
        key: entry.operationId,
        value: entryRow(entry),
      });
    expect(await took(judge({ missing: left(11, 12) }))).toBe(3_500);
    expect(await stops()).toEqual([]);
  });

  it.each([
    [4_999, 0],
    [5_000, 1_000],
    [7_499, 1_000],
    [7_500, 3_500],
  ])('it is waited only as long as the invocation lasts: of %i ms %i', async (limitMs, tookMs) => {
    expect(await took(judge({ missing: left(11, 12) }, { limitMs }))).toBe(tookMs);
    expect(await stops()).toHaveLength(1);
  });
});

describe('of many who were changed', () => {
  const numbers = (count: number, first = 100) => Array.from({ length: count }, (_none, nth) => first + nth);

  it('some are looked up, evenly, and stand for all', async () => {
    // Of forty every third one, of sixteen every fourth.
    const explained = [
      ...numbers(40).filter((_id, nth) => nth % 3 === 0),
      ...numbers(16, 500).filter((_id, nth) => nth % 4 === 0),
    ];
    fillLedger(
      site,
      explained.map((id) => write(id)),
    );
    const found = { missing: left(...numbers(40)), joined: came(...numbers(16, 500)) };
    expect(await judge(found)).toEqual({ strays: null, stop: null });
    expect(await judge({ ...found, missingCount: 4_000, joinedCount: 900 })).toEqual({ strays: null, stop: null });
  });

  it('whom nothing explains are counted with all of whom the lists name only some', async () => {
    fillLedger(site, [write(100), write(501)]);
    const found = { missing: left(...numbers(6)), joined: came(...numbers(6, 500)) };
    const { strays } = await judge({ ...found, missingCount: 60, joinedCount: 90 });
    // Of six who joined every second one is looked up: 500, 502 and 504.
    expect(strays).toEqual({
      ...{ missing: left(...numbers(5, 101)), joined: came(...numbers(6, 500)) },
      count: 59 + 90,
    });
  });

  it('the very people whom it is about are looked up in any case', async () => {
    const own = { memberId: 7, segmentId: 9 };
    const others = left(...numbers(30));
    const missing = [...others.slice(0, 1), own, ...others.slice(1)];
    const every = numbers(30).filter((_id, nth) => nth % 2 === 0);
    fillLedger(
      site,
      every.map((id) => write(id)),
    );
    const { strays, stop } = await judge({ missing });
    expect(strays?.missing).toContainEqual(own);
    expect(stop).toMatchObject({ kind: 'move' });
    fillLedger(site, [...every.map((id) => write(id)), write(7, { from: { id: 9, name: 'I' } })]);
    expect((await judge({ missing })).strays).toBeNull();
  });

  it('each is asked for once, by key and by the index', async () => {
    fillLedger(site, [write(11)]);
    site.platform.clearRecords();
    await judge({ missing: left(11), joined: came(11) });
    expect(site.platform.calls.filter(({ path }) => path.endsWith('/query'))).toHaveLength(1);
  });
});

it('takes others for unexplained where nothing can be looked up: rather one kind of write too many rests', async () => {
  fillLedger(site, [write(11), write(12)]);
  site.platform.intercept((call) =>
    call.path.endsWith('/query')
      ? { status: 500, headers: { 'content-type': 'application/json' }, body: '{"code":"UNKNOWN","message":"no"}' }
      : undefined,
  );
  expect((await judge({ missing: left(11, 12) })).stop).toMatchObject({ kind: 'move' });
  expect(logged()).toEqual(['strays', 'strays', 'strays', 'strays']);
});
