import type { Segment } from '../../contract';

/**
 * What of a segment can't be read, because Shorter Loop's record of it is not as it should be: nearly all of it, or who
 * some of its members are. Whoever is not among its members may be in it all the same.
 */
export type Unreadable = 'segment' | 'members';

/** A segment with the ids of its members, as far as this folder needs to know it. */
export type SegmentMembers = Segment & {
  readonly members: readonly { readonly id: number }[];
  readonly unreadable?: Unreadable;
};

/** The segments that can be shown and chosen: those of which more can be read than an id. */
export function readableSegments<S extends { readonly unreadable?: Unreadable }>(segments: readonly S[]): S[] {
  return segments.filter(({ unreadable }) => unreadable !== 'segment');
}

/**
 * The ids of the segments that a member is in, in the order of `segments`.
 * @param segments every segment of the initiative with its members
 */
export function segmentIdsOf(segments: readonly SegmentMembers[], memberId: number): number[] {
  return segments.filter((segment) => isIn(segment, memberId)).map((segment) => segment.id);
}

/** Whether a member is in this segment. */
export function isIn(segment: SegmentMembers, memberId: number): boolean {
  return segment.members.some((member) => member.id === memberId);
}

/** The segment without its members: what a page and the ledger keep of it. */
export function toSegmentRef(segment: Segment): Segment {
  return { id: segment.id, name: segment.name };
}

/**
 * The segments as they are known after a read-back: what was read again replaces what was read before.
 * @param reread a segment read again, or `'gone'` when Shorter Loop no longer has it, by segment id
 */
export function withReadBack<S extends SegmentMembers>(
  segments: readonly S[],
  reread: ReadonlyMap<number, S | 'gone'>,
): S[] {
  return segments.flatMap((segment) => {
    const now = reread.get(segment.id) ?? segment;
    return now === 'gone' ? [] : [now];
  });
}
