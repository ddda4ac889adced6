import { wordsOf, type AnswerShape, type KeyPath } from '../../contract';
import { learnSegmentFields } from './learnList';
import { learnMemberCount, learnMemberFields, learnMembers, type LearnedMembers } from './learnMembers';
import { idOf, listAt, valueAt } from './at';
import { isRecord, type JsonRecord, listsIn, opened, recordsOf } from './structure';

/** What is known of the segment before it is read by itself. */
export type KnownSegment = {
  readonly segmentId: number;
  /** Where the list of all segments has the same facts; they are tried first. */
  readonly like: Pick<AnswerShape, 'id' | 'name' | 'members'> | null;
  /** All segments' ids: a list of them is no list of people. */
  readonly segmentIds: ReadonlySet<number>;
};

/** What the answer about one segment looks like, but for the member's id. */
export type LearnedOne = {
  readonly shape: Omit<AnswerShape, 'member'>;
  readonly members: LearnedMembers;
  /** Those that were shown. */
  readonly list: readonly unknown[];
};

/** The answer about one segment: its members, or why they are none of it. */
export type OneAnswer =
  | { readonly kind: 'found'; readonly one: LearnedOne }
  /** It is about another segment than the one that was asked for. */
  | { readonly kind: 'other' }
  | { readonly kind: 'none' };

const DEEPEST = 3;

/** Finds one segment with its members in an answer: as a record that has a list of people, or as that list alone. */
export function learnOne(json: unknown, known: KnownSegment): OneAnswer {
  const places = recordsIn(json, DEEPEST);
  let isOther = false;
  for (const { at, record } of places) {
    const own = ownIdOf(record, known);
    if (own !== null && idOf(valueAt(record, own)) !== known.segmentId) {
      // An answer's wrapper may have ids as well; one with people in it is a segment.
      isOther ||= peopleIn(record, known) !== null && own.length === 1;
      continue;
    }
    const members = peopleIn(record, known);
    if (members === null) continue;
    return { kind: 'found', one: oneOf({ at, record, own, members, json, known }) };
  }
  if (isOther) return { kind: 'other' };
  return bareList(json, known);
}

/**
 * Whether an answer is about this segment, and says in place of its members that there are none: null, an empty object,
 * or a count of 0. Nothing is learned from it of where members stand.
 */
export function tellsNobody(json: unknown, { segmentId, like }: KnownSegment): boolean {
  return recordsIn(json, DEEPEST).some(({ record }) => {
    const own = ownIdOf(record, { segmentId, like, segmentIds: new Set() });
    if (own === null || idOf(valueAt(record, own)) !== segmentId) return false;
    return Object.entries(record).some(([key, value]) => {
      const isEmpty = value === null || value === 0 || (isRecord(value) && Object.keys(value).length === 0);
      return isEmpty && /user|member|people|person|contact/.test(wordsOf([key]));
    });
  });
}

type Place = { readonly at: KeyPath; readonly record: JsonRecord };

/** The records that are reached by keys alone; the innermost first, as wrappers hold what they wrap. */
function recordsIn(json: unknown, depth: number): Place[] {
  const found: Place[] = [];
  const visit = (value: unknown, at: KeyPath): void => {
    const record = opened(value);
    // One segment may come as a list of one.
    if (Array.isArray(record) && record.length === 1) visit(record[0], [...at, '0']);
    if (!isRecord(record)) return;
    if (at.length < depth) for (const [key, inner] of Object.entries(record).slice(0, 50)) visit(inner, [...at, key]);
    found.push({ at, record });
  };
  visit(json, []);
  return found;
}

/** Where a record tells its own id; null where it has none. */
function ownIdOf(record: JsonRecord, { like }: KnownSegment): KeyPath | null {
  if (like?.id !== null && like?.id !== undefined && idOf(valueAt(record, like.id)) !== null) return like.id;
  return learnSegmentFields([record])?.id ?? null;
}

