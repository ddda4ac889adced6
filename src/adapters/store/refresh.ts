import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { SHORTER_LOOP_CAUSES } from '../../contract';
import type { DirectorySource } from './directory';
import { endWithin, LONGEST_FUNCTION_MS, pastMoment } from './moments';
import { bytesOf, deleteParts, partsNameSchema, readParts, writeParts, type PartsName } from './parts';
import { storable } from './row';
import { createRow, versioned, compareAndSwap, type Versioned } from './versioned';

const REFRESH_ENTITY = 'refresh';
const REFRESH_KEY = 'directory';
const ASKED_KEY = 'directory-asked';
/** The lists of a refresh that are too long for its row. */
const LIST_KEY = 'refresh-list';

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

/** A segment of a refresh; what is null was not read yet, and `members` stays so where it can't be read. */
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
    /** When this one or an earlier one last found a change; null where none did. */
    readonly changedAtMs: number | null;
  } | null;
  /** Why the current one stands still; null while nothing is in its way. */
  readonly failure: { readonly problem: RefreshFailure; readonly atMs: number } | null;
  /** Every segment that has a roster. */
  readonly rosters: readonly number[];
  /** Until when someone is at work on it. */
  readonly untilMs: number;
};

/** The state with its revision, by which it can be told whether someone else went on with it. */
export type StoredRefresh = Versioned<RefreshState> & { readonly parts: RefreshParts | null };

/** How far a refresh has come, without its lists. */
export type RefreshProgress = Omit<StoredRefresh, 'current' | 'rosters' | 'parts'> & {
  readonly current:
    (Pick<Refresh, 'source' | 'startedAtMs' | 'phase'> & { readonly segments: number; readonly read: number }) | null;
};

/** The lists of a refresh: on a large site they are too long for its row. */
type Lists = Pick<Refresh, 'segments' | 'leaving'> & Pick<RefreshState, 'rosters'>;
/** The names of lists that stand in parts. */
type RefreshParts = { readonly [list in keyof Lists]: PartsName };

const id = z.int().positive();
const segmentSchema = z.object({ id, name: z.string(), members: orNull(z.int()), readAtMs: orNull(z.number()) });
const listsSchema = z.object({ segments: z.array(segmentSchema), leaving: z.array(id), rosters: z.array(id) });
const partsSchema = z.object({ segments: partsNameSchema, leaving: partsNameSchema, rosters: partsNameSchema });
const stateSchema = z.object({
  current: orNull(
    z.object({
      source: z.object({ apiOrigin: z.string(), initiativeId: id }),
      startedAtMs: z.number(),
      phase: z.enum(['syncing', 'removing']),
      changed: z.int(),
      segments: z.int(),
      read: z.int(),
    }),
  ),
  last: orNull(
    z.object({
      startedAtMs: z.number(),
      finishedAtMs: z.number(),
      changed: z.int(),
      memberships: z.int(),
      changedAtMs: orNull(z.number().transform(pastMoment)),
    }),
  ),
  failure: orNull(z.object({ problem: failureSchema, atMs: z.number() })),
  lists: z.union([listsSchema, z.object({ parts: partsSchema })]),
});
const rowSchema = z.object({ run: stateSchema, untilMs: z.number(), revision: z.string() });
type Row = z.infer<typeof rowSchema>;

const NONE: RefreshState = { current: null, last: null, failure: null, rosters: [], untilMs: 0 };
/** Lists of more bytes than this stand in parts: the row is written after each segment. */
const ROW_BYTES = 50_000;

/** How far refreshes have come; null before the first one. Throws ForgeKvsError when storage fails. */
export async function readRefresh(): Promise<RefreshProgress | null> {
  const row = await readRow();
  if (row === null) return null;
  const { current, last, failure } = row.run;
  return { current, last, failure, untilMs: row.untilMs, revision: row.revision };
}

async function readRow(): Promise<Row | null> {
  const stored = await kvs.entity<unknown>(REFRESH_ENTITY).get(REFRESH_KEY);
  if (stored === undefined) return null;
  const { run, untilMs, revision } = rowSchema.parse(stored);
  return { run: withPastTimes(run), untilMs: endWithin(untilMs, LONGEST_FUNCTION_MS), revision };
}

/** A refresh that seems to have begun or ended later than now counts as long ago, so that the next one comes. */
function withPastTimes({ current, last, ...state }: Row['run']): Row['run'] {
  const begun = <T extends { readonly startedAtMs: number }>(refresh: T | null): T | null =>
    refresh === null ? null : { ...refresh, startedAtMs: pastMoment(refresh.startedAtMs) };
  return { ...state, current: begun(current), last: begun(last) };
}

