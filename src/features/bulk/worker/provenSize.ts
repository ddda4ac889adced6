import { formText, type ConnectionSettings, type WriteKind } from '../../../contract';
import { BATCH_SIZES, nextSize, type SizeVerdict } from '../../../domain/runs';
import { readBatchSize, writeBatchSize } from '../../../adapters/store';

/** How many members a batch may have: what the site has proven, and what this session's batches add to that. */
export type ProvenSize = {
  readonly size: () => number;
  /** Reads what is proven of this very kind of write and connection. Throws ForgeKvsError when storage fails. */
  readonly useFor: (settings: ConnectionSettings, kind: WriteKind) => Promise<void>;
  /** Applies what a batch told of its size: the next one that is opened has it. */
  readonly applyVerdict: (sent: number, verdict: SizeVerdict) => void;
  /** Has the next batches begin with one member again. */
  readonly beginSmall: () => void;
  /** Keeps the size for the site's next runs. Throws ForgeKvsError when storage fails. */
  readonly keepSize: () => Promise<void>;
};

const [SMALLEST] = BATCH_SIZES;

/**
 * The size of a session that begins: the smallest, until it is known what writes are about. Another connection, another
 * kind of write and another form of it have proven nothing for this one.
 */
export function createProvenSize(): ProvenSize {
  let provenOf: string | null = null;
  let kept: number = SMALLEST;
  let size: number = SMALLEST;
  return {
    size: () => size,
    useFor: async (settings, kind) => {
      const wanted = provenOfText(settings, kind);
      if (wanted === provenOf) return;
      kept = (await readBatchSize(wanted)) ?? SMALLEST;
      size = kept;
      provenOf = wanted;
    },
    applyVerdict: (sent, verdict) => {
      size = nextSize(size, sent, verdict);
    },
    beginSmall: () => {
      size = SMALLEST;
    },
    keepSize: async () => {
      if (size === kept || provenOf === null) return;
      await writeBatchSize(provenOf, size);
      kept = size;
    },
  };
}

/** What a size is proven of: which Shorter Loop, and how the write is made. */
export function provenOfText({ apiOrigin, initiativeId, profile }: ConnectionSettings, kind: WriteKind): string {
  const form = profile.writes[kind];
  return [apiOrigin, String(initiativeId), kind, formText(form), form.users].join(' ');
}
