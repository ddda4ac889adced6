import { MOST_STRAYS, type LedgerEntry, type Stray, type Strays, type Witnesses, type WriteEnds } from '../../contract';
import type { SegmentMembers } from './memberships';
import type { MemberOutcome, ReadBack, ReadBackSide } from './outcome';
import type { WritePlan } from './plan';

/**
 * Who else was changed between two readings of the segments of a write. The counts are of all; the lists name at most
 * {@link MOST_STRAYS} of them, taken evenly from the whole.
 */
export type Difference = {
  readonly missing: readonly Stray[];
  readonly joined: readonly Stray[];
  readonly missingCount: number;
  readonly joinedCount: number;
};

/** A write that is said to have changed nobody but those whom it is about. */
export const NO_DIFFERENCE: Difference = { missing: [], joined: [], missingCount: 0, joinedCount: 0 };

/** So many of the others of each segment are kept with a write that is not finished. */
const MOST_WITNESSES = 100;
/** So many others who are missing stop a kind of write: one may have been taken out by hand at the same moment. */
const MISSING_THAT_STOP = 2;

/**
 * Compares the others of both ends, before and after a write, by the same kind of read. A side that was not read both
 * times says nothing; one that is gone has nobody in it any more. Only ids are looked at, and no set is copied: a
 * segment may have 100,000 members.
 */
export function differenceOf(
  { from, to, memberIds }: WriteEnds & Pick<WritePlan, 'memberIds'>,
  before: ReadBack,
  after: ReadBack,
): Difference {
  const subjects = new Set(memberIds);
  const sides = [
    ...(from === null ? [] : [{ segmentId: from.id, before: before.from, after: after.from }]),
    ...(to === null ? [] : [{ segmentId: to.id, before: before.to, after: after.to }]),
  ];
  const missing = sides.map((side) => notIn(side.before, side.after, subjects));
  const joined = sides.map((side) => notIn(side.after, side.before, subjects));
  return {
    missing: sides.flatMap(({ segmentId }, place) => asStrays(segmentId, missing[place])),
    joined: sides.flatMap(({ segmentId }, place) => asStrays(segmentId, joined[place])),
    missingCount: totalOf(missing),
    joinedCount: totalOf(joined),
  };
}

/**
 * Compares where the members of a write are besides its ends. A segment counts only where both readings looked into
 * it; one that somebody deleted meanwhile says nothing.
 * @param before the segments that the plan's reading looked into
 */
export function elsewhere(
  { from, to, memberIds }: WriteEnds & Pick<WritePlan, 'memberIds'>,
  before: readonly SegmentMembers[],
  after: ReadonlyMap<number, SegmentMembers | 'gone'>,
): Difference {
  const missing: Stray[] = [];
  const joined: Stray[] = [];
  for (const segment of before) {
    const now = after.get(segment.id);
    if (now === undefined || now === 'gone' || segment.id === from?.id || segment.id === to?.id) continue;
    for (const memberId of memberIds) {
      const was = segment.members.some(({ id }) => id === memberId);
      const is = now.members.some(({ id }) => id === memberId);
      if (was && !is) missing.push({ memberId, segmentId: segment.id });
      if (is && !was) joined.push({ memberId, segmentId: segment.id });
    }
  }
  return { missing, joined, missingCount: missing.length, joinedCount: joined.length };
}

/** Both differences as one. */
export function together(one: Difference, other: Difference): Difference {
  return {
    missing: [...one.missing, ...other.missing],
    joined: [...one.joined, ...other.joined],
    missingCount: one.missingCount + other.missingCount,
    joinedCount: one.joinedCount + other.joinedCount,
  };
}

/** What the ledger keeps of a difference; null where nobody else was changed. */
export function straysOf({ missing, joined, missingCount, joinedCount }: Difference): Strays | null {
  const count = missingCount + joinedCount;
  if (count === 0) return null;
  return { missing: missing.slice(0, MOST_STRAYS), joined: joined.slice(0, MOST_STRAYS), count };
}

/**
 * Whether a difference shows that a kind of write does more than it should: two others are missing, or one of the very
 * people whom it is about left a segment that it is not about. Who only joined does no harm.
 * @param isUnchanged whether those whom it is about are still where they were: then one other who left may have been
 *   taken for them, as where Shorter Loop means other ids than those that it shows
 */
export function isStopping(
  { missing, missingCount }: Difference,
  memberIds: readonly number[],
  isUnchanged = false,
): boolean {
  const own = missing.filter(({ memberId }) => memberIds.includes(memberId)).length;
  return own > 0 || missingCount - own >= (isUnchanged ? 1 : MISSING_THAT_STOP);
}

/** Whether all of a write's members are still where they were. */
export function areUnchanged(members: readonly MemberOutcome[]): boolean {
  return members.every(({ reason }) => reason === 'unchanged');
}

