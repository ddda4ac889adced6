import { type Run } from '../../../domain/runs';
import { batchEnds, type BatchEnds } from '../../../domain/segments';
import { createPool, type Pool } from './pool';
import { createTally, type Tally } from './tally';

/** One group's part of a shift's work: who is left of it, and what is known of the others. */
export type Lane = { readonly group: number; readonly ends: BatchEnds; readonly pool: Pool; readonly tally: Tally };

/** A lane for each group of a run, from where the run counts it as done. Nothing is read yet. */
export function createLanes({ runId, groups }: Pick<Run, 'runId' | 'groups'>): Lane[] {
  return groups.map((found, index) => {
    const group = index + 1;
    const tally = createTally(found.done);
    return { group, ends: batchEnds(found.from, found.to), pool: createPool(runId, group, found, tally), tally };
  });
}
