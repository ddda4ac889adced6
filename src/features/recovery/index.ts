import type { LedgerEntry, Result } from '../../contract';
import { randomUUID } from 'node:crypto';
import { witnessedSegments } from '../../domain/segments';
import { invocationEndMs, openConnection } from '../../usecases/connection';
import { wakeIdleRuns, wakeWhenDue, askForFieldFill } from '../../usecases/jobs';
import {
  snapshotFor,
  updateDirectory,
  readAllSegments,
  readAffectedSegments,
  type SegmentsReading,
} from '../../usecases/lookup';
import { logFailure, countFailure } from '../../usecases/result';
import { releaseLease, settleUnfinished, acquireLease, type HeldLease } from '../../usecases/write';
import { lapsedLeases, readDirectory, type DirectoryMeta, type Lease } from '../../adapters/store';

/** How long a lease has to have lapsed: a user who looks again at once settles it sooner. */
const REST_MS = 30_000;
/** How many leases are taken for one reading of the segments. */
const TURNS_AT_ONCE = 25;
/** How often leases are taken in one run, and what has to be left of its time for it. */
const MOST_ROUNDS = 20;
const TIME_OF_A_ROUND_MS = 15_000;

/**
 * Finds writes that were begun and never came to an end (a crash, a time limit, storage that failed),
 * reads back where their members are now, and settles them in the ledger. Runs every five minutes.
 * What can't be read now is left for the next run. Also wakes what waits and bulk runs, should their event have been
 * lost. Throws ForgeKvsError when storage fails.
 * @see manifest.yml, scheduledTrigger `tick`
 */
export async function recover(): Promise<void> {
  // What fails for one of them keeps none of the others from its work.
  const done = await Promise.allSettled([wakeWhenDue(), wakeIdleRuns(), settleLapsed()]);
  for (const one of done) if (one.status === 'rejected') throw one.reason;
}

/** A batch may leave hundreds: they are settled round after round while there is time. */
async function settleLapsed(): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const lapsed = await lapsedLeases(Date.now() - REST_MS, TURNS_AT_ONCE);
    if (lapsed.length > 0) await settleRound(lapsed);
    if (lapsed.length < TURNS_AT_ONCE || invocationEndMs() - Date.now() < TIME_OF_A_ROUND_MS) return;
  }
}

async function settleRound(lapsed: readonly Lease[]): Promise<void> {
  const leases: HeldLease[] = [];
  // One after the other: each takes two or three calls to storage, and nobody waits for them.
  for (const { memberId } of lapsed) {
    const taken = await acquireLease(memberId, randomUUID());
    if (taken.kind === 'acquired') leases.push(taken.held);
  }
  const settled = new Set<HeldLease>(leases.filter(({ unfinished }) => unfinished === null));
  await settleAll(
    leases.filter(({ unfinished }) => unfinished !== null),
    settled,
  ).catch((error: unknown) => {
    logFailure('recovery', error);
  });
  for (const held of leases) await releaseLease(held.lease, settled.has(held) ? 'nothing' : 'unfinished');
}

/** @param settled takes each lease whose write was settled; the others are left for the next run */
async function settleAll(leases: readonly HeldLease[], settled: Set<HeldLease>): Promise<void> {
  if (leases.length === 0) return;
  const segments = await readAfresh(
    leases.flatMap(({ unfinished }) => (unfinished === null ? [] : segmentsOf(unfinished))),
  );
  if (segments.kind === 'problem') {
    await countFailure(segments.problem);
    console.warn(JSON.stringify({ event: 'recovery-postponed', code: segments.problem.code, writes: leases.length }));
    return;
  }
  const { segments: read, live, directoryMeta } = segments.value;
  for (const held of leases) {
    const done = await settleUnfinished(held, { segments: read, live });
    if (done.kind === 'ok') settled.add(held);
    // It is too early to say anything: the next run looks again.
    else if (done.problem.code === 'busy') continue;
    else await countFailure(done.problem);
    await updateDirectory(directoryMeta, { memberId: held.lease.memberId, segments: read, live });
    await askForFieldFill({ memberIds: [held.lease.memberId] });
  }
}

/** What has to be read to settle a write. */
function segmentsOf(entry: LedgerEntry): number[] {
  return [entry.from?.id, entry.to?.id, ...witnessedSegments(entry)].filter((id) => id !== undefined);
}

/** Reads the segments that the writes were between; every one where that is as quick. */
async function readAfresh(
  segmentIds: readonly number[],
): Promise<Result<SegmentsReading & { readonly directoryMeta: DirectoryMeta | null }>> {
  const [connected, directoryMeta] = await Promise.all([openConnection(), readDirectory()]);
  if (connected.kind === 'problem') return connected;
  const snapshot = snapshotFor(connected.value.settings, directoryMeta);
  const reading = await (snapshot === null
    ? readAllSegments(connected.value, 'look')
    : readAffectedSegments(connected.value, snapshot, {
        members: [],
        affectedSegments: () => segmentIds,
        purpose: 'look',
      }));
  return reading.kind === 'ok' ? { kind: 'ok', value: { ...reading.value, directoryMeta } } : reading;
}
