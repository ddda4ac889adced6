import { randomUUID } from 'node:crypto';
import type { TestInput, TestPlan, TestStep, TestStepResult, WriteKind } from '../../src/contract';
import { applyHonestly, createOtherServer, type OtherServer } from '../support/otherServer';
import { createSite, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

const PERSON = 1;
const FROM = 10;
const TO = 20;
/** The test person is in a third segment too; two others are in each segment of the test. */
const SEGMENTS = { [FROM]: [PERSON, 2, 3], [TO]: [4, 5], 30: [PERSON, 6], 40: [7, 8] };

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

/** A site whose reads are proven and whose writes are not, in front of another server. */
async function prepare(server: Partial<OtherServer> = {}, options: SiteOptions = {}) {
  site = await createSite({ offline: true, removeDialect: 'post-manage-users', ...options });
  time = startVirtualTime();
  const other = createOtherServer({ segments: SEGMENTS, ...server });
  site.platform.intercept(other.intercept);
  for (const kind of ['move', 'remove', 'add'] as const) setProof(kind, null);
  return other;
}

function setProof(kind: WriteKind, atMs: number | null): void {
  const stored = site.platform.kvs.plain().find(({ key }) => key === 'settings')?.value as {
    proofs: Record<string, number>;
  };
  const { [kind]: _before, ...others } = stored.proofs;
  const proofs = atMs === null ? others : { ...others, [kind]: atMs };
  site.platform.kvs.handle('/api/v1/set', { key: 'settings', value: { ...stored, proofs } });
}

const INPUT: TestInput = {
  memberId: PERSON,
  fromSegmentId: FROM,
  toSegmentId: TO,
  withAdding: true,
  withRemoving: true,
};

const plan = (input: Partial<TestInput> = {}) => ask(site.admin('admin.planTest', { ...INPUT, ...input }));

function send(
  step: TestStep,
  {
    operationId = randomUUID(),
    undoes = null,
    ...input
  }: Partial<TestInput> & { operationId?: string; undoes?: string | null } = {},
) {
  return ask(site.admin('admin.testStep', { ...INPUT, ...input, step, operationId, undoes }));
}

const step = async (...asked: Parameters<typeof send>): Promise<TestStepResult> => valueOf(await send(...asked));

/** Plays a test as a page does: each step once, as long as the one before came out well. */
async function play(input: Partial<TestInput> = {}): Promise<TestStepResult[]> {
  const planned = valueOf<TestPlan>(await plan(input));
  const done: TestStepResult[] = [];
  for (const name of planned.steps) {
    const undoes = name === 'moveBack' ? (done.at(-1)?.entry.operationId ?? null) : null;
    done.push(await step(name, { ...input, undoes }));
  }
  return done;
}

const proofs = async () => valueOf(await ask(site.admin('admin.load'))).proofs;
const ladder = async () => valueOf(await ask(site.admin('admin.load'))).ladder;
const stops = async () => valueOf(await ask(site.admin('admin.load'))).stops;
const outcomes = ({ entry }: TestStepResult) =>
  entry.members.map(({ outcome, reason }) => `${String(outcome)} ${String(reason)}`).join();
const provenKinds = async () => Object.keys(await proofs()).filter((name) => ['move', 'remove', 'add'].includes(name));

describe.each(['all-at-once', 'per-segment'] as const)('a test with a test person, read %s', (readPlan) => {
  const options = { settings: { readPlan } };

  it('says first what it does, how many others are compared, and what it leaves behind', async () => {
    const other = await prepare({}, options);
    expect(valueOf(await plan())).toEqual({
      member: { id: PERSON, name: 'Person 1', segmentIds: [FROM, 30] },
      from: { id: FROM, name: 'Segment 10', members: 3 },
      to: { id: TO, name: 'Segment 20', members: 2 },
      steps: ['moveThere', 'moveBack', 'add', 'remove'],
      others: 4,
      alsoIn: [30],
      leavesIn: [],
      leavesOutOf: [],
    });
    expect(valueOf(await plan({ withAdding: false }))).toMatchObject({ leavesOutOf: [FROM] });
    expect(other.writes()).toEqual([]);
  });

  it.each([
    ['nobody else in the source', { [FROM]: [PERSON], [TO]: [4] }, { code: 'testNeedsOthers', segmentId: FROM }],
    ['nobody in the target', { [FROM]: [PERSON, 2], [TO]: [] }, { code: 'testNeedsOthers', segmentId: TO }],
    ['the person not in the source', { [FROM]: [2, 3], [TO]: [4] }, { code: 'stale', reason: 'notInSource' }],
    [
      'the person in the target',
      { [FROM]: [PERSON, 3], [TO]: [PERSON, 4] },
      { code: 'stale', reason: 'alreadyInTarget' },
    ],
    ['no such target', { [FROM]: [PERSON, 3] }, { code: 'stale', reason: 'targetGone' }],
  ])('refuses %s, in the plan and in the step', async (_what, segments, problem) => {
    const other = await prepare({ segments }, options);
    expect(problemOf(await plan())).toEqual(problem);
    expect(problemOf(await send('moveThere'))).toEqual(problem);
    expect(other.writes()).toEqual([]);
  });

  it('proves all that an honest server does, and leaves everybody where they were', async () => {
    const other = await prepare({}, options);
    expect(await ladder()).toEqual({ looking: 'on', moving: 'untested', removing: 'untested', adding: 'untested' });
    const done = await play();
    expect(done.map(({ proves }) => proves)).toEqual([null, 'move', 'add', 'remove']);
    expect(done.every(({ isCompared, strays }) => isCompared && strays === null)).toBe(true);
    expect(Object.keys(SEGMENTS).map((id) => other.membersOf(Number(id)))).toEqual(Object.values(SEGMENTS));
    expect(await ladder()).toEqual({ looking: 'on', moving: 'on', removing: 'on', adding: 'on' });
    expect(other.writes()).toHaveLength(4);
  });
});

describe('the forms of a step', () => {
  const route = (kind: WriteKind, verb: string, path: string) => ({ kind, verb, path: new RegExp(`^${path}$`) });
  const move = (verb: string, word: string) =>
    route('move', verb, String.raw`/api/v2/segments/(?<from>\d+)/${word}/(?<to>\d+)`);
  const remove = (verb: string, word: string) =>
    route('remove', verb, String.raw`/api/v2/segments/(?<from>\d+)/${word}`);

  it.each([
    ['PUT', 'segment-users'],
    ['POST', 'manage-users'],
    ['PUT', 'manage-users'],
    ['POST', 'segment-users'],
  ])('finds that %s …/%s/{to} moves, and keeps it as learned', async (verb, word) => {
    const other = await prepare({ routes: [move(verb, word), remove('PUT', 'manage-users')] });
    const done = await play({ withAdding: false });
    const path = `/api/v2/segments/{from}/${word}/{to}`;
    expect(done[0]?.form).toMatchObject({ verb, path });
    expect(done[0]?.entry.form).toBe(`${verb} ${path}`);
    expect(done.map(({ proves }) => proves)).toEqual([null, 'move', 'remove']);
    const { settings } = valueOf(await ask(site.admin('admin.load')));
    expect(settings?.profile.writes.move).toEqual({ verb, path, users: 'users' });
    expect(settings?.profile.evidence.move).toMatchObject({ how: 'learned' });
    expect(settings?.profile.writes.remove).toMatchObject({ verb: 'PUT' });
    // The way back is sent in the learned form at once.
    expect(done[1]?.refused).toEqual([]);
    expect(other.membersOf(FROM)).toEqual([2, 3]);
  });

  it('write ids the other way where the server does not take them as it tells them', async () => {
    const other = await prepare({ takes: 'string' });
    const done = await play();
    expect(done.map(({ proves }) => proves)).toEqual([null, 'move', 'add', 'remove']);
    const { settings } = valueOf(await ask(site.admin('admin.load')));
    expect(settings?.profile.ids).toBe('text');
    expect(settings?.profile.evidence.ids).toMatchObject({ how: 'learned' });
    expect(other.writes()).toHaveLength(5);
  });

  it('are given up where values are refused both ways', async () => {
    const other = await prepare({ apply: () => undefined, answer: () => ({ status: 422, body: { success: false } }) });
    const there = await step('moveThere');
    expect([there.entry.answer?.status, there.proves]).toEqual([422, null]);
    expect(other.writes()).toHaveLength(2);
    const { settings } = valueOf(await ask(site.admin('admin.load')));
    expect(settings?.profile.ids).toBe('number');
  });

  it('are no more than the documented ones: a server that only replaces lists is never asked to', async () => {
    const replaceList = (verb: string) =>
      route('remove', verb, String.raw`/api/v2/segments/(?<from>\d+)/segment-users`);
    const other = await prepare({
      routes: [replaceList('PUT')],
      apply: ({ from, users }, memberships) => memberships.set(from ?? 0, new Set(users)),
    });
    const [there] = [await step('moveThere')];
    expect(there.refused).toHaveLength(3);
    expect(there.entry.answer).toMatchObject({ status: 404 });
    expect(await step('remove', { withAdding: false })).toMatchObject({ proves: null });
    expect(await step('add')).toMatchObject({ proves: null });
    expect(Object.keys(SEGMENTS).map((id) => other.membersOf(Number(id)))).toEqual(Object.values(SEGMENTS));
    expect(await provenKinds()).toEqual([]);
  });

  it('end at the first that changed anybody, though it was answered with a clear no', async () => {
    const other = await prepare({
      answer: () => ({ status: 404, body: { success: false } }),
    });
    const there = await step('moveThere');
    expect(there.refused).toEqual([]);
    expect(there.proves).toBeNull();
    expect(other.writes()).toHaveLength(1);
    expect(await provenKinds()).toEqual([]);
  });
});

type Apply = NonNullable<OtherServer['apply']>;
const clearsTheirOthers: Apply = (write, memberships) => {
  applyHonestly(write, memberships);
  for (const [id, who] of memberships)
    if (id !== write.to && id !== write.from) for (const user of write.users) who.delete(user);
};
const replacesTheTarget: Apply = (write, memberships) => {
  applyHonestly(write, memberships);
  if (write.to !== null) memberships.set(write.to, new Set(write.users));
};
const replacesTheSource: Apply = ({ kind, from, to, users }, memberships) => {
  if (from !== null) memberships.set(from, new Set(kind === 'remove' ? users : []));
  if (to !== null) for (const user of users) memberships.get(to)?.add(user);
};
const copies: Apply = ({ to, users }, memberships) => {
  if (to !== null) for (const user of users) memberships.get(to)?.add(user);
};
const hitsSomebodyElse: Apply = ({ from, to }, memberships) => {
  applyHonestly({ kind: 'move', from, to, users: [from === FROM ? 2 : 4] }, memberships);
};
const ignores: Apply = () => undefined;

describe('a server that does something else', () => {
  it.each<[string, Apply, Partial<TestStepResult>]>([
    ['clears the person’s other segments', clearsTheirOthers, { leftOthers: [30], strays: null }],
    ['replaces the list of the target', replacesTheTarget, { leftOthers: [] }],
    ['empties the source', replacesTheSource, { leftOthers: [] }],
    ['hits somebody else', hitsSomebodyElse, { leftOthers: [] }],
  ])('and %s proves nothing, and everybody whom it changed is named', async (_what, apply, expected) => {
    const other = await prepare({ apply });
    const there = await step('moveThere');
    expect(there).toMatchObject({ ...expected, proves: null, isCompared: true });
    const named = [
      ...there.leftOthers.map((segmentId) => ({ memberId: PERSON, segmentId })),
      ...(there.strays?.missing ?? []),
    ];
    const lost = Object.entries(SEGMENTS).flatMap(([id, who]) =>
      who
        .filter((person) => !other.membersOf(Number(id)).includes(person))
        .filter((person) => !(person === PERSON && Number(id) === FROM))
        .map((memberId) => ({ memberId, segmentId: Number(id) })),
    );
    expect(lost.length).toBeGreaterThan(0);
    expect(named).toEqual(expect.arrayContaining(lost));
    await step('moveBack', { undoes: there.entry.operationId }).catch(() => null);
    expect(await provenKinds()).toEqual([]);
  });

  it.each<[string, Apply]>([
    ['does nothing', ignores],
    ['copies instead of moving', copies],
  ])('and %s proves nothing, now and once it is settled', async (_what, apply) => {
    await prepare({ apply });
    const operationId = randomUUID();
    const there = await step('moveThere', { operationId });
    expect([there.entry.state, there.proves]).toEqual(['undecided', null]);
    expect(there.settlesAtMs).toBeGreaterThan(Date.now());
    await time.pass(6 * 60_000);
    const later = await step('moveThere', { operationId });
    expect([later.entry.state, later.proves, later.settlesAtMs]).toEqual(['finished', null, null]);
    expect(outcomes(later)).toMatch(/^notConfirmed/);
    expect(await provenKinds()).toEqual([]);
  });

  it('and says no to everything proves nothing where it did nothing', async () => {
    await prepare({ apply: ignores, answer: () => ({ status: 200, body: { success: false } }) });
    const there = await step('moveThere');
    expect(outcomes(there)).toBe('refused saidNo');
    expect(await provenKinds()).toEqual([]);
  });

  it('and removes all but the person, or everybody, proves no removal', async () => {
    await prepare({ apply: replacesTheSource });
    const removed = await step('remove', { withAdding: false });
    expect(removed.proves).toBeNull();
    expect(removed.strays?.missing).toEqual([
      { memberId: 2, segmentId: FROM },
      { memberId: 3, segmentId: FROM },
    ]);
    expect(removed.people).toHaveLength(2);
    expect(await provenKinds()).toEqual([]);
  });

  it('and shows rows whose ids are no person’s proves nothing', async () => {
    // The row of a membership has an id of its own, another one in each segment; `users` takes the person's.
    const rowId = (person: number, segmentId: number) => segmentId * 100 + person;
    await prepare({ show: (person, segmentId) => ({ id: rowId(person, segmentId), userId: person }) });
    const operationId = randomUUID();
    const there = await step('moveThere', { operationId, memberId: rowId(PERSON, FROM) });
    expect(there.proves).toBeNull();
    await time.pass(6 * 60_000);
    expect(await step('moveThere', { operationId, memberId: rowId(PERSON, FROM) })).toMatchObject({ proves: null });
    expect(await provenKinds()).toEqual([]);
  });

  it('takes a proof back where a later test shows something else', async () => {
    await prepare({ apply: replacesTheTarget });
    setProof('move', 1);
    await step('moveThere');
    expect(await provenKinds()).toEqual([]);
  });
});

describe('a server that shows late what it has accepted', () => {
  it('is waited for: the same step is looked at again, and not made again', async () => {
    const other = await prepare();
    const operationId = randomUUID();
    other.freeze();
    const there = await step('moveThere', { operationId });
    expect([there.entry.state, there.proves, there.isCompared]).toEqual(['undecided', null, true]);
    other.catchUp();
    await time.pass(20_000);
    const seen = await step('moveThere', { operationId });
    expect([outcomes(seen), seen.entry.state, seen.settlesAtMs]).toEqual([
      'confirmed readBackAgrees',
      'finished',
      null,
    ]);
    const back = await step('moveBack', { undoes: seen.entry.operationId });
    expect(back.proves).toBe('move');
    expect(other.writes()).toHaveLength(2);
  });

  it('proves nothing where somebody was lost beside it, which shows late as well', async () => {
    const other = await prepare({ apply: replacesTheTarget });
    const operationId = randomUUID();
    other.freeze();
    await step('moveThere', { operationId });
    other.catchUp();
    await time.pass(20_000);
    const seen = await step('moveThere', { operationId });
    expect(seen.strays?.missing).toEqual([
      { memberId: 4, segmentId: TO },
      { memberId: 5, segmentId: TO },
    ]);
    expect(await stops()).toMatchObject([{ kind: 'move', operationId: seen.entry.operationId }]);
    const back = await send('moveBack', { undoes: seen.entry.operationId });
    expect(problemOf(back)).toMatchObject({ code: 'writesStopped', kind: 'move' });
  });

  it('has an admin look at a single other whom only the test’s own comparison finds', async () => {
    let truth: Parameters<Apply>[1] | null = null;
    await prepare({
      apply: (write, memberships) => {
        applyHonestly(write, memberships);
        truth = memberships;
      },
      show: (id) => {
        // The read-back is the last that shows them.
        if (id === 4) truth?.get(TO)?.delete(4);
        return { id, email: `p${String(id)}@example.com`, name: `Person ${String(id)}` };
      },
    });
    const operationId = randomUUID();
    const seen = await step('moveThere', { operationId });
    expect(seen.strays).toMatchObject({ missing: [{ memberId: 4, segmentId: TO }], count: 1 });
    expect(await stops()).toEqual([]);
    const { strays } = valueOf(await ask(site.admin('admin.health')));
    expect(strays).toMatchObject([{ operationId, kind: 'move', count: 1 }]);
  });
});
