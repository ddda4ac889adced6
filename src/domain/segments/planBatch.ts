import type { StaleReason, WriteEnds } from '../../contract';
import type { WritePlan } from './plan';

/** The ids of a segment's members as just read; `'gone'` when the segment no longer exists. */
export type Occupants = ReadonlySet<number> | 'gone';

/** Both ends of a batch as just read; null stands for an end that its write does not have. */
export type PairReading = { readonly from: Occupants | null; readonly to: Occupants | null };

/** What may be sent of a batch, null when nothing may; and why the others may not. */
export type PlannedBatch = { readonly plan: WritePlan | null; readonly stale: ReadonlyMap<number, StaleReason> };

/**
 * Plans one write about many members from what Shorter Loop says now, by the same rules as a write about one.
 * @param memberIds whoever is wanted; one that is named twice is planned once
 */
export function planBatch(ends: WriteEnds, reading: PairReading, memberIds: readonly number[]): PlannedBatch {
  const stale = new Map<number, StaleReason>();
  const planned = new Set<number>();
  for (const memberId of memberIds) {
    const reason = whyNot(ends, reading, memberId);
    if (reason === null) planned.add(memberId);
    else stale.set(memberId, reason);
  }
  return { plan: planned.size === 0 ? null : { ...ends, memberIds: [...planned] }, stale };
}

function whyNot({ kind }: WriteEnds, { from, to }: PairReading, memberId: number): StaleReason | null {
  const notLeaving = kind === 'add' ? null : whyNotFrom(from, memberId);
  return notLeaving === null && kind !== 'remove' ? whyNotTo(to, memberId) : notLeaving;
}

/** Why somebody can't leave a source; one that was not read must never pass for "they are in it". */
function whyNotFrom(from: Occupants | null, memberId: number): StaleReason | null {
  if (from === null || from === 'gone') return 'sourceGone';
  return from.has(memberId) ? null : 'notInSource';
}

/** Why somebody can't join a target; one that was not read must never pass for "nobody is in it". */
function whyNotTo(to: Occupants | null, memberId: number): StaleReason | null {
  if (to === null || to === 'gone') return 'targetGone';
  return to.has(memberId) ? 'alreadyInTarget' : null;
}
