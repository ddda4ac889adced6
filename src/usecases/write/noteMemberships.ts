import type { PairReading } from '../../domain/segments';
import { readDirectory, updateMemberships } from '../../adapters/store';
import { askForFieldFill } from '../jobs';
import { logFailure } from '../result';
import type { BatchCommand } from './openBatch';
import type { BatchResult } from './writeBatch';

/** A batch as far as it says who may have moved between which segments. */
type NotedBatch = {
  readonly ends: BatchCommand['ends'];
  readonly members: readonly Pick<BatchCommand['members'][number], 'memberId' | 'operationId'>[];
};

/**
 * Corrects the directory by how both segments of a batch were read last, for everybody of whom it is decided, and has
 * the field follow. Never throws: the next refresh finds what can't be noted.
 */
export async function noteMemberships(
  { ends, members }: NotedBatch,
  results: ReadonlyMap<string, BatchResult>,
  { from, to }: PairReading,
): Promise<void> {
  const decided = members.filter(({ operationId }) => isDecided(results.get(operationId)));
  // What was not read says nothing.
  const sides = [
    { segment: ends.from, occupants: from },
    { segment: ends.to, occupants: to },
  ].flatMap(({ segment, occupants }) =>
    segment === null || occupants === null ? [] : [{ id: segment.id, occupants }],
  );
  const atMs = Date.now();
  try {
    if (decided.length === 0 || (await readDirectory()) === null) return;
    await updateMemberships(
      decided.map(({ memberId }) => {
        const learned = new Map(
          sides.map(({ id, occupants }) => [id, occupants !== 'gone' && occupants.has(memberId)]),
        );
        return { memberId, learned, atMs };
      }),
    );
    await askForFieldFill({ memberIds: decided.map(({ memberId }) => memberId) });
  } catch (error) {
    logFailure('directory', error);
  }
}

/** What contradicts an accepted write may be over in a moment: the directory is not told of it. */
function isDecided(result: BatchResult | undefined): boolean {
  return result?.kind !== 'written' || result.entry.state === 'finished';
}
