import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { SHORTER_LOOP_CAUSES } from '../../contract';
import type { DirectorySource } from './directory';
import { endWithin, LONGEST_FUNCTION_MS, pastMoment } from './moments';
import { storable } from './row';
import { createRow, versioned, compareAndSwap, type Versioned } from './versioned';

const REFRESH_ENTITY = 'refresh';
const REFRESH_KEY = 'directory';
const ASKED_KEY = 'directory-asked';

const MISSING = ['apiOrigin', 'initiativeId', 'key'] as const;
// Storage keeps no nulls: what is null is left out of the row.
const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

const failureSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('notConfigured'), missing: z.array(z.enum(MISSING)) }),
  z.object({
    code: z.literal('shorterLoop'),
    cause: z.enum(SHORTER_LOOP_CAUSES),
    status: orNull(z.number()),
    retryAfterMs: orNull(z.number()),
  }),
  z.object({ code: z.literal('storage') }),
  z.object({ code: z.literal('internal'), reference: z.string() }),
]);

/** What can stand in the way of a refresh: some of the problems that a page can show. */
export type RefreshFailure = z.infer<typeof failureSchema>;

/** A segment of a refresh; what is null was not read yet. */
type RefreshSegment = {
  readonly id: number;
  readonly name: string;
  readonly members: number | null;
  readonly readAtMs: number | null;
};

/**
 * A refresh that has begun: enough to go on with it anywhere, in any process. Times are milliseconds since the epoch.
 */
export type Refresh = {
  readonly source: DirectorySource;
  readonly startedAtMs: number;
  /** First everybody who joined is told, segment by segment; who left is told only once all segments were read. */
  readonly phase: 'syncing' | 'removing';
  readonly segments: readonly RefreshSegment[];
  /** Segments that someone has left or that are gone, still to be done. */
  readonly leaving: readonly number[];
  /** Rows that were changed so far. */
  readonly changed: number;
};

/** What is kept over all refreshes. */
export type RefreshState = {
  readonly current: Refresh | null;
  /** The last one that came to its end. */
  readonly last: {
    readonly startedAtMs: number;
    readonly finishedAtMs: number;
    readonly changed: number;
    readonly memberships: number;
  } | null;
  /** Why the current one stands still; null while nothing is in its way. */
  readonly failure: { readonly problem: RefreshFailure; readonly atMs: number } | null;
  /** Every segment that has a roster. */
  readonly rosters: readonly number[];
  /** Until when someone is at work on it. */
  readonly untilMs: number;
};

/** The state with its revision, by which it can be told whether someone else went on with it. */
export type StoredRefresh = Versioned<RefreshState>;

const id = z.int().positive();
const stateSchema = z.object({
  current: orNull(
    z.object({
      source: z.object({ apiOrigin: z.string(), initiativeId: id }),
      startedAtMs: z.number(),
      phase: z.enum(['syncing', 'removing']),
      segments: z.array(z.object({ id, name: z.string(), members: orNull(z.int()), readAtMs: orNull(z.number()) })),
      leaving: z.array(id),
      changed: z.int(),
    }),
  ),
  last: orNull(z.object({ startedAtMs: z.number(), finishedAtMs: z.number(), changed: z.int(), memberships: z.int() })),
  failure: orNull(z.object({ problem: failureSchema, atMs: z.number() })),
  rosters: z.array(id),
});
const rowSchema = z.object({ run: stateSchema, untilMs: z.number(), revision: z.string() });

const NONE: RefreshState = { current: null, last: null, failure: null, rosters: [], untilMs: 0 };

/** How far refreshes have come; null before the first one. Throws ForgeKvsError when storage fails. */
export async function readRefresh(): Promise<StoredRefresh | null> {
  const row = await kvs.entity<unknown>(REFRESH_ENTITY).get(REFRESH_KEY);
  if (row === undefined) return null;
  const { run, untilMs, revision } = rowSchema.parse(row);
  return { ...withPastTimes(run), untilMs: endWithin(untilMs, LONGEST_FUNCTION_MS), revision };
}

/** A refresh that seems to have begun or ended later than now counts as long ago, so that the next one comes. */
function withPastTimes({ current, last, ...state }: z.infer<typeof stateSchema>): z.infer<typeof stateSchema> {
  const begun = <T extends { readonly startedAtMs: number }>(refresh: T | null): T | null =>
    refresh === null ? null : { ...refresh, startedAtMs: pastMoment(refresh.startedAtMs) };
  return { ...state, current: begun(current), last: begun(last) };
}

/**
 * Takes the sole right to go on with the refresh until a time; null when someone else has it.
 * Throws ForgeKvsError when storage fails.
 */
export async function takeRefresh(nowMs: number, untilMs: number): Promise<StoredRefresh | null> {
  const standing = await readRefresh();
  if (standing !== null && standing.untilMs > nowMs) return null;
  const next = versioned({ ...(standing ?? NONE), untilMs });
  const taken =
    standing === null
      ? await createRow(REFRESH_ENTITY, REFRESH_KEY, rowOf(next))
      : await compareAndSwap(REFRESH_ENTITY, REFRESH_KEY, standing, rowOf(next));
  return taken ? next : null;
}

/** Stores how far it has come; null when someone else has taken it over. Throws ForgeKvsError when storage fails. */
export async function writeRefresh(before: StoredRefresh, state: RefreshState): Promise<StoredRefresh | null> {
  const next = versioned({ ...state });
  return (await compareAndSwap(REFRESH_ENTITY, REFRESH_KEY, before, rowOf(next))) ? next : null;
}

/** When someone last asked for a refresh, 0 for never. Throws ForgeKvsError when storage fails. */
export async function readAskedMs(): Promise<number> {
  return pastMoment(
    z
      .number()
      .catch(0)
      .parse((await kvs.get<unknown>(ASKED_KEY)) ?? 0),
  );
}

/** Notes that someone asked for a refresh. Throws ForgeKvsError when storage fails. */
export async function writeAskedMs(nowMs: number): Promise<void> {
  await kvs.set(ASKED_KEY, nowMs);
}

function rowOf({ revision, untilMs, ...run }: StoredRefresh): Versioned<object> {
  return { ...storable({ run, untilMs }), revision };
}
