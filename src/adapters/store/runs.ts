import { kvs, Sort, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { ANSWER_CLAIMS, BULK_RESULTS, BULK_VERDICTS, RUN_STATES, type Problem } from '../../contract';
import { keptFromMs, type Run } from '../../domain/runs';
import { endWithin, LONGEST_FUNCTION_MS } from './moments';
import { eachRow, readRows } from './pages';
import { bytesOf } from './parts';
import { storable } from './row';
import { createRow, versioned, compareAndSwap, type Versioned } from './versioned';

const RUN_ENTITY = 'run';
/** How often a change is tried against others who change the same run. */
const TRIES = 12;
/** The most that Forge returns at once. */
const PAGE = 100;

const segmentSchema = z.object({ id: z.int().positive(), name: z.string() });
/** Counts by name; one that an earlier version of the app did not know is 0. */
const counts = <K extends string>(keys: readonly K[]) => {
  const none = Object.fromEntries(keys.map((key) => [key, 0]));
  return z.preprocess(
    // What is no record stays so, and is refused: what throws here would be refused by nobody.
    (stored) => (typeof stored === 'object' && stored !== null ? { ...none, ...stored } : stored),
    z.record(z.enum(keys), z.number()),
  );
};
// Storage keeps no nulls: what is null is left out of the row.
const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);
/** What a problem of each code says as null when it does not know it. */
const NULLABLE: Readonly<Record<string, readonly string[]>> = {
  shorterLoop: ['status', 'retryAfterMs'],
  jira: ['status', 'retryAfterMs', 'limit'],
  newKeyRefused: ['status'],
};
const looseProblem = z.looseObject({ code: z.string() });
const problemSchema = z.preprocess(
  (stored) => {
    const { data } = looseProblem.safeParse(stored);
    return data === undefined
      ? stored
      : { ...Object.fromEntries((NULLABLE[data.code] ?? []).map((key) => [key, null])), ...data };
  },
  z.custom<Problem>((value) => looseProblem.safeParse(value).success),
);

const wrongSchema = z.object({
  result: z.enum(BULK_RESULTS),
  reason: orNull(z.string()),
  claim: z.enum(ANSWER_CLAIMS),
});
const placeSchema = z.object({ group: z.int(), place: z.int() });

const groupCounts = { count: z.number(), done: z.number() };
const groupSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('move'), from: segmentSchema, to: segmentSchema, ...groupCounts }),
  z.object({ kind: z.literal('remove'), from: segmentSchema, to: orNull(z.null()), ...groupCounts }),
  z.object({ kind: z.literal('add'), from: orNull(z.null()), to: segmentSchema, ...groupCounts }),
]);

const runSchema = z.object({
  /** A later version of the app may keep runs in another way; then it has to know this one as well. */
  version: z.literal(1),
  state: z.enum(RUN_STATES),
  createdAtMs: z.number(),
  createdByAccountId: z.string(),
  startedByAccountId: orNull(z.string()),
  revision: z.string(),
  body: z.object({
    source: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('jql'), jql: z.string() }),
      z.object({ kind: z.literal('accounts') }),
      z.object({ kind: z.literal('retry'), runId: z.string() }),
      z.object({ kind: z.literal('undo'), runId: z.string() }),
    ]),
    act: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('move'), from: orNull(z.array(segmentSchema)), to: segmentSchema }),
      z.object({ kind: z.literal('remove'), from: z.array(segmentSchema), to: orNull(z.null()) }),
      z.object({ kind: z.literal('add'), from: orNull(z.null()), to: segmentSchema }),
    ]),
    queryName: orNull(z.string()),
    startedAtMs: orNull(z.number()),
    finishedAtMs: orNull(z.number()),
    issues: z.number(),
    withoutReporter: z.number(),
    asOfMs: orNull(z.number()),
    verdicts: counts(BULK_VERDICTS),
    inNone: z.number(),
    groups: z.array(groupSchema),
    results: counts(BULK_RESULTS),
    writes: z.number(),
    unseen: z.number().default(0),
    strays: z.number().default(0),
    streak: orNull(wrongSchema.extend({ places: z.array(placeSchema) })),
    pause: orNull(
      z.discriminatedUnion('by', [
        z.object({ by: z.literal('user') }),
        z.object({ by: z.literal('app'), problem: problemSchema }),
        z.object({ by: z.literal('brake'), brake: wrongSchema.extend({ people: z.int() }) }),
      ]),
    ),
    earlier: orNull(z.object({ done: z.number(), atMs: z.number() })),
    changedAtMs: z.number(),
    worker: orNull(
      z.object({ id: z.string(), untilMs: z.number().transform((atMs) => endWithin(atMs, LONGEST_FUNCTION_MS)) }),
    ),
  }),
});

