import { ok, type LedgerEntry, type Result } from '../../../contract';
import { compareTest, type TestComparison } from '../../../domain/writeTest';
import type { SegmentsReading } from '../../../usecases/lookup';
import { settleMember } from '../../../usecases/write';
import { readTestStep, type StoredTestStep } from '../../../adapters/store';
import { comparable, readForTest } from './testReading';
import type { RunningStep } from './testRun';

/** What a look at a step that was sent shows. */
export type SeenStep = {
  readonly entry: LedgerEntry;
  readonly reading: SegmentsReading;
  /** What was kept of it; null where another step was made since. */
  readonly kept: StoredTestStep | null;
  /** Everybody compared with before; null where it is not known who was where. */
  readonly comparison: TestComparison | null;
};

/** Reads once more, settles the step's write where that decides it, and compares everybody with before. */
export async function lookAt({ connected, input, ends }: RunningStep, entry: LedgerEntry): Promise<Result<SeenStep>> {
  const read = (): Promise<Result<SegmentsReading>> => readForTest(connected, input, 'look');
  const settled = entry.state === 'finished' ? null : await settleMember(input.memberId, read);
  const isSettled = settled?.kind === 'ok';
  const reading = isSettled ? ok(settled.value.reading) : await read();
  if (reading.kind === 'problem') return reading;
  const kept = await readTestStep();
  const own = kept?.entryId === entry.operationId ? kept : null;
  const baseline = own?.baseline ?? null;
  return ok({
    entry: isSettled && settled.value.entry?.operationId === entry.operationId ? settled.value.entry : entry,
    reading: reading.value,
    kept: own,
    comparison: baseline === null ? null : compareTest(baseline, comparable(reading.value), ends),
  });
}
