import type { Stray, Strays } from './ledger';
import { labelOfSegment, markedId } from './segmentLabel';
import type { Segment } from './segments';

/**
 * So many were changed beside a write in one segment: others, or the very member whom it was about. Only an admin is
 * told who it was.
 */
export type StrayCount = {
  readonly segment: Segment;
  readonly what: 'missing' | 'joined';
  readonly who: 'member' | 'others';
  readonly count: number;
};

/** Who else was changed beside a write, in numbers; `isMore` where not all could be named. */
export type StraysView = { readonly counts: readonly StrayCount[]; readonly isMore: boolean };

/**
 * What a page is told of those who were changed beside a write; null where nobody was.
 * @param memberIds whom the write was about
 * @param segments all of the initiative, by whose names the segments are told; one that is not there has its id alone
 */
export function straysViewOf(
  strays: Strays | null,
  memberIds: readonly number[],
  segments: readonly Segment[],
): StraysView | null {
  if (strays === null || strays.count === 0) return null;
  const { missing, joined, count } = strays;
  const isOwn = ({ memberId }: Stray): boolean => memberIds.includes(memberId);
  const countsOf = (what: StrayCount['what'], who: StrayCount['who'], some: readonly Stray[]): StrayCount[] =>
    [...new Set(some.map(({ segmentId }) => segmentId))].map((segmentId) => ({
      segment: labelled(segmentId, segments),
      what,
      who,
      count: some.filter((one) => one.segmentId === segmentId).length,
    }));
  return {
    counts: [
      ...countsOf('missing', 'member', missing.filter(isOwn)),
      ...countsOf(
        'missing',
        'others',
        missing.filter((one) => !isOwn(one)),
      ),
      ...countsOf('joined', 'member', joined.filter(isOwn)),
      ...countsOf(
        'joined',
        'others',
        joined.filter((one) => !isOwn(one)),
      ),
    ],
    isMore: count > missing.length + joined.length,
  };
}

function labelled(segmentId: number, segments: readonly Segment[]): Segment {
  const found = segments.find(({ id }) => id === segmentId);
  return { id: segmentId, name: found === undefined ? markedId(segmentId) : labelOfSegment(found, segments) };
}
