import { sleep } from '../../../clock';
import { ERASED, isErased, ok, type Problem, type Result, type RunBrake } from '../../../contract';
import { CALLS_OF_A_WRITE, type Writable } from '../../../usecases/connection';
import {
  dropBatch,
  NOTHING_FOUND,
  openBatch,
  readPair,
  writeBatch,
  type BatchMember,
  type OpenBatch,
  type WrittenBatch,
} from '../../../usecases/write';
import { answerClaimOf } from '../../../domain/runs';
import type { PairReading } from '../../../domain/segments';
import { withMarks } from '../../../adapters/store';
import {
  isStopping,
  classifyResult,
  decidedResult,
  isPartial,
  lateVerdict,
  transientProblem,
  sizeVerdict,
  stoppedProblem,
  stoppingProblem,
  type Disposition,
  type Pending,
} from './classifyResult';
import { attemptIdOf, withEarlierAttempts } from './earlierAttempts';
import { createPartitions, type Partition } from './partition';
import { createRecorder, type Recorder } from './recorder';
import { createRunWatch, type RunWatch } from './runWatch';
import type { WorkerSession } from './session';
import type { Whom } from './workQueue';

/**
 * How a session's work ended: all are done, the session has to end, something stands in the way, or the same went
 * wrong again and again.
 */
export type PipelineEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'time' }
  | { readonly kind: 'stopRequested' }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'brake'; readonly brake: RunBrake };

/** A batch that is open, with those whom it is about. */
type OpenedBatch = { readonly partition: Partition; readonly batch: OpenBatch; readonly pending: readonly Pending[] };

/**
 * The preparation of a batch: connected, and admitted by the rate limit; `reading` is null where the read-back before
 * it serves, `wait` says that its turn is far away.
 */
type Preparation =
  | { readonly kind: 'open'; readonly connected: Writable; readonly reading: PairReading | null }
  | { readonly kind: 'wait'; readonly waitMs: number }
  | { readonly kind: 'unread' | 'closed'; readonly problem: Problem };

/** The batch that comes next, which is prepared while the one before is under way. */
type UpcomingBatch = { readonly opened: OpenedBatch; readonly preparation: Promise<Preparation> };

/**
 * Where the work stands between two steps: the batch that comes next, the read-back of the one before, made under the
 * leases of both, and how many got no answer in a row.
 */
type PipelineState = {
  readonly next: UpcomingBatch | null;
  readonly reading: PairReading | null;
  readonly failures: number;
  readonly end: PipelineEnd | null;
};

/** What all steps share. */
type Pipeline = {
  readonly session: WorkerSession;
  readonly partitions: readonly Partition[];
  readonly recorder: Recorder;
  readonly watch: RunWatch;
};

const CALLS_OF_A_READING = 2;
/** How many batches in a row may get no answer. */
const MAX_FAILURES = 3;
/** The longest wait before the run is looked at again, and the usual one. */
const MAX_WAIT_MS = 20_000;
const USUAL_WAIT_MS = 5_000;
/** A batch whose leases end sooner than this is not sent any more. */
const MIN_LEASE_MS = 45_000;

/**
 * Writes about everyone of a run, group after group and batch after batch. While the request of one batch is under
 * way the next one is opened, and what came of the one before is recorded: storage is used while Shorter Loop is
 * waited for. Throws ForgeKvsError when storage fails; the next worker resumes after the last checkpoint: it finds
 * everything as it was recorded.
 */
export async function runPipeline(session: WorkerSession): Promise<PipelineEnd> {
  const partitions = createPartitions(session.run(), session.starter.refusals);
  const watch = createRunWatch(session.run(), partitions);
  const pipeline: Pipeline = { session, partitions, recorder: createRecorder(session, watch.state), watch };
  let state: PipelineState = { next: null, reading: null, failures: 0, end: null };
  while (state.end === null) state = await step(pipeline, state);
  if (state.next !== null) await releaseBatch(state.next);
  await pipeline.recorder.done();
  return state.end;
}

