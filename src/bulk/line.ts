import { sleep } from '../clock';
import type { Problem } from '../contract';
import { derivedUuid, dropBatch, openBatch, readPair, writeBatch, type BatchMember, type OpenBatch, type Writable, type WrittenBatch } from '../flow';
import { batchEnds, type BatchEnds, type PairReading } from '../segments';
import { isStopping, judge, passingProblem, sizeVerdict, stoppingProblem, type Pending } from './judge';
import { createPool, type Pool } from './pool';
import { createRecorder, type Recorder } from './record';
import type { Shift } from './shift';
import { createTally } from './tally';

/** How the work on a group ended: all are done, the shift has to end, or something stands in the way. */
export type LineEnd = { readonly kind: 'done' } | { readonly kind: 'time' } | { readonly kind: 'wish' } | { readonly kind: 'problem'; readonly problem: Problem };

/** A batch that is open, with those whom it is about. */
type Opened = { readonly batch: OpenBatch; readonly pending: readonly Pending[] };

/** Where the work stands between two steps: the batch that comes next, a reading in its members' turn, and how many got no answer in a row. */
type At = { readonly opened: Opened | null; readonly reading: PairReading | null; readonly failures: number; readonly end: LineEnd | null };

/** What all steps of a group share. */
type Line = { readonly shift: Shift; readonly ends: BatchEnds; readonly pool: Pool; readonly recorder: Recorder };

const CALLS_OF_A_READING = 2;
const CALLS_OF_A_WRITE = 3;
/** How many batches in a row may get no answer. */
const MOST_FAILURES = 3;
/** The longest wait before the run is looked at again, and the usual one. */
const LONGEST_WAIT_MS = 20_000;
const USUAL_WAIT_MS = 5_000;
/** A batch whose turns end sooner than this is not sent any more. */
const LEAST_TURN_MS = 45_000;

/**
 * Writes about everyone of a group, batch after batch. While the request of one batch is under way the next
 * one is opened, and what came of the one before is recorded: storage is used while Shorter Loop is waited for.
 * Throws ForgeKvsError when storage fails; whoever comes next finds everything as it was recorded.
 */
export async function carryOutGroup(shift: Shift, group: number): Promise<LineEnd> {
  const found = shift.run().groups[group - 1];
  if (found === undefined) return { kind: 'done' };
  const tally = createTally(found.done);
  const line: Line = { shift, ends: batchEnds(found.from, found.to), pool: createPool(shift.runId, group, found, tally), recorder: createRecorder(shift, group, tally) };
  let at: At = { opened: null, reading: null, failures: 0, end: null };
  while (at.end === null) at = await step(line, at);
  if (at.opened !== null) await putBack(line, at.opened);
  await line.recorder.done();
  return at.end;
}

async function step(line: Line, before: At): Promise<At> {
  const { shift } = line;
  const over = shift.mustEnd();
  if (over !== null) return { ...before, end: { kind: over } };
  const at = await withTime(line, before);
  const connection = await shift.connect(at.opened?.batch.untilMs ?? Date.now() + 2 * LEAST_TURN_MS);
  if (connection.kind === 'problem') return { ...at, end: connection };
  const connected = connection.value;
  if (at.opened === null) {
    const opened = await openNext(line, connected);
    return opened === null ? waitForSomeone(line, at) : { ...at, opened, reading: null };
  }
  const admitted = await connected.limiter.reserve(CALLS_OF_A_WRITE + (at.reading === null ? CALLS_OF_A_READING : 0));
  if (admitted.kind === 'problem') return comeAgain(line, at, waitOf(admitted.problem));
  if (at.reading !== null) return send(line, at, at.opened, at.reading, connected);
  const read = await readPair(connected.client, line.ends);
  if (read.kind === 'ok') return send(line, at, at.opened, read.value, connected);
  const failures = at.failures + 1;
  if (isStopping(read.problem) || failures >= MOST_FAILURES) return { ...at, end: read };
  return comeAgain(line, { ...at, failures }, waitOf(read.problem));
}

