import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { SYNC_STATES } from '../../contract';
import type { CycleProject, SyncCycle, SyncSteering } from '../../domain/people';
import { endWithin, LONGEST_FUNCTION_MS } from './moments';
import { storable } from './row';
import { IDENTITY_SYNC_ENTITY } from './syncTotals';
import { compareAndSwap, createRow, versioned, type Versioned } from './versioned';

const PROGRESS_KEY = 'progress';
/** A cycle rests until Jira's next full hour at the latest. */
const LONGEST_REST_MS = 60 * 60 * 1_000;
/** How many projects stand in one row. */
export const PROJECTS_A_ROW = 100;

/** How far the identity sync has come, and who works on it until when. Times are milliseconds since the epoch. */
export type IdentitySync = SyncCycle & SyncSteering & { readonly holder: string | null; readonly untilMs: number };

const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);
const countSchema = z.int();
const daySchema = z.object({
  day: z.string(),
  linked: countSchema,
  marked: countSchema,
  certain: countSchema,
  review: countSchema,
  leftOut: countSchema,
});
const progressSchema = z.object({
  cycleId: z.string(),
  source: z.string(),
  phase: z.enum(['starting', 'reading', 'tidying', 'done']),
  pass: z.enum(['newest', 'others', 'rest']),
  place: countSchema,
  bounds: z.array(z.int()),
  restarts: countSchema,
  projects: countSchema,
  read: countSchema,
  issues: countSchema,
  issuesInAll: orNull(countSchema),
  points: countSchema,
  workedMs: z.number(),
  startedAtMs: z.number(),
  finishedAtMs: orNull(z.number()),
  sweptAtMs: orNull(z.number()),
  tidied: z
    .object({ state: z.enum(SYNC_STATES), after: orNull(z.string()) })
    .nullish()
    .transform((at) => at ?? null),
  unread: z.array(z.object({ key: z.string(), name: z.string() })),
  unreadCount: countSchema,
  days: z.array(daySchema),
  restsUntilMs: orNull(z.number()),
  isPaused: z.boolean(),
  relook: z.array(z.object({ state: z.enum(SYNC_STATES), after: orNull(z.string()) })),
  holder: orNull(z.string()),
});
const rowSchema = z.object({ progress: progressSchema, untilMs: z.number(), revision: z.string() });

/** How far the identity sync has come; null before it began. Throws ForgeKvsError when storage fails. */
export async function readIdentitySync(): Promise<Versioned<IdentitySync> | null> {
  const stored = await kvs.entity<unknown>(IDENTITY_SYNC_ENTITY).get(PROGRESS_KEY);
  if (stored === undefined) return null;
  const { progress, untilMs, revision } = rowSchema.parse(stored);
  const { restsUntilMs } = progress;
  return {
    ...progress,
    restsUntilMs: restsUntilMs === null ? null : endWithin(restsUntilMs, LONGEST_REST_MS),
    untilMs: endWithin(untilMs, LONGEST_FUNCTION_MS),
    revision,
  };
}

/**
 * Puts how far it has come in place of what was read.
 * @param before null when there was nothing
 * @returns null when somebody else was faster. Throws ForgeKvsError when storage fails and it can't be told.
 */
export async function writeIdentitySync(
  before: Versioned<IdentitySync> | null,
  next: IdentitySync,
): Promise<Versioned<IdentitySync> | null> {
  const stored = versioned({ ...next });
  const { untilMs, revision, ...progress } = stored;
  const row = { ...storable({ progress, untilMs }), revision };
  const isStored = await (before === null
    ? createRow(IDENTITY_SYNC_ENTITY, PROGRESS_KEY, row)
    : compareAndSwap(IDENTITY_SYNC_ENTITY, PROGRESS_KEY, before, row));
  return isStored ? stored : null;
}

const projectsSchema = z.object({
  projects: z.object({
    cycleId: z.string(),
    rows: z.array(
      z.object({ id: z.string(), key: z.string(), name: z.string(), bounds: z.array(z.int()), isRead: z.boolean() }),
    ),
  }),
});

/**
 * Some of a cycle's projects; none where the row is of another cycle. Throws ForgeKvsError when storage fails.
 * @param row counted from 0, of {@link PROJECTS_A_ROW} each
 */
export async function readCycleProjects(cycleId: string, row: number): Promise<readonly CycleProject[]> {
  const stored = await kvs.entity<unknown>(IDENTITY_SYNC_ENTITY).get(projectsKey(row));
  const projects = stored === undefined ? null : projectsSchema.parse(stored).projects;
  return projects?.cycleId === cycleId ? projects.rows : [];
}

/** Stores them; only who works on the cycle does. Throws ForgeKvsError when storage fails. */
export async function writeCycleProjects(cycleId: string, row: number, rows: readonly CycleProject[]): Promise<void> {
  await kvs.entity<object>(IDENTITY_SYNC_ENTITY).set(projectsKey(row), { projects: { cycleId, rows } });
}

function projectsKey(row: number): string {
  return `projects-${String(row)}`;
}
