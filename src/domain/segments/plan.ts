import type { StaleReason, WriteEnds } from '../../contract';
import { toSegmentRef, isIn, type SegmentMembers } from './memberships';

/** A write that may be sent: every id in it was seen in Shorter Loop's own answer. */
export type WritePlan = WriteEnds & { readonly memberIds: readonly number[] };

/** A plan, or why the request no longer means what its user saw. */
export type Planned =
  | { readonly kind: 'plan'; readonly plan: WritePlan }
  | { readonly kind: 'stale'; readonly reason: StaleReason }
  /** Who is in this segment can't be told, so that nothing about it could be read back. */
  | { readonly kind: 'unreadable'; readonly segmentId: number };

/** One member and the segments of the request, as the user asked for them. */
export type WriteRequest = {
  readonly memberId: number;
  readonly fromSegmentId: number;
  readonly toSegmentId: number | null;
};

/** One member and the segment that they are to join. */
export type AddRequest = { readonly memberId: number; readonly toSegmentId: number };

/**
 * Plans one move or removal from what Shorter Loop says now. Whether it is a move or a removal is decided by
 * `request.toSegmentId` being null and by nothing else.
 * @param segments every segment of the initiative with its members, read just before
 */
export function planMove(segments: readonly SegmentMembers[], request: WriteRequest): Planned {
  const from = segments.find((segment) => segment.id === request.fromSegmentId);
  if (from === undefined) return stale('sourceGone');
  if (from.unreadable !== undefined) return unreadable(from);
  if (!isIn(from, request.memberId)) return stale('notInSource');
  const memberIds = [request.memberId];
  if (request.toSegmentId === null)
    return { kind: 'plan', plan: { kind: 'remove', memberIds, from: toSegmentRef(from), to: null } };
  const to = segments.find((segment) => segment.id === request.toSegmentId);
  if (to === undefined) return stale('targetGone');
  if (to.unreadable !== undefined) return unreadable(to);
  // Also refuses a move onto itself: who is in the source is then in the target.
  if (isIn(to, request.memberId)) return stale('alreadyInTarget');
  return { kind: 'plan', plan: { kind: 'move', memberIds, from: toSegmentRef(from), to: toSegmentRef(to) } };
}

/**
 * Plans one adding from what Shorter Loop says now.
 * @param segments every segment of the initiative with its members, read just before
 */
export function planAdd(segments: readonly SegmentMembers[], { memberId, toSegmentId }: AddRequest): Planned {
  const to = segments.find((segment) => segment.id === toSegmentId);
  if (to === undefined) return stale('targetGone');
  if (to.unreadable !== undefined) return unreadable(to);
  if (isIn(to, memberId)) return stale('alreadyInTarget');
  return { kind: 'plan', plan: { kind: 'add', memberIds: [memberId], from: null, to: toSegmentRef(to) } };
}

function unreadable({ id }: SegmentMembers): Planned {
  return { kind: 'unreadable', segmentId: id };
}

function stale(reason: StaleReason): Planned {
  return { kind: 'stale', reason };
}
