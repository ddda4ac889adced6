import type { LedgerEntry } from '../contract';
import type { SegmentMembers } from './memberships';
import { decideOutcome, type ReadBack } from './outcome';
import type { WritePlan } from './plan';

/**
 * Settles a write that its door left unfinished, from a reading made while nobody else could write
 * about its members.
 * @param segments every segment of the initiative with its members; one that is not in it is gone
 * @param nowMs milliseconds since the epoch
 */
export function settle(entry: LedgerEntry, segments: readonly SegmentMembers[], nowMs: number): LedgerEntry {
  // Whatever the request itself was told is long past: only the reading counts.
  const members = decideOutcome(planOf(entry), 'unclear', readBackOf(entry, segments));
  return { ...entry, state: 'finished', members, finishedAtMs: nowMs, recoveredAtMs: nowMs };
}

/** Whether a write still has to be read back. */
export function isUnfinished({ state }: Pick<LedgerEntry, 'state'>): boolean {
  return state !== 'finished';
}

function planOf({ from, to, members }: LedgerEntry): WritePlan {
  const memberIds = members.map(({ memberId }) => memberId);
  return to === null ? { kind: 'remove', memberIds, from, to } : { kind: 'move', memberIds, from, to };
}

function readBackOf({ from, to }: LedgerEntry, segments: readonly SegmentMembers[]): ReadBack {
  const idsIn = (segmentId: number): ReadonlySet<number> =>
    new Set(segments.find(({ id }) => id === segmentId)?.members.map(({ id }) => id));
  return { from: idsIn(from.id), to: to === null ? null : idsIn(to.id) };
}
