import { wordsOf, type IdForm, type KeyPath } from '../../contract';
import { idOf, listAt, valueAt } from './at';
import {
  type Field,
  fieldsOf,
  idFormOf,
  isIdName,
  isLikeEmail,
  isLikeName,
  isRecord,
  isSamePath,
  type JsonRecord,
  listsIn,
  recordsOf,
  someRecordsOf,
  segmentsWithin,
  shareOf,
} from './structure';

/** Where an answer may have its list of segments, and what speaks for it. */
export type ListCandidate = {
  readonly at: KeyPath;
  readonly rows: number;
  readonly id: KeyPath;
  readonly name: KeyPath | null;
  readonly ids: IdForm;
  readonly weight: number;
};

/** The list of segments as far as one answer shows it. */
export type LearnedList =
  | { readonly kind: 'found'; readonly list: ListCandidate }
  /** Several may be meant, the likeliest first. */
  | { readonly kind: 'several'; readonly lists: readonly ListCandidate[] }
  /** A list without anything in it, where the segments would stand. */
  | { readonly kind: 'empty'; readonly at: KeyPath }
  | { readonly kind: 'none' };

const DEEPEST = 4;
/** What separates a likely list from the next one so far that nobody has to be asked. */
const CLEAR = 1.5;
/** Of so many of a list's elements an id has to be readable: others may be odd, but not nearly all. */
const LEAST_WITH_ID = 0.3;

/** Finds the list of segments by what stands in the answer: records with an id and a name, wherever they are. */
export function learnList(json: unknown, chosen: KeyPath | null = null): LearnedList {
  const plain = listsIn(json, DEEPEST);
  const inner = segmentsWithin(plain);
  // What stands around segments is none.
  const isAround = (at: KeyPath): boolean => inner.some((one) => isSamePath(one.at.slice(0, at.length), at));
  const lists = [...plain.filter(({ at }) => !isAround(at)), ...inner];
  const candidates = lists
    .flatMap(({ at, list }) => candidateOf(at, list) ?? [])
    .filter(({ at }) => chosen === null || isSamePath(at, chosen))
    .sort((one, other) => other.weight - one.weight);
  const [best] = candidates;
  if (best === undefined)
    return emptyOf(
      json,
      lists.filter(({ at }) => chosen === null || isSamePath(at, chosen)),
    );
  const rivals = candidates.filter(
    (other) => other === best || (best.weight - other.weight < CLEAR && !isSameList(json, best, other)),
  );
  return rivals.length === 1 ? { kind: 'found', list: best } : { kind: 'several', lists: rivals };
}

/** What is learned of the segment's own fields from its records; null where they have no id. */
export function learnSegmentFields(
  list: readonly unknown[],
): { readonly id: KeyPath; readonly name: KeyPath | null; readonly ids: IdForm } | null {
  const records = distinct(someRecordsOf(list));
  const fields = fieldsOf(records, 2);
  const id = bestOf(fields, (field) => idWeight(field, records.length)) ?? choiceValue(fields, records.length);
  if (id === null) return null;
  const name = bestOf(fields, (field) => nameWeight(field, records.length));
  return { id: id.at, name: name?.at ?? null, ids: idFormOf(id.values) ?? 'number' };
}

/** The records without those that are there twice: of these no id would seem to be one's own. */
function distinct(records: readonly JsonRecord[]): JsonRecord[] {
  return [...new Map(records.map((record) => [JSON.stringify(record), record])).values()];
}

/** The value of records that are choices of a form, each a value and a label. */
function choiceValue(fields: readonly Field[], among: number): Field | null {
  if (!fields.some(({ at }) => isSamePath(at, ['label']))) return null;
  const value = fields.find(({ at }) => isSamePath(at, ['value']));
  const ids = (value?.values ?? []).map(idOf).filter((one) => one !== null);
  return value !== undefined && ids.length === among && new Set(ids).size === among ? value : null;
}

