import { isIn } from '../../domain/segments';
import type { SegmentWithMembers } from '../../adapters/shorterloop';
import { updateMemberships, type DirectoryMeta } from '../../adapters/store';
import { logFailure } from '../result';

/** What was seen of one member, and in which segments one looked. */
export type Observation = {
  readonly memberId: number;
  readonly segments: readonly SegmentWithMembers[];
  readonly live: ReadonlySet<number>;
};

/**
 * Corrects the directory by what was just read. Never throws: what can't be noted is found by the next
 * refresh, and what was asked for is done.
 * @param head null where no directory is kept yet
 */
export async function updateDirectory(
  directoryMeta: DirectoryMeta | null,
  { memberId, segments, live }: Observation,
): Promise<void> {
  if (directoryMeta === null || live.size === 0) return;
  const learned = new Map([...live].map((id) => [id, isMemberOf(segments, id, memberId)]));
  await updateMemberships([{ memberId, learned, atMs: Date.now() }]).catch((error: unknown) => {
    logFailure('directory', error);
  });
}

function isMemberOf(segments: readonly SegmentWithMembers[], segmentId: number, memberId: number): boolean {
  const segment = segments.find(({ id }) => id === segmentId);
  return segment !== undefined && isIn(segment, memberId);
}
