import { type Result, type Problem, type RunView, ok, err } from '../../../contract';
import { wakeRun } from '../../../usecases/jobs';
import { nextGroup, type Run } from '../../../domain/runs';
import { changeRun } from '../../../adapters/store';
import { readOwnRun, type BulkRequest } from './request';
import { viewOfRun } from './view';

const NOT_NOW: Problem = { code: 'run', cause: 'otherState' };

/** Starts a run whose people were read: from now on people are moved. */
export function start(request: BulkRequest, payload: unknown): Promise<Result<RunView>> {
  return change(
    request,
    payload,
    (run, nowMs) =>
      run.state === 'ready' && nextGroup(run) !== null
        ? {
            ...run,
            state: 'running',
            startedAtMs: nowMs,
            startedByAccountId: request.accountId,
            changedAtMs: nowMs,
          }
        : null,
    true,
  );
}

/** Lets a run rest after the batch that is under way. */
export function pause(request: BulkRequest, payload: unknown): Promise<Result<RunView>> {
  const rests = (run: Run): boolean => run.state === 'running' || (run.state === 'paused' && run.pause?.by === 'app');
  return change(
    request,
    payload,
    (run, nowMs) => (rests(run) ? { ...run, state: 'paused', pause: { by: 'user' }, changedAtMs: nowMs } : null),
    false,
  );
}

/** Lets a run that rests go on, whoever made it rest. */
export function resume(request: BulkRequest, payload: unknown): Promise<Result<RunView>> {
  return change(
    request,
    payload,
    (run, nowMs) =>
      run.state === 'paused'
        ? {
            ...run,
            state: 'running',
            startedByAccountId: request.accountId,
            pause: null,
            earlier: null,
            changedAtMs: nowMs,
          }
        : null,
    true,
  );
}

/** Ends a run after the batch that is under way; whoever was moved stays where they are. */
export function cancel(request: BulkRequest, payload: unknown): Promise<Result<RunView>> {
  const isOpen = ({ state }: Run): boolean => state !== 'finished' && state !== 'cancelled';
  return change(
    request,
    payload,
    (run, nowMs) =>
      isOpen(run)
        ? { ...run, state: 'cancelled', queryName: null, pause: null, finishedAtMs: nowMs, changedAtMs: nowMs }
        : null,
    false,
  );
}

async function change(
  request: BulkRequest,
  payload: unknown,
  next: (run: Run, nowMs: number) => Run | null,
  wakes: boolean,
): Promise<Result<RunView>> {
  const own = await readOwnRun(request, payload);
  if (own.kind === 'problem') return own;
  const seen: { run: Run | null } = { run: null };
  const run = await changeRun(own.value.runId, (before) => {
    seen.run = next(before, Date.now());
    return seen.run;
  });
  if (run === null || seen.run === null) return err(NOT_NOW);
  if (wakes) await wakeRun(run.runId);
  return ok(viewOfRun(run));
}