/**
 * What a run's row may have when its people are read, in bytes: Forge takes 240 KiB in a value (documented), and while
 * it runs its counts grow by a few digits for each group.
 */
const MOST_ROW_BYTES = 200_000;

/** Whether a run can be kept: each segment that its people leave takes some 150 bytes of its row. */
export function fitsRow(run: Run): boolean {
  return bytesOf(rowOf(run)) <= MOST_ROW_BYTES;
}

/** Keeps a new run. Throws ForgeKvsError when storage fails. */
export async function createRun(run: Run): Promise<void> {
  await createRow(RUN_ENTITY, run.runId, rowOf(run));
}

/** The run with this id, null when there is none (any more). Throws ForgeKvsError when storage fails. */
export async function readRun(runId: string): Promise<Versioned<Run> | null> {
  const row = await kvs.entity<unknown>(RUN_ENTITY).get(runId);
  return row === undefined ? null : runOf(runId, row);
}

/**
 * Changes a run on the condition that nobody else does at the same moment; otherwise again, from what
 * they made of it. Throws ForgeKvsError when storage fails.
 * @param change answers null to leave the run as it is
 * @returns the run as it is now, null when there is none
 */
export async function changeRun(runId: string, change: (run: Run) => Run | null): Promise<Run | null> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const before = await readRun(runId);
    if (before === null) return null;
    const next = change(before);
    if (next === null) return before;
    if (await compareAndSwap(RUN_ENTITY, runId, before, rowOf(next))) return next;
  }
  throw new Error('A run was changed by others all the time');
}

/** Replaces a run if it still is `before`; false when someone changed it. Throws ForgeKvsError when storage fails. */
export async function replaceRun(before: Versioned<Run>, next: Run): Promise<boolean> {
  return compareAndSwap(RUN_ENTITY, next.runId, before, rowOf(next));
}

/** How many runs are gone through for those that somebody may see. */
const MOST_LOOKED_THROUGH = 1_000;

/**
 * The latest of some runs, newest first. Others may have made a great many since. Throws ForgeKvsError when storage
 * fails.
 * @param isMeant which runs are wanted
 */
export async function recentRuns(limit: number, isMeant: (run: Run) => boolean): Promise<Run[]> {
  const found: Run[] = [];
  let looked = 0;
  for await (const row of eachRow(kvs.entity<unknown>(RUN_ENTITY).query().index('createdAtMs').sort(Sort.DESC))) {
    found.push(...readable([row]).filter(isMeant));
    looked += 1;
    if (found.length >= limit || looked >= MOST_LOOKED_THROUGH) break;
  }
  return found;
}

/** How many runs of one state are gone through for those of one person. */
const MOST_WAITING_LOOKED_THROUGH = 300;

/**
 * How many runs of somebody wait to be read or started, among the latest that wait on the site: six queries at most,
 * whatever others have made. Whoever makes a great many has them among the latest. Throws ForgeKvsError when storage
 * fails.
 */
export async function countWaitingRuns(accountId: string): Promise<number> {
  const states: readonly Run['state'][] = ['reading', 'ready'];
  const found = await Promise.all(
    states.map(async (state) => {
      const query = kvs
        .entity<unknown>(RUN_ENTITY)
        .query()
        .index('by-state', { partition: [state] })
        .sort(Sort.DESC);
      return (await readRows(query, MOST_WAITING_LOOKED_THROUGH)).rows;
    }),
  );
  return readable(found.flat()).filter(({ createdByAccountId }) => createdByAccountId === accountId).length;
}

