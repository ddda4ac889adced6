import { type Result, type Problem, type RunView, ok, err, resumesByItself } from '../../../contract';
import { wakeRun } from '../../../usecases/jobs';
import { nextGroup, type Run } from '../../../domain/runs';
import { changeRun } from '../../../adapters/store';
import { readOwnRun, readSeenRun, type BulkRequest } from './request';
import { viewOfRun } from './view';

const NOT_NOW: Problem = { code: 'run', cause: 'otherState' };

/** What becomes of a run at a time (milliseconds since the epoch); null where it is in no state for that. */
type Change = (run: Run, nowMs: number) => Run | null;

/**
 * Starts a run whose people were read: from now on people are moved, each as far as whoever started it may do that
 * by then.
 */
export function start(request: BulkRequest, payload: unknown): Promise<Result<RunView>> {
  return letGo(request, payload, (run, nowMs) =>
    run.state === 'ready' && nextGroup(run) !== null ? { ...run, state: 'running', startedAtMs: nowMs } : null,
  );
}

/** Lets a run that rests go on, whoever made it rest: in the name of whoever does that. */
export function resume(request: BulkRequest, payload: unknown): Promise<Result<RunView>> {
  return letGo(request, payload, (run) =>
    run.state === 'paused' ? { ...run, state: 'running', pause: null, streak: null, earlier: null } : null,
  );
}

/** Lets a run rest after the batch that is under way. */
export function pause(request: BulkRequest, payload: unknown): Promise<Result<RunView>> {
  const rests = (run: Run): boolean =>
    run.state === 'running' || (run.state === 'paused' && resumesByItself(run.pause));
  return stop(request, payload, (run) => (rests(run) ? { ...run, state: 'paused', pause: { by: 'user' } } : null));
}

/** Ends a run after the batch that is under way; whoever was moved stays where they are. */
export function cancel(request: BulkRequest, payload: unknown): Promise<Result<RunView>> {
  const isOpen = ({ state }: Run): boolean => state !== 'finished' && state !== 'cancelled';
  return stop(request, payload, (run, nowMs) =>
    isOpen(run) ? { ...run, state: 'cancelled', queryName: null, pause: null, finishedAtMs: nowMs } : null,
  );
}

async function letGo(request: BulkRequest, payload: unknown, next: Change): Promise<Result<RunView>> {
  const own = await readOwnRun(request, payload);
  if (own.kind === 'problem') return own;
  const startedByAccountId = request.accountId;
  const changed = await change(request, own.value, (run, nowMs) => {
    const going = next(run, nowMs);
    return going === null ? null : { ...going, startedByAccountId };
  });
  if (changed.kind === 'ok') await wakeRun(own.value.runId);
  return changed;
}

async function stop(request: BulkRequest, payload: unknown, next: Change): Promise<Result<RunView>> {
  const seen = await readSeenRun(request, payload);
  return seen.kind === 'ok' ? change(request, seen.value, next) : seen;
}

/** Changes a run on the condition that it is in a state for that, also of two who want the same at once. */
async function change(request: BulkRequest, { runId }: Run, next: Change): Promise<Result<RunView>> {
  const seen: { run: Run | null } = { run: null };
  const run = await changeRun(runId, (before) => {
    const nowMs = Date.now();
    const after = next(before, nowMs);
    seen.run = after === null ? null : { ...after, changedAtMs: nowMs };
    return seen.run;
  });
  return run === null || seen.run === null ? err(NOT_NOW) : ok(viewOfRun(request, run));
}
