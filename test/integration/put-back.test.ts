import { randomUUID } from 'node:crypto';
import { applyHonestly, createOtherServer, type OtherServer } from '../support/otherServer';
import { createSite, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';
import { noteStrays, readKey, readSettings, readTokenBucket } from '../../src/adapters/store';
import { byId, type WriteIntent } from '../../src/domain/segments';
import { connect } from '../../src/usecases/connection';
import { writeMember } from '../../src/usecases/write';

const FROM = 10;
const TO = 20;
const SEGMENTS = { [FROM]: [1, 2, 3], [TO]: [4, 5], 30: [1, 6] };

let site: Site;
let time: VirtualTime;
beforeEach(() => {
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(async () => {
  time.stop();
  await site.stop();
  jest.restoreAllMocks();
});

const ask = <T>(work: Promise<T>): Promise<T> => time.until(work);

/** A site that may write everything, in front of a server that does something else while it is `odd`. */
async function prepare(apply: NonNullable<OtherServer['apply']>, options: SiteOptions = {}) {
  site = await createSite({
    offline: true,
    removeDialect: 'post-manage-users',
    settings: { canAdd: true },
    ...options,
  });
  time = startVirtualTime();
  const mode = { isOdd: true };
  const other = createOtherServer({
    segments: SEGMENTS,
    apply: (write, memberships) => (mode.isOdd ? apply : applyHonestly)(write, memberships),
  });
  site.platform.intercept(other.intercept);
  return { ...other, mode };
}

/** A write as every page makes one, about a member whom no reporter stands for. */
async function write(memberId: number, intent: WriteIntent) {
  return ask(
    site.app.runAs({ moduleKey: 'segments-admin' }, async () => {
      const [settings, key, tokenBucket] = await Promise.all([readSettings(), readKey(), readTokenBucket()]);
      const origin = { operationId: randomUUID(), undoes: null, entryPoint: 'admin', actorAccountId: 'admin' } as const;
      return writeMember(valueOf(connect(settings, key, tokenBucket)), { ...origin, memberId, intent });
    }),
  );
}

const move = () => write(1, { kind: 'move', from: byId(FROM), to: byId(TO) });
const remove = () => write(1, { kind: 'remove', from: byId(FROM) });
const health = async () => valueOf(await ask(site.admin('admin.health')));
const view = async () => valueOf(await ask(site.admin('admin.load')));
const putBack = (operationId: string) => ask(site.admin('admin.putBack', { operationId }));

const movesEverybody: NonNullable<OtherServer['apply']> = ({ from, to }, memberships) => {
  const users = [...(memberships.get(from ?? 0) ?? [])];
  applyHonestly({ kind: 'move', from, to, users }, memberships);
};
const emptiesTheSource: NonNullable<OtherServer['apply']> = ({ from, to, users }, memberships) => {
  applyHonestly({ kind: 'add', from: null, to, users }, memberships);
  if (from !== null) memberships.set(from, new Set());
};

describe('people who were taken out beside a write', () => {
  it('stop its kind, are shown with their names, and are put back by adding', async () => {
    const { mode, membersOf } = await prepare(emptiesTheSource);
    const { operationId } = valueOf(await move());
    const { ladder, stops } = await view();
    expect(ladder).toEqual({ looking: 'on', moving: 'stopped', removing: 'on', adding: 'on' });
    expect(stops).toMatchObject([{ kind: 'move', operationId, fromSegmentId: FROM, toSegmentId: TO }]);
    expect(valueOf(await ask(site.admin('admin.health'))).stops).toEqual(stops);
    const changed = valueOf(await ask(site.admin('admin.changedMembers', { operationId })));
    expect(changed.map(({ memberId, segmentName, isBack }) => [memberId, segmentName, isBack])).toEqual([
      [2, 'Segment 10', false],
      [3, 'Segment 10', false],
    ]);
    expect(problemOf(await move())).toMatchObject({ code: 'writesStopped', kind: 'move', operationId });
    mode.isOdd = false;
    expect(valueOf(await putBack(operationId))).toMatchObject({ back: [2, 3], missing: [], why: null, isAll: true });
    expect(membersOf(FROM)).toEqual([2, 3]);
    const again = valueOf(await ask(site.admin('admin.changedMembers', { operationId })));
    expect(again.map(({ isBack }) => isBack)).toEqual([true, true]);
    expect(valueOf(await putBack(operationId))).toMatchObject({ back: [2, 3], missing: [] });
  });

  it('can’t be put back by the kind that rests: that is said, and nothing is sent', async () => {
    const { writes } = await prepare(movesEverybody);
    const { operationId } = valueOf(await move());
    const sent = writes().length;
    expect(problemOf(await putBack(operationId))).toEqual({ code: 'writesStopped', kind: 'move', operationId });
    expect(writes()).toHaveLength(sent);
  });

  it('stay stopped by a save, but for one of another Shorter Loop', async () => {
    await prepare(emptiesTheSource);
    valueOf(await move());
    const { settings } = await view();
    if (settings === null) throw new Error('There are settings');
    const save = async (changed: object) =>
      valueOf(await ask(site.admin('admin.save', { settings: { ...settings, ...changed }, key: null })));
    expect((await save({})).stops).toHaveLength(1);
    expect((await save({ initiativeId: settings.initiativeId + 1 })).stops).toEqual([]);
  });

  it('are resumed though an admin saves in the same moment', async () => {
    await prepare(emptiesTheSource);
    valueOf(await move());
    let saves = 0;
    site.platform.intercept(async ({ kind }, proceed, { body }) => {
      if (kind !== 'kvs' || saves > 0 || !String(body).includes('"stops"')) return proceed();
      saves += 1;
      valueOf(await site.admin('admin.save', { settings: site.settings, key: null }));
      return proceed();
    });
    expect(valueOf(await ask(site.admin('admin.resumeWrites', { kind: 'move' })))).toEqual([]);
    expect([(await view()).stops, saves]).toEqual([[], 1]);
  });

  it('are moved back where the write carried them into its other end, once moving is proven again', async () => {
    const { mode, membersOf } = await prepare(movesEverybody);
    const { operationId } = valueOf(await move());
    expect(membersOf(TO)).toEqual([1, 2, 3, 4, 5]);
    mode.isOdd = false;
    expect(valueOf(await ask(site.admin('admin.resumeWrites', { kind: 'move' })))).toEqual([]);
    expect((await view()).ladder.moving).toBe('untested');
    expect(problemOf(await putBack(operationId))).toEqual({ code: 'writeNotProven', kind: 'move' });
    setProof('move');
    expect(valueOf(await putBack(operationId))).toMatchObject({ back: [2, 3], missing: [], why: null });
    expect([membersOf(FROM), membersOf(TO)]).toEqual([
      [2, 3],
      [1, 4, 5],
    ]);
  });

  it('are left where they are when putting the first one back changes others too', async () => {
    const { mode, writes } = await prepare(emptiesTheSource);
    const { operationId } = valueOf(await remove());
    const sent = writes().length;
    mode.isOdd = true;
    const emptied = valueOf(await putBack(operationId));
    expect(emptied.missing.length + emptied.back.length).toBe(2);
    expect(writes().length - sent).toBeLessThanOrEqual(2);
  });

  it('of an unknown write are nobody', async () => {
    await prepare(applyHonestly);
    expect(problemOf(await putBack(randomUUID()))).toEqual({ code: 'undoRefused', reason: 'unknownWrite' });
    const { operationId } = valueOf(await move());
    expect(valueOf(await putBack(operationId))).toEqual({ back: [], missing: [], why: null, isAll: true, stops: [] });
  });
});

describe('one who is missing beside a write', () => {
  it('is noted and can be put back, and stops nothing', async () => {
    const { mode, membersOf } = await prepare((made, memberships) => {
      applyHonestly(made, memberships);
      memberships.get(FROM)?.delete(2);
    });
    const { operationId, strays } = valueOf(await move());
    expect(strays).toEqual({ missing: [{ memberId: 2, segmentId: FROM }], joined: [], count: 1 });
    expect((await view()).stops).toEqual([]);
    const strayed = { operationId, kind: 'move', count: 1, atMs: expect.any(Number) };
    expect(await health()).toMatchObject({ stops: [], strays: [strayed] });
    mode.isOdd = false;
    const changed = valueOf(await ask(site.admin('admin.changedMembers', { operationId })));
    expect(changed).toMatchObject([{ memberId: 2, segmentId: FROM, change: 'missing', isBack: false }]);
    expect(valueOf(await putBack(operationId))).toMatchObject({ back: [2], missing: [] });
    expect(membersOf(FROM)).toEqual([2, 3]);
    expect(valueOf(await ask(site.admin('admin.dismissStrays', { operationId }))).strays).toEqual([]);
    expect(site.platform.kvs.plain().map(({ key }) => key)).not.toContain('noted-strays');
  });

  it('is told of once, and with the stop where the kind rests, until that is resumed', async () => {
    await prepare(emptiesTheSource);
    const { operationId } = valueOf(await move());
    expect(await health()).toMatchObject({ stops: [{ operationId }], strays: [] });
    valueOf(await ask(site.admin('admin.resumeWrites', { kind: 'move' })));
    expect(await health()).toMatchObject({ stops: [], strays: [{ operationId, kind: 'move', count: 2 }] });
  });

  it('is told of for thirty days, whatever else stands there, and among the latest twenty', async () => {
    await prepare(applyHonestly);
    const note = (nth: number, atMs: number) => ({ operationId: `write-${String(nth)}`, kind: 'move', count: 1, atMs });
    const old = note(99, Date.now() - 31 * 24 * 3_600_000);
    const latest = Array.from({ length: 20 }, (_, nth) => note(nth, Date.now()));
    const notes = [null, { kind: 'copy' }, old, ...latest];
    site.platform.kvs.handle('/api/v1/set', { key: 'noted-strays', value: { notes } });
    expect((await health()).strays.map(({ operationId }) => operationId)).toEqual(
      latest.map(({ operationId }) => operationId),
    );
    await ask(site.app.runAs({}, () => noteStrays({ operationId: 'latest', kind: 'add', count: 3, atMs: Date.now() })));
    const { strays } = await health();
    expect([strays.length, strays[0]?.operationId]).toEqual([19, 'latest']);
  });
});

describe('a kind of write that is not proven', () => {
  it.each([
    ['move', move],
    ['remove', remove],
    ['add', () => write(1, { kind: 'add', to: byId(TO) })],
  ] as const)('is refused everywhere: %s', async (kind, made) => {
    const { writes } = await prepare(applyHonestly);
    setProof(kind, null);
    expect(problemOf(await made())).toEqual({ code: 'writeNotProven', kind });
    expect(writes()).toEqual([]);
  });
});

function setProof(kind: 'move' | 'remove' | 'add', atMs: number | null = 1): void {
  const stored = site.platform.kvs.plain().find(({ key }) => key === 'settings')?.value as {
    proofs: Record<string, number>;
  };
  const { [kind]: _before, ...others } = stored.proofs;
  const proofs = atMs === null ? others : { ...others, [kind]: atMs };
  site.platform.kvs.handle('/api/v1/set', { key: 'settings', value: { ...stored, proofs } });
}