/** Gives up a batch that was open for too long: its turns would end before its outcome is known. */
async function withTime(line: Line, at: At): Promise<At> {
  if (at.opened === null || at.opened.batch.untilMs - Date.now() >= LEAST_TURN_MS) return at;
  await putBack(line, at.opened);
  return { ...at, opened: null, reading: null };
}

async function waitForSomeone({ pool, recorder }: Line, at: At): Promise<At> {
  await recorder.beat();
  const waitMs = pool.waitMs();
  if (waitMs === null) return { ...at, end: { kind: 'done' } };
  await sleep(Math.min(waitMs, LONGEST_WAIT_MS));
  return at;
}

async function comeAgain(line: Line, at: At, waitMs: number): Promise<At> {
  if (at.opened !== null) await putBack(line, at.opened);
  await line.recorder.beat();
  await sleep(Math.min(waitMs, LONGEST_WAIT_MS));
  return { ...at, opened: null, reading: null };
}

async function send(line: Line, at: At, { batch, pending }: Opened, reading: PairReading, connected: Writable): Promise<At> {
  const next: { opened: Opened | null } = { opened: null };
  const written = await writeBatch(connected, batch, reading, async () => {
    next.opened = await openNext(line, connected);
  });
  const nowMs = Date.now();
  const judged = pending.map((one) => judge(one, written.results.get(operationIdOf(line.shift.runId, one)), nowMs));
  line.pool.put(judged.flatMap((one) => (one.kind === 'again' ? [one.pending] : [])));
  line.shift.learn(batch.open.length, sizeVerdict(written));
  await line.recorder.record(written, judged, pending);
  return afterBatch(line, { ...at, opened: next.opened, reading: written.reading }, written);
}

async function afterBatch(line: Line, at: At, written: WrittenBatch): Promise<At> {
  const stopping = stoppingProblem(written);
  if (stopping !== null) return { ...at, end: { kind: 'problem', problem: stopping } };
  const passing = passingProblem(written);
  const failures = passing === null ? 0 : at.failures + 1;
  if (passing !== null && failures >= MOST_FAILURES) return { ...at, failures, end: { kind: 'problem', problem: passing } };
  return written.retryAfterMs === null ? { ...at, failures } : comeAgain(line, { ...at, failures }, written.retryAfterMs);
}

/** Opens a batch of as many as the site has proven; null when nobody's time has come. */
async function openNext({ shift, ends, pool }: Line, connected: Writable): Promise<Opened | null> {
  const pending = await pool.take(shift.size());
  if (pending.length === 0) return null;
  await shift.afford(pending.length);
  const { runId, createdByAccountId } = shift.run();
  const members = pending.map((one) => memberOf(runId, one));
  return { batch: await openBatch(connected, { ends, members, door: 'bulk', actorAccountId: createdByAccountId, runId }), pending };
}

async function putBack({ pool }: Line, { batch, pending }: Opened): Promise<void> {
  await dropBatch(batch);
  pool.put(pending);
}

/** The id under which a write about this person happens at most once: it follows from the run, the member and the attempt. */
function operationIdOf(runId: string, { person, attempt }: Pending): string {
  return derivedUuid(runId, String(person.memberId), String(attempt));
}

function memberOf(runId: string, pending: Pending): BatchMember {
  const { memberId, accountId, issueId, issueKey, undoes } = pending.person;
  if (memberId === null) throw new Error('Someone without a member has a place among those who are written about');
  return { memberId, operationId: operationIdOf(runId, pending), reporterAccountId: accountId, issueId, issueKey, undoes };
}

function waitOf(what: Problem): number {
  return what.code === 'shorterLoop' ? (what.retryAfterMs ?? USUAL_WAIT_MS) : USUAL_WAIT_MS;
}
