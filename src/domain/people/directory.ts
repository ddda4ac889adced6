import type { DirectoryAge } from '../../contract';

/**
 * What the directory keeps of a member: in which segments they are, and the key of their e-mail.
 * No name and no address.
 */
export type MemberRecord = {
  readonly memberId: number;
  /** Ascending. */
  readonly segmentIds: readonly number[];
  /** An HMAC of the e-mail; null when Shorter Loop told none. */
  readonly emailKey: string | null;
  /**
   * When this one member was looked at for themselves, by a write or a live reading; null when only a refresh has
   * seen them.
   */
  readonly updatedAtMs: number | null;
};

/**
 * A segment as the directory knows it, without its members; `unreadable` where it could not be read, or may not be:
 * then its members are those of an earlier refresh.
 */
type DirectorySegment = {
  readonly id: number;
  readonly name: string;
  readonly members: number;
  readonly unreadable?: true;
};

/** The directory as its last complete refresh left it. Times are milliseconds since the epoch. */
export type Directory = {
  /** When that refresh began: nothing in it is older. */
  readonly asOfMs: number;
  readonly finishedAtMs: number;
  /** In Shorter Loop's order. */
  readonly segments: readonly DirectorySegment[];
};

/** Up to this age, in milliseconds, nobody needs to be asked again. */
export const FRESH_MS = 60_000;
/** From this age on, in milliseconds, refreshes must have failed for long. */
export const STALE_MS = 24 * 3_600_000;

/** How long a refresh rests after the last one began, in milliseconds. */
export const REFRESH_EVERY_MS = 3_600_000;

/** Up to so many memberships, all of a site's segments are read as quickly as one of them. */
export const SMALL_SITE = 5_000;

/** Whether a site has so few memberships that all of them can be read at once. */
export function isSmall(memberships: number): boolean {
  return memberships <= SMALL_SITE;
}

/** A member of whom nothing is known. */
export function unknownMember(memberId: number): MemberRecord {
  return { memberId, segmentIds: [], emailKey: null, updatedAtMs: null };
}

/**
 * A member after something was learned of their memberships.
 * @param learned whether they are in a segment, by segment id; what it does not name stays as it was
 */
export function withLearned(member: MemberRecord, learned: ReadonlyMap<number, boolean>): MemberRecord {
  const kept = member.segmentIds.filter((id) => !learned.has(id));
  const joined = [...learned].filter(([, isIn]) => isIn).map(([id]) => id);
  return { ...member, segmentIds: [...kept, ...joined].sort((a, b) => a - b) };
}

/**
 * The memberships that the directory tells, in the order of its segments; one in a segment that is gone is left out.
 */
export function membershipsIn({ segments }: Pick<Directory, 'segments'>, member: MemberRecord): number[] {
  return segments.filter(({ id }) => member.segmentIds.includes(id)).map(({ id }) => id);
}

/** As of when the directory speaks of a member, in milliseconds since the epoch. */
export function asOfMs(directory: Directory, member: MemberRecord | null): number {
  return Math.max(directory.asOfMs, member?.updatedAtMs ?? 0);
}

/** How far something that old can be trusted. */
export function ageOf(asOf: number, nowMs: number): DirectoryAge {
  const ageMs = nowMs - asOf;
  if (ageMs <= FRESH_MS) return 'fresh';
  return ageMs < STALE_MS ? 'aged' : 'stale';
}
