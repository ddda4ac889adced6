import { ok, err, type Result } from '../../contract';
import type { SegmentWithMembers, ShorterLoopError } from '../../adapters/shorterloop';
import { shorterLoopProblem } from '../result';
import type { Connected } from '../connection';
import { isUnreadable } from './readSegmentOrGone';

/** How many segments are read at once under the plan `per-segment`. */
export const READS_AT_ONCE = 12;
/** What follows a reading that precedes a write: the write itself and the read-back of both sides. */
const CALLS_OF_A_WRITE = 3;

/**
 * Every segment of the initiative with its members: one call, or one for the list and then one for
 * each segment side by side. A segment that is deleted between the two is left out, and one whose answer can't be
 * read is marked as such, unless that is so of all; any other failure fails the whole, because half an answer would
 * show people as being in no segment.
 * @param purpose with `write`, the calls of the write that follows are asked for as well
 */
export async function readSegments(
  connected: Connected,
  purpose: 'look' | 'write',
): Promise<Result<SegmentWithMembers[]>> {
  const { client, settings, rateLimiter } = connected;
  const admitted = await (purpose === 'look' ? rateLimiter.reserveLook(1) : rateLimiter.reserve(1 + CALLS_OF_A_WRITE));
  if (admitted.kind === 'problem') return admitted;
  if (settings.profile.readPlan === 'per-segment') return readOneByOne(connected);
  const read = await client.segmentsWithMembers();
  return read.kind === 'ok' ? read : err(shorterLoopProblem(read.problem));
}

async function readOneByOne({ client, rateLimiter }: Connected): Promise<Result<SegmentWithMembers[]>> {
  const list = await client.listSegments();
  if (list.kind === 'problem') return err(shorterLoopProblem(list.problem));
  const admitted = await rateLimiter.reserveLook(list.value.length);
  if (admitted.kind === 'problem') return admitted;
  const segments: SegmentWithMembers[] = [];
  let unreadable: ShorterLoopError | null = null;
  for (let start = 0; start < list.value.length; start += READS_AT_ONCE) {
    const some = list.value.slice(start, start + READS_AT_ONCE);
    const reads = await Promise.all(some.map(({ id }) => client.segmentWithMembers(id)));
    for (const [place, read] of reads.entries()) {
      const listed = some[place];
      if (read.kind === 'ok') segments.push(read.value);
      else if (listed !== undefined && isUnreadable(read.problem)) {
        unreadable = read.problem;
        segments.push({ ...listed, members: [], unreadable: 'segment' });
      } else if (read.problem.cause !== 'notFound') return err(shorterLoopProblem(read.problem));
    }
  }
  const isAll = segments.every((segment) => segment.unreadable === 'segment');
  return unreadable !== null && isAll ? err(shorterLoopProblem(unreadable)) : ok(segments);
}