async function step(pipeline: Pipeline, before: PipelineState): Promise<PipelineState> {
  const over = pipeline.session.mustEnd();
  if (over !== null) return { ...before, end: { kind: over } };
  const state = await releaseUnfit(pipeline, before);
  if (state.next === null) return openFirstBatch(pipeline, state);
  const { opened, preparation: preparing } = state.next;
  const preparation = await preparing;
  switch (preparation.kind) {
    case 'open': {
      const reading = preparation.reading ?? state.reading;
      // The read-back that was to serve could not be made.
      if (reading === null) return { ...state, next: next(opened, prepareBatch(pipeline, opened, false)) };
      // The settings were read anew to connect: what they permit no longer is not sent.
      const overNow = pipeline.session.mustEnd();
      if (overNow !== null) return { ...state, end: { kind: overNow } };
      return send(pipeline, state, { opened, reading, connected: preparation.connected });
    }
    case 'wait':
      return waitAndRetry(pipeline, state, preparation.waitMs);
    case 'closed':
      return { ...state, end: { kind: 'problem', problem: preparation.problem } };
    case 'unread': {
      if (preparation.problem.code === 'segmentUnreadable') return giveUp(pipeline, state, opened);
      const failures = state.failures + 1;
      if (isStopping(preparation.problem) || failures >= MAX_FAILURES)
        return { ...state, end: { kind: 'problem', problem: preparation.problem } };
      return waitAndRetry(pipeline, { ...state, failures }, waitOf(preparation.problem));
    }
  }
}

/**
 * Gives up those of a batch one of whose segments can't be read in full: nothing is sent about them, and the other
 * groups of the run go on. Whose write was made before is looked at again: of them it can't be said that nothing was
 * done.
 */
async function giveUp(
  { session: { runId }, recorder }: Pipeline,
  state: PipelineState,
  { partition, batch, pending }: OpenedBatch,
): Promise<PipelineState> {
  const refused = { kind: 'result', result: 'refused', reason: 'notReadable', operationId: null } as const;
  const dispositions = pending.map((one) =>
    one.written === null ? refused : classifyResult(one, operationIdOf(runId, one), undefined, Date.now()),
  );
  const close = () => dropBatch(batch);
  const nothing = {
    results: new Map(),
    reading: null,
    lastReading: null,
    sent: 0,
    claim: null,
    receipt: null,
    retryAfterMs: null,
    compared: NOTHING_FOUND,
    close,
  };
  partition.queue.put(dispositions.flatMap((one) => (one.kind === 'retry' ? [one.pending] : [])));
  await recorder.record(partition, nothing, dispositions, pending);
  return { ...state, next: null, reading: null };
}

/** Opens a batch when none is open. */
async function openFirstBatch(pipeline: Pipeline, state: PipelineState): Promise<PipelineState> {
  // Nothing is asked with this connection: what is opened gets one of its own.
  const connection = await pipeline.session.connect(Date.now());
  if (connection.kind === 'problem') return { ...state, end: connection };
  const opened = await openNext(pipeline, connection.value);
  if (opened.kind === 'problem') return { ...state, end: opened };
  return opened.value === null
    ? waitUntilDue(pipeline, state)
    : { ...state, next: next(opened.value, prepareBatch(pipeline, opened.value, false)), reading: null };
}

/**
 * Gives back a batch that was open for too long, as its leases would end before its outcome is known; and one that
 * would write while too much is not decided yet.
 */
async function releaseUnfit({ watch }: Pipeline, state: PipelineState): Promise<PipelineState> {
  if (state.next === null) return state;
  const { batch, pending } = state.next.opened;
  const isHeld = watch.isHeld() && pending.some(({ written }) => written === null);
  if (!isHeld && batch.untilMs - Date.now() >= MIN_LEASE_MS) return state;
  await releaseBatch(state.next);
  return { ...state, next: null, reading: null };
}

async function waitUntilDue(
  { session, partitions, recorder, watch }: Pipeline,
  state: PipelineState,
): Promise<PipelineState> {
  // Nobody is left for this session, which is not the same as nobody at all.
  const over = session.mustEnd();
  if (over !== null) return { ...state, end: { kind: over } };
  await recorder.heartbeat(partitions);
  const waits = partitions.flatMap(({ queue }) => queue.waitMs(whomNow(watch)) ?? []);
  if (waits.length === 0) return { ...state, end: { kind: 'done' } };
  await sleep(Math.min(...waits, MAX_WAIT_MS));
  return state;
}

