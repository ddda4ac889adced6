import type { BulkResult } from '../../../contract';

/** Results by place, until all before them have theirs: only then they are counted, so that each is counted once. */
export type Checkpoint = {
  readonly note: (place: number, result: BulkResult) => void;
  /** The results that follow on those taken before, in the order of their places. */
  readonly take: () => BulkResult[];
};

/** A checkpoint that starts behind a place. */
export function createCheckpoint(after: number): Checkpoint {
  const noted = new Map<number, BulkResult>();
  let next = after + 1;
  return {
    note: (place, result) => {
      noted.set(place, result);
    },
    take: () => {
      const taken: BulkResult[] = [];
      for (let result = noted.get(next); result !== undefined; result = noted.get(next)) {
        taken.push(result);
        noted.delete(next);
        next += 1;
      }
      return taken;
    },
  };
}
