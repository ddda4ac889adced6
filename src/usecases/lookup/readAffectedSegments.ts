import { type ConnectionSettings, type ReadPlan, type Segment, ok, err, type Result } from '../../contract';
import { isSmall, membershipsIn, type Directory, type MemberRecord } from '../../domain/people';
import type { SegmentWithMembers } from '../../adapters/shorterloop';
import { isOf, type DirectoryMeta } from '../../adapters/store';
import { shorterLoopProblem } from '../result';
import { requireReads, type Connected } from '../connection';
import { isOfOneSegment } from './readSegmentOrGone';
import { named, readEach, readSegments } from './readSegments';

/**
 * Which segments a question is about, out of all and those in which the directory has the member: these
 * are read from Shorter Loop, and decide.
 */
export type AffectedSegments = (segments: readonly Segment[], memberSegmentIds: readonly number[]) => readonly number[];

/** What a look at someone is about: the segments in which the directory has them. */
export const whereTheyAre: AffectedSegments = (_segments, memberSegmentIds) => memberSegmentIds;

/** Segments as they were read for a question. */
export type SegmentsReading = {
  /** Every segment; one that was not read has, of the members asked about, those whom the directory has in it. */
  readonly segments: readonly SegmentWithMembers[];
  /** The segments that were read from Shorter Loop just now, and in full. */
  readonly live: ReadonlySet<number>;
  /** What the others are as of (milliseconds since the epoch); null when all were read. */
  readonly othersAsOfMs: number | null;
  /** How the live ones were read; what is written from this reading is read back in the same way. */
  readonly how: ReadPlan;
};

/** The directory that answers for these settings; null before it is complete, or when it is of another Shorter Loop. */
export function directoryFor(settings: ConnectionSettings, directoryMeta: DirectoryMeta | null): Directory | null {
  return directoryMeta !== null && isOf(directoryMeta, settings) ? directoryMeta.complete : null;
}

/** The directory that says what to read; null where reading everything is as quick. */
export function snapshotFor(settings: ConnectionSettings, directoryMeta: DirectoryMeta | null): Directory | null {
  const directory = directoryFor(settings, directoryMeta);
  if (directory === null || settings.profile.readPlan === 'per-segment') return directory;
  return isSmall(directory.segments.reduce((sum, { members }) => sum + members, 0)) ? null : directory;
}

/** Reads every segment. */
export async function readAllSegments(
  connected: Connected,
  purpose: 'look' | 'write',
): Promise<Result<SegmentsReading>> {
  const read = await readSegments(connected, purpose);
  if (read.kind === 'problem') return read;
  const { readPlan: how } = connected.settings.profile;
  return ok({ segments: read.value, live: readInFull(read.value), othersAsOfMs: null, how });
}

/** A question about members: whom it is about, as the directory knows them, and which segments decide. */
export type SegmentQuestion = {
  readonly members: readonly MemberRecord[];
  readonly affectedSegments: AffectedSegments;
  /** With `write`, the calls of the write that follows are asked for as well. */
  readonly purpose: 'look' | 'write';
};

/**
 * Reads the segments that a question is about, and the list of all beside them. One that the list no longer
 * has is left out, and one that can't be read, or may not be, is marked as such and told from the directory; any other
 * failure fails the whole.
 */
export async function readAffectedSegments(
  connected: Connected,
  directory: Directory,
  { members, affectedSegments, purpose }: SegmentQuestion,
): Promise<Result<SegmentsReading>> {
  const { client, rateLimiter } = connected;
  const readable = requireReads(connected);
  if (readable.kind === 'problem') return readable;
  const memberSegmentIds = [...new Set(members.flatMap((member) => membershipsIn(directory, member)))];
  const first = [...new Set(affectedSegments(directory.segments, memberSegmentIds))];
  const calls = 1 + first.length;
  const admitted = await (purpose === 'look'
    ? rateLimiter.reserveLook(calls)
    : // What is read before a write is read once more after it.
      rateLimiter.reserve(calls + 1 + first.length));
  if (admitted.kind === 'problem') return admitted;
  const [list, early] = await Promise.all([client.listSegments(), readEach(connected, first)]);
  if (list.kind === 'problem') return err(shorterLoopProblem(list.problem));
  // A segment that was made or renamed since the directory was: what it is about is asked once more.
  const late = affectedSegments(list.value, memberSegmentIds).filter((id) => !early.has(id));
  if (late.length > 0) await rateLimiter.reserveLook(late.length);
  const read = new Map([...early, ...(await readEach(connected, [...new Set(late)]))]);
  const segments: SegmentWithMembers[] = [];
  for (const listed of list.value) {
    const { id } = listed;
    const answer = read.get(id);
    const told = { ...listed, members: members.filter(({ segmentIds }) => segmentIds.includes(id)).map(nameless) };
    if (answer === undefined) segments.push(told);
    else if (answer.kind === 'ok') segments.push(named(answer.value, listed));
    else if (isOfOneSegment(answer.problem)) segments.push({ ...told, unreadable: 'segment' });
    else return err(shorterLoopProblem(answer.problem));
  }
  return ok({
    segments,
    live: readInFull(
      segments.filter(({ id }) => read.has(id)),
      read.keys(),
    ),
    othersAsOfMs: directory.asOfMs,
    how: 'per-segment',
  });
}

/**
 * The ids of segments that say who is in them and who is not.
 * @param asked further ones, which are no longer there
 */
function readInFull(segments: readonly SegmentWithMembers[], asked: Iterable<number> = []): Set<number> {
  const live = new Set([...asked, ...segments.map(({ id }) => id)]);
  for (const { id, unreadable } of segments) if (unreadable !== undefined) live.delete(id);
  return live;
}

/** Every segment as the directory tells it of one member; nothing is asked of Shorter Loop. */
export function cachedSegments(directory: Directory, member: MemberRecord | null): SegmentWithMembers[] {
  return directory.segments.map(({ id, name }) => ({
    id,
    name,
    members: member?.segmentIds.includes(id) === true ? [nameless(member)] : [],
  }));
}

function nameless({ memberId }: MemberRecord): SegmentWithMembers['members'][number] {
  return { id: memberId, email: null, name: null };
}