async function waitAndRetry(
  { partitions, recorder }: Pipeline,
  state: PipelineState,
  waitMs: number,
): Promise<PipelineState> {
  if (state.next !== null) await releaseBatch(state.next);
  await recorder.heartbeat(partitions);
  await sleep(Math.min(waitMs, MAX_WAIT_MS));
  return { ...state, next: null, reading: null };
}

/** What a batch is sent with: open, its segments read, and the connection that is let through. */
type ReadyBatch = { readonly opened: OpenedBatch; readonly reading: PairReading; readonly connected: Writable };

async function send(pipeline: Pipeline, state: PipelineState, ready: ReadyBatch): Promise<PipelineState> {
  const { opened: sent, reading, connected } = ready;
  const { partition, batch, pending } = sent;
  const following: { next: UpcomingBatch | null; end: PipelineEnd | null } = { next: null, end: null };
  const written = await writeBatch(connected, batch, reading, async () => {
    const opened = await openNext(pipeline, connected);
    if (opened.kind === 'problem') following.end = opened;
    // The read-back serves the next batch as well where it is about the same segments.
    else if (opened.value !== null)
      following.next = next(opened.value, prepareBatch(pipeline, opened.value, opened.value.partition === partition));
  });
  const facts = { run: pipeline.session.run(), ends: partition.ends, reading };
  const judged = await withEarlierAttempts(facts, pending, written.results);
  const dispositions = classifyBatch(pipeline, sent, { ...written, results: judged });
  pipeline.session.applyVerdict(
    written.receipt === null ? pending.length : written.sent,
    written.receipt === null ? lateVerdict(pending, written.results.values()) : sizeVerdict(written),
  );
  await pipeline.recorder.record(partition, written, dispositions, pending);
  return afterBatch(pipeline, { ...state, ...following, reading: written.reading }, written);
}

/** What follows for each of a batch: noted for the brake, and put back where they are not done. */
function classifyBatch(
  { session, watch }: Pipeline,
  { partition, pending }: OpenedBatch,
  written: WrittenBatch,
): Disposition[] {
  const { runId } = session;
  const { results, receipt, sent } = written;
  const nowMs = Date.now();
  const wasPartial = isPartial(written);
  const judged = pending.map((before) => {
    // The request was not about whoever is only looked at.
    const wasAsked = receipt !== null && before.written === null;
    const one = wasAsked ? { ...before, isPartial: wasPartial, wasAlone: sent === 1 } : before;
    const operationId = operationIdOf(runId, one);
    const result = results.get(operationId);
    const disposition = classifyResult(one, operationId, result, nowMs);
    return { disposition, decided: decidedResult(one, disposition, result, wasAsked ? sent : 0) };
  });
  watch.note(judged.map(({ decided }) => decided));
  // Whoever resumes the run begins with few again.
  if (watch.brake() !== null) session.beginSmall();
  const dispositions = judged.map(({ disposition }) => disposition);
  partition.queue.put(dispositions.flatMap((one) => (one.kind === 'retry' ? [one.pending] : [])));
  return dispositions;
}

async function afterBatch(pipeline: Pipeline, state: PipelineState, written: WrittenBatch): Promise<PipelineState> {
  const stopping = stoppedProblem(written) ?? stoppingProblem(written);
  if (stopping !== null) return { ...state, end: { kind: 'problem', problem: stopping } };
  const brake = pipeline.watch.brake();
  if (brake !== null) return { ...state, end: { kind: 'brake', brake } };
  const transient = transientProblem(written);
  if (transient !== null && state.failures + 1 >= MAX_FAILURES)
    return { ...state, end: { kind: 'problem', problem: transient } };
  const after = { ...state, failures: transient === null ? 0 : state.failures + 1 };
  return written.retryAfterMs === null ? after : waitAndRetry(pipeline, after, written.retryAfterMs);
}

/** Whom the next batch may be about. */
function whomNow(watch: RunWatch): Whom {
  return watch.isHeld() ? 'written' : 'all';
}

/**
 * Opens a batch of as many as the site has proven, of the first group in which someone's time has come; null when
 * nobody's has. Whoever may not be changed is left out on the way. A problem where Jira can't say who may.
 */