function candidateOf(at: KeyPath, list: readonly unknown[]): ListCandidate | null {
  const fields = learnSegmentFields(list);
  if (fields === null) return null;
  const records = someRecordsOf(list);
  const withId = shareOf(records, (record) => idOf(valueAt(record, fields.id)) !== null);
  if (withId < LEAST_WITH_ID) return null;
  const people = fieldsOf(records, 2).some(
    ({ values }) => shareOf(values, isLikeEmail, records.length) > LEAST_WITH_ID,
  );
  const weight =
    withId * 4 +
    (fields.name === null ? 0 : 3) +
    (records.some((record) => listsIn(record, 2).length > 0) ? 1 : 0) +
    placeWeight(at) -
    (people ? 4 : 0);
  return { at, rows: list.length, weight, ...fields };
}

/** What a list's place says of it; most places say nothing. */
function placeWeight(at: KeyPath): number {
  const words = at.map((key) => wordsOf([key])).join(' ');
  const about = /segment/.test(words) ? 3 : 0;
  const usual = /^(?:data|results?|items|rows|records|list|content|values?)?(?: |$)/.test(words) ? 1 : 0;
  const others = /user|member|people|person|contact|error|warning|link|include|filter|facet|product/.test(words)
    ? 4
    : 0;
  return about + usual - others - at.length * 0.25;
}

function idWeight({ at, values }: Field, among: number): number {
  const words = wordsOf(at);
  const named = words === 'id' ? 10 : /^segment ?id$/.test(words) ? 9 : isIdName(at) ? 4 : 0;
  const ids = values.map(idOf).filter((id) => id !== null);
  // What many records share is no id of theirs.
  if (named === 0 || ids.length < among * LEAST_WITH_ID || new Set(ids).size < ids.length * 0.9) return 0;
  return named + ids.length / among - at.length - foreign(at);
}

function nameWeight({ at, values }: Field, among: number): number {
  const words = wordsOf(at);
  const named = NAMES[words] ?? (/ name$/.test(words) ? 5 : 0);
  const share = shareOf(values, (value) => isLikeName(value) && !isLikeEmail(value), among);
  return named === 0 || share < LEAST_WITH_ID ? 0 : named + share - at.length * 2 - foreign(at);
}

/** What stands within another object is that object's own, unless it is the segment's. */
function foreign(at: KeyPath): number {
  const above = at.slice(0, -1).map((key) => wordsOf([key]));
  return above.every((key) => /segment|attribute|propert|node|data|item|value/.test(key)) ? 0 : 3;
}

const NAMES: Readonly<Partial<Record<string, number>>> = {
  name: 12,
  'segment name': 11,
  title: 10,
  'segment title': 10,
  label: 9,
  'display name': 9,
  caption: 6,
};

function bestOf(fields: readonly Field[], weigh: (field: Field) => number): Field | null {
  let best: { readonly field: Field; readonly weight: number } | null = null;
  for (const field of fields) {
    const weight = weigh(field);
    if (weight > 0 && weight > (best?.weight ?? 0)) best = { field, weight };
  }
  return best?.field ?? null;
}

/** Whether two lists tell of the same: then it does not matter which of them is read. */
function isSameList(json: unknown, one: ListCandidate, other: ListCandidate): boolean {
  return JSON.stringify(idsOf(json, one)) === JSON.stringify(idsOf(json, other));
}

function idsOf(json: unknown, { at, id }: ListCandidate): (number | null)[] {
  return (listAt(json, at) ?? []).map((record) => idOf(valueAt(record, id)));
}

function emptyOf(
  json: unknown,
  lists: readonly { readonly at: KeyPath; readonly list: readonly unknown[] }[],
): LearnedList {
  // A list of something else beside it says that this is an answer of another kind.
  if (lists.some(({ list }) => recordsOf(list).length > 0)) return { kind: 'none' };
  const [empty] = lists
    .filter(
      ({ at, list }) =>
        list.length === 0 && !/error|warning|message|link/.test(at.map((key) => wordsOf([key])).join(' ')),
    )
    .sort((one, other) => placeWeight(other.at) - placeWeight(one.at));
  if (empty !== undefined) return { kind: 'empty', at: empty.at };
  // Some servers say null where a list has nothing: believed where the answer says itself that all is well.
  const isNull = isRecord(json) && isYes(json['success']) && json['data'] === null;
  return isNull ? { kind: 'empty', at: ['data'] } : { kind: 'none' };
}

function isYes(value: unknown): boolean {
  return value === true || value === 1 || value === 'true';
}
