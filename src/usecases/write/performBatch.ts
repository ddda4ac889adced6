import { ok, err, type Result, type Strays } from '../../contract';
import type { PairReading } from '../../domain/segments';
import { updateMemberships, readDirectory } from '../../adapters/store';
import { askForFieldFill } from '../jobs';
import { logFailure } from '../result';
import { requireProven, type Connected } from '../connection';
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
  const decided = order.members.filter(({ operationId }) => isDecided(results.get(operationId)));
  await noteBatch({ ...order, members: decided }, after ?? reading.value);
  return ok({ results, reading: after ?? reading.value, retryAfterMs, strays: compared.strays });
}

/** What contradicts an accepted write may be over in a moment: the directory is not told of it. */
function isDecided(result: BatchResult | undefined): boolean {
  return result?.kind !== 'written' || result.entry.state === 'finished';
}

/**
 * Corrects the directory by how both segments were read last. Never throws: the next refresh finds what can't be
 * noted.
 */
async function noteBatch({ ends, members }: BatchCommand, { from, to }: PairReading): Promise<void> {
  if (members.length > MAX_NOTED) return;
  const isIn = (side: PairReading['from'], memberId: number): boolean => side !== 'gone' && side.has(memberId);
  const atMs = Date.now();
  try {
    if ((await readDirectory()) === null) return;
    await updateMemberships(
      members.map(({ memberId }) => {
        const learned = new Map([[ends.from.id, isIn(from, memberId)]]);
        // What was not read says nothing.
        if (ends.to !== null && to !== null) learned.set(ends.to.id, isIn(to, memberId));
        return { memberId, learned, atMs };
      }),
    );
    await askForFieldFill({ memberIds: members.map(({ memberId }) => memberId) });
  } catch (error) {
    logFailure('directory', error);
  }
}
