import { ok, err, type Result } from '../../contract';
import type { SegmentWithMembers } from '../../adapters/shorterloop';
import { shorterLoopProblem } from '../result';
import type { Connected } from '../connection';

/** How many segments are read at once under the plan `per-segment`. */
export const READS_AT_ONCE = 12;
/** What follows a reading that precedes a write: the write itself and the read-back of both sides. */
export const CALLS_OF_A_WRITE = 3;

/**
 * Every segment of the initiative with its members: one call, or one for the list and then one for
 * each segment side by side. A segment that is deleted between the two is left out; any other
 * failure fails the whole, because half an answer would show people as being in no segment.
 * @param purpose with `write`, the calls of the write that follows are asked for as well
 */
export async function readSegments(
  connected: Connected,
  purpose: 'look' | 'write',
): Promise<Result<SegmentWithMembers[]>> {
  const { client, settings, rateLimiter } = connected;
  const admitted = await (purpose === 'look' ? rateLimiter.reserveLook(1) : rateLimiter.reserve(1 + CALLS_OF_A_WRITE));
  if (admitted.kind === 'problem') return admitted;
  if (settings.readPlan === 'per-segment') return readOneByOne(connected);
  const read = await client.segmentsWithMembers();
  return read.kind === 'ok' ? read : err(shorterLoopProblem(read.problem));
}

async function readOneByOne({ client, rateLimiter }: Connected): Promise<Result<SegmentWithMembers[]>> {
  const list = await client.listSegments();
  if (list.kind === 'problem') return err(shorterLoopProblem(list.problem));
  const admitted = await rateLimiter.reserveLook(list.value.length);
  if (admitted.kind === 'problem') return admitted;
  const segments: SegmentWithMembers[] = [];
  for (let start = 0; start < list.value.length; start += READS_AT_ONCE) {
    const ids = list.value.slice(start, start + READS_AT_ONCE).map(({ id }) => id);
    for (const read of await Promise.all(ids.map((id) => client.segmentWithMembers(id)))) {
      if (read.kind === 'ok') segments.push(read.value);
      else if (read.problem.cause !== 'notFound') return err(shorterLoopProblem(read.problem));
    }
  }
  return ok(segments);
}
