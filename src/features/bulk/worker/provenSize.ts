import { BATCH_SIZES, nextSize, type SizeVerdict } from '../../../domain/runs';
import { readBatchSize, writeBatchSize } from '../../../adapters/store';

/** How many members a batch may have: what the site has proven, and what this session's batches add to that. */
export type ProvenSize = {
  readonly size: () => number;
  /** Applies what a batch told of its size: the next one that is opened has it. */
  readonly applyVerdict: (sent: number, verdict: SizeVerdict) => void;
  /** Has the next batches begin with one member again. */
  readonly beginSmall: () => void;
  /** Keeps the size for the site's next runs. Throws ForgeKvsError when storage fails. */
  readonly keepSize: () => Promise<void>;
};

/** The size as the site has proven it by now. Throws ForgeKvsError when storage fails. */
export async function readProvenSize(): Promise<ProvenSize> {
  let kept = await readBatchSize();
  let size = kept;
  return {
    size: () => size,
    applyVerdict: (sent, verdict) => {
      size = nextSize(size, sent, verdict);
    },
    beginSmall: () => {
      [size] = BATCH_SIZES;
    },
    keepSize: async () => {
      if (size === kept) return;
      await writeBatchSize(size);
      kept = size;
    },
  };
}