/**
 * Every run in a state, as far as the query shows them already. One whose row can't be read is left out, so that it
 * keeps none of the others from their work. Throws ForgeKvsError when storage fails.
 */
export async function* runsInState(state: Run['state']): AsyncGenerator<Run> {
  const query = kvs
    .entity<unknown>(RUN_ENTITY)
    .query()
    .index('by-state', { partition: [state] });
  for await (const row of eachRow(query)) yield* readable([row]);
}

/** Runs from their rows, without those that can't be read: they keep none of the others from their work. */
function readable(rows: readonly { readonly key: string; readonly value: unknown }[]): Versioned<Run>[] {
  return rows.flatMap(({ key, value }) => (runSchema.safeParse(value).success ? [runOf(key, value)] : []));
}

/**
 * Runs whose time was over before a time, 100 at most: each is kept from its end on, so that one that was started late
 * is not among those that are as old. One that runs is never over. Throws ForgeKvsError when storage fails.
 * @param beforeMs in milliseconds since the epoch
 */
export async function expiredRuns(beforeMs: number): Promise<Versioned<Run>[]> {
  const expired: Versioned<Run>[] = [];
  let cursor: string | undefined;
  do {
    const query = kvs
      .entity<unknown>(RUN_ENTITY)
      .query()
      .index('createdAtMs')
      .where(WhereConditions.lessThan(beforeMs))
      .sort(Sort.ASC)
      .limit(PAGE);
    const { results, nextCursor } = await (cursor === undefined ? query : query.cursor(cursor)).getMany();
    expired.push(...readable(results).filter((run) => run.state !== 'running' && keptFromMs(run) < beforeMs));
    cursor = nextCursor;
  } while (cursor !== undefined && expired.length < PAGE);
  return expired.slice(0, PAGE);
}

/**
 * Deletes a run whose people are deleted, if it still is as it was read; false when somebody changed it. Throws
 * ForgeKvsError when storage fails.
 */
export async function deleteRun(run: Versioned<Run>): Promise<boolean> {
  return compareAndSwap(RUN_ENTITY, run.runId, run, null);
}

function rowOf({
  runId: _key,
  state,
  createdAtMs,
  createdByAccountId,
  startedByAccountId,
  ...body
}: Run & Partial<Versioned<object>>): Versioned<object> {
  const { revision: _revision, ...kept } = body;
  return versioned(storable({ version: 1, state, createdAtMs, createdByAccountId, startedByAccountId, body: kept }));
}

function runOf(runId: string, row: unknown): Versioned<Run> {
  const { version: _version, body, ...rest } = runSchema.parse(row);
  return { runId, ...rest, ...body };
}

const SIZE_KEY = 'bulk-batch-size';
/** So many sizes are kept, the latest ones: of each kind of write, as its form was changed. */
const SIZES_KEPT = 10;
const sizesSchema = z.array(z.object({ of: z.string(), size: z.int().positive() }));

/**
 * How many members one write may be about: what was proven of exactly this; null where nothing was. Throws
 * ForgeKvsError when storage fails.
 */
export async function readBatchSize(provenOf: string): Promise<number | null> {
  return (await readSizes()).find(({ of }) => of === provenOf)?.size ?? null;
}

/** Keeps what was proven of exactly this. Throws ForgeKvsError when storage fails. */
export async function writeBatchSize(provenOf: string, size: number): Promise<void> {
  const others = (await readSizes()).filter(({ of }) => of !== provenOf);
  await kvs.set(SIZE_KEY, [{ of: provenOf, size }, ...others].slice(0, SIZES_KEPT));
}

async function readSizes(): Promise<z.infer<typeof sizesSchema>> {
  const { data } = sizesSchema.safeParse(await kvs.get<unknown>(SIZE_KEY));
  return data ?? [];
}
