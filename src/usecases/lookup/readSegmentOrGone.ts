import type { ShorterLoopError, ShorterLoopResult } from '../../adapters/shorterloop';
import type { Connected } from '../connection';

/**
 * One segment, or `gone` where Shorter Loop has it no more. The path of this read is an assumption, so that a 404
 * alone could also mean that the path is wrong: only the list of all segments decides.
 * @param read how the segment is read: with its members, or their ids alone
 * @returns what the read said, or why the list could not be read
 */
export async function readSegmentOrGone<T>(
  client: Connected['client'],
  segmentId: number,
  read: (segmentId: number) => Promise<ShorterLoopResult<T>>,
): Promise<ShorterLoopResult<T | 'gone'>> {
  const segment = await read(segmentId);
  if (segment.kind === 'ok' || segment.problem.cause !== 'notFound') return segment;
  const list = await client.listSegments();
  if (list.kind === 'problem') return list;
  return list.value.some(({ id }) => id === segmentId) ? segment : { kind: 'ok', value: 'gone' };
}

/** Whether an answer came, and is not what a segment should be: that segment alone can't be read. */
export function isUnreadable({ cause, status }: ShorterLoopError): boolean {
  return cause === 'malformed' && status !== null && status >= 200 && status <= 299;
}
