import type { ReadPlan } from '../contract';
import type { Result, SegmentWithMembers, ShorterLoop } from '../shorterloop';

/** How many segments are read at once under the plan `per-segment`. */
const READS_AT_ONCE = 12;

/**
 * Every segment of the initiative with its members: one call, or one for the list and then one for
 * each segment side by side. A segment that is deleted between the two is left out; any other
 * failure fails the whole, because half an answer would show people as being in no segment.
 */
export async function readSegments(client: ShorterLoop, plan: ReadPlan): Promise<Result<SegmentWithMembers[]>> {
  if (plan === 'all-at-once') return client.segmentsWithMembers();
  const list = await client.listSegments();
  if (list.kind === 'failed') return list;
  const segments: SegmentWithMembers[] = [];
  for (let start = 0; start < list.value.length; start += READS_AT_ONCE) {
    const ids = list.value.slice(start, start + READS_AT_ONCE).map(({ id }) => id);
    for (const read of await Promise.all(ids.map((id) => client.segmentWithMembers(id)))) {
      if (read.kind === 'ok') segments.push(read.value);
      else if (read.error.cause !== 'notFound') return read;
    }
  }
  return { kind: 'ok', value: segments };
}
