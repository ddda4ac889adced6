import { connect, ok, readSegments, type Connected, type Step } from '../../flow';
import { ageOf, membershipsIn, normalizeEmail, type Directory } from '../../people';
import type { SegmentWithMembers } from '../../shorterloop';
import { forEachGroup, inGroupsOf, isOf, membersByEmailKey, readDirectory, readEmailKeyOf, readKey, readMembers, readPace, readSettings, type EmailKeyOf } from '../../store';

/** What is asked of Shorter Loop's members when many people are looked up: ids only, no names. */
export type MemberIndex = {
  /** The ids of the members who have exactly one of these e-mails, by e-mail. */
  readonly idsOf: (emails: readonly string[]) => Promise<ReadonlyMap<string, readonly number[]>>;
  /** Those of the ids that some segment has. */
  readonly known: (memberIds: readonly number[]) => Promise<ReadonlySet<number>>;
};

/** Up to so many memberships, reading all of them is as quick as asking the directory, and is the truth. */
const FEW_MEMBERSHIPS = 5_000;

/** Every segment with its members, read live once. */
export async function readMembersLive(): Promise<Step<SegmentWithMembers[]>> {
  const connected = await connectNow();
  return connected.kind === 'ok' ? readSegments(connected.value, 'look') : connected;
}

/** Finds the index for this invocation: the directory where there are many members, and a live reading where they are few or none is kept. */
export async function readMemberIndex(): Promise<Step<MemberIndex>> {
  const [connected, head, keyOf] = await Promise.all([connectNow(), readDirectory(), readEmailKeyOf()]);
  if (connected.kind === 'problem') return connected;
  const directory = head !== null && isOf(head, connected.value.settings) ? head.complete : null;
  if (directory !== null && keyOf !== null && !isSmall(directory) && ageOf(directory.asOfMs, Date.now()) !== 'stale') return ok(indexOfDirectory(directory, keyOf));
  const segments = await readSegments(connected.value, 'look');
  return segments.kind === 'ok' ? ok(indexOfReading(segments.value)) : segments;
}

async function connectNow(): Promise<Step<Connected>> {
  const [settings, key, pace] = await Promise.all([readSettings(), readKey(), readPace()]);
  return connect(settings, key, pace);
}

function isSmall({ segments }: Directory): boolean {
  return segments.reduce((sum, { members }) => sum + members, 0) <= FEW_MEMBERSHIPS;
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