/**
 * Whom a write keeps in its row until it is finished: some of the others of both ends, and the member's other
 * segments. Null where nobody could be named.
 * @param inPart those of the other segments of which only a part could be read
 */
export function witnessesOf(
  { memberIds }: Pick<WritePlan, 'memberIds'>,
  before: ReadBack,
  others: readonly number[],
  inPart: readonly number[] = [],
): Witnesses | null {
  const subjects = new Set(memberIds);
  const [from, to] = [before.from, before.to].map((side) => sampled(side ?? new Set(), MOST_WITNESSES, subjects).ids);
  const witnesses = { from: from ?? [], to: to ?? [], others, ...(inPart.length === 0 ? {} : { inPart }) };
  return Object.values(witnesses).some(({ length }) => length > 0) ? witnesses : null;
}

/** The segments besides its ends that the witnesses of a write are about. */
export function witnessedSegments({ witnesses }: Pick<LedgerEntry, 'witnesses'>): readonly number[] {
  return [...(witnesses?.others ?? []), ...(witnesses?.inPart ?? [])];
}

/**
 * What the witnesses of a write show once it is settled, minutes after it was sent. So much later one or the other of
 * them may have been moved by anybody: it says something only where at least half of a segment's are missing.
 * @param segments every segment as read now
 * @param live those that were read just now, and in full
 */
export function missingWitnesses(
  { from, to, members, witnesses }: LedgerEntry,
  segments: readonly SegmentMembers[],
  live: ReadonlySet<number>,
): Difference {
  if (witnesses === undefined) return NO_DIFFERENCE;
  const idsIn = (segmentId: number): ReadBackSide => {
    // Minutes later anybody may have deleted a segment: one that is gone says nothing.
    const found = live.has(segmentId) ? segments.find(({ id }) => id === segmentId) : undefined;
    return found === undefined ? null : idsOf(found);
  };
  const side = (segmentId: number | undefined, seen: readonly number[]): readonly Stray[] =>
    segmentId === undefined ? [] : missingMost(segmentId, seen, idsIn(segmentId));
  // Whom a part of a segment showed, and shows no more, has left it. Who was seen in the whole of one may be in what
  // can't be read of it now.
  const inPartOf = (segmentId: number): ReadBackSide => {
    const found = segments.find(({ id, unreadable }) => id === segmentId && unreadable === 'members');
    return found === undefined ? idsIn(segmentId) : idsOf(found);
  };
  const ownIn = (segmentId: number, now: ReadBackSide): readonly Stray[] =>
    members.flatMap(({ memberId }) => (now?.has(memberId) === false ? [{ memberId, segmentId }] : []));
  const own = [
    ...witnesses.others.flatMap((segmentId) => ownIn(segmentId, idsIn(segmentId))),
    ...(witnesses.inPart ?? []).flatMap((segmentId) => ownIn(segmentId, inPartOf(segmentId))),
  ];
  const missing = [...side(from?.id, witnesses.from), ...side(to?.id, witnesses.to), ...own];
  return { ...NO_DIFFERENCE, missing, missingCount: missing.length };
}

function idsOf({ members }: SegmentMembers): ReadonlySet<number> {
  return new Set(members.map(({ id }) => id));
}

/** {@link missingWitnesses} by a reading of the two ends alone. */
export function missingMost(segmentId: number, seen: readonly number[], now: ReadBackSide): readonly Stray[] {
  const missing = now === null ? [] : seen.filter((memberId) => !now.has(memberId));
  return missing.length * 2 >= seen.length ? missing.map((memberId) => ({ memberId, segmentId })) : [];
}

type Sampled = { readonly ids: readonly number[]; readonly count: number };

/** Those of one set who are not in the other. */
function notIn(these: ReadBackSide, those: ReadBackSide, subjects: ReadonlySet<number>): Sampled {
  return these === null || those === null ? { ids: [], count: 0 } : sampled(these, MOST_STRAYS, subjects, those);
}

/**
 * At most so many of a set, taken evenly from the whole, so that they stand for all of it: it is gone through twice
 * rather than copied.
 */
function sampled(
  from: ReadonlySet<number>,
  most: number,
  subjects: ReadonlySet<number>,
  without: ReadonlySet<number> = new Set(),
): Sampled {
  const isWanted = (id: number): boolean => !subjects.has(id) && !without.has(id);
  let count = 0;
  for (const id of from) if (isWanted(id)) count += 1;
  const every = Math.max(1, Math.ceil(count / most));
  const ids: number[] = [];
  let nth = 0;
  for (const id of from) {
    if (!isWanted(id)) continue;
    if (nth % every === 0) ids.push(id);
    nth += 1;
  }
  return { ids, count };
}

function asStrays(segmentId: number, found: Sampled | undefined): Stray[] {
  return (found?.ids ?? []).map((memberId) => ({ memberId, segmentId }));
}

function totalOf(found: readonly Sampled[]): number {
  return found.reduce((sum, { count }) => sum + count, 0);
}
