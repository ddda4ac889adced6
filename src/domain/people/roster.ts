import type { MemberRecord } from './directory';

/**
 * A stretch of a segment's members in ascending order of ids, as the members' rows were told of it. A
 * refresh compares it with what Shorter Loop says, so that only rows with something new are touched.
 */
export type Stretch = {
  /** A short mark of each member's e-mail key, by member id. */
  readonly told: ReadonlyMap<number, string>;
  /** Those among them whom Shorter Loop no longer tells of; their rows still have the segment. */
  readonly leaving: ReadonlySet<number>;
};

/** A member as Shorter Loop tells of them now, without their name. */
export type FreshMember = { readonly memberId: number; readonly emailKey: string | null };

/** What a stretch becomes, and whose rows have to be told first. */
export type Comparison = {
  readonly next: Stretch;
  readonly toTell: readonly FreshMember[];
  readonly isChanged: boolean;
};

/** A stretch that nothing is known of. */
export const EMPTY_STRETCH: Stretch = { told: new Map(), leaving: new Set() };
/** How many letters a mark has: 36 bits, enough to see that an address has changed. */
export const MARK_LENGTH = 6;
/** No key is written like this. */
const NO_MARK = '.'.repeat(MARK_LENGTH);

/** The mark of an e-mail key. */
export function markOf(emailKey: string | null): string {
  return emailKey === null ? NO_MARK : emailKey.slice(0, MARK_LENGTH);
}

/**
 * Compares a stretch with what Shorter Loop says of it now.
 * @param noted the rows of members in this stretch who were looked at for themselves: they may say
 *   something else than the stretch does, and are held against Shorter Loop directly
 */
export function compare(
  segmentId: number,
  { told, leaving }: Stretch,
  fresh: readonly FreshMember[],
  noted: readonly MemberRecord[],
): Comparison {
  const nextTold = new Map(told);
  const toTell = new Map<number, FreshMember>();
  const present = new Map(fresh.map((member) => [member.memberId, member]));
  for (const member of fresh) {
    const mark = markOf(member.emailKey);
    if (told.get(member.memberId) !== mark) toTell.set(member.memberId, member);
    nextTold.set(member.memberId, mark);
  }
  for (const row of noted) {
    const member = present.get(row.memberId);
    const isIn = row.segmentIds.includes(segmentId);
    if (isIn && !nextTold.has(row.memberId)) nextTold.set(row.memberId, markOf(row.emailKey));
    if (member !== undefined && (!isIn || row.emailKey !== member.emailKey)) toTell.set(row.memberId, member);
  }
  const nextLeaving = new Set([...nextTold.keys()].filter((memberId) => !present.has(memberId)));
  // Whoever is new in the stretch is either to be told or leaving.
  const isChanged = toTell.size > 0 || !isSame(nextLeaving, leaving);
  return { next: { told: nextTold, leaving: nextLeaving }, toTell: [...toTell.values()], isChanged };
}

/** A stretch after the rows of those who left were told. */
export function withoutLeaving({ told, leaving }: Stretch): Stretch {
  return { told: new Map([...told].filter(([memberId]) => !leaving.has(memberId))), leaving: new Set() };
}

/** The part of a stretch from one id up to before another. */
export function partOf({ told, leaving }: Stretch, from: number, before: number): Stretch {
  const isIn = (memberId: number): boolean => memberId >= from && memberId < before;
  return {
    told: new Map([...told].filter(([memberId]) => isIn(memberId))),
    leaving: new Set([...leaving].filter(isIn)),
  };
}

/**
 * Where a stretch has to be cut, so that none holds more than `most`: the ids with which the further
 * parts begin, none when it is short enough.
 */
export function cutsOf({ told }: Stretch, fresh: readonly FreshMember[], most: number): number[] {
  const ids = [...new Set([...told.keys(), ...fresh.map(({ memberId }) => memberId)])].sort((a, b) => a - b);
  if (ids.length <= most) return [];
  const half = Math.ceil(most / 2);
  return ids.filter((_id, index) => index > 0 && index % half === 0);
}

function isSame(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id));
}
