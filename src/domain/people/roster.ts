import type { MemberRecord } from './directory';

/**
 * A chunk of a segment's members in ascending order of ids, as the members' rows were synchronized with it. A
 * refresh compares it with what Shorter Loop says, so that only rows with something new are touched.
 */
export type RosterChunk = {
  /** A short mark of each member's e-mail key, by member id. */
  readonly synced: ReadonlyMap<number, string>;
  /** Those among them whom Shorter Loop no longer tells of; their rows still have the segment. */
  readonly leaving: ReadonlySet<number>;
};

/** A member as Shorter Loop tells of them now, without their name. */
export type FreshMember = { readonly memberId: number; readonly emailKey: string | null };

/** What a chunk becomes, and whose rows have to be synchronized first. */
export type Comparison = {
  readonly next: RosterChunk;
  readonly toSync: readonly FreshMember[];
  readonly isChanged: boolean;
};

/** A chunk that nothing is known of. */
export const EMPTY_CHUNK: RosterChunk = { synced: new Map(), leaving: new Set() };
/** How many letters a mark has: 36 bits, enough to see that an address has changed. */
export const MARK_LENGTH = 6;
/** No key is written like this. */
const NO_MARK = '.'.repeat(MARK_LENGTH);

/** The mark of an e-mail key. */
export function markOf(emailKey: string | null): string {
  return emailKey === null ? NO_MARK : emailKey.slice(0, MARK_LENGTH);
}

/**
 * Compares a chunk with what Shorter Loop says of it now.
 * @param noted the rows of members in this chunk who were looked at for themselves: they may say
 *   something else than the chunk does, and are held against Shorter Loop directly
 */
export function compareChunk(
  segmentId: number,
  { synced, leaving }: RosterChunk,
  fresh: readonly FreshMember[],
  noted: readonly MemberRecord[],
): Comparison {
  const nextSynced = new Map(synced);
  const toSync = new Map<number, FreshMember>();
  const present = new Map(fresh.map((member) => [member.memberId, member]));
  for (const member of fresh) {
    const mark = markOf(member.emailKey);
    if (synced.get(member.memberId) !== mark) toSync.set(member.memberId, member);
    nextSynced.set(member.memberId, mark);
  }
  for (const row of noted) {
    const member = present.get(row.memberId);
    const isIn = row.segmentIds.includes(segmentId);
    if (isIn && !nextSynced.has(row.memberId)) nextSynced.set(row.memberId, markOf(row.emailKey));
    if (member !== undefined && (!isIn || row.emailKey !== member.emailKey)) toSync.set(row.memberId, member);
  }
  const nextLeaving = new Set([...nextSynced.keys()].filter((memberId) => !present.has(memberId)));
  // Whoever is new in the chunk is either to be told or leaving.
  const isChanged = toSync.size > 0 || !isSame(nextLeaving, leaving);
  return { next: { synced: nextSynced, leaving: nextLeaving }, toSync: [...toSync.values()], isChanged };
}

/** A chunk after the rows of those who left were told. */
export function withoutLeaving({ synced, leaving }: RosterChunk): RosterChunk {
  return { synced: new Map([...synced].filter(([memberId]) => !leaving.has(memberId))), leaving: new Set() };
}

/** The part of a chunk from one id up to before another. */
export function sliceOf({ synced, leaving }: RosterChunk, from: number, before: number): RosterChunk {
  const isIn = (memberId: number): boolean => memberId >= from && memberId < before;
  return {
    synced: new Map([...synced].filter(([memberId]) => isIn(memberId))),
    leaving: new Set([...leaving].filter(isIn)),
  };
}

/**
 * Where a chunk has to be cut, so that none holds more than `most`: the ids with which the further
 * parts begin, none when it is short enough.
 */
export function splitsOf({ synced }: RosterChunk, fresh: readonly FreshMember[], most: number): number[] {
  const ids = [...new Set([...synced.keys(), ...fresh.map(({ memberId }) => memberId)])].sort((a, b) => a - b);
  if (ids.length <= most) return [];
  const half = Math.ceil(most / 2);
  return ids.filter((_id, index) => index > 0 && index % half === 0);
}

function isSame(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id));
}
