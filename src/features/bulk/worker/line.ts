import { sleep } from '../../../clock';
import type { Problem } from '../../../contract';
import { type Writable } from '../../../usecases/connection';
import { derivedUuid, type Step } from '../../../usecases/result';
import {
  dropBatch,
  openBatch,
  readPair,
  writeBatch,
  type BatchMember,
  type OpenBatch,
  type WrittenBatch,
} from '../../../usecases/write';
import type { PairReading } from '../../../domain/segments';
import { isStopping, judge, passingProblem, sizeVerdict, stoppingProblem, type Pending } from './judge';
import { createLanes, type Lane } from './lane';
import { createRecorder, type Recorder } from './record';
import type { Shift } from './shift';

/** How a shift's work ended: all are done, the shift has to end, or something stands in the way. */
export type LineEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'time' }
  | { readonly kind: 'wish' }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** A batch that is open, with those whom it is about. */
type Opened = { readonly lane: Lane; readonly batch: OpenBatch; readonly pending: readonly Pending[] };

/**
 * A batch's way to Shorter Loop: connected and let through; `reading` is null where the read-back before it serves,
 * `wait` says that its turn is far away.
 */
type Way =
  | { readonly kind: 'open'; readonly connected: Writable; readonly reading: PairReading | null }
  | { readonly kind: 'wait'; readonly waitMs: number }
  | { readonly kind: 'unread' | 'closed'; readonly problem: Problem };

/** The batch that comes next, whose way is made while the one before is under way. */
type Next = { readonly opened: Opened; readonly way: Promise<Way> };

/**
 * Where the work stands between two steps: the batch that comes next, a reading made under its members' leases, and
 * how many got no answer in a row.
 */
type At = {
  readonly next: Next | null;
  readonly reading: PairReading | null;
  readonly failures: number;
  readonly end: LineEnd | null;
};

/** What all steps share. */
type Line = { readonly shift: Shift; readonly lanes: readonly Lane[]; readonly recorder: Recorder };

const CALLS_OF_A_READING = 2;
const CALLS_OF_A_WRITE = 3;
/** How many batches in a row may get no answer. */
const MOST_FAILURES = 3;
/** The longest wait before the run is looked at again, and the usual one. */
const LONGEST_WAIT_MS = 20_000;
const USUAL_WAIT_MS = 5_000;
/** A batch whose leases end sooner than this is not sent any more. */
const MIN_LEASE_MS = 45_000;

/**
 * Writes about everyone of a run, group after group and batch after batch. While the request of one batch is
 * under way the next one is opened, and what came of the one before is recorded: storage is used while
 * Shorter Loop is waited for. Throws ForgeKvsError when storage fails; whoever comes next finds everything
 * as it was recorded.
 */
export async function carryOutLine(shift: Shift): Promise<LineEnd> {
  const line: Line = { shift, lanes: createLanes(shift.run()), recorder: createRecorder(shift) };
  let at: At = { next: null, reading: null, failures: 0, end: null };
  while (at.end === null) at = await step(line, at);
  if (at.next !== null) await putBack(at.next);
  await line.recorder.done();
  return at.end;
}

async function step(line: Line, before: At): Promise<At> {
  const over = line.shift.mustEnd();
  if (over !== null) return { ...before, end: { kind: over } };
  const at = await withTime(before);
  if (at.next === null) return begin(line, at);
  const { opened, way: making } = at.next;
  const way = await making;
  switch (way.kind) {
    case 'open': {
      const reading = way.reading ?? at.reading;
      // The read-back that was to serve could not be made.
      if (reading === null) return { ...at, next: next(opened, makeWay(line, opened, 'read')) };
      return send(line, at, opened, reading, way.connected);
    }
    case 'wait':
      return comeAgain(line, at, way.waitMs);
    case 'closed':
      return { ...at, end: { kind: 'problem', problem: way.problem } };
    case 'unread': {
      const failures = at.failures + 1;
      if (isStopping(way.problem) || failures >= MOST_FAILURES)
        return { ...at, end: { kind: 'problem', problem: way.problem } };
      return comeAgain(line, { ...at, failures }, waitOf(way.problem));
    }
  }
}

/** Opens a batch when none is open. */
async function begin(line: Line, at: At): Promise<At> {
  const connection = await line.shift.connect(Date.now() + 2 * MIN_LEASE_MS);
  if (connection.kind === 'problem') return { ...at, end: connection };
  const opened = await openNext(line, connection.value);
  return opened === null
    ? waitForSomeone(line, at)
    : { ...at, next: next(opened, makeWay(line, opened, 'read')), reading: null };
}

/** Gives up a batch that was open for too long: its leases would end before its outcome is known. */
async function withTime(at: At): Promise<At> {
  if (at.next === null || at.next.opened.batch.untilMs - Date.now() >= MIN_LEASE_MS) return at;
  await putBack(at.next);
  return { ...at, next: null, reading: null };
}

async function waitForSomeone({ lanes, recorder }: Line, at: At): Promise<At> {
  await recorder.beat(lanes);
  const waits = lanes.flatMap(({ pool }) => pool.waitMs() ?? []);
  if (waits.length === 0) return { ...at, end: { kind: 'done' } };
  await sleep(Math.min(...waits, LONGEST_WAIT_MS));
  return at;
}

