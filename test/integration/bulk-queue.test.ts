import {
  err,
  ok,
  type BulkResult,
  type ConnectionSettings,
  type Problem,
  type RunGroup,
  type WriteKind,
} from '../../src/contract';
import { writeRunPeople } from '../../src/adapters/store';
import type { RunPerson } from '../../src/domain/runs';
import type { LeftOutBy } from '../../src/features/bulk/worker/admission';
import { createCheckpoint } from '../../src/features/bulk/worker/checkpoint';
import { newPending, type Pending } from '../../src/features/bulk/worker/classifyResult';
import { createPartitions } from '../../src/features/bulk/worker/partition';
import { createPersonReader } from '../../src/features/bulk/worker/personReader';
import { createProvenSize } from '../../src/features/bulk/worker/provenSize';
import { createWorkQueue } from '../../src/features/bulk/worker/workQueue';
import { runPerson } from '../support/runPerson';
import { createSite, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

let site: Site;
let time: VirtualTime;
beforeEach(async () => {
  site = await createSite({ offline: true });
  time = startVirtualTime();
});
afterEach(async () => {
  time.stop();
  await site.stop();
});

const RUN = '8a4c6a5e-0d27-4c56-9a0e-2f2f2b7f6f01';
const as = <T>(work: () => Promise<T>): Promise<T> => time.until(site.app.runAs({}, work));
const at = (place: number, facts: Partial<RunPerson> = {}): RunPerson =>
  runPerson({ place, accountId: `a-${place}`, memberId: place, ...facts });
const keep = (people: readonly RunPerson[]): Promise<void> => as(() => writeRunPeople(RUN, people));
const many = (count: number): RunPerson[] => Array.from({ length: count }, (_none, nth) => at(nth + 1));
const placesOf = (people: readonly { readonly place: number }[]): number[] => people.map(({ place }) => place);

describe('the people of a group', () => {
  it('are read in their order, behind a place and up to the last that counts, as many as are asked for', async () => {
    await keep([...many(7), at(3, { group: 2, accountId: 'b-3' })]);
    const reader = createPersonReader(RUN, 1, 2, 6);
    expect(placesOf(await as(() => reader.next(2)))).toEqual([3, 4]);
    expect(placesOf(await as(() => reader.next(1)))).toEqual([5]);
    expect(placesOf(await as(() => reader.next(9)))).toEqual([6]);
    expect(await as(() => reader.next(1))).toEqual([]);
  });

  it('are read a page after the other, and storage is asked no more often than that', async () => {
    await keep(many(230));
    site.platform.clearRecords();
    const reader = createPersonReader(RUN, 1, 0, 230);
    const queries = (): number => site.platform.calls.filter(({ path }) => path.endsWith('/entity/query')).length;
    expect(await as(() => reader.next(100))).toHaveLength(100);
    expect(queries()).toBe(1);
    expect(placesOf(await as(() => reader.next(130)))).toEqual(placesOf(many(230)).slice(100));
    expect(queries()).toBe(3);
  });

  it('are waited for where the query lags behind, and nobody behind a gap is handed out', async () => {
    await keep([at(1), at(3)]);
    const begin = Date.now();
    setTimeout(() => void site.app.runAs({}, () => writeRunPeople(RUN, [at(2)])), 3_000);
    const reader = createPersonReader(RUN, 1, 0, 3);
    expect(placesOf(await as(() => reader.next(3)))).toEqual([1, 2, 3]);
    // Seen by the third look, two seconds after the second.
    expect(Date.now() - begin).toBe(4_000);
  });

  it('are given up on where storage does not show them for two minutes', async () => {
    await keep([at(2)]);
    const begin = Date.now();
    const read = as(() => createPersonReader(RUN, 1, 0, 2).next(1));
    await expect(read).rejects.toThrow('Storage does not show people of the run');
    expect(Date.now() - begin).toBe(120_000);
  });
});

/** A queue of the group of a run, the questions that it asks, and what they are answered by place. */
function queueOf(group: Partial<RunGroup> = {}, answers: ReadonlyMap<number, LeftOutBy> = new Map()) {
  const asked: number[][] = [];
  const problems: Problem[] = [];
  const checkpoint = createCheckpoint(group.done ?? 0);
  const ends = { kind: 'move', from: { id: 1, name: 'A' }, to: { id: 2, name: 'B' } } as const;
  const queue = createWorkQueue(
    {
      runId: RUN,
      group: 1,
      ask: (people) => {
        asked.push(placesOf(people));
        const problem = problems.shift();
        return Promise.resolve(
          problem === undefined ? ok(people.map(({ place }) => answers.get(place) ?? null)) : err(problem),
        );
      },
    },
    { ...ends, count: 3, done: 0, ...group } as RunGroup,
    checkpoint,
  );
  const take = async (most: number, who: 'all' | 'written' = 'all') => {
    const taken = await as(() => queue.take(most, who));
    if (taken.kind === 'problem') return taken.problem;
    const { pending, leftOut } = taken.value;
    return {
      pending: pending.map(({ person: { place } }) => place),
      leftOut: leftOut.map(({ place, result, reason }) => [place, result, reason]),
    };
  };
  return { queue, take, asked, problems, answers, checkpoint };
}
const pending = (place: number, facts: Partial<Pending> = {}): Pending => ({ ...newPending(at(place)), ...facts });

describe('the queue of a group', () => {
  it('hands out whoever comes next as somebody new, until nobody is left', async () => {
    await keep(many(3));
    const { queue, take } = queueOf();
    const taken = await as(() => queue.take(1, 'all'));
    expect(taken).toEqual(ok({ pending: [newPending(at(1))], leftOut: [] }));
    expect(await take(5)).toEqual({ pending: [2, 3], leftOut: [] });
    expect(await take(5)).toEqual({ pending: [], leftOut: [] });
    expect(queue.waitMs('all')).toBeNull();
    expect(queue.open()).toEqual([]);
  });

  it('leaves out whoever may not be changed with the cause, and whoever is linked elsewhere by that', async () => {
    await keep(many(3));
    const answers = new Map<number, LeftOutBy>([
      [1, 'notPermitted'],
      [3, 'changed'],
    ]);
    const { take } = queueOf({}, answers);
    expect(await take(3)).toEqual({
      pending: [2],
      leftOut: [
        [1, 'notPermitted', null],
        [3, 'changed', 'linkChanged'],
      ],
    });
  });

  it('only notes the result of whoever was done by a process that died, behind the place that counts', async () => {
    await keep([at(1), at(2, { result: 'confirmed' }), at(3, { result: 'refused' }), at(4)]);
    const { take, checkpoint, asked } = queueOf({ count: 4, done: 1 });
    expect(await take(9)).toEqual({ pending: [4], leftOut: [] });
    expect(asked).toEqual([[4]]);
    expect(checkpoint.take()).toEqual<BulkResult[]>(['confirmed', 'refused']);
  });

  it('leaves out a hundred at a time, so that they are recorded', async () => {
    await keep(many(150));
    const answers = new Map(placesOf(many(149)).map((place): [number, LeftOutBy] => [place, 'projectOff']));
    const { take } = queueOf({ count: 150 }, answers);
    expect(await take(30)).toMatchObject({ pending: [], leftOut: { length: 100 } });
    expect(await take(10)).toMatchObject({ pending: [150], leftOut: { length: 49 } });
  });

  it('hands out those who were put back once their time has come, before anybody new', async () => {
    await keep(many(3));
    const { queue, take } = queueOf();
    await take(2);
    const nowMs = Date.now();
    queue.put([pending(1, { notBeforeMs: nowMs + 5_000 }), pending(2, { notBeforeMs: nowMs + 1_000 })]);
    expect(queue.waitMs('all')).toBe(1_000);
    await time.pass(1_000);
    expect(queue.waitMs('all')).toBe(0);
    expect(await take(1)).toEqual({ pending: [2], leftOut: [] });
    expect(await take(2)).toEqual({ pending: [3], leftOut: [] });
    await time.pass(9_000);
    expect(queue.waitMs('all')).toBe(0);
    expect(await take(1)).toEqual({ pending: [1], leftOut: [] });
    expect(queue.waitMs('all')).toBeNull();
  });

  it('asks anew about each who is tried again, and not about those whose write was made', async () => {
    await keep(many(2));
    const answers = new Map<number, LeftOutBy>([[1, 'notPermitted']]);
    const { queue, take, asked } = queueOf({ count: 3, done: 3 }, answers);
    queue.put([pending(1), pending(2), pending(3, { written: 'accepted' })]);
    expect(queue.open()).toEqual([pending(3, { written: 'accepted' })]);
    expect(await take(2)).toEqual({ pending: [2], leftOut: [[1, 'notPermitted', null]] });
    expect(await take(2)).toEqual({ pending: [3], leftOut: [] });
    expect(asked).toEqual([[1, 2]]);
  });

  it('hands out only those whose write was made, where nobody new is to be written about', async () => {
    await keep(many(3));
    const { queue, take, asked } = queueOf();
    queue.put([pending(1, { notBeforeMs: Date.now() + 3_000 }), pending(2)]);
    expect(queue.waitMs('written')).toBeNull();
    expect(await take(3, 'written')).toEqual({ pending: [], leftOut: [] });
    queue.put([pending(3, { written: 'silent', notBeforeMs: Date.now() + 2_000 })]);
    expect(queue.waitMs('written')).toBe(2_000);
    await time.pass(2_000);
    expect(await take(3, 'written')).toEqual({ pending: [3], leftOut: [] });
    expect(asked).toEqual([]);
  });

  it('passes nobody over where Jira can not say, neither who waits nor who comes next', async () => {
    await keep(many(3));
    const { queue, take, problems } = queueOf({ done: 1 });
    const outage = { code: 'jira', status: 500, retryAfterMs: null, limit: null } as const;
    queue.put([pending(1)]);
    problems.push(outage);
    expect(await take(2)).toEqual(outage);
    expect(await take(1)).toEqual({ pending: [1], leftOut: [] });
    queue.put([pending(1, { written: 'accepted' })]);
    problems.push(outage);
    expect(await take(2)).toEqual(outage);
    expect(await take(2)).toEqual({ pending: [1, 2], leftOut: [] });
    expect(await take(2)).toEqual({ pending: [3], leftOut: [] });
  });
});

it('has a partition for each group of a run, each from where it counts as done', async () => {
  await keep([...many(2), at(1, { group: 2, accountId: 'b-1' }), at(2, { group: 2, accountId: 'b-2' })]);
  const [a, b, c] = [1, 2, 3].map((id) => ({ id, name: String(id) }));
  if (a === undefined || b === undefined || c === undefined) throw new Error('Three segments');
  const groups = [
    { kind: 'move', from: a, to: b, count: 2, done: 1 },
    { kind: 'remove', from: c, to: null, count: 2, done: 0 },
  ] as const;
  const partitions = createPartitions({ runId: RUN, groups }, (people) => Promise.resolve(ok(people.map(() => null))));
  expect(partitions.map(({ group, ends }) => ({ group, ends }))).toEqual([
    { group: 1, ends: { kind: 'move', from: a, to: b } },
    { group: 2, ends: { kind: 'remove', from: c, to: null } },
  ]);
  for (const [nth, accountIds] of [['a-2'], ['b-1', 'b-2']].entries()) {
    const taken = await as(async () => partitions[nth]?.queue.take(9, 'all'));
    expect(taken?.kind === 'ok' && taken.value.pending.map(({ person }) => person.accountId)).toEqual(accountIds);
  }
  partitions[0]?.checkpoint.note(2, 'confirmed');
  expect(partitions[0]?.checkpoint.take()).toEqual(['confirmed']);
});

/** The same connection, whose moves name the members by another key. */
function withUsers({ profile, ...rest }: ConnectionSettings, users: string): ConnectionSettings {
  return { ...rest, profile: { ...profile, writes: { ...profile.writes, move: { ...profile.writes.move, users } } } };
}

describe('the size that a site has proven', () => {
  const stored = (): unknown => site.platform.kvs.plain().find(({ key }) => key === 'bulk-batch-size')?.value;
  const writes = (): number => site.platform.calls.filter(({ path }) => path.endsWith('/api/v1/set')).length;

  it('is one where nothing is known, grows with what is confirmed, and is kept for the next session', async () => {
    const size = createProvenSize();
    expect(size.size()).toBe(1);
    size.applyVerdict(1, 'nothing');
    expect(size.size()).toBe(1);
    // What it would be kept for is not known yet.
    size.applyVerdict(1, 'confirmed');
    await as(size.keepSize);
    expect(stored()).toBeUndefined();
    await as(() => size.useFor(site.settings, 'move'));
    expect(size.size()).toBe(1);
    size.applyVerdict(1, 'confirmed');
    expect(size.size()).toBe(10);
    // Read only once: what was confirmed since then counts.
    await as(() => size.useFor(site.settings, 'move'));
    expect(size.size()).toBe(10);
    await as(size.keepSize);
    expect(stored()).toEqual([
      {
        of: 'https://api.shorterloop.com 4711 move PUT /api/v2/segments/{from}/segment-users/{to} users',
        size: 10,
      },
    ]);
    const next = createProvenSize();
    await as(() => next.useFor(site.settings, 'move'));
    expect(next.size()).toBe(10);
  });

  it('is written only where it has changed', async () => {
    const size = createProvenSize();
    await as(() => size.useFor(site.settings, 'move'));
    const before = writes();
    await as(size.keepSize);
    expect(writes()).toBe(before);
    size.applyVerdict(1, 'confirmed');
    await as(size.keepSize);
    await as(size.keepSize);
    expect(writes()).toBe(before + 1);
    size.beginSmall();
    expect(size.size()).toBe(1);
    await as(size.keepSize);
    expect(stored()).toMatchObject([{ size: 1 }]);
  });

  it.each<[string, (settings: ConnectionSettings) => [ConnectionSettings, WriteKind]]>([
    ['another kind of write', (settings) => [settings, 'remove']],
    ['another Shorter Loop', (settings) => [{ ...settings, apiOrigin: 'https://other.example' }, 'move']],
    ['another initiative', (settings) => [{ ...settings, initiativeId: 99 }, 'move']],
    ['another form of the write', (settings) => [withUsers(settings, 'ids'), 'move']],
  ])('says nothing of %s', async (_what, another) => {
    const size = createProvenSize();
    await as(() => size.useFor(site.settings, 'move'));
    size.applyVerdict(1, 'confirmed');
    await as(size.keepSize);
    await as(() => size.useFor(...another(site.settings)));
    expect(size.size()).toBe(1);
    await as(() => size.useFor(site.settings, 'move'));
    expect(size.size()).toBe(10);
  });
});
