import { searchText, type BoardMember } from '@contract';
import { collator } from '../i18n';
import { isLeaving, type Column, type Pending } from './state';

/** What a column is looked at through. */
export type Look = {
  /** As typed; a part of a name, or an id. */
  readonly filter: string;
  /** Only these members; null for everybody. */
  readonly only: ReadonlySet<number> | null;
};

/** Up to here names are sorted: more would hold the page up, and nobody reads so far. */
const SORTED = 2_000;

/**
 * The members of a column as they are to be drawn: where they are to go, whatever is still under way. Whoever
 * arrives, or has something to tell, stands on top, where a long list shows them too.
 * @param underWay the writes that concern this column
 * @param told members of this column whose card tells what became of a write
 */
export function shownMembers(
  { segment, members }: Column,
  underWay: readonly Pending[],
  told: ReadonlySet<number>,
  { filter, only }: Look,
): readonly BoardMember[] {
  const wanted = filter.trim();
  const isFiltered = wanted !== '' || only !== null;
  const isMatch = matching(wanted);
  const passing = (some: readonly BoardMember[]): readonly BoardMember[] =>
    isFiltered ? some.filter((member) => (only === null || only.has(member[0])) && isMatch(member)) : some;
  // Nothing to tell here: the same list as before, so that 100,000 people are not copied for a move elsewhere.
  if (underWay.length === 0 && told.size === 0) return inOrder(passing(members));
  const arriving = underWay.filter(({ to }) => to?.id === segment.id).map(({ member }) => member);
  const leaving = underWay.filter((one) => isLeaving(one, segment.id)).map(({ member }) => member);
  const concerned = new Set([...arriving, ...leaving].map(([id]) => id));
  const { telling, others } = apart(members, concerned, told);
  return passing([...arriving, ...telling]).concat(inOrder(passing(others)));
}

/**
 * Those of a list who have something to tell, and the others but for those whom a write is about. The list is looked
 * through once and cut into few pieces: to copy 100,000 people one by one takes five times as long.
 */
function apart(
  members: readonly BoardMember[],
  concerned: ReadonlySet<number>,
  told: ReadonlySet<number>,
): { readonly telling: readonly BoardMember[]; readonly others: readonly BoardMember[] } {
  const telling: BoardMember[] = [];
  const pieces: (readonly BoardMember[])[] = [];
  let pieceAt = 0;
  members.forEach((member, place) => {
    const isConcerned = concerned.has(member[0]);
    if (!isConcerned && !told.has(member[0])) return;
    if (!isConcerned) telling.push(member);
    pieces.push(members.slice(pieceAt, place));
    pieceAt = place + 1;
  });
  return { telling, others: members.slice(0, 0).concat(...pieces, members.slice(pieceAt)) };
}

function inOrder(members: readonly BoardMember[]): readonly BoardMember[] {
  return members.length > SORTED ? members : sorted(members);
}

function matching(wanted: string): (member: BoardMember) => boolean {
  if (wanted === '') return () => true;
  const digits = /^#?(\d{1,16})$/.exec(wanted)?.[1];
  const part = searchText(wanted);
  return ([id, name]) =>
    (digits !== undefined && String(id).startsWith(digits)) || (name !== null && searchText(name).includes(part));
}

function sorted(members: readonly BoardMember[]): readonly BoardMember[] {
  const { compare } = collator({});
  // Who has no name comes last, by id.
  return [...members].sort(([oneId, one], [otherId, other]) => {
    if (one === null || other === null) return one === other ? oneId - otherId : one === null ? 1 : -1;
    return compare(one, other) || oneId - otherId;
  });
}