async function comeAgain({ lanes, recorder }: Line, at: At, waitMs: number): Promise<At> {
  if (at.next !== null) await putBack(at.next);
  await recorder.beat(lanes);
  await sleep(Math.min(waitMs, LONGEST_WAIT_MS));
  return { ...at, next: null, reading: null };
}

async function send(
  line: Line,
  at: At,
  { lane, batch, pending }: Opened,
  reading: PairReading,
  connected: Writable,
): Promise<At> {
  const following: { next: Next | null } = { next: null };
  const written = await writeBatch(connected, batch, reading, async () => {
    const opened = await openNext(line, connected);
    // The read-back serves the next batch as well where it is about the same segments.
    if (opened !== null)
      following.next = next(opened, makeWay(line, opened, opened.lane === lane ? 'readBackServes' : 'read'));
  });
  const nowMs = Date.now();
  const judged = pending.map((one) => judge(one, written.results.get(operationIdOf(line.shift.runId, one)), nowMs));
  lane.pool.put(judged.flatMap((one) => (one.kind === 'again' ? [one.pending] : [])));
  line.shift.learn(batch.open.length, sizeVerdict(written));
  await line.recorder.record(lane, written, judged, pending);
  return afterBatch(
    line,
    { ...at, next: following.next, reading: following.next?.opened.lane === lane ? written.reading : null },
    written,
  );
}

async function afterBatch(line: Line, at: At, written: WrittenBatch): Promise<At> {
  const stopping = stoppingProblem(written);
  if (stopping !== null) return { ...at, end: { kind: 'problem', problem: stopping } };
  const passing = passingProblem(written);
  const failures = passing === null ? 0 : at.failures + 1;
  if (passing !== null && failures >= MOST_FAILURES)
    return { ...at, failures, end: { kind: 'problem', problem: passing } };
  return written.retryAfterMs === null
    ? { ...at, failures }
    : comeAgain(line, { ...at, failures }, written.retryAfterMs);
}

/**
 * Opens a batch of as many as the site has proven, of the first group in which someone's time has come; null when
 * nobody's has.
 */
async function openNext({ shift, lanes }: Line, connected: Writable): Promise<Opened | null> {
  for (const lane of lanes) {
    const pending = await lane.pool.take(shift.size());
    if (pending.length === 0) continue;
    await shift.afford(pending.length);
    const { runId, createdByAccountId } = shift.run();
    const members = pending.map((one) => memberOf(runId, one));
    return {
      lane,
      batch: await openBatch(connected, {
        ends: lane.ends,
        members,
        entryPoint: 'bulk',
        actorAccountId: createdByAccountId,
        runId,
      }),
      pending,
    };
  }
  return null;
}

function next(opened: Opened, way: Promise<Way>): Next {
  // What it throws is for whoever waits for it; until then it is nobody's.
  way.catch(() => undefined);
  return { opened, way };
}

/**
 * Connects with the settings as they are now, asks for the batch's calls, and reads both segments unless the
 * read-back before will do.
 */
async function makeWay({ shift }: Line, { lane, batch }: Opened, how: 'read' | 'readBackServes'): Promise<Way> {
  const connection = await shift.connect(batch.untilMs);
  if (connection.kind === 'problem') return { kind: 'closed', problem: connection.problem };
  const connected = connection.value;
  const calls = CALLS_OF_A_WRITE + (how === 'read' ? CALLS_OF_A_READING : 0);
  await shift.affordCalls(calls);
  const admitted = await connected.rateLimiter.reserve(calls);
  if (admitted.kind === 'problem') return { kind: 'wait', waitMs: waitOf(admitted.problem) };
  const read: Step<PairReading | null> =
    how === 'read' ? await readPair(connected.client, lane.ends) : { kind: 'ok', value: null };
  return read.kind === 'problem'
    ? { kind: 'unread', problem: read.problem }
    : { kind: 'open', connected, reading: read.value };
}

async function putBack({ opened: { lane, batch, pending }, way }: Next): Promise<void> {
  await way.catch(() => undefined);
  await dropBatch(batch);
  lane.pool.put(pending);
}

/**
 * The id under which a write about this person happens at most once: it follows from the run, the member and the
 * attempt.
 */
function operationIdOf(runId: string, { person, attempt }: Pending): string {
  return derivedUuid(runId, String(person.memberId), String(attempt));
}

function memberOf(runId: string, pending: Pending): BatchMember {
  const { memberId, accountId, issueId, issueKey, undoes } = pending.person;
  if (memberId === null) throw new Error('Someone without a member has a place among those who are written about');
  return {
    memberId,
    operationId: operationIdOf(runId, pending),
    reporterAccountId: accountId,
    issueId,
    issueKey,
    undoes,
  };
}

function waitOf(what: Problem): number {
  return what.code === 'shorterLoop' ? (what.retryAfterMs ?? USUAL_WAIT_MS) : USUAL_WAIT_MS;
}
