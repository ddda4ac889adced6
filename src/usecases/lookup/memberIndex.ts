import { type Segment, ok, type Result } from '../../contract';
import { ageOf, membershipsIn, normalizeEmail, type Directory, type MemberRecord } from '../../domain/people';
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
  /** {@link idsOf} for addresses of which only the key is kept, by key. */
  readonly idsOfKeys: (emailKeys: readonly string[]) => Promise<ReadonlyMap<string, readonly number[]>>;
  /** The key of an address; null before there is any directory. */
  readonly keyOf: EmailKeyOf | null;
  /** The keys of these members' addresses, null where they have none; who is in no segment is left out. */
  readonly emailKeysOf: (memberIds: readonly number[]) => Promise<ReadonlyMap<number, string | null>>;
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
  const keyOf = await readEmailKeyOf();
  if (snapshot !== null && keyOf !== null && ageOf(snapshot.asOfMs, Date.now()) !== 'stale')
    return ok(indexOfDirectory(snapshot, keyOf));
  const segments = await readSegments(connected, 'look');
  return segments.kind === 'ok' ? ok(indexOfReading(segments.value, keyOf)) : segments;
}

function indexOfDirectory(directory: Directory, keyOf: EmailKeyOf): MemberIndex {
  const isIn = (member: MemberRecord): boolean => membershipsIn(directory, member).length > 0;
  const idsOfKeys: MemberIndex['idsOfKeys'] = async (emailKeys) => {
    const found = await forEachGroup(inGroupsOf(emailKeys, 1), async ([emailKey = '']) => {
      const members = await membersByEmailKey(emailKey);
      return [emailKey, members.map(({ memberId }) => memberId)] as const;
    });
    // A query may show an address that a member no longer has: what is read by key is strict.
    const standing = await readMembers([...new Set(found.flatMap(([, memberIds]) => memberIds))]);
    const has = (memberId: number, emailKey: string): boolean => {
      const member = standing.get(memberId);
      return member !== undefined && member.emailKey === emailKey && isIn(member);
    };
    return new Map(found.map(([emailKey, ids]) => [emailKey, ids.filter((memberId) => has(memberId, emailKey))]));
  };
  return {
    segments: directory.segments,
    asOfMs: directory.asOfMs,
    keyOf,
    idsOf: async (emails) => {
      const byKey = await idsOfKeys([...new Set(emails.map(keyOf))]);
      return new Map(emails.map((email) => [email, byKey.get(keyOf(email)) ?? []]));
    },
    idsOfKeys,
    emailKeysOf: async (memberIds) => {
      const members = await readMembers([...new Set(memberIds)]);
      return new Map([...members.values()].filter(isIn).map(({ memberId, emailKey }) => [memberId, emailKey]));
    },
    segmentIdsOf: async (memberIds) => {
      const members = await readMembers([...new Set(memberIds)]);
      const told = [...members.values()].map((member) => [member.memberId, membershipsIn(directory, member)] as const);
      return new Map(told.filter(([, segmentIds]) => segmentIds.length > 0));
    },
  };
}

function indexOfReading(segments: readonly SegmentWithMembers[], keyOf: EmailKeyOf | null): MemberIndex {
  const segmentIds = new Map<number, number[]>();
  const byEmail = new Map<string, Set<number>>();
  const emailOf = new Map<number, string>();
  for (const { id: segmentId, members } of segments) {
    for (const { id, email } of members) {
      const known = segmentIds.get(id);
      if (known === undefined) segmentIds.set(id, [segmentId]);
      else known.push(segmentId);
      if (email === null) continue;
      emailOf.set(id, email);
      const sharing = byEmail.get(normalizeEmail(email)) ?? new Set();
      byEmail.set(normalizeEmail(email), sharing.add(id));
    }
  }
  const isWhole = segments.every(({ unreadable }) => unreadable === undefined);
  const keyFor = (email: string | undefined): string | null =>
    email === undefined || keyOf === null ? null : keyOf(email);
  return {
    segments,
    asOfMs: null,
    keyOf,
    idsOf: async (emails) => new Map(emails.map((email) => [email, [...(byEmail.get(normalizeEmail(email)) ?? [])]])),
    idsOfKeys: async (emailKeys) => {
      const byKey = new Map([...byEmail].map(([email, ids]) => [keyFor(email), [...ids]]));
      return new Map(emailKeys.map((emailKey) => [emailKey, byKey.get(emailKey) ?? []]));
    },
    emailKeysOf: async (memberIds) => {
      const seen = memberIds.filter((id) => segmentIds.has(id)).map((id) => [id, keyFor(emailOf.get(id))] as const);
      const unseen = isWhole ? [] : memberIds.filter((id) => !segmentIds.has(id));
      // Who is in a segment that can't be read is not gone: the directory has them where it had them.
      const known = unseen.length === 0 ? [] : [...(await readMembers(unseen)).values()];
      const kept = known.filter((member) => member.segmentIds.length > 0);
      return new Map([...seen, ...kept.map(({ memberId, emailKey }) => [memberId, emailKey] as const)]);
    },
    segmentIdsOf: async (memberIds) =>
      new Map(
        memberIds.flatMap((memberId) => {
          const of = segmentIds.get(memberId);
          return of === undefined ? [] : [[memberId, of] as const];
        }),
      ),
  };
}
