import { MOST_STRAYS, type Stray, type Strays } from '../../contract';
import { isIn, type SegmentMembers } from '../segments';
import type { StepEnds } from './steps';

/** Where everybody was before a step of the test with a test person, by one reading. */
export type TestBaseline = {
  /** The test person. */
  readonly memberId: number;
  /** The segments that were read in full: of these it is known whether the person was in them. */
  readonly seen: ReadonlySet<number>;
  /** Those of them that the person was in. */
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
  /** Both segments of the step could be read in full, before and after. */
  readonly isWhole: boolean;
};

/** Where everybody is by this reading. A segment that can't be read in full says nothing, and is left out. */
export function baselineOf(memberId: number, segments: readonly SegmentMembers[]): TestBaseline {
  const readable = segments.filter(({ unreadable }) => unreadable === undefined);
  return {
    memberId,
    seen: new Set(readable.map(({ id }) => id)),
    memberOf: new Set(readable.filter((segment) => isIn(segment, memberId)).map(({ id }) => id)),
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
  const compared = [...before.seen].filter((id) => !unreadable.has(id));
  const left = compared.filter((id) => before.memberOf.has(id) && !isInNow(id));
  const joined = compared.filter((id) => !before.memberOf.has(id) && isInNow(id));
  const ends = [fromId, toId].filter((id) => id !== null);
  const isWhole = ends.every((id) => before.others.has(id) && !unreadable.has(id));
  return {
    isPlaced: isWhole && (fromId === null || !isInNow(fromId)) && (toId === null || isInNow(toId)),
    isUnmoved: isWhole && left.length === 0 && joined.length === 0,
    leftOthers: left.filter((id) => id !== fromId),
    joinedOthers: joined.filter((id) => id !== toId),
    strays: straysOf(before, now, unreadable),
    isWhole,
  };
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
