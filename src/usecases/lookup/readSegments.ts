import { ok, err, type Problem, type Result, type Segment } from '../../contract';
import type { SegmentWithMembers, ShorterLoopError, ShorterLoopResult } from '../../adapters/shorterloop';
import { inGroupsOf } from '../../adapters/store';
import { shorterLoopProblem } from '../result';
import { requireReads, type Connected } from '../connection';
import { isOfOneSegment } from './readSegmentOrGone';

/** How many segments are read at once under the plan `per-segment`. */
const READS_AT_ONCE = 12;
/** What follows a reading that precedes a write: the write itself and the read-back of both sides. */
const CALLS_OF_A_WRITE = 3;

/**
 * Every segment of the initiative with its members: one call, or one for the list and then one for
 * each segment side by side. A segment that is deleted between the two is left out, and one that can't be read, or may
 * not be, is marked as such, unless that is so of all; any other failure fails the whole, because half an answer would
 * show people as being in no segment. Nobody is looked up before the check has passed: by an assumed form other ids
 * than the people's may be read, which would say of them what is not so.
 * @param purpose with `write`, the calls of the write that follows are asked for as well
 */
export async function readSegments(
  connected: Connected,
  purpose: 'look' | 'write',
): Promise<Result<SegmentWithMembers[]>> {
  const { client, settings, rateLimiter } = connected;
  const readable = requireReads(connected);
  if (readable.kind === 'problem') return emptyOrRefused(connected, readable.problem);
  const admitted = await (purpose === 'look' ? rateLimiter.reserveLook(1) : rateLimiter.reserve(1 + CALLS_OF_A_WRITE));
  if (admitted.kind === 'problem') return admitted;
  if (settings.profile.readPlan === 'per-segment') return readOneByOne(connected, purpose);
  const leftOut = client.leftOut();
  const read = await client.segmentsWithMembers();
  if (read.kind === 'problem') return err(shorterLoopProblem(read.problem));
  return client.leftOut() > leftOut ? withUnread(connected, read.value) : read;
}

/** Where the list alone is proven, there may be nobody anywhere: a site without segments has nothing to check. */
async function emptyOrRefused(
  { client, proofs, rateLimiter }: Connected,
  notProven: Problem,
): Promise<Result<SegmentWithMembers[]>> {
  if (proofs.listSegments === undefined) return err(notProven);
  const admitted = await rateLimiter.reserveLook(1);
  if (admitted.kind === 'problem') return admitted;
  const list = await client.listSegments();
  if (list.kind === 'problem') return err(shorterLoopProblem(list.problem));
  return list.value.length === 0 ? ok([]) : err(notProven);
}

/**
 * What was left out of an answer may be a segment's whole record: one that the list still has is not gone, and who is
 * in it can't be told.
 */
async function withUnread(
  { client }: Connected,
  read: readonly SegmentWithMembers[],
): Promise<Result<SegmentWithMembers[]>> {
  const list = await client.listSegments();
  if (list.kind === 'problem') return err(shorterLoopProblem(list.problem));
  const known = new Set(read.map(({ id }) => id));
  const unread = list.value.filter(({ id }) => !known.has(id));
  return ok([...read, ...unread.map((listed) => ({ ...listed, members: [], unreadable: 'segment' as const }))]);
}

async function readOneByOne(connected: Connected, purpose: 'look' | 'write'): Promise<Result<SegmentWithMembers[]>> {
  const { client, rateLimiter } = connected;
  const list = await client.listSegments();
  if (list.kind === 'problem') return err(shorterLoopProblem(list.problem));
  const { length } = list.value;
  const admitted = await (purpose === 'look' ? rateLimiter.reserveLook(length) : rateLimiter.reserveRest(length));
  if (admitted.kind === 'problem') return admitted;
  const reads = new Map<number, ShorterLoopResult<SegmentWithMembers>>();
  const failed: ShorterLoopError[] = [];
  for (const some of inGroupsOf(list.value, READS_AT_ONCE)) {
    for (const [id, read] of await readEach(
      connected,
      some.map(({ id }) => id),
    )) {
      reads.set(id, read);
      if (read.kind === 'problem') failed.push(read.problem);
    }
    const other = failed.find((problem) => !isOfOneSegment(problem));
    if (other !== undefined) return err(shorterLoopProblem(other));
  }
  const listed = await stillListed(connected, list.value, failed);
  if (listed.kind === 'problem') return listed;
  const segments = listed.value.map((segment): SegmentWithMembers => {
    const read = reads.get(segment.id);
    return read?.kind === 'ok' ? named(read.value, segment) : { ...segment, members: [], unreadable: 'segment' };
  });
  const [first] = failed;
  const isNone = segments.length > 0 && segments.every(({ unreadable }) => unreadable === 'segment');
  return isNone && first !== undefined ? err(shorterLoopProblem(first)) : ok(segments);
}

/** A segment under the name that the list has for it, where its own answer has none. */
export function named(segment: SegmentWithMembers, { name }: Segment): SegmentWithMembers {
  return segment.name === '' ? { ...segment, name } : segment;
}

/** The segments of a list that are there all the same, where one of them was not found. */
async function stillListed(
  { client }: Connected,
  listed: readonly Segment[],
  failed: readonly ShorterLoopError[],
): Promise<Result<readonly Segment[]>> {
  if (failed.every(({ cause }) => cause !== 'notFound')) return ok(listed);
  const list = await client.listSegments();
  if (list.kind === 'problem') return err(shorterLoopProblem(list.problem));
  const now = new Set(list.value.map(({ id }) => id));
  return ok(listed.filter(({ id }) => now.has(id)));
}

/** Segments by their ids, some of them side by side. */
export async function readEach(
  { client }: Connected,
  ids: readonly number[],
): Promise<Map<number, ShorterLoopResult<SegmentWithMembers>>> {
  const read = new Map<number, ShorterLoopResult<SegmentWithMembers>>();
  for (let start = 0; start < ids.length; start += READS_AT_ONCE) {
    const some = ids.slice(start, start + READS_AT_ONCE);
    const answers = await Promise.all(some.map((id) => client.segmentWithMembers(id)));
    for (const [place, answer] of answers.entries()) read.set(some[place] ?? 0, answer);
  }
  return read;
}
