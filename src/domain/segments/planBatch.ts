import type { Segment, StaleReason, WriteEnds } from '../../contract';
import type { WritePlan } from './plan';

/** The ends of a write about many members: they all leave one segment, for one other or for none. */
export type BatchEnds = Exclude<WriteEnds, { readonly kind: 'add' }>;

/** The ids of a segment's members as just read; `'gone'` when the segment no longer exists. */
export type Occupants = ReadonlySet<number> | 'gone';

/** Both ends of a batch as just read; the target is null for a removal. */
export type PairReading = { readonly from: Occupants; readonly to: Occupants | null };

/** What may be sent of a batch, null when nothing may; and why the others may not. */
export type PlannedBatch = { readonly plan: WritePlan | null; readonly stale: ReadonlyMap<number, StaleReason> };

/** The ends of a move, or of a removal when there is no target: decided by `to` being null and by nothing else. */
export function batchEnds(from: Segment, to: Segment | null): BatchEnds {
  return to === null ? { kind: 'remove', from, to } : { kind: 'move', from, to };
}

/**
 * Plans one write about many members from what Shorter Loop says now, by the same rules as a write about one.
 * @param memberIds whoever is wanted; one that is named twice is planned once
 */
export function planBatch(ends: BatchEnds, reading: PairReading, memberIds: readonly number[]): PlannedBatch {
  const stale = new Map<number, StaleReason>();
  const planned = new Set<number>();
  for (const memberId of memberIds) {
    const reason = whyNot(ends, reading, memberId);
    if (reason === null) planned.add(memberId);
    else stale.set(memberId, reason);
  }
  return { plan: planned.size === 0 ? null : { ...ends, memberIds: [...planned] }, stale };
}

function whyNot({ kind }: BatchEnds, { from, to }: PairReading, memberId: number): StaleReason | null {
  if (from === 'gone') return 'sourceGone';
  if (!from.has(memberId)) return 'notInSource';
  if (kind === 'remove') return null;
  // A target that was not read must never pass for "nobody is in it".
  if (to === null || to === 'gone') return 'targetGone';
  return to.has(memberId) ? 'alreadyInTarget' : null;
}
