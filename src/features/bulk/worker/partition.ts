import type { WriteEnds } from '../../../contract';
import { endsOf, type Run } from '../../../domain/runs';
import type { AskRefusals } from './admission';
import { createWorkQueue, type WorkQueue } from './workQueue';
import { createCheckpoint, type Checkpoint } from './checkpoint';

/** One group's part of a session's work: who is left of it, and what is known of the others. */
export type Partition = {
  readonly group: number;
  readonly ends: WriteEnds;
  readonly queue: WorkQueue;
  readonly checkpoint: Checkpoint;
};

/**
 * A partition for each group of a run, from where the run counts it as done. Nothing is read yet.
 * @param ask whom the run's starter may not change now
 */
export function createPartitions({ runId, groups }: Pick<Run, 'runId' | 'groups'>, ask: AskRefusals): Partition[] {
  return groups.map((found, index) => {
    const group = index + 1;
    const checkpoint = createCheckpoint(found.done);
    return {
      group,
      ends: endsOf(found),
      queue: createWorkQueue({ runId, group, ask }, found, checkpoint),
      checkpoint,
    };
  });
}
