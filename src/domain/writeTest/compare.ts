import { MOST_STRAYS, type Stray, type Strays } from '../../contract';
import { isIn, type SegmentMembers } from '../segments';
import type { StepEnds } from './steps';

/** Where everybody was before a step of the test with a test person, by one reading. */
export type TestBaseline = {
  /** The test person. */
  readonly memberId: number;
  /** The segments that were read in full: of these it is known whether the person was in them. */
  readonly seen: ReadonlySet<number>;
  /** Those that the person was in, and of those that were read in part the ones that showed them. */
  readonly memberOf: ReadonlySet<number>;
  /** Who else was in a segment, by its id, for every segment whose others are compared. */
  readonly others: ReadonlyMap<number, ReadonlySet<number>>;
};

/** What a step changed, by the readings before and after it. */
export type TestComparison = {
  /** The person is where the step should have put them. */
  readonly isPlaced: boolean;
  /** The person is where they were, in every segment. */
  readonly isUnmoved: boolean;
  /** The person's other segments that they were in and are not now, and the other way round. */
  readonly leftOthers: readonly number[];
  readonly joinedOthers: readonly number[];
  /** The others who are not where they were; null where all are. */
  readonly strays: Strays | null;
  /** Both segments of the step could be read in full, before and after, and every one that the person was seen in. */
  readonly isWhole: boolean;
  /** How many segments could not be compared in full: of these nobody can say that nothing has changed. */
  readonly uncompared: number;
};

/**
 * Where everybody is by this reading. A segment that can't be read in full says nothing of whom it does not show, and
 * is left out, but for the person where it shows them.
 */
export function baselineOf(memberId: number, segments: readonly SegmentMembers[]): TestBaseline {
  const readable = segments.filter(({ unreadable }) => unreadable === undefined);
  const shown = segments.filter(({ unreadable }) => unreadable !== 'segment');
  return {
    memberId,
    seen: new Set(readable.map(({ id }) => id)),
    memberOf: new Set(shown.filter((segment) => isIn(segment, memberId)).map(({ id }) => id)),
    others: new Map(readable.map((segment) => [segment.id, othersIn(segment, memberId)])),
  };
}

/**
 * Compares everybody with before. All segments of both readings count, and not only those of the step: a server that
 * takes an id for another one changes people wherever they are.
 * @param after the same segments, read again; one that is not among them is gone
 */
export function compareTest(
  before: TestBaseline,
  after: readonly SegmentMembers[],
  { fromId, toId }: Pick<StepEnds, 'fromId' | 'toId'>,
): TestComparison {
  const { memberId } = before;
  const unreadable = new Set(after.filter((segment) => segment.unreadable !== undefined).map(({ id }) => id));
  const now = new Map(after.map((segment) => [segment.id, segment]));
  const isInNow = (id: number): boolean => {
    const segment = now.get(id);
    return segment !== undefined && isIn(segment, memberId);
  };
  // One that was read in part before and now shows whom it shows in the same way: whoever it showed has left it.
  const isTold = (id: number): boolean => !unreadable.has(id) || (!before.seen.has(id) && isReadInPart(now.get(id)));
  const left = [...before.memberOf].filter((id) => isTold(id) && !isInNow(id));
  const joined = [...before.seen].filter((id) => !unreadable.has(id) && !before.memberOf.has(id) && isInNow(id));
  const ends = [fromId, toId].filter((id) => id !== null);
  const isSeenAgain = [...before.memberOf].every((id) => isInNow(id) || isTold(id));
  const isWhole = isSeenAgain && ends.every((id) => before.others.has(id) && !unreadable.has(id));
  return {
    isPlaced: isWhole && (fromId === null || !isInNow(fromId)) && (toId === null || isInNow(toId)),
    isUnmoved: isWhole && left.length === 0 && joined.length === 0,
    leftOthers: left.filter((id) => id !== fromId),
    joinedOthers: joined.filter((id) => id !== toId),
    strays: straysOf(before, now, unreadable),
    isWhole,
    uncompared: after.filter(({ id }) => !before.others.has(id) || unreadable.has(id)).length,
  };
}

function isReadInPart(segment: SegmentMembers | undefined): boolean {
  return segment?.unreadable === 'members';
}

/** Whether a step did what it should have done and nothing else: only then does it prove anything. */
export function isClean({ isPlaced, leftOthers, joinedOthers, strays, isWhole }: TestComparison): boolean {
  return isWhole && isPlaced && leftOthers.length === 0 && joinedOthers.length === 0 && strays === null;
}

/** Whether a step changed nothing at all, for anybody. */
export function isUntouched({ isUnmoved, strays, isWhole }: TestComparison): boolean {
  return isWhole && isUnmoved && strays === null;
}

/** Whether anybody is no longer where they were and should be: others, or the person themselves elsewhere. */
export function isHarmful({ leftOthers, strays }: Pick<TestComparison, 'leftOthers' | 'strays'>): boolean {
  return leftOthers.length > 0 || (strays?.missing.length ?? 0) > 0;
}

function straysOf(
  { memberId, others }: TestBaseline,
  now: ReadonlyMap<number, SegmentMembers>,
  unreadable: ReadonlySet<number>,
): Strays | null {
  const missing: Stray[] = [];
  const joined: Stray[] = [];
  for (const [segmentId, were] of others) {
    if (unreadable.has(segmentId)) continue;
    const segment = now.get(segmentId);
    const are = segment === undefined ? new Set<number>() : othersIn(segment, memberId);
    for (const id of were) if (!are.has(id)) missing.push({ memberId: id, segmentId });
    for (const id of are) if (!were.has(id)) joined.push({ memberId: id, segmentId });
  }
  if (missing.length === 0 && joined.length === 0) return null;
  return {
    missing: missing.slice(0, MOST_STRAYS),
    joined: joined.slice(0, MOST_STRAYS),
    count: missing.length + joined.length,
  };
}

function othersIn({ members }: SegmentMembers, memberId: number): Set<number> {
  return new Set(members.flatMap(({ id }) => (id === memberId ? [] : [id])));
}
