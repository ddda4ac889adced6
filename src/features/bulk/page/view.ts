import { labelledSegments, type Result, type BulkView, type RunView, ok, err } from '../../../contract';
import { shorterLoopProblem } from '../../../usecases/result';
import type { Run } from '../../../domain/runs';
import { recentRuns } from '../../../adapters/store';
import { readOwnRun, seesAllRuns, type BulkRequest } from './request';

const MAX_RUNS = 50;

/** Everything that the page shows when it opens: the segments to choose from, and earlier runs. */
export async function open(request: BulkRequest): Promise<Result<BulkView>> {
  const { connected, accountId } = request;
  const admitted = await connected.rateLimiter.reserveLook(1);
  if (admitted.kind === 'problem') return admitted;
  const [segments, runs] = await Promise.all([connected.client.listSegments(), recentRuns(MAX_RUNS)]);
  if (segments.kind === 'problem') return err(shorterLoopProblem(segments.problem));
  const visible = runs.filter(({ createdByAccountId }) => seesAllRuns(request) || createdByAccountId === accountId);
  return ok({ segments: labelledSegments(segments.value), runs: visible.map(viewOfRun), viewerAccountId: accountId });
}

/** One run as it is now. */
export async function lookAt(request: BulkRequest, payload: unknown): Promise<Result<RunView>> {
  const run = await readOwnRun(request, payload);
  return run.kind === 'ok' ? ok(viewOfRun(run.value)) : run;
}

/** A run without what only the worker needs. */
export function viewOfRun({ worker: _worker, ...run }: Run): RunView {
  return run;
}
