import { wordsOf, type IdForm, type KeyPath, type MemberShape } from '../../contract';
import { idOf, listAt, valueAt } from './at';
import {
  type Field,
  fieldsOf,
  idFormOf,
  isIdName,
  isLikeEmail,
  isLikeName,
  type JsonRecord,
  listsIn,
  someRecordsOf,
  shareOf,
} from './structure';

/** Where segments have their members, and what is known of them but the id. */
export type LearnedMembers = {
  readonly at: KeyPath;
  /** The fields that may be the member's id; the empty path where a member is nothing but an id. */
  readonly ids: readonly KeyPath[];
  readonly fields: Omit<MemberShape, 'id'>;
  /** How many members were seen. */
  readonly seen: number;
  readonly idForm: IdForm | null;
};

/** How deep in a segment's record a list of members may stand, and how deep in theirs what is known of them. */
const DEEPEST = 3;
const DEEPEST_FACT = 5;
const NO_FIELDS: Omit<MemberShape, 'id'> = { email: null, name: null, firstName: null, lastName: null };

/** Finds the members within the segments' records; null where nothing there is a list of people. */
export function learnMembers(segments: readonly JsonRecord[], chosen: KeyPath | null = null): LearnedMembers | null {
  const places = new Map<string, { at: KeyPath; lists: (readonly unknown[])[] }>();
  for (const segment of segments) {
    for (const { at, list } of listsIn(segment, DEEPEST)) {
      // Somebody's addresses are no people.
      if (at.length === 0 || /mail|phone/.test(wordsOf(at))) continue;
      const name = JSON.stringify(at);
      const known = places.get(name) ?? { at, lists: [] };
      known.lists.push(list);
      places.set(name, known);
    }
  }
  const wanted = chosen === null ? null : JSON.stringify(chosen);
  let best: { readonly found: LearnedMembers; readonly weight: number } | null = null;
  for (const [name, { at, lists }] of places) {
    if (wanted !== null && name !== wanted) continue;
    const elements = lists.flat();
    const found = learnMemberFields(elements);
    const weight = found === null ? 0 : weightOf(at, found, lists.length / segments.length);
    if (found !== null && (weight > 0 || wanted !== null) && weight > (best?.weight ?? -Infinity))
      best = { found: { at, ...found }, weight };
  }
  return best?.found ?? null;
}

/** What the members' own records look like; null where they are no people. */
export function learnMemberFields(elements: readonly unknown[]): Omit<LearnedMembers, 'at'> | null {
  if (elements.length === 0) return { ids: [], fields: NO_FIELDS, seen: 0, idForm: null };
  const records = someRecordsOf(elements);
  if (records.length === 0) {
    const isIds = elements.some((element) => idOf(element) !== null);
    return isIds ? { ids: [[]], fields: NO_FIELDS, seen: elements.length, idForm: idFormOf(elements) } : null;
  }
  const fields = fieldsOf(records, DEEPEST_FACT);
  const best = (weigh: (field: Field) => number): KeyPath | null => bestPath(fields, weigh);
  const email = best((field) => emailWeight(field, records.length));
  const ids = fields
    .filter((field) => isIdField(field, records.length))
    .map(({ at, values }) => ({ at, form: idFormOf(values) }));
  if (ids.length === 0 && email === null) return null;
  return {
    ids: ids.map(({ at }) => at),
    fields: {
      email,
      name: best(({ at, values }) => textWeight(at, values, PERSON_NAMES)),
      firstName: best(({ at, values }) => textWeight(at, values, FIRST_NAMES)),
      lastName: best(({ at, values }) => textWeight(at, values, LAST_NAMES)),
    },
    seen: elements.length,
    idForm: ids[0]?.form ?? null,
  };
}

const PEOPLE = /user|member|people|person|contact|customer|subscriber|participant|stakeholder|idm/;
const OTHERS = [
  ...['tag', 'permission', 'rule', 'criteri', 'field', 'role', 'team', 'product', 'idea', 'feature', 'error', 'link'],
  ...['owner', 'admin', 'manager', 'creat', 'pending', 'invite', 'former', 'remov', 'delet', 'block', 'exclu'],
];

function weightOf(at: KeyPath, { ids, fields, seen }: Omit<LearnedMembers, 'at'>, presence: number): number {
  const words = at.map((key) => wordsOf([key])).join(' ');
  const named = (PEOPLE.test(words) ? 4 : 0) - (OTHERS.some((word) => words.includes(word)) ? 6 : 0);
  const areBare = ids.some((id) => id.length === 0);
  // Numbers alone, records without an address, or nothing at all are members only where the place says so.
  if ((areBare || seen === 0 || fields.email === null) && named <= 0) return 0;
  const shown = seen === 0 || areBare ? 0 : (fields.email === null ? 0 : 6) + (ids.length === 0 ? 0 : 2);
  return named + shown + presence * 2 - at.length * 0.5;
}

