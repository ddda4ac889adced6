import type { KeyPath } from '../../contract';

/**
 * The value that stands under these keys; undefined where there is none. A list or a record that stands as the text of
 * JSON is read on the way.
 */
export function valueAt(json: unknown, path: KeyPath): unknown {
  let value = structureOf(json);
  for (const key of path) {
    if (!isKeyed(value) || !Object.hasOwn(value, key)) return undefined;
    value = structureOf(value[key]);
  }
  return value;
}

/**
 * {@link valueAt} for what is a text to whoever wrote it: a name such as `[2027]` is JSON too, and stays the name
 * that it is.
 */
export function plainValueAt(json: unknown, path: KeyPath): unknown {
  const key = path.at(-1);
  const parent = valueAt(json, path.slice(0, -1));
  if (key === undefined || !isKeyed(parent)) return parent;
  return Object.hasOwn(parent, key) ? parent[key] : undefined;
}

/** Whether a value has keys: a list has its places. */
function isKeyed(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Stands in a path for each of a list's records, as in `data.*.segments`; no answer's own key is called so. */
export const EACH = '*';

/** The key of a record that stands under its id and has none in it; no answer's own key is called so. */
export const OWN_KEY = '@key';

/**
 * The records under these keys: a list, or an object whose values are the records; null where there is neither. Those
 * of all records of an outer list are one list.
 */
export function listAt(json: unknown, path: KeyPath): readonly unknown[] | null {
  const each = path.indexOf(EACH);
  if (each !== -1) return listOfEach(listAt(json, path.slice(0, each)), path.slice(each + 1));
  const value = valueAt(json, path);
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return list;
  }
  if (isAddressMap(value)) return recordsOfAddresses(value);
  return isRecordMap(value) ? recordsOfMap(value) : null;
}

/** Whether a value is an object of addresses by their members' ids, as in `{ "1685": "kim@company.example" }`. */
export function isAddressMap(value: unknown): value is Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries: [string, unknown][] = Object.entries(value);
  return entries.length > 0 && entries.every(([key, one]) => DIGITS.test(key) && isAddress(one));
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /^\s*[^\s@]+@[^\s@]+\s*$/.test(value);
}

/** A record of each address, with the id under which it stands. */
export function recordsOfAddresses(map: Readonly<Record<string, string>>): readonly object[] {
  return Object.entries(map).map(([key, email]) => ({ [OWN_KEY]: key, email }));
}

function listOfEach(outer: readonly unknown[] | null, path: KeyPath): readonly unknown[] | null {
  if (outer === null) return null;
  const lists = outer.map((one) => (isMissing(valueAt(one, path)) ? [] : listAt(one, path)));
  return lists.some((list) => list === null) ? null : lists.flatMap((list) => list ?? []);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** The records of an object by ids; each has its key with it where the ids stand nowhere else. */
export function recordsOfMap(map: Readonly<Record<string, object>>): readonly object[] {
  const entries = Object.entries(map);
  const hasIds = entries.every(([key, one]) => {
    const own: [string, unknown][] = Object.entries(one);
    return Array.isArray(one) || own.some(([name, value]) => /id$/i.test(name) && String(value) === key);
  });
  return hasIds ? Object.values(map) : entries.map(([key, one]) => ({ [OWN_KEY]: key, ...one }));
}

/** Whether a value is an object of records by their ids, as in `{ "19": { "name": … } }`. */
export function isRecordMap(value: unknown): value is Readonly<Record<string, object>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries: [string, unknown][] = Object.entries(value);
  return (
    entries.length > 0 && entries.every(([key, one]) => DIGITS.test(key) && typeof one === 'object' && one !== null)
  );
}

/** An id as a number, from a number or a string of digits; null for anything else, and beyond 2^53. */
export function idOf(value: unknown): number | null {
  const id = typeof value === 'string' && DIGITS.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}

/** The whole number that stands there, told as a number or as digits; null for anything else. */
export function wholeAt(json: unknown, path: KeyPath): number | null {
  return wholeOf(valueAt(json, path));
}

/** A whole number from a number or its digits, 0 too; null for anything else. */
export function wholeOf(value: unknown): number | null {
  return value === 0 || value === '0' ? 0 : idOf(value);
}

/** Digits in their normal form: without a sign, a leading zero or blanks. */
const DIGITS = /^[1-9]\d{0,15}$/;

/** Asked of each text of each member: nearly all begin with a letter, which the first character shows. */
function mayBeJson(text: string): boolean {
  const first = text.charCodeAt(0);
  return first === OPEN_LIST || first === OPEN_RECORD || (first <= BLANK && /^\s*[[{]/.test(text));
}

const BLANK = 0x20;
const OPEN_LIST = 0x5b;
const OPEN_RECORD = 0x7b;

/** Lists and records that stand as text are what the text says; everything else is itself. */
function structureOf(value: unknown): unknown {
  if (typeof value !== 'string' || !mayBeJson(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
