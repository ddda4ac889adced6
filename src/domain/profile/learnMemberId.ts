import { wordsOf, type KeyPath } from '../../contract';
import { mask } from './mask';
import { idOf, valueAt } from './at';

/** The members of one segment as they were read, for comparing what one address has in several segments. */
export type SegmentSample = { readonly segmentId: number | null; readonly members: readonly unknown[] };

/** Why a field is not the id that writes take. */
type NotTaken = { readonly at: KeyPath; readonly why: 'differsBetweenSegments' | 'notAnId' | 'same' };

/** Which of a member's ids is the person's own. */
export type LearnedMemberId =
  | { readonly kind: 'found'; readonly at: KeyPath; readonly others: readonly NotTaken[] }
  /** Several may be it: somebody who knows has to say. */
  | { readonly kind: 'several'; readonly options: readonly KeyPath[]; readonly others: readonly NotTaken[] }
  /** None of them tells a person: each differs from segment to segment, or is shared by several. */
  | { readonly kind: 'none'; readonly others: readonly NotTaken[] };

/** What tells a person apart from others without an id: their address, or else their name. */
export type PersonFields = { readonly email: KeyPath | null; readonly name: KeyPath | null };

/**
 * Compares the ids that one address has in several segments: one that differs from segment to segment is a
 * membership's, and one that is the same everywhere is the person's.
 */
export function learnMemberId(
  segments: readonly SegmentSample[],
  candidates: readonly KeyPath[],
  fields: PersonFields,
): LearnedMemberId {
  const others: NotTaken[] = [];
  const left: KeyPath[] = [];
  for (const at of byLikelihood(candidates)) {
    const why = whyNot(segments, at, fields);
    if (why === null) left.push(at);
    else others.push({ at, why });
  }
  const [first] = left;
  if (first === undefined) return { kind: 'none', others };
  const distinct = left.filter((at) => at === first || !areAlwaysEqual(segments, first, at));
  const equal: NotTaken[] = left.filter((at) => !distinct.includes(at)).map((at) => ({ at, why: 'same' }));
  const own = distinct.filter((at) => !isForeign(at));
  const foreign: NotTaken[] = distinct.filter((at) => isForeign(at)).map((at) => ({ at, why: 'notAnId' }));
  const [only] = own;
  if (only !== undefined && own.length === 1)
    return { kind: 'found', at: only, others: [...others, ...equal, ...foreign] };
  if (own.length === 0 && distinct.length === 1) return { kind: 'found', at: first, others: [...others, ...equal] };
  return { kind: 'several', options: own.length === 0 ? distinct : own, others: [...others, ...equal, ...foreign] };
}

/** Some members' ids as they stand in a field, masked, so that an admin can tell the fields apart. */
export function sampleOf(segments: readonly SegmentSample[], at: KeyPath): string {
  const values = segments.flatMap(({ members }) => members.map((member) => valueAt(member, at)));
  return values
    .filter((value) => idOf(value) !== null)
    .slice(0, 3)
    .map(mask)
    .join(', ');
}

/** The likeliest first, for the order of the choice and for what is kept where several are equal. */
function byLikelihood(candidates: readonly KeyPath[]): KeyPath[] {
  const likelihood = (at: KeyPath): number => {
    const words = at.map((key) => wordsOf([key])).join(' ');
    if (words === 'id' || words === '') return 3;
    return /user|member|person|idm/.test(words) ? 2 : 1;
  };
  return [...candidates].sort((one, other) => likelihood(other) - likelihood(one));
}

/** What people's records point at beside the person. */
const FOREIGN = [
  ...['compan', 'org', 'tenant', 'team', 'role', 'group', 'parent', 'department', 'country', 'language', 'external'],
  ...['creat', 'updat', 'invit', 'manager', 'owner', 'segment', 'initiative', 'product', 'avatar', 'image', 'file'],
];

/** Whether a field's name says that it is the id of something else. */
function isForeign(at: KeyPath): boolean {
  const words = at.map((key) => wordsOf([key])).join(' ');
  return FOREIGN.some((word) => words.includes(word));
}

function whyNot(segments: readonly SegmentSample[], at: KeyPath, fields: PersonFields): NotTaken['why'] | null {
  if (at.length === 0) return null;
  if (isShared(segments, at)) return 'notAnId';
  const { several, differing } = comparePeople(segments, at, fields);
  return several > 0 && differing * 2 > several ? 'differsBetweenSegments' : null;
}

/** Whether several people of one segment have the same: then it is no id of theirs. */
function isShared(segments: readonly SegmentSample[], at: KeyPath): boolean {
  let members = 0;
  let distinct = 0;
  for (const segment of segments) {
    const ids = segment.members.map((member) => idOf(valueAt(member, at))).filter((id) => id !== null);
    if (ids.length < 2) continue;
    members += ids.length;
    distinct += new Set(ids).size;
  }
  return members > 0 && distinct < members * 0.8;
}

/** How many people are in several segments, and how many of them have another value in another segment. */
function comparePeople(
  segments: readonly SegmentSample[],
  at: KeyPath,
  fields: PersonFields,
): { readonly several: number; readonly differing: number } {
  const people = new Map<string, { segments: number; values: Set<number> }>();
  for (const { members } of segments) {
    const here = new Map<string, number>();
    for (const member of members) {
      const person = personOf(member, fields);
      const id = idOf(valueAt(member, at));
      if (person !== null && id !== null) here.set(person, id);
    }
    for (const [person, id] of here) {
      const known = people.get(person) ?? { segments: 0, values: new Set<number>() };
      known.segments += 1;
      known.values.add(id);
      people.set(person, known);
    }
  }
  const several = [...people.values()].filter((person) => person.segments > 1);
  return { several: several.length, differing: several.filter(({ values }) => values.size > 1).length };
}

function personOf(member: unknown, { email, name }: PersonFields): string | null {
  for (const at of [email, name]) {
    const value = at === null ? null : valueAt(member, at);
    if (typeof value === 'string' && value.trim() !== '') return value.trim().toLowerCase();
  }
  return null;
}

function areAlwaysEqual(segments: readonly SegmentSample[], one: KeyPath, other: KeyPath): boolean {
  return segments.every(({ members }) =>
    members.every((member) => {
      const [a, b] = [idOf(valueAt(member, one)), idOf(valueAt(member, other))];
      return a === null || b === null || a === b;
    }),
  );
}
