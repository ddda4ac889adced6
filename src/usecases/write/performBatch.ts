import { ok, err, type Result, type Strays } from '../../contract';
import type { PairReading } from '../../domain/segments';
import { requireProven, type Connected } from '../connection';
import { noteMemberships } from './noteMemberships';
import { openBatch, type BatchCommand } from './openBatch';
import { readPair } from './readBack';
import { dropBatch, writeBatch, type BatchResult } from './writeBatch';

/**
 * What became of every member of a batch, by operation id, and the two segments as they were read last; null where
 * they couldn't be.
 */
export type BatchDone = {
  readonly results: ReadonlyMap<string, BatchResult>;
  readonly reading: PairReading | null;
  /** How long Shorter Loop asked to wait when it refused for that reason alone; null otherwise. */
  readonly retryAfterMs: number | null;
  /** Who else was changed beside it; null where nobody was seen to be. */
  readonly strays: Strays | null;
};

/** Both ends before the write, the write itself, and both ends after it. */
const CALLS_OF_A_BATCH = 5;
/** More members than a user moves by hand are left to the next refresh. */
const MAX_NOTED = 200;

/**
 * Carries out one write about many members, as `executeWrite` does for one: leases, reading, intentions,
 * one request, one read-back, an outcome for each. Whoever is written about by someone else just now is
 * answered as `leaseHeld` and left alone. Throws ForgeKvsError when storage fails before anything was sent.
 * @param order at most a few hundred members where a user waits for the answer
 */
export async function performBatch(connected: Connected, order: BatchCommand): Promise<Result<BatchDone>> {
  const writable = requireProven(connected, order.ends.kind);
  if (writable.kind === 'problem') return writable;
  const admitted = await connected.rateLimiter.reserve(CALLS_OF_A_BATCH);
  if (admitted.kind === 'problem') return admitted;
  const batch = await openBatch(connected, order);
  const reading = await readPair(connected.client, batch.order.ends);
  if (reading.kind === 'problem') {
    await dropBatch(batch);
    return err(reading.problem);
  }
  const {
    results,
    reading: after,
    retryAfterMs,
    compared,
    close,
  } = await writeBatch(writable.value, batch, reading.value);
  await close();
  if (order.members.length <= MAX_NOTED) await noteMemberships(order, results, after ?? reading.value);
  return ok({ results, reading: after ?? reading.value, retryAfterMs, strays: compared.strays });
}
