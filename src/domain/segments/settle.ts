import type { LedgerEntry, Segment, WriteEnds } from '../../contract';
import type { SegmentMembers } from './memberships';
import { decideOutcome, isConfirmed, type ReadBack, type ReadBackSide } from './outcome';
import type { WritePlan } from './plan';
import type { Occupants, PairReading } from './planBatch';

/**
 * How long after a write a reading that contradicts it decides nothing: a server that queues, or answers reads from a
 * cache, shows by then what it has accepted. How long any Shorter Loop takes is not documented.
 */
export const ACCEPTED_SETTLES_MS = 5 * 60_000;
/** The longest between a recorded intention and its request: a batch that is not sent by then is given up. */
const LONGEST_WAY_MS = 60_000;

/** From when on any reading settles a write, milliseconds since the epoch; before that only one that confirms it. */
export function settlesAtMs({
  intendedAtMs,
  finishedAtMs,
}: Pick<LedgerEntry, 'intendedAtMs' | 'finishedAtMs'>): number {
  // Of a write whose process died nobody knows when its request left.
  return (finishedAtMs ?? intendedAtMs + LONGEST_WAY_MS) + ACCEPTED_SETTLES_MS;
}

/**
 * Settles a write that its entry point left unfinished, from a reading made while nobody else could write
 * about its members.
 * @param segments every segment of the initiative with its members; one that is not in it is gone, and by one that
 *   can't be read in full nothing is settled: see {@link unreadableEnd}
 * @param nowMs milliseconds since the epoch
 * @returns null where the reading contradicts the write, and it is too early for that to say anything
 */
export function settle(entry: LedgerEntry, segments: readonly SegmentMembers[], nowMs: number): LedgerEntry | null {
  return settledBy(entry, readBackOf(entry, segments), nowMs);
}

/** {@link settle} from a reading of one pair of segments; null also when the write was between others. */
export function settleFrom(
  entry: LedgerEntry,
  ends: WriteEnds,
  reading: PairReading,
  nowMs: number,
): LedgerEntry | null {
  if (entry.kind !== ends.kind || entry.from?.id !== ends.from?.id || entry.to?.id !== ends.to?.id) return null;
  return settledBy(entry, sidesOfPair(reading), nowMs);
}

function settledBy(entry: LedgerEntry, readBack: ReadBack, nowMs: number): LedgerEntry | null {
  // Whatever the request itself was told is past: only the reading counts, and its answer where it says the same.
  const members = decideOutcome(planOf(entry), saidNo(entry) ? 'no' : 'unclear', readBack);
  if (members.some(({ outcome }) => outcome === 'unknown')) return null;
  if (!isConfirmed({ members }) && nowMs < settlesAtMs(entry)) return null;
  const { witnesses: _seen, ...kept } = entry;
  return { ...kept, state: 'finished', members, finishedAtMs: nowMs, recoveredAtMs: nowMs };
}

/** Whether Shorter Loop has said no to a write that it may have done all the same. */
function saidNo({ answer }: LedgerEntry): boolean {
  return answer?.cause === 'invalid';
}

/** Who is in both ends of a batch, as a read-back has them; nobody is in a segment that is gone. */
export function sidesOfPair({ from, to }: PairReading): ReadBack {
  return { from: sideOf(from), to: sideOf(to) };
}

function sideOf(occupants: Occupants | null): ReadBackSide {
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
