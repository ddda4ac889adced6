import type { LedgerEntry, Segment } from '../../contract';
import type { SegmentMembers } from './memberships';
import { decideOutcome, type ReadBack, type ReadBackSide } from './outcome';
import type { WritePlan } from './plan';
import type { BatchEnds, Occupants, PairReading } from './planBatch';

/**
 * Settles a write that its entry point left unfinished, from a reading made while nobody else could write
 * about its members.
 * @param segments every segment of the initiative with its members; one that is not in it is gone, and by one that
 *   can't be read in full nothing is settled: see {@link unreadableEnd}
 * @param nowMs milliseconds since the epoch
 */
export function settle(entry: LedgerEntry, segments: readonly SegmentMembers[], nowMs: number): LedgerEntry {
  return settledBy(entry, readBackOf(entry, segments), nowMs);
}

/** {@link settle} from a reading of one pair of segments; null when the write was between others. */
export function settleFrom(
  entry: LedgerEntry,
  ends: BatchEnds,
  reading: PairReading,
  nowMs: number,
): LedgerEntry | null {
  if (entry.kind !== ends.kind || entry.from.id !== ends.from.id || entry.to?.id !== ends.to?.id) return null;
  return settledBy(entry, { from: sideOf(reading.from), to: reading.to === null ? null : sideOf(reading.to) }, nowMs);
}

function settledBy(entry: LedgerEntry, readBack: ReadBack, nowMs: number): LedgerEntry {
  // Whatever the request itself was told is long past: only the reading counts.
  const members = decideOutcome(planOf(entry), 'unclear', readBack);
  return { ...entry, state: 'finished', members, finishedAtMs: nowMs, recoveredAtMs: nowMs };
}

function sideOf(occupants: Occupants): ReadBackSide {
  return occupants === 'gone' ? new Set() : occupants;
}

/**
 * The first of a write's segments that can't be read in full, null when both can: until then what became of the write
 * can't be told.
 */
export function unreadableEnd(
  { from, to }: Pick<LedgerEntry, 'from' | 'to'>,
  segments: readonly SegmentMembers[],
): number | null {
  const found = segments.find(({ id, unreadable }) => unreadable !== undefined && (id === from?.id || id === to?.id));
  return found?.id ?? null;
}

/** Whether a write still has to be read back. */
export function isUnfinished({ state }: Pick<LedgerEntry, 'state'>): boolean {
  return state !== 'finished';
}

function planOf({ members, ...entry }: LedgerEntry): WritePlan {
  return { ...entry, memberIds: members.map(({ memberId }) => memberId) };
}

function readBackOf({ from, to }: LedgerEntry, segments: readonly SegmentMembers[]): ReadBack {
  const idsIn = (segment: Segment | null): ReadBackSide => {
    if (segment === null) return null;
    const read = segments.find(({ id }) => id === segment.id);
    return read?.unreadable === undefined ? new Set(read?.members.map(({ id }) => id)) : null;
  };
  return { from: idsIn(from), to: idsIn(to) };
}