async function openNext(pipeline: Pipeline, connected: Writable): Promise<Result<OpenedBatch | null>> {
  const { session, partitions, recorder, watch } = pipeline;
  const whom = whomNow(watch);
  for (const partition of partitions) {
    let taken = await partition.queue.take(session.size(), whom);
    while (taken.kind === 'ok' && taken.value.leftOut.length > 0) {
      await session.reserveStorage(taken.value.leftOut.length);
      await recorder.leaveOut(partition, taken.value.leftOut);
      if (taken.value.pending.length > 0 || session.mustEnd() !== null) break;
      taken = await partition.queue.take(session.size(), whom);
    }
    if (taken.kind === 'problem') return taken;
    if (taken.value.pending.length > 0)
      return ok(await openPending(pipeline, connected, partition, taken.value.pending));
    if (session.mustEnd() !== null) return ok(null);
  }
  return ok(null);
}

async function openPending(
  { session }: Pipeline,
  connected: Writable,
  partition: Partition,
  taken: readonly Pending[],
): Promise<OpenedBatch> {
  await session.reserveStorage(taken.length);
  const { runId, starter } = session;
  const people = await withMarks(
    runId,
    taken.map(({ person }) => person),
  );
  const marked = taken.map((one, nth) => ({ ...one, person: people[nth] ?? one.person }));
  const batch = await openBatch(connected, {
    ends: partition.ends,
    members: marked.map((one) => memberOf(runId, one)),
    entryPoint: 'bulk',
    actorAccountId: starter.accountId,
    runId,
  });
  // A write that an earlier process has made, and that is not decided yet.
  const open = new Map(batch.open.map(({ member, unfinished }) => [member.operationId, unfinished]));
  const pending = marked.map((one) => {
    const entry = open.get(operationIdOf(runId, one)) ?? null;
    return entry?.operationId === operationIdOf(runId, one) ? { ...one, written: answerClaimOf(entry) } : one;
  });
  return { partition, batch, pending };
}

function next(opened: OpenedBatch, preparation: Promise<Preparation>): UpcomingBatch {
  // What it throws is for whoever waits for it; until then it is nobody's.
  preparation.catch(() => undefined);
  return { opened, preparation };
}

/**
 * Connects with the settings as they are now, asks for the batch's calls, and reads both segments unless the
 * read-back before will do.
 */
async function prepareBatch(
  { session }: Pipeline,
  { partition, batch }: OpenedBatch,
  readBackServes: boolean,
): Promise<Preparation> {
  const connection = await session.connect(batch.untilMs);
  if (connection.kind === 'problem') return { kind: 'closed', problem: connection.problem };
  const connected = connection.value;
  const calls = callsOf(batch, readBackServes);
  await session.reserveFetches(calls);
  const admitted = calls === 0 ? ok(true) : await connected.rateLimiter.reserve(calls);
  if (admitted.kind === 'problem') return { kind: 'wait', waitMs: waitOf(admitted.problem) };
  if (readBackServes) return { kind: 'open', connected, reading: null };
  const read = await readPair(connected.client, partition.ends);
  return read.kind === 'problem'
    ? { kind: 'unread', problem: read.problem }
    : { kind: 'open', connected, reading: read.value };
}

/** How many calls a batch may take. One in which everybody is only looked at sends nothing. */
function callsOf({ open }: OpenBatch, readBackServes: boolean): number {
  const writes = open.some(({ intended }) => intended !== null) ? CALLS_OF_A_WRITE : 0;
  return writes + (readBackServes ? 0 : CALLS_OF_A_READING);
}

async function releaseBatch({ opened: { partition, batch, pending }, preparation }: UpcomingBatch): Promise<void> {
  await preparation.catch(() => undefined);
  await dropBatch(batch);
  partition.queue.put(pending);
}

function operationIdOf(runId: string, { person, attempt }: Pending): string {
  return attemptIdOf(runId, person.memberId, attempt);
}

function memberOf(runId: string, pending: Pending): BatchMember {
  const { memberId, accountId, issueId, issueKey, undoes } = pending.person;
  if (memberId === null) throw new Error('Someone without a member has a place among those who are written about');
  return {
    memberId,
    operationId: operationIdOf(runId, pending),
    reporterAccountId: isErased(accountId) ? ERASED : accountId,
    issueId,
    issueKey,
    undoes,
  };
}

function waitOf(what: Problem): number {
  return what.code === 'shorterLoop' ? (what.retryAfterMs ?? USUAL_WAIT_MS) : USUAL_WAIT_MS;
}
