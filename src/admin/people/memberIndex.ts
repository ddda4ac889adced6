import { guideFor, ok, readSegments, type Step } from '../../flow';
import { ageOf, membershipsIn, normalizeEmail, type Directory } from '../../people';
import type { SegmentWithMembers } from '../../shorterloop';
import { forEachGroup, inGroupsOf, membersByEmailKey, readEmailKeyOf, readMembers, type EmailKeyOf } from '../../store';
import { openDesk } from './desk';

/** What is asked of Shorter Loop's members when many people are looked up: ids only, no names. */
export type MemberIndex = {
  /** The ids of the members who have exactly one of these e-mails, by e-mail. */
  readonly idsOf: (emails: readonly string[]) => Promise<ReadonlyMap<string, readonly number[]>>;
  /** Those of the ids that some segment has. */
  readonly known: (memberIds: readonly number[]) => Promise<ReadonlySet<number>>;
};

/** Finds the index for this invocation: the directory where there are many members, and a live reading where they are few or none is kept. */
export async function readMemberIndex(): Promise<Step<MemberIndex>> {
  const [desk, keyOf] = await Promise.all([openDesk(), readEmailKeyOf()]);
  if (desk.kind === 'problem') return desk;
  const guide = guideFor(desk.value.connected.settings, desk.value.head);
  if (guide !== null && keyOf !== null && ageOf(guide.asOfMs, Date.now()) !== 'stale') return ok(indexOfDirectory(guide, keyOf));
  const segments = await readSegments(desk.value.connected, 'look');
  return segments.kind === 'ok' ? ok(indexOfReading(segments.value)) : segments;
}

function indexOfDirectory(directory: Directory, keyOf: EmailKeyOf): MemberIndex {
  return {
    idsOf: async (emails) => {
      // Somebody in no segment can't be moved, and is not found by a live reading either.
      const found = await forEachGroup(inGroupsOf(emails, 1), async ([email = '']) => {
        const members = await membersByEmailKey(keyOf(email));
        return [email, members.filter((member) => membershipsIn(directory, member).length > 0).map(({ memberId }) => memberId)] as const;
      });
      return new Map(found);
    },
    known: async (memberIds) => {
      const members = await readMembers([...new Set(memberIds)]);
      return new Set([...members.values()].filter((member) => membershipsIn(directory, member).length > 0).map(({ memberId }) => memberId));
    },
  };
}

function indexOfReading(segments: readonly SegmentWithMembers[]): MemberIndex {
  const ids = new Set<number>();
  const byEmail = new Map<string, Set<number>>();
  for (const { id, email } of segments.flatMap(({ members }) => members)) {
    ids.add(id);
    if (email === null) continue;
    const known = byEmail.get(normalizeEmail(email)) ?? new Set();
    byEmail.set(normalizeEmail(email), known.add(id));
  }
  return {
    idsOf: async (emails) => new Map(emails.map((email) => [email, [...(byEmail.get(normalizeEmail(email)) ?? [])]])),
    known: async (memberIds) => new Set(memberIds.filter((memberId) => ids.has(memberId))),
  };
}