function peopleIn(record: JsonRecord, known: KnownSegment): LearnedMembers | null {
  const usual = known.like?.members ?? null;
  if (usual !== null && listAt(record, usual) !== null) {
    const found = learnMembers([record], usual);
    if (found !== null) return found;
  }
  const found = learnMembers([record]);
  // Of a list far within, it is the record around it that is the segment.
  if (found === null || found.at.length > 2) return null;
  return areSegments(listAt(record, found.at) ?? [], known) ? null : found;
}

function oneOf(
  found: Place & { own: KeyPath | null; members: LearnedMembers; json: unknown; known: KnownSegment },
): LearnedOne {
  const { at, record, own, members, known } = found;
  const fields = learnSegmentFields([record]);
  const name = known.like?.name ?? null;
  const isNamed = name !== null && typeof valueAt(record, name) === 'string';
  const count = learnMemberCount([record], members.at);
  const shape = {
    records: at,
    id: own,
    name: isNamed ? name : (fields?.name ?? null),
    members: members.at,
    memberCount: count === null || count.short > 0 ? null : count.at,
  };
  return { shape, members, list: listAt(record, members.at) ?? [] };
}

/** A list of people that stands by itself, where the address says whose they are. */
function bareList(json: unknown, known: KnownSegment): OneAnswer {
  for (const at of [[], ['data'], ['users'], ['members'], ['result'], ['results'], ['items'], ['rows'], ['content']]) {
    const list = listAt(json, at);
    if (list === null) continue;
    const learned = learnMemberFields(list);
    const isPeople = learned !== null && (list.length === 0 || (hasPeople(list, learned) && !areSegments(list, known)));
    if (!isPeople) continue;
    const members = at.slice(-1);
    const shape = { records: at.slice(0, -1), id: null, name: null, members, memberCount: null };
    return { kind: 'found', one: { shape, members: { at: members, ...learned }, list } };
  }
  return emptyAlone(json);
}

/**
 * An empty list under any key, where the answer has nothing else: it is about the segment, and says that nobody is in
 * it. Taken for no answer, it would hide that another read shows people there.
 */
function emptyAlone(json: unknown): OneAnswer {
  const [found, ...others] = listsIn(json, DEEPEST).filter(
    ({ at }) => !/error|warning|message|link/.test(at.map((key) => wordsOf([key])).join(' ')),
  );
  if (found === undefined || others.length > 0 || found.list.length > 0) return { kind: 'none' };
  const records = found.at.slice(0, -1);
  const holder = valueAt(json, records);
  const isAlone = records.length === 0 || (isRecord(holder) && Object.keys(holder).length === 1);
  if (!isAlone) return { kind: 'none' };
  const members = { at: found.at.slice(-1), ids: [], fields: NOBODY, seen: 0, idForm: null };
  const shape = { records, id: null, name: null, members: members.at, memberCount: null };
  return { kind: 'found', one: { shape, members, list: [] } };
}

const NOBODY: LearnedMembers['fields'] = { email: null, name: null, firstName: null, lastName: null };

function hasPeople(list: readonly unknown[], { ids, fields }: Omit<LearnedMembers, 'at'>): boolean {
  return recordsOf(list).length > 0
    ? ids.length > 0 && (fields.email !== null || fields.name !== null)
    : ids.length > 0;
}

/** Whether a list is one of segments: its records have people themselves, or the segments' ids and no address. */
function areSegments(list: readonly unknown[], { segmentIds }: KnownSegment): boolean {
  const records = recordsOf(list);
  if (records.length === 0) return false;
  if ((learnMembers(records)?.seen ?? 0) > 0) return true;
  const fields = learnMemberFields(list);
  const id = learnSegmentFields(list)?.id ?? null;
  const isKnown = (record: JsonRecord): boolean => id !== null && segmentIds.has(idOf(valueAt(record, id)) ?? 0);
  return (fields === null || fields.fields.email === null) && records.every(isKnown);
}
