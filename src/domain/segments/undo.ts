import type { LedgerEntry, UndoRefusal } from '../../contract';
import { isConfirmed } from './outcome';
import { segmentIdsOf, type SegmentMembers } from './memberships';
import type { WriteRequest } from './plan';

/** The write that takes a move back, or why it can't be taken back. */
export type UndoPlan =
  | { readonly kind: 'request'; readonly request: WriteRequest }
  | { readonly kind: 'refused'; readonly reason: UndoRefusal };

/** What an undo is judged by. */
export type UndoFacts = {
  /** The reporter whose issue the undo is asked from. */
  readonly reporterAccountId: string | null;
  /** The member that this reporter is linked to now. */
  readonly memberId: number;
  /** Every segment with its members, read just before. */
  readonly segments: readonly SegmentMembers[];
  /** Recent writes about the same reporter. */
  readonly history: readonly LedgerEntry[];
};

/**
 * Plans the undo of a write. Only a confirmed move of this reporter's member can be undone, only
 * once, and only while the member is still where it was put: anything else would move someone who
 * has since been put elsewhere on purpose.
 */
export function planUndo(entry: LedgerEntry, facts: UndoFacts): UndoPlan {
  if (entry.reporterAccountId !== facts.reporterAccountId) return refused('otherReporter');
  if (entry.kind !== 'move') return refused('notAMove');
  const moved = entry.members.find(({ memberId }) => memberId === facts.memberId);
  if (moved === undefined) return refused('otherReporter');
  if (moved.outcome !== 'confirmed') return refused('notConfirmed');
  if (facts.history.some((later) => later.undoes === entry.operationId && isConfirmed(later)))
    return refused('alreadyUndone');
  const now = segmentIdsOf(facts.segments, facts.memberId);
  if (!now.includes(entry.to.id) || now.includes(entry.from.id)) return refused('movedSince');
  return {
    kind: 'request',
    request: { memberId: facts.memberId, fromSegmentId: entry.to.id, toSegmentId: entry.from.id },
  };
}

function refused(reason: UndoRefusal): UndoPlan {
  return { kind: 'refused', reason };
}
