import type { Deed, ProfileWrite } from '../profile';
import type { Lists } from './memory';

/** What a write was asked to do, with people by their own ids. */
export type Order = {
  readonly kind: ProfileWrite;
  readonly from: number | null;
  readonly to: number | null;
  readonly people: readonly number[];
};

/** What a write does to the lists, and whom of those it was asked for it really was done for. */
export type Done = { readonly lists: Lists; readonly applied: readonly number[] };

/** The data that a deed looks at. */
export type Ground = {
  readonly segmentIds: readonly number[];
  readonly membersOf: (segmentId: number) => readonly number[];
  readonly isPerson: (memberId: number) => boolean;
};

/** Does a write as its server does it. */
export function perform(deed: Deed, order: Order, ground: Ground): Done {
  const { from, to } = order;
  const source = from === null ? [] : ground.membersOf(from);
  const target = to === null ? [] : ground.membersOf(to);
  const present = presentOf(order, ground, source, target);
  const leaving = leavingOf(deed, order, source, present);
  const joining = joiningOf(deed, order, present, leaving);
  const lists = new Map<number, readonly number[]>();
  if (from !== null) lists.set(from, without(source, leaving));
  if (to !== null) lists.set(to, deed === 'replaces' ? joining : [...target, ...without(joining, target)]);
  if (deed === 'clearsPerson') clearElsewhere(lists, order, ground, present);
  const applied = deed === 'ignores' ? [] : present.filter((id) => leaving.includes(id) || joining.includes(id));
  return { lists, applied };
}

/** Those of an order who can be moved, removed or added at all. */
function presentOf(
  { from, people }: Order,
  { isPerson }: Ground,
  source: readonly number[],
  target: readonly number[],
): number[] {
  const unique = [...new Set(people)];
  return from === null
    ? unique.filter((id) => isPerson(id) && !target.includes(id))
    : unique.filter((id) => source.includes(id));
}

function leavingOf(deed: Deed, { from, to }: Order, source: readonly number[], present: readonly number[]): number[] {
  const [first] = present;
  if (from === null) return [];
  switch (deed) {
    case 'ignores':
    case 'copies':
      return [];
    case 'replaces':
      return to === null ? without(source, present) : [...present];
    case 'everybody':
    case 'clearsSource':
      return [...source];
    case 'strayOne':
      return [...present, ...without(source, present).slice(0, present.length > 0 ? 1 : 0)];
    case 'firstOnly':
      return first === undefined ? [] : [first];
    case 'firstTen':
      return present.slice(0, 10);
    case 'nextOne':
      return present.flatMap((id) => source[(source.indexOf(id) + 1) % source.length] ?? []);
    case 'honest':
    case 'leavesOnly':
    case 'clearsPerson':
      return [...present];
  }
}

function joiningOf(deed: Deed, { from, to }: Order, present: readonly number[], leaving: readonly number[]): number[] {
  if (to === null || deed === 'leavesOnly' || deed === 'ignores') return [];
  if (deed === 'copies' || deed === 'clearsSource' || deed === 'replaces') return [...present];
  if (from !== null) return [...leaving];
  if (deed === 'firstOnly') return present.slice(0, 1);
  return deed === 'firstTen' ? present.slice(0, 10) : [...present];
}

function clearElsewhere(
  lists: Map<number, readonly number[]>,
  { from, to }: Order,
  { segmentIds, membersOf }: Ground,
  people: readonly number[],
): void {
  for (const segmentId of segmentIds) {
    if (segmentId === from || segmentId === to) continue;
    const members = membersOf(segmentId);
    if (members.some((id) => people.includes(id))) lists.set(segmentId, without(members, people));
  }
}

function without(ids: readonly number[], others: readonly number[]): number[] {
  const gone = new Set(others);
  return ids.filter((id) => !gone.has(id));
}
