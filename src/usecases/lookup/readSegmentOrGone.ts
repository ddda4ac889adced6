import type { ShorterLoopError, ShorterLoopResult } from '../../adapters/shorterloop';
import type { Connected } from '../connection';

/**
 * One segment; `gone` where Shorter Loop has it no more, and `unreadable` where that one alone can't be read: its
 * answer is not what it should be, or it is kept from whoever has this key. The path of this read is an assumption, and
 * a key may be refused in any way, so that a 403 or a 404 alone could mean that nothing can be read: only the list of
 * all segments decides.
 * @param read how the segment is read: with its members, or their ids alone
 * @returns what the read said, or why the list could not be read
 */
export async function readSegmentOrGone<T>(
  client: Connected['client'],
  segmentId: number,
  read: (segmentId: number) => Promise<ShorterLoopResult<T>>,
): Promise<ShorterLoopResult<T | 'gone' | 'unreadable'>> {
  const segment = await read(segmentId);
  if (segment.kind === 'ok') return segment;
  if (isUnreadable(segment.problem)) return { kind: 'ok', value: 'unreadable' };
  if (!isOfOneSegment(segment.problem)) return segment;
  const list = await client.listSegments();
  if (list.kind === 'problem') return list;
  const isListed = list.value.some(({ id }) => id === segmentId);
  // One that is kept from this key may be kept out of its list as well.
  return { kind: 'ok', value: isListed || segment.problem.cause === 'forbidden' ? 'unreadable' : 'gone' };
}

/** Whether an answer came, and is not what a segment should be: that segment alone can't be read. */
function isUnreadable({ cause, status }: ShorterLoopError): boolean {
  return cause === 'malformed' && status !== null && status >= 200 && status <= 299;
}

/** Whether a failed read of one segment is about that one alone. Only where the list of all could be read just then. */
export function isOfOneSegment(problem: ShorterLoopError): boolean {
  return isUnreadable(problem) || problem.cause === 'forbidden' || problem.cause === 'notFound';
}
