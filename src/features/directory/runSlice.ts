import { ok, err, type Problem, type Result } from '../../contract';
import { isSmall, type MemberRecord } from '../../domain/people';
import {
  isOf,
  readDirectory,
  readHint,
  readMembers,
  updatedMembers,
  writeDirectory,
  type Refresh,
  type RefreshState,
  type StoredRefresh,
} from '../../adapters/store';
import { begin } from './begin';
import { changesOf, type NoteChanges } from './changes';
import { syncSegment } from './syncSegment';
import { createSliceProgress } from './progress';
import type { StorageRateLimiter } from '../../usecases/connection';
import { readingsOf, type ReadOne } from './readings';
import { removeDepartures, clearUpdated } from './removeDepartures';
import { prepare, type Tools } from './tools';

/**
 * A refresh that takes longer than this has readings too old to be called one picture: it begins again. Milliseconds.
 */
const MAX_MS = 12 * 3_600_000;
/**
 * How far entity queries may be behind at most, in milliseconds: what was noted since may not have been seen by the
 * refresh.
 */
const QUERY_LAG_MS = 600_000;

/** No segment could be read, though the list of them could. */
const NOTHING_READ: Problem = { code: 'shorterLoop', cause: 'malformed', status: null, retryAfterMs: null };

/**
 * How a slice of work ended: `done` with the whole refresh, `timeOver` for another slice, `lost` when someone else
 * went on with it.
 */
export type SliceEnd = 'done' | 'timeOver' | 'lost';

/**
 * Goes on with the refresh from where it stands, or begins one, until it is done or the time is over.
 * How far it has come is stored after each segment, on a large site after some; within one, the rosters tell.
 * Throws ForgeKvsError when storage fails.
 */
export async function runSlice(
  stored: StoredRefresh,
  storageLimiter: StorageRateLimiter,
  endMs: number,
  tell: (state: StoredRefresh) => void,
): Promise<Result<SliceEnd>> {
  const tools = await prepare();
  if (tools.kind === 'problem') return tools;
  const progress = createSliceProgress(stored, storageLimiter, tell);
  if (!canGoOn(stored.current, tools.value)) {
    const begun = await begin(tools.value, endMs);
    if (begun.kind === 'problem') return begun;
    const rosters = [...new Set([...stored.rosters, ...begun.value.segments.map(({ id }) => id)])];
    if (!(await progress.note({ current: begun.value, rosters, failure: null }, true))) return ok('lost');
  }
  const { last } = stored;
  const readOne = readingsOf(tools.value, last !== null && isSmall(last.memberships), endMs);
  const noted = await updatedMembers(Date.now());
  const noteChanges = await changesOf(storageLimiter);
  const first = await hintedSegments();
  for (;;) {
    const state = progress.state();
    const { current } = state;
    if (current === null) return ok('done');
    if (!storageLimiter.hasTime()) return ok('timeOver');
    const step =
      current.phase === 'syncing'
        ? await syncNextSegment(state, current, { readOne, noted, first, storageLimiter, noteChanges })
        : await removeNextDepartures(state, current, { storageLimiter, noteChanges });
    if (step.kind === 'problem') return step;
    const { change, isTimeOver } = step.value;
    // The end is stored with the directory that it has made.
    if (!(await progress.note(change, change.current === null))) return ok('lost');
    if (isTimeOver) return ok('timeOver');
  }
}

/** The segments in which the directory has those whom the last hint named. */
async function hintedSegments(): Promise<ReadonlySet<number>> {
  const members = await readMembers((await readHint())?.memberIds ?? []);
  return new Set([...members.values()].flatMap(({ segmentIds }) => segmentIds));
}

function canGoOn(current: Refresh | null, { connected }: Tools): boolean {
  return (
    current !== null &&
    isOf(current, connected.settings) &&
    Date.now() - current.startedAtMs < MAX_MS &&
    !isUnreadable(current)
  );
}

/** Whether every segment was asked for, and none could be read: that says nothing of who is where. */
function isUnreadable({ segments }: Refresh): boolean {
  return segments.length > 0 && segments.every(({ members, readAtMs }) => members === null && readAtMs !== null);
}

/** What a slice works with. */
type SliceTools = {
  readonly readOne: ReadOne;
  readonly noted: readonly MemberRecord[];
  /** Segments that are read before the others. */
  readonly first: ReadonlySet<number>;
  readonly storageLimiter: StorageRateLimiter;
  readonly noteChanges: NoteChanges;
};

