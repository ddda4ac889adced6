import { err, ok, type ChangedMember, type LedgerEntry, type Result, type Stray } from '../../../contract';
import { memberById } from '../../../domain/people';
import { isIn } from '../../../domain/segments';
import type { Connected } from '../../../usecases/connection';
import { readAffectedSegments, readAllSegments, directoryFor, type SegmentsReading } from '../../../usecases/lookup';
import { readDirectory, readEntry } from '../../../adapters/store';

/** Those who were changed beside a write, and where they are now. */
export type Changed = {
  readonly entry: LedgerEntry;
  readonly members: readonly ChangedMember[];
  readonly reading: SegmentsReading;
};

/** Reads who was changed beside a write, and where they are now. */
export async function readChanged(connected: Connected, operationId: string): Promise<Result<Changed>> {
  const entry = await readEntry(operationId);
  if (entry === null) return err({ code: 'undoRefused', reason: 'unknownWrite' });
  const { missing = [], joined = [] } = entry.strays ?? {};
  const reading = await readSegmentsOf(connected, entry, [...missing, ...joined]);
  if (reading.kind === 'problem') return reading;
  const told = (stray: Stray, change: ChangedMember['change']): ChangedMember => {
    const segment = reading.value.segments.find(({ id }) => id === stray.segmentId);
    const isThere = segment !== undefined && isIn(segment, stray.memberId);
    return {
      ...stray,
      name: memberById(reading.value.segments, stray.memberId).name,
      segmentName: segment?.name ?? null,
      change,
      isBack: reading.value.live.has(stray.segmentId) && isThere === (change === 'missing'),
    };
  };
  return ok({
    entry,
    reading: reading.value,
    members: [...missing.map((stray) => told(stray, 'missing')), ...joined.map((stray) => told(stray, 'joined'))],
  });
}

/** Every segment in one call, or those of the write and of the changed where each is a call of its own. */
async function readSegmentsOf(
  connected: Connected,
  { from, to }: LedgerEntry,
  strays: readonly Stray[],
): Promise<Result<SegmentsReading>> {
  if (connected.settings.profile.readPlan === 'all-at-once') return readAllSegments(connected, 'look');
  const ids = [from?.id, to?.id, ...strays.map(({ segmentId }) => segmentId)].filter((id) => id !== undefined);
  const directory = directoryFor(connected.settings, await readDirectory());
  return readAffectedSegments(connected, directory ?? { asOfMs: 0, finishedAtMs: 0, segments: [] }, {
    members: [],
    affectedSegments: () => [...new Set(ids)],
    purpose: 'look',
  });
}
