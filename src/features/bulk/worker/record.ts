import type { BulkResult } from '../../../contract';
import type { WrittenBatch } from '../../../usecases/write';
import type { RunPerson } from '../../../domain/runs';
import { writeRunPeople } from '../../../adapters/store';
import type { Judged, Pending } from './judge';
import type { Lane } from './lane';
import type { Shift } from './shift';

/** Records what came of batches, one after the other, beside the next batch's request. */
export type Recorder = {
  /** Begins to record a batch, once the one before is recorded. Throws what went wrong with that one. */
  readonly record: (
    lane: Lane,
    written: WrittenBatch,
    judged: readonly Judged[],
    pending: readonly Pending[],
  ) => Promise<void>;
  /** Counts what is known and keeps the claim, while there is no batch. */
  readonly beat: (lanes: readonly Lane[]) => Promise<void>;
  /** Waits until everything is recorded. Throws ForgeKvsError when it could not be. */
  readonly done: () => Promise<void>;
};

/** The recorder of a shift. */
export function createRecorder(shift: Shift): Recorder {
  let saving: Promise<void> = Promise.resolve();
  const saveAll = async (
    { group, tally }: Lane,
    written: WrittenBatch,
    judged: readonly Judged[],
    pending: readonly Pending[],
  ): Promise<void> => {
    await written.close();
    const people = pending.flatMap(({ person }, index) => withResult(person, judged[index]));
    await writeRunPeople(shift.runId, people);
    for (const { place, result } of people) tally.note(place, result);
    await shift.progress(group, tally.take(), written.receipt === null ? 0 : 1);
    await shift.keepSize();
  };
  return {
    record: async (...batch) => {
      await saving;
      saving = saveAll(...batch);
      // Thrown to whoever waits for it next; until then it is nobody's.
      saving.catch(() => undefined);
    },
    beat: async (lanes) => {
      await saving;
      const known = lanes
        .map(({ group, tally }) => ({ group, results: tally.take() }))
        .filter(({ results }) => results.length > 0);
      // The claim is kept also where nothing is new.
      for (const { group, results } of known.length > 0 ? known : [{ group: 1, results: [] }])
        await shift.progress(group, results, 0);
    },
    done: () => saving,
  };
}

function withResult(person: RunPerson, judged: Judged | undefined): (RunPerson & { readonly result: BulkResult })[] {
  if (judged?.kind !== 'result') return [];
  const { result, reason, operationId } = judged;
  return [{ ...person, result, reason, operationId }];
}
