import { ok, type Problem, type Result } from '../../contract';
import { syncWorkOf } from '../../domain/people';
import { budgetPauseMs, createStorageRateLimiter, type StorageRateLimiter } from '../../usecases/connection';
import { continueSync } from '../../usecases/identity';
import { logFailure } from '../../usecases/result';
import type { IdentitySync } from '../../adapters/store';
import { beginCycle } from './begin';
import { readOthers } from './others';
import { readPage } from './readPage';
import { relook } from './relook';
import { takeSync, type SyncChange, type SyncSession } from './session';
import { sweep } from './sweep';
import { daysNow, tidy } from './tidy';
import { createTools, type SyncTools } from './tools';

/** How long one slice works, of the function's 900 s. */
const SLICE_MS = 480_000;
/** How long its last step may go on. When its process dies, nobody goes on before this is over too. */
const LAST_STEP_MS = 120_000;
/** Until the next slice begins. */
const REST_SECONDS = 1;

/** How a slice ended: with nothing left to do, with its time, or because the work is no longer its own. */
type SliceEnd = 'done' | 'timeOver' | 'over';

/**
 * Works on the identity sync for one slice, and asks for the next when there is more to do. A second delivery beside it
 * finds it at work and ends; one that is late finds nothing to do. Where the hour's points are used up it rests until
 * the next one, and what fails is tried again by the schedule. Only reading and storing how far it has come throws
 * (ForgeKvsError): then Forge delivers the event again.
 * @param storageLimiterUntil for tests that have no minutes to wait
 * @see manifest.yml, consumer `identity-sync`
 */
export async function syncIdentities(
  _event?: unknown,
  _context?: unknown,
  storageLimiterUntil: (endMs: number) => StorageRateLimiter = createStorageRateLimiter,
): Promise<void> {
  const endMs = Date.now() + SLICE_MS;
  const session = await takeSync(endMs + LAST_STEP_MS);
  if (session === null) return;
  const ended = await guarded(() => workUntilDone(session, createTools(storageLimiterUntil(endMs))));
  if (ended.kind === 'ok' && ended.value === 'over' && !session.sync().isPaused) return;
  const nowMs = Date.now();
  const restMs = ended.kind === 'problem' ? budgetPauseMs(ended.problem, nowMs) : null;
  await session.end({
    restsUntilMs: restMs === null ? null : nowMs + restMs,
    days: await daysNow(session.sync()),
  });
  if (ended.kind === 'problem' && restMs === null) logFailure('identity-sync', new Error(codeOf(ended.problem)));
  if (ended.kind === 'ok' && ended.value === 'timeOver') await continueSync(REST_SECONDS);
}

async function workUntilDone(session: SyncSession, tools: SyncTools): Promise<Result<SliceEnd>> {
  let fromMs = Date.now();
  for (;;) {
    if (!tools.storageLimiter.hasTime()) return ok('timeOver');
    const step = await stepOf(session, tools);
    if (step.kind === 'problem') return step;
    if (step.value === null) return ok('done');
    const change = step.value;
    const workedMs = Date.now() - fromMs;
    fromMs += workedMs;
    if (!(await session.advance((now) => ({ ...change(now), workedMs: now.workedMs + workedMs })))) return ok('over');
  }
}

type Step = ((now: IdentitySync) => SyncChange) | null;

/** The next step; null when there is none. */
async function stepOf(session: SyncSession, tools: SyncTools): Promise<Result<Step>> {
  const sync = session.sync();
  switch (syncWorkOf(sync, session.source, Date.now())) {
    case null:
    case 'begin':
      return ok(null);
    case 'relook':
      return relook(sync, tools);
    case 'sweep':
      return fixed(await sweep(sync, tools));
    case 'cycle':
      break;
  }
  switch (sync.phase) {
    case 'starting':
      return fixed(await beginCycle(session));
    case 'reading':
      return fixed(sync.pass === 'others' ? await readOthers(sync, tools) : await readPage(session, tools));
    default:
      return fixed(ok(await tidy(sync, tools)));
  }
}

function fixed(change: Result<SyncChange>): Result<Step> {
  return change.kind === 'ok' ? ok(() => change.value) : change;
}

async function guarded(work: () => Promise<Result<SliceEnd>>): Promise<Result<SliceEnd>> {
  try {
    return await work();
  } catch (error) {
    return { kind: 'problem', problem: { code: 'internal', reference: logFailure('identity-sync', error) } };
  }
}

function codeOf(problem: Problem): string {
  return `The identity sync met ${problem.code}`;
}
