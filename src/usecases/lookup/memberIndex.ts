import { type Segment, ok, type Result } from '../../contract';
import { ageOf, membershipsIn, normalizeEmail, type Directory } from '../../domain/people';
import type { SegmentWithMembers } from '../../adapters/shorterloop';
import {
  forEachGroup,
  inGroupsOf,
  membersByEmailKey,
  readEmailKeyOf,
  readMembers,
  type DirectoryMeta,
  type EmailKeyOf,
} from '../../adapters/store';
import { snapshotFor } from './readAffectedSegments';
import type { Connected } from '../connection';
import { readSegments } from './readSegments';

/**
 * What is asked of Shorter Loop's members when many people are looked up: ids only, no names. Only who is in some
 * segment counts.
 */
export type MemberIndex = {
  /** In Shorter Loop's order. */
  readonly segments: readonly Segment[];
  /** What it tells is as of then (milliseconds since the epoch); null when it was read from Shorter Loop just now. */
  readonly asOfMs: number | null;
  /** The ids of the members who have exactly one of these e-mails, by e-mail. */
  readonly idsOf: (emails: readonly string[]) => Promise<ReadonlyMap<string, readonly number[]>>;
  /** In which segments each of these members is; who is in none is left out. */
  readonly segmentIdsOf: (memberIds: readonly number[]) => Promise<ReadonlyMap<number, readonly number[]>>;
};

/**
 * Finds the index for this invocation: the directory where there are many members, and a live reading where
 * they are few, none is kept, or it is out of date. Throws ForgeKvsError when storage fails.
 */
export async function readMemberIndex(
  connected: Connected,
  directoryMeta: DirectoryMeta | null,
): Promise<Result<MemberIndex>> {
  const snapshot = snapshotFor(connected.settings, directoryMeta);
  if (snapshot !== null && ageOf(snapshot.asOfMs, Date.now()) !== 'stale') {
    const keyOf = await readEmailKeyOf();
    if (keyOf !== null) return ok(indexOfDirectory(snapshot, keyOf));
  }
  const segments = await readSegments(connected, 'look');
  return segments.kind === 'ok' ? ok(indexOfReading(segments.value)) : segments;
}

function indexOfDirectory(directory: Directory, keyOf: EmailKeyOf): MemberIndex {
  return {
    segments: directory.segments,
    asOfMs: directory.asOfMs,
    idsOf: async (emails) => {
      const found = await forEachGroup(inGroupsOf(emails, 1), async ([email = '']) => {
        const members = await membersByEmailKey(keyOf(email));
        return [
          email,
          members.filter((member) => membershipsIn(directory, member).length > 0).map(({ memberId }) => memberId),
        ] as const;
      });
      return new Map(found);
    },
    segmentIdsOf: async (memberIds) => {
      const members = await readMembers([...new Set(memberIds)]);
      const told = [...members.values()].map((member) => [member.memberId, membershipsIn(directory, member)] as const);
      return new Map(told.filter(([, segmentIds]) => segmentIds.length > 0));
    },
  };
}

function indexOfReading(segments: readonly SegmentWithMembers[]): MemberIndex {
  const segmentIds = new Map<number, number[]>();
  const byEmail = new Map<string, Set<number>>();
  for (const { id: segmentId, members } of segments) {
    for (const { id, email } of members) {
      const known = segmentIds.get(id);
      if (known === undefined) segmentIds.set(id, [segmentId]);
      else known.push(segmentId);
      if (email === null) continue;
      const sharing = byEmail.get(normalizeEmail(email)) ?? new Set();
      byEmail.set(normalizeEmail(email), sharing.add(id));
    }
  }
  return {
    segments,
    asOfMs: null,
    idsOf: async (emails) => new Map(emails.map((email) => [email, [...(byEmail.get(normalizeEmail(email)) ?? [])]])),
    segmentIdsOf: async (memberIds) =>
      new Map(
        memberIds.flatMap((memberId) => {
          const of = segmentIds.get(memberId);
          return of === undefined ? [] : [[memberId, of] as const];
        }),
      ),
  };
}
