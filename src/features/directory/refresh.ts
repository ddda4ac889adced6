import { type Problem, type Result } from '../../contract';
import { continueRefresh, wakeLooks } from '../../usecases/jobs';
import { syncAfterChange } from '../../usecases/identity';
import { logFailure } from '../../usecases/result';
import { REFRESH_EVERY_MS } from '../../domain/people';
import {
  readAskedMs,
  readRefresh,
  takeRefresh,
  writeRefresh,
  type RefreshFailure,
  type RefreshProgress,
  type StoredRefresh,
} from '../../adapters/store';
import { createStorageRateLimiter, type StorageRateLimiter } from '../../usecases/connection';
import { runSlice, type SliceEnd } from './runSlice';

/** How long one slice works. When its process dies, nobody goes on before this is over. */
const SLICE_MS = 480_000;
/**
 * How long the tick itself works on a refresh that is due. Most sites are read in that time, and cost no invocation
 * beside it.
 */
const TICK_SLICE_MS = 120_000;
/**
 * How many units of storage the first refresh of a site writes in a minute at most: more than later ones, because
 * everything waits for it and nothing is there yet that would read beside it. What a bulk run writes fits beside it.
 */
const FIRST_UNITS_A_MINUTE = 2_400;
/** How long the next slice waits, so that the minute's units of storage are whole again. */
const REST_SECONDS = 60;
/** How long those whom it has changed are left alone, so that queries show what was stored. */
const SETTLE_SECONDS = 5;

/**
 * Works on the directory's refresh for one slice, and asks for the next when there is more to do. A second
 * delivery beside it finds it at work and ends. What the work throws is stored as the refresh's failure, and
 * the schedule goes on with it. Only reading and storing how far it has come throws (ForgeKvsError): then Forge
 * delivers the event again, for 24 hours at most (documented), and every delivery that finds nothing due ends
 * at once. A slice has a time of its own, 480 s of the function's 900 s, so that the clock never keeps it from
 * doing anything.
 * @param storageLimiterUntil for tests that have no minutes to wait
 * @see manifest.yml, consumer `directory-refresh`
 */
export async function refreshDirectory(
  _event?: unknown,
  _context?: unknown,
  storageLimiterUntil: LimiterUntil = createStorageRateLimiter,
): Promise<void> {
  await workWhenDue(SLICE_MS, storageLimiterUntil);
}

type LimiterUntil = (endMs: number, unitsAMinute?: number) => StorageRateLimiter;

async function workWhenDue(sliceMs: number, storageLimiterUntil: LimiterUntil): Promise<void> {
  const [standing, askedMs] = await Promise.all([readRefresh(), readAskedMs()]);
  // An event that comes late, or once more, finds nothing to do.
  if (!isDue(standing, askedMs, Date.now())) return;
  const endMs = Date.now() + sliceMs;
  const taken = await takeRefresh(Date.now(), endMs);
  if (taken === null) return;
  let state = taken;
  const limiter = taken.last === null ? storageLimiterUntil(endMs, FIRST_UNITS_A_MINUTE) : storageLimiterUntil(endMs);
  const worked = await guarded(() =>
    runSlice(taken, limiter, endMs, (next) => {
      state = next;
    }),
  );
  if (worked.kind === 'ok' && worked.value === 'lost') return;
  const failure = worked.kind === 'problem' ? { problem: failureOf(worked.problem), atMs: Date.now() } : null;
  await writeRefresh(state, { ...state, untilMs: 0, failure });
  if (worked.kind !== 'ok') return;
  if (worked.value === 'timeOver') await continueRefresh(REST_SECONDS);
  else await goOnAfter(state);
}

/** Whoever joined, left or has another address is looked at now, and what was asked for meanwhile is begun. */
async function goOnAfter({ last }: StoredRefresh): Promise<void> {
  await syncAfterChange();
  if (last === null) return;
  if (last.changed > 0) await wakeLooks(SETTLE_SECONDS);
  if ((await readAskedMs()) > last.startedAtMs) await continueRefresh(0);
}

/**
 * Sees to it that the refresh goes on: begins one every hour and when someone asked, and goes on with one
 * whose event was lost or whose process died. Works on it for two minutes at most, and leaves what is left
 * then to the queue. Runs every five minutes and costs two reads when nothing is due. Throws ForgeKvsError when
 * storage fails.
 * @see manifest.yml, scheduledTrigger `tick`
 */
export async function refreshWhenDue(): Promise<void> {
  await workWhenDue(TICK_SLICE_MS, createStorageRateLimiter);
}

/** Whether a slice of work should begin now. */
function isDue(state: RefreshProgress | null, askedMs: number, nowMs: number): boolean {
  if (state === null) return true;
  if (state.untilMs > nowMs) return false;
  if (state.current !== null) return true;
  const lastMs = state.last?.startedAtMs ?? 0;
  return askedMs > lastMs || nowMs - lastMs >= REFRESH_EVERY_MS;
}

async function guarded(work: () => Promise<Result<SliceEnd>>): Promise<Result<SliceEnd>> {
  try {
    return await work();
  } catch (error) {
    // Storage that fails is tried again by the next run of the trigger: everything done so far stands.
    const reference = logFailure('directory-refresh', error);
    return { kind: 'problem', problem: { code: 'internal', reference } };
  }
}

function failureOf(what: Problem): RefreshFailure {
  switch (what.code) {
    case 'notConfigured':
      return { code: what.code, missing: [...what.missing] };
    case 'shorterLoop':
    case 'storage':
    case 'internal':
      return what;
    default:
      return { code: 'internal', reference: what.code };
  }
}
