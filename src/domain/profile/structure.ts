import { wordsOf, type IdForm, type KeyPath } from '../../contract';
import {
  EACH,
  idOf,
  isAddressMap,
  isRecordMap,
  listAt,
  OWN_KEY,
  recordsOfAddresses,
  recordsOfMap,
  valueAt,
} from './at';

/** A JSON object, not yet looked into. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object, and no list. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value itself, or what it holds where it is a list or an object written as a text. */
export function opened(value: unknown): unknown {
  return valueAt(value, []);
}

/** A list that stands somewhere in an answer, and the keys that lead to it. */
export type FoundList = { readonly at: KeyPath; readonly list: readonly unknown[] };

/** The values that one field has in many records. */
export type Field = { readonly at: KeyPath; readonly values: readonly unknown[] };

/** How many keys of one object are looked at: an answer with more of them is a map of something. */
const MOST_KEYS = 200;
/** How many records show what all of them look like. */
const MOST_RECORDS = 2_000;

/** Every list within a value that is reached by keys alone, the nearest first. */
export function listsIn(value: unknown, depth: number): FoundList[] {
  const found: FoundList[] = [];
  let level: { readonly at: KeyPath; readonly value: unknown }[] = [{ at: [], value: opened(value) }];
  for (let deep = 0; deep <= depth && level.length > 0; deep += 1) {
    const next: typeof level = [];
    for (const one of level) {
      if (Array.isArray(one.value)) found.push({ at: one.at, list: one.value });
      else if (isAddressMap(one.value)) found.push({ at: one.at, list: recordsOfAddresses(one.value) });
      else if (isRecordMap(one.value)) found.push({ at: one.at, list: recordsOfMap(one.value) });
      if (!isRecord(one.value)) continue;
      for (const [key, inner] of Object.entries(one.value).slice(0, MOST_KEYS))
        next.push({ at: [...one.at, key], value: opened(inner) });
    }
    level = next;
  }
  return found;
}

/**
 * The lists of segments that stand in the records of other lists, as of folders: only what is called so is one, as
 * records have lists of many things.
 */
export function segmentsWithin(found: readonly FoundList[]): FoundList[] {
  return found.flatMap(({ at, list }) => {
    const keys = new Set(recordsOf(list.slice(0, MOST_KEYS)).flatMap((record) => Object.keys(record)));
    const isOfSegments = at.some((key) => isCalledSegments(key));
    const names = isOfSegments ? [] : [...keys].filter(isCalledSegments);
    return names.flatMap((name) => {
      const inner = listAt(list, [EACH, name]);
      return inner === null ? [] : [{ at: [...at, EACH, name], list: inner }];
    });
  });
}

function isCalledSegments(key: string): boolean {
  return /\bsegments\b/.test(wordsOf([key]));
}

/** The records of a list; what is none is left out. */
export function recordsOf(list: readonly unknown[]): JsonRecord[] {
  return list.map(opened).filter(isRecord);
}

/** So many records of a list that they show what all of them look like: from all over it, in their order. */
export function someRecordsOf(list: readonly unknown[]): JsonRecord[] {
  const step = Math.max(1, Math.floor(list.length / MOST_RECORDS));
  return recordsOf(list.filter((_one, index) => index % step === 0)).slice(0, MOST_RECORDS);
}

/** What stands in the records, field by field: plain values, and those of objects within them. */
export function fieldsOf(records: readonly JsonRecord[], depth: number): Field[] {
  const fields = new Map<string, { at: KeyPath; values: unknown[] }>();
  for (const record of records) collect(record, [], depth, fields);
  return [...fields.values()];
}

function collect(
  record: JsonRecord,
  above: KeyPath,
  depth: number,
  fields: Map<string, { at: KeyPath; values: unknown[] }>,
): void {
  for (const [key, value] of Object.entries(record).slice(0, MOST_KEYS)) {
    const at = [...above, key];
    if (isRecord(value)) {
      if (depth > 1) collect(value, at, depth - 1, fields);
      continue;
    }
    if (Array.isArray(value)) collectFirst(value, at, fields);
    else note(value, at, fields);
  }
}

/** Of a list within a record its first address alone: the others are somebody's as well, and everything else is not. */
function collectFirst(list: readonly unknown[], at: KeyPath, fields: Map<string, { at: KeyPath; values: unknown[] }>) {
  const [first] = list;
  if (isLikeEmail(first)) note(first, [...at, '0'], fields);
  if (!isRecord(first)) return;
  for (const [key, value] of Object.entries(first).slice(0, MOST_KEYS))
    if (isLikeEmail(value)) note(value, [...at, '0', key], fields);
}

function note(value: unknown, at: KeyPath, fields: Map<string, { at: KeyPath; values: unknown[] }>): void {
  const name = JSON.stringify(at);
  const known = fields.get(name) ?? { at, values: [] };
  known.values.push(value);
  fields.set(name, known);
}

/** In which form most of the ids are told; null where there are none. */
export function idFormOf(values: readonly unknown[]): IdForm | null {
  const ids = values.filter((value) => idOf(value) !== null);
  if (ids.length === 0) return null;
  return ids.filter((value) => typeof value === 'string').length * 2 > ids.length ? 'text' : 'number';
}

/** How many of the values are as asked, 0 to 1; 0 where there are none. */
export function shareOf(values: readonly unknown[], isSo: (value: unknown) => boolean, among = values.length): number {
  return among === 0 ? 0 : values.filter(isSo).length / among;
}

/** Whether a text is written like an e-mail address. */
export function isLikeEmail(value: unknown): boolean {
  return typeof value === 'string' && /^\s*[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]{2,}\s*$/.test(value);
}

/** Whether a text may be what somebody calls something: no id, time, address of the web or of a person. */
export function isLikeName(value: unknown): boolean {
  if (typeof value !== 'string' || value.trim() === '' || value.length > 300) return false;
  return !/^\s*(?:\d+|[\da-f]{8}-[\da-f-]{27}|\d{4}-\d\d-\d\d.*|https?:\/\/.*|#[\da-f]{3,8})\s*$/i.test(value);
}

/** Whether two paths are the same. */
export function isSamePath(one: KeyPath, other: KeyPath): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}

/** Whether a field is called an id of anything: `id`, `userId`, `USERID`. */
export function isIdName(at: KeyPath): boolean {
  if (at.at(-1) === OWN_KEY) return true;
  const words = wordsOf(at);
  return /(?:^| )pk$|id$/.test(words) && !/(?:paid|valid|void|grid|bid|solid|avoid)$/.test(words);
}