/** What one step did, as it is to be stored. */
type Stepped = { readonly change: Partial<RefreshState>; readonly isTimeOver: boolean };

async function syncNextSegment(
  state: RefreshState,
  current: Refresh,
  { readOne, noted, first, storageLimiter, noteChanges }: SliceTools,
): Promise<Result<Stepped>> {
  const unread = current.segments.filter(({ readAtMs }) => readAtMs === null);
  const segment = unread.find(({ id }) => first.has(id)) ?? unread[0];
  if (segment === undefined) {
    if (isUnreadable(current)) return err(NOTHING_READ);
    const gone = state.rosters.filter((id) => !current.segments.some((one) => one.id === id));
    return ok({
      change: { current: { ...current, phase: 'removing', leaving: [...current.leaving, ...gone] } },
      isTimeOver: false,
    });
  }
  const reading = await readOne(segment.id);
  if (reading.kind === 'problem') return reading;
  if (reading.value === 'unreadable') {
    // What the directory knows of it stays: the others are told all the same.
    const known = current.segments.map((one) => (one.id === segment.id ? { ...one, readAtMs: Date.now() } : one));
    return ok({ change: { current: { ...current, segments: known } }, isTimeOver: false });
  }
  if (reading.value === 'gone')
    return ok({
      change: { current: { ...current, segments: current.segments.filter(({ id }) => id !== segment.id) } },
      isTimeOver: false,
    });
  const { members, askedAtMs } = reading.value;
  const { kind, changed, hasLeaving } = await syncSegment(reading.value, noted, storageLimiter, noteChanges);
  const counted = { ...current, changed: current.changed + changed };
  if (kind === 'timeOver') return ok({ change: { current: counted, failure: null }, isTimeOver: true });
  const segments = current.segments.map((one) =>
    one.id === segment.id ? { ...one, members: members.length, readAtMs: askedAtMs } : one,
  );
  const leaving = hasLeaving ? [...current.leaving, segment.id] : current.leaving;
  return ok({ change: { current: { ...counted, segments, leaving }, failure: null }, isTimeOver: false });
}

async function removeNextDepartures(
  state: RefreshState,
  current: Refresh,
  tools: Pick<SliceTools, 'storageLimiter' | 'noteChanges'>,
): Promise<Result<Stepped>> {
  const { storageLimiter, noteChanges } = tools;
  const [segmentId, ...rest] = current.leaving;
  if (segmentId === undefined) return finish(current, tools, state.last?.changedAtMs ?? null);
  const segment = current.segments.find(({ id }) => id === segmentId);
  const isGone = segment === undefined;
  const { kind, changed } = await removeDepartures(
    { segmentId, isGone, askedAtMs: segment?.readAtMs ?? current.startedAtMs },
    storageLimiter,
    noteChanges,
  );
  const counted = { ...current, changed: current.changed + changed };
  if (kind === 'timeOver') return ok({ change: { current: counted }, isTimeOver: true });
  const rosters = isGone ? state.rosters.filter((id) => id !== segmentId) : state.rosters;
  return ok({ change: { current: { ...counted, leaving: rest }, rosters }, isTimeOver: false });
}

async function finish(
  current: Refresh,
  { storageLimiter, noteChanges }: Pick<SliceTools, 'storageLimiter' | 'noteChanges'>,
  earlierChangeMs: number | null,
): Promise<Result<Stepped>> {
  const { source, startedAtMs, changed } = current;
  const unmarked = await clearUpdated(startedAtMs - QUERY_LAG_MS, storageLimiter, noteChanges);
  if (unmarked.kind === 'timeOver') return ok({ change: {}, isTimeOver: true });
  const finishedAtMs = Date.now();
  const before = new Map((await readDirectory())?.complete?.segments.map(({ id, members }) => [id, members]));
  const segments = current.segments.map(({ id, name, members }) =>
    members === null ? { id, name, members: before.get(id) ?? 0, unreadable: true as const } : { id, name, members },
  );
  if (current.segments.some(({ readAtMs }) => readAtMs === null))
    return err({ code: 'internal', reference: 'directory: a segment was not read' });
  await writeDirectory({ source, complete: { asOfMs: startedAtMs, finishedAtMs, segments } });
  const memberships = segments.reduce((sum, { members }) => sum + members, 0);
  const changedAtMs = changed > 0 ? finishedAtMs : earlierChangeMs;
  const last = { startedAtMs, finishedAtMs, changed, memberships, changedAtMs };
  return ok({ change: { current: null, last, failure: null }, isTimeOver: false });
}