/**
 * Takes the sole right to go on with the refresh until a time; null when someone else has it.
 * Throws ForgeKvsError when storage fails.
 */
export async function takeRefresh(nowMs: number, untilMs: number): Promise<StoredRefresh | null> {
  const standing = await readRow();
  if (standing === null) {
    const first = versioned({ ...NONE, untilMs, parts: null });
    return (await createRow(REFRESH_ENTITY, REFRESH_KEY, rowOf(first, null))) ? first : null;
  }
  if (standing.untilMs > nowMs) return null;
  const state = await stateOf(standing);
  const next = versioned({ ...state, untilMs });
  const taken = await compareAndSwap(REFRESH_ENTITY, REFRESH_KEY, standing, rowOf(next, next.parts));
  return taken ? next : null;
}

/**
 * Stores how far it has come; null when someone else has taken it over. On a large site that costs much: see
 * {@link refreshUnits}. Throws ForgeKvsError when storage fails.
 */
export async function writeRefresh(before: StoredRefresh, state: RefreshState): Promise<StoredRefresh | null> {
  const lists = listsOf(state);
  const parts = isLarge(state) ? await writeLists(lists) : null;
  const next = { ...versioned({ ...state }), parts };
  const isStored = await compareAndSwap(REFRESH_ENTITY, REFRESH_KEY, before, rowOf(next, parts));
  const unnamed = isStored ? before.parts : parts;
  if (unnamed !== null) await deleteLists(unnamed);
  return isStored ? next : null;
}

/** What it costs to store how far a refresh has come, in units of 10 KB. */
export function refreshUnits(state: RefreshState): number {
  return 1 + Math.ceil(bytesOf(listsOf(state)) / 10_000);
}

/** Whether a refresh is of so many segments that how far it has come is not stored after each of them. */
export function isLarge(state: RefreshState): boolean {
  return bytesOf(listsOf(state)) > ROW_BYTES;
}

async function stateOf({ run: { current, lists, ...run }, untilMs, revision }: Row): Promise<StoredRefresh> {
  const parts = 'parts' in lists ? lists.parts : null;
  const whole = 'parts' in lists ? await readLists(lists.parts) : lists;
  // Without its lists it can't be gone on with: it begins again.
  if (whole === null) return { ...run, current: null, rosters: [], untilMs, revision, parts: null };
  return {
    ...run,
    current: current === null ? null : currentOf(current, whole),
    rosters: whole.rosters,
    untilMs,
    revision,
    parts,
  };
}

function currentOf(
  { source, startedAtMs, phase, changed }: NonNullable<Row['run']['current']>,
  { segments, leaving }: Lists,
): Refresh {
  return { source, startedAtMs, phase, changed, segments, leaving };
}

function listsOf({ current, rosters }: RefreshState): Lists {
  return { segments: current?.segments ?? [], leaving: current?.leaving ?? [], rosters };
}

async function writeLists({ segments, leaving, rosters }: Lists): Promise<RefreshParts> {
  return {
    segments: await writeParts(LIST_KEY, segments),
    leaving: await writeParts(LIST_KEY, leaving),
    rosters: await writeParts(LIST_KEY, rosters),
  };
}

async function readLists(parts: RefreshParts): Promise<Lists | null> {
  const [segments, leaving, rosters] = await Promise.all([
    readParts(LIST_KEY, parts.segments, segmentSchema),
    readParts(LIST_KEY, parts.leaving, id),
    readParts(LIST_KEY, parts.rosters, id),
  ]);
  return segments === null || leaving === null || rosters === null ? null : { segments, leaving, rosters };
}

async function deleteLists({ segments, leaving, rosters }: RefreshParts): Promise<void> {
  for (const name of [segments, leaving, rosters]) await deleteParts(LIST_KEY, name);
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

function rowOf(
  { revision, untilMs, current, last, failure, rosters }: Versioned<RefreshState>,
  parts: RefreshParts | null,
): Versioned<object> {
  const lists = parts === null ? listsOf({ current, rosters, last, failure, untilMs }) : { parts };
  const told =
    current === null
      ? null
      : {
          ...current,
          segments: current.segments.length,
          read: current.segments.filter(({ readAtMs }) => readAtMs !== null).length,
          leaving: null,
        };
  return { ...storable({ run: { current: told, last, failure, lists }, untilMs }), revision };
}
