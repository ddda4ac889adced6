import type { Result } from '../../../contract';
import { unknownMember, type Directory } from '../../../domain/people';
import type { SegmentMembers } from '../../../domain/segments';
import type { Connected } from '../../../usecases/connection';
import { directoryFor, readAffectedSegments, readAllSegments, type SegmentsReading } from '../../../usecases/lookup';
import { readDirectory, readMember } from '../../../adapters/store';

/** So many segments are read for a test where each is a call of its own: before and after a step, within its time. */
const MOST_READ = 24;
const NO_DIRECTORY: Directory = { asOfMs: 0, finishedAtMs: 0, segments: [] };

/** Whom and what a test is about. */
export type TestSubject = {
  readonly memberId: number;
  readonly fromSegmentId: number;
  readonly toSegmentId: number;
};

/**
 * Reads for a step whom it could change: every segment, or, where each is a call of its own and there are many, both
 * of the test, those in which the directory has the person, and some others.
 */
export async function readForTest(
  connected: Connected,
  { memberId, fromSegmentId, toSegmentId }: TestSubject,
  purpose: 'look' | 'write',
): Promise<Result<SegmentsReading>> {
  if (connected.settings.profile.readPlan === 'all-at-once') return readAllSegments(connected, purpose);
  const [directoryMeta, member] = await Promise.all([readDirectory(), readMember(memberId)]);
  return readAffectedSegments(connected, directoryFor(connected.settings, directoryMeta) ?? NO_DIRECTORY, {
    members: [member ?? unknownMember(memberId)],
    affectedSegments: (segments, memberSegmentIds) =>
      [...new Set([fromSegmentId, toSegmentId, ...memberSegmentIds, ...segments.map(({ id }) => id)])].slice(
        0,
        MOST_READ,
      ),
    purpose,
  });
}

/**
 * The segments of a reading as far as they can be compared: of one that was not read nobody is known, and of one that
 * was read in part those whom it shows.
 */
export function comparable({ segments, live }: Pick<SegmentsReading, 'segments' | 'live'>): SegmentMembers[] {
  return segments.map((segment) =>
    live.has(segment.id) || segment.unreadable === 'members'
      ? segment
      : { ...segment, members: [], unreadable: 'segment' },
  );
}
