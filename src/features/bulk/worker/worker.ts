import { InvocationError, InvocationErrorCode } from '@forge/events';
import { z } from 'zod';
import { resumesByItself, type Problem, type RunPause } from '../../../contract';
import { invocationEndMs } from '../../../usecases/connection';
import { askForRefresh, wakeRun } from '../../../usecases/jobs';
import { logFailure } from '../../../usecases/result';
import { readPair } from '../../../usecases/write';
import { nextGroup, type Run } from '../../../domain/runs';
import { runPipeline, type PipelineEnd } from './pipeline';
import { claimRun, releaseRun, startSession, type WorkerSession, type SessionOptions } from './session';

const eventSchema = z.object({ body: z.object({ runId: z.string() }) });
/** Kept back from the end of an invocation: a batch that is under way has to come to its end. */
const LAST_BATCH_MS = 100_000;
const MAX_DELAY_S = 900;

/**
 * Works on a run until it is over, has to rest, or the time is over; then the next event goes on. A
 * second delivery of the same event finds the run claimed and comes again later; a lost one is made
 * good by the recovery. The next worker resumes after the last checkpoint of one that died.
 *
 * What Shorter Loop refuses makes the run rest and is never thrown. Storage that fails throws, after the claim
 * was given back where that is possible: then Forge delivers the event again, for 24 hours at most (documented).
 * That is harmless: each write is an operation that happens at most once, and a run that is over, or that a
 * user has stopped, is not claimed any more. An event without a run is noted and forgotten.
 * @see manifest.yml, consumer `bulk-worker`
 */
export async function processRun(event: unknown): Promise<InvocationError | undefined> {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return void logFailure('bulk', new Error('An event without a run'));
  const { runId } = parsed.data.body;
  const untilMs = await workOnRun(runId, { endMs: invocationEndMs() - LAST_BATCH_MS });
  if (untilMs === null) return undefined;
  const retryAfter = Math.min(MAX_DELAY_S, Math.max(1, Math.ceil((untilMs - Date.now()) / 1_000)));
  return new InvocationError({ retryAfter, retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST });
}

/**
 * One session on a run.
 * @returns when to come again (milliseconds since the epoch), because another process works on it; null otherwise
 */
export async function workOnRun(runId: string, options: SessionOptions): Promise<number | null> {
  const claim = await claimRun(runId, Date.now());
  if (claim === null) return null;
  if (claim.kind === 'leaseHeld') return claim.untilMs;
  const { run, workerId } = claim;
  const session = startSession(run, workerId, options);
  const end = await runSession(session, workerId);
  if (end.kind === 'time') await wakeRun(runId);
  return null;
}

async function runSession(session: WorkerSession, workerId: string): Promise<PipelineEnd> {
  const { runId } = session;
  try {
    const end = await runUnlessResting(session);
    await releaseRun(runId, workerId, (run) => afterSession(run, end, Date.now()));
    if (end.kind === 'done' || end.kind === 'stopRequested') await refreshAfter(session.run());
    return end;
  } catch (error) {
    // The claim is given back where that is possible, so that the next delivery can go on at once.
    await releaseRun(runId, workerId, (run) => run).catch((failure: unknown) => void logFailure('bulk', failure));
    throw error;
  }
}

async function runUnlessResting(session: WorkerSession): Promise<PipelineEnd> {
  const resting = await findStandingProblem(session);
  return resting === null ? runPipeline(session) : { kind: 'problem', problem: resting };
}

/**
 * A run that rests because of a problem goes on once Shorter Loop can be read again. Answers the problem that still
 * stands.
 */
async function findStandingProblem(session: WorkerSession): Promise<Problem | null> {
  const run = session.run();
  if (run.state !== 'paused') return null;
  const group = nextGroup(run);
  const ends = group === null ? undefined : run.groups[group - 1];
  const connected = await session.connect(Date.now() + 60_000);
  if (connected.kind === 'problem') return connected.problem;
  const outage = await session.starter.findOutage();
  if (outage !== null) return outage;
  if (ends !== undefined) {
    const read = await readPair(connected.value.client, ends);
    // People of a segment that can't be read are given up one by one, and the others go on.
    if (read.kind === 'problem' && read.problem.code !== 'segmentUnreadable') return read.problem;
  }
  await session.resume();
  return null;
}

/**
 * A run's writes are not noted in the directory one by one. It is refreshed in an hour at the latest, so that nothing
 * is lost when this fails.
 */
async function refreshAfter({ writes }: Run): Promise<void> {
  if (writes > 0) await askForRefresh().catch((error: unknown) => void logFailure('bulk', error));
}

function afterSession(run: Run, end: PipelineEnd, nowMs: number): Run {
  switch (end.kind) {
    case 'done':
      return run.state === 'running' ? { ...run, state: 'finished', finishedAtMs: nowMs, changedAtMs: nowMs } : run;
    case 'problem':
      return resting(run, { by: 'app', problem: end.problem }, nowMs);
    case 'brake':
      return resting(run, { by: 'brake', brake: end.brake }, nowMs);
    case 'time':
    case 'stopRequested':
      return run;
  }
}

/** What a user decided meanwhile stands. */
function resting(run: Run, pause: RunPause, nowMs: number): Run {
  return run.state === 'running' || (run.state === 'paused' && resumesByItself(run.pause))
    ? { ...run, state: 'paused', pause, changedAtMs: nowMs }
    : run;
}
