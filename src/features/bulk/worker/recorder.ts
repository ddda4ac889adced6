import type { BulkResult } from '../../../contract';
import { noteMemberships, type WrittenBatch } from '../../../usecases/write';
import type { RunPerson } from '../../../domain/runs';
import { writeResults } from '../../../adapters/store';
import type { Disposition, Pending } from './classifyResult';
import type { Partition } from './partition';
import type { LeftOut } from './workQueue';
import type { RunWatch } from './runWatch';
import type { WorkerSession } from './session';

/** Records what came of batches, one after the other, beside the next batch's request. */
export type Recorder = {
  /** Begins to record a batch, once the one before is recorded. Throws what went wrong with that one. */
  readonly record: (
    partition: Partition,
    written: WrittenBatch,
    dispositions: readonly Disposition[],
    pending: readonly Pending[],
  ) => Promise<void>;
  /** Records who came to a result without a batch, as {@link Recorder.record} does. */
  readonly leaveOut: (partition: Partition, people: readonly LeftOut[]) => Promise<void>;
  /** Counts what is known and keeps the claim, while there is no batch. */
  readonly heartbeat: (partitions: readonly Partition[]) => Promise<void>;
  /** Waits until everything is recorded. Throws ForgeKvsError when it could not be. */
  readonly done: () => Promise<void>;
};

/**
 * The recorder of a session.
 * @param state what is told of the run beside what is counted
 */
export function createRecorder(session: WorkerSession, state: RunWatch['state']): Recorder {
  let saving: Promise<void> = Promise.resolve();
  const saveAll = async (
    { group, checkpoint, ends }: Partition,
    written: WrittenBatch,
    dispositions: readonly Disposition[],
    pending: readonly Pending[],
  ): Promise<void> => {
    await written.close();
    // Whoever opens a panel or the field now is told where the run has put them.
    // What was accepted before, and is settled only now, is noted as well.
    if (written.lastReading !== null)
      await noteMemberships({ ends, members: membersIn(written.results) }, written.results, written.lastReading);
    const people = pending.flatMap(({ person }, index) => withResult(person, dispositions[index]));
    await writeResults(session.runId, people);
    for (const { place, result } of people) checkpoint.note(place, result);
    await session.progress({
      group,
      results: checkpoint.take(),
      writes: written.receipt === null ? 0 : 1,
      strays: (written.compared.strays?.count ?? 0) + lateStrays(pending, written.results),
      ...state(),
    });
    await session.keepSize();
  };
  const saveLeftOut = async ({ group, checkpoint }: Partition, people: readonly LeftOut[]): Promise<void> => {
    await writeResults(session.runId, people);
    for (const { place, result } of people) checkpoint.note(place, result);
    await session.progress({ group, results: checkpoint.take(), writes: 0, strays: 0, ...state() });
  };
  const save = async (work: () => Promise<void>): Promise<void> => {
    await saving;
    saving = work();
    // Thrown to whoever waits for it next; until then it is nobody's.
    saving.catch(() => undefined);
  };
  return {
    record: (...batch) => save(() => saveAll(...batch)),
    leaveOut: (partition, people) => save(() => saveLeftOut(partition, people)),
    heartbeat: async (partitions) => {
      await saving;
      const known = partitions
        .map(({ group, checkpoint }) => ({ group, results: checkpoint.take() }))
        .filter(({ results }) => results.length > 0);
      // The claim is kept also where nothing is new.
      for (const { group, results } of known.length > 0 ? known : [{ group: 1, results: [] }])
        await session.progress({ group, results, writes: 0, strays: 0, ...state() });
    },
    done: () => saving,
  };
}

/** Whom the writes of a batch were about. */
function membersIn(results: WrittenBatch['results']): { readonly memberId: number; readonly operationId: string }[] {
  return [...results].flatMap(([operationId, result]) => {
    const memberId = result.kind === 'written' ? result.entry.members[0]?.memberId : undefined;
    return memberId === undefined ? [] : [{ memberId, operationId }];
  });
}

/** How many others were changed beside writes that were made before, where that is found only now. */
function lateStrays(pending: readonly Pending[], results: WrittenBatch['results']): number {
  const looked = new Set(
    pending.filter(({ written, hasStrays }) => written !== null && !hasStrays).map(({ person }) => person.memberId),
  );
  return [...results.values()].reduce(
    (sum, result) =>
      result.kind === 'written' && looked.has(result.entry.members[0]?.memberId ?? null)
        ? sum + (result.entry.strays?.count ?? 0)
        : sum,
    0,
  );
}

function withResult(
  person: RunPerson,
  disposition: Disposition | undefined,
): (RunPerson & { readonly result: BulkResult })[] {
  if (disposition?.kind !== 'result') return [];
  const { result, reason, operationId } = disposition;
  return [{ ...person, result, reason, operationId }];
}