/**
 * Where the segments say how many members they have; null where they do not. What says less than is shown counts
 * something else.
 */
export function learnMemberCount(
  segments: readonly JsonRecord[],
  members: KeyPath | null,
): { readonly at: KeyPath; readonly short: number } | null {
  const found = fieldsOf(segments, 2).filter(
    ({ at, values }) => isCountName(at) && values.length > 0 && values.every((value) => countOf(value) !== null),
  );
  for (const { at } of found) {
    const pairs = segments.flatMap((segment) => {
      const told = countOf(valueAt(segment, at));
      const shown = members === null ? null : (listAt(segment, members)?.length ?? null);
      return told === null || shown === null ? [] : [{ told, shown }];
    });
    if (members !== null && pairs.length === 0) continue;
    if (pairs.every(({ told, shown }) => told >= shown))
      return { at, short: pairs.filter(({ told, shown }) => told > shown).length };
  }
  return null;
}

/** A number of members, told as a number or as digits. */
export function countOf(value: unknown): number | null {
  if (typeof value === 'string' && !/^\d{1,9}$/.test(value)) return null;
  const count = typeof value === 'string' ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

function isCountName(at: KeyPath): boolean {
  const words = at.map((key) => wordsOf([key])).join(' ');
  return (
    /\b(?:users?|members?|people|persons?|contacts?)\b.*\b(?:count|total|number|num|size)\b/.test(words) ||
    /\b(?:count|total|number|num|no)\b.*\b(?:users|members|people|persons|contacts)\b/.test(words) ||
    /^(?:count|size)$/.test(words)
  );
}

function isIdField({ at, values }: Field, among: number): boolean {
  return isIdName(at) && shareOf(values, (value) => idOf(value) !== null, among) >= 0.3;
}

function emailWeight({ at, values }: Field, among: number): number {
  const words = at.map((key) => wordsOf([key])).join(' ');
  const named = /^(?:.* )?e ?mail(?: address)?$/.test(words) ? 3 : /mail/.test(words) ? 2 : 0;
  const addresses = values.filter(isLikeEmail);
  // One address in everybody's record is somebody else's.
  const isEverybodys = addresses.length > 2 && new Set(addresses).size === 1;
  const share = isEverybodys ? 0 : shareOf(values, isLikeEmail, among);
  if (
    share < 0.3 &&
    !(named === 3 && !isEverybodys && values.every((value) => value === null || typeof value === 'string'))
  )
    return 0;
  const others = /manager|owner|invit|creat|updat|added|by\b|alternat|second|backup/.test(words) ? 8 : 0;
  return named + share * 4 - others - at.length * 0.25 + 0.5;
}

const PERSON_NAMES: Readonly<Partial<Record<string, number>>> = {
  name: 12,
  'full name': 11,
  fullname: 11,
  'display name': 10,
  displayname: 10,
  'user name': 5,
  username: 5,
  'member name': 9,
  title: 1,
};
const FIRST_NAMES: Readonly<Partial<Record<string, number>>> = {
  'first name': 12,
  firstname: 12,
  first: 8,
  'given name': 10,
  givenname: 10,
  forename: 9,
  vorname: 9,
};
const LAST_NAMES: Readonly<Partial<Record<string, number>>> = {
  'last name': 12,
  lastname: 12,
  last: 8,
  'family name': 10,
  familyname: 10,
  surname: 9,
  nachname: 9,
};

function textWeight(at: KeyPath, values: readonly unknown[], names: Readonly<Partial<Record<string, number>>>): number {
  const named = names[wordsOf(at)] ?? 0;
  const isOthers = /company|org|team|role|manager|owner|segment|invit|creat|updat|product/.test(
    at.map((key) => wordsOf([key])).join(' '),
  );
  const filled = values.filter((value) => value !== null && value !== '');
  if (named === 0 || isOthers || !filled.every((value) => typeof value === 'string')) return 0;
  return named - at.length + shareOf(filled, isLikeName);
}

function bestPath(fields: readonly Field[], weigh: (field: Field) => number): KeyPath | null {
  let best: { readonly at: KeyPath; readonly weight: number } | null = null;
  for (const field of fields) {
    const weight = weigh(field);
    if (weight > 0 && weight > (best?.weight ?? 0)) best = { at: field.at, weight };
  }
  return best?.at ?? null;
}
