import {
  labelledSegments,
  WRITE_KINDS,
  type Result,
  type BulkView,
  type ListedRun,
  type RunView,
  type Segment,
  type SyncSummary,
  type Problem,
  type WriteKind,
  ok,
  err,
} from '../../../contract';
import { verdicts } from '../../../usecases/access';
import { readSyncSummary } from '../../../usecases/identity';
import { shorterLoopProblem } from '../../../usecases/result';
import { undoneBy, type Run } from '../../../domain/runs';
import { recentRuns, runsInState } from '../../../adapters/store';
import { gateOf, readSeenRun, refusalOf, type BulkRequest } from './request';

const MAX_RUNS = 50;
/** What the list of runs may have of the 5 MB of an answer (documented), beside the segments. */
const MOST_LIST_BYTES = 1_500_000;

/**
 * Everything that the page shows when it opens: the segments to choose from, and earlier runs. These are shown also
 * where nobody could begin another one.
 */
export async function open(request: BulkRequest): Promise<Result<BulkView>> {
  const [segments, isAdmin, refusals] = await Promise.all([
    segmentsFor(request),
    request.administers(),
    refusalsFor(request),
  ]);
  if (isAdmin.kind === 'problem') return isAdmin;
  if (refusals.kind === 'problem') return refusals;
  const runs = await runsFor((run) => isAdmin.value || run.createdByAccountId === request.accountId);
  return ok({
    segments: segments.kind === 'ok' ? segments.value : [],
    refusal: segments.kind === 'ok' ? null : segments.problem,
    refusals: refusals.value,
    runs: listed(runs.map((run) => viewOfRun(request, run))),
    viewerAccountId: request.accountId,
  });
}

/**
 * Runs as a list shows them. The latest ones are left out where two hundred names in each of a great many would make
 * an answer that Forge does not pass on: those that go on or rest come first.
 */
function listed(runs: readonly RunView[]): readonly ListedRun[] {
  let bytes = 0;
  const isMoving = ({ state }: RunView): boolean => state === 'running' || state === 'paused';
  const inOrder = [...runs.filter(isMoving), ...runs.filter((run) => !isMoving(run))];
  const shown = inOrder.flatMap(({ groups: _groups, ...run }) => {
    bytes += Buffer.byteLength(JSON.stringify(run));
    return bytes <= MOST_LIST_BYTES ? [run] : [];
  });
  return shown.toSorted((one, other) => other.createdAtMs - one.createdAtMs);
}

/**
 * The latest runs that somebody sees, and each that goes on or rests, however many were made since: what goes on can
 * be stopped only where it is seen.
 */
async function runsFor(isSeen: (run: Run) => boolean): Promise<readonly Run[]> {
  const found = await Promise.all([recentRuns(MAX_RUNS, isSeen), seenIn('running', isSeen), seenIn('paused', isSeen)]);
  const runs = new Map(found.flat().map((run) => [run.runId, run]));
  return [...runs.values()].toSorted((one, other) => other.createdAtMs - one.createdAtMs);
}

async function seenIn(state: Run['state'], isSeen: (run: Run) => boolean): Promise<Run[]> {
  const seen: Run[] = [];
  for await (const run of runsInState(state)) if (isSeen(run)) seen.push(run);
  return seen;
}

/**
 * What stands in the viewer's way of each act: on whose work items they may do it is asked when these are read. Whoever
 * can begin no run at all is told that alone.
 */
async function refusalsFor(request: BulkRequest): Promise<Result<BulkView['refusals']>> {
  const { refusal, rules } = request;
  if (refusal !== null) return ok({ move: refusal, remove: refusal, add: refusal });
  const judged = await verdicts({ kind: 'user' }, WRITE_KINDS, { kind: 'anywhere' }, rules);
  if (judged.kind === 'problem') return judged;
  const of = (act: WriteKind): Problem | null => judged.value[act] ?? gateOf(request, act);
  return ok({ move: of('move'), remove: of('remove'), add: of('add') });
}

async function segmentsFor({ refusal, connection }: BulkRequest): Promise<Result<readonly Segment[]>> {
  if (refusal !== null) return err(refusal);
  if (connection.kind === 'problem') return connection;
  const { client, rateLimiter } = connection.value;
  const admitted = await rateLimiter.reserveLook(1);
  if (admitted.kind === 'problem') return admitted;
  const segments = await client.listSegments();
  return segments.kind === 'ok' ? ok(labelledSegments(segments.value)) : err(shorterLoopProblem(segments.problem));
}

/** How many of the site's reporters are known: a preview can't move those who are not. */
export async function known({ administers }: BulkRequest): Promise<Result<SyncSummary | null>> {
  const isAdmin = async (): Promise<boolean> => {
    const asked = await administers();
    return asked.kind === 'ok' && asked.value;
  };
  return ok(await readSyncSummary(isAdmin));
}

/** One run as it is now. */
export async function lookAt(request: BulkRequest, payload: unknown): Promise<Result<RunView>> {
  const run = await readSeenRun(request, payload);
  return run.kind === 'ok' ? ok(viewOfRun(request, run.value)) : run;
}

/** A run as its page shows it to this user, without what only the app needs. */
export function viewOfRun(request: BulkRequest, run: Run & { readonly revision?: string }): RunView {
  const { worker: _worker, queryName: _queryName, streak: _streak, revision: _revision, ...view } = run;
  const undone = undoneBy(run.act);
  const undoRefusal = undone.kind === 'problem' ? undone.problem : refusalOf(request, run, undone.value);
  return { ...view, refusal: refusalOf(request, run), undoRefusal };
}
