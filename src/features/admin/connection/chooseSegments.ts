import { ok, type IdForm, type Segment } from '../../../contract';
import { mayListen } from '../../../domain/profile';
import { looksCutWithin, type AllReading } from './checkAll';
import type { ListReading } from './checkList';
import { askAdmin, type CheckSession, type CheckStep } from './checkSession';

const CALL = 'segmentWithMembers';
/** What the check knows before it reads one segment. */
export type Before = { readonly list: ListReading; readonly all: AllReading | null };

/** The single read as it was found, and in which form it tells ids. */
export type OneReading = {
  readonly segmentId: number;
  readonly idForm: IdForm | null;
  readonly isAllWhole: boolean;
  readonly memberIds: ReadonlySet<number>;
};

/** How many segments an admin is offered to choose from. */
const MOST_OFFERED = 100;
/** How many segments are looked at by themselves. */
export const MOST_READ = 3;
/** The segments to read, the most telling first; asks the admin where a write may listen on the path. */
export function nameSegments(
  session: CheckSession,
  { list, all }: Before,
  refused: readonly number[] = [],
): CheckStep<readonly number[]> {
  const segments = byInterest(list, all);
  const { path } = session.profile.reads[CALL];
  const asked = session.choices.segmentId;
  const isThere = segments.some(({ id }) => id === asked) || (!list.isWhole && !isDoubtful(list, all));
  if (asked !== undefined && isThere && !refused.includes(asked)) return ok([asked]);
  const isSafe = !mayListen(path, session.profile.writes) || isProvenPath(session, path);
  const left = segments.filter(({ id }) => !refused.includes(id));
  if (isSafe) return ok(left.slice(0, MOST_READ).map(({ id }) => id));
  const offered = left.slice(0, MOST_OFFERED).map(({ id, name }) => ({ id, name }));
  return askAdmin({ ask: 'segmentId', path, segments: offered });
}

/** Whether segments are read by this very path already: then asking it again is nothing new. */
export function isProvenPath({ stored }: CheckSession, path: string): boolean {
  return stored.proofs[CALL] !== undefined && stored.connection.profile.reads[CALL].path === path;
}

/**
 * The segments that show most when they are read by themselves: where some look as if all at once showed only their
 * first members, those alone; otherwise all, those with few members first.
 */
function byInterest(list: ListReading, all: AllReading | null): Segment[] {
  const doubtful = new Set(isDoubtful(list, all) ? doubtfulOf(list, all) : []);
  const read = new Map((all?.segments ?? []).map(({ segmentId, elements }) => [segmentId, elements.length]));
  const size = ({ id, told }: ListReading['segments'][number]): number => read.get(id) ?? told ?? UNKNOWN_SIZE;
  const interest = (segment: ListReading['segments'][number]): number => {
    const members = size(segment);
    return members < 2 ? UNKNOWN_SIZE * 2 - members : members;
  };
  return readable(list, all)
    .filter(({ id }) => doubtful.size === 0 || doubtful.has(id))
    .sort((one, other) => interest(one) - interest(other));
}

/** The segments that can be told in full, as far as it is known: of the others nobody learns anything. */
export function readable(list: ListReading, all: AllReading | null): ListReading['segments'] {
  const odd = new Set(all?.unreadable ?? []);
  return list.segments.filter(({ id, name }) => name !== '' && !odd.has(id));
}

const UNKNOWN_SIZE = 1_000_000;

function isDoubtful(list: ListReading, all: AllReading | null): boolean {
  return all !== null && (looksCutWithin(all.segments) || doubtfulOf(list, all).length > 0);
}

/** The segments that say that they have more members than are shown, or, where several are, those cut at one length. */
function doubtfulOf(list: ListReading, all: AllReading | null): number[] {
  const segments = all?.segments ?? [];
  const told = new Map(list.segments.map((segment) => [segment.id, segment.told]));
  const short = segments.filter((one) => (one.told ?? told.get(one.segmentId) ?? 0) > one.elements.length);
  if (short.length > 0) return short.map(({ segmentId }) => segmentId);
  const most = Math.max(0, ...segments.map(({ elements }) => elements.length));
  const longest = looksCutWithin(segments) ? segments.filter(({ elements }) => elements.length === most) : [];
  return longest.map(({ segmentId }) => segmentId);
}
