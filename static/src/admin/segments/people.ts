import { err, NAME_LIMIT, ok, plainName, type Invitee, type Result } from '@contract';
import {
  addressIn,
  columnOf,
  hasHeading,
  holdsAt,
  listLines,
  mailParts,
  readHeadless,
  readTable,
  spacedNumbers,
  type Column,
  type Entry,
  type Rows,
  type TableFault,
} from '../../shared/table';

/** People as typed or read from a file, each address once, and what of it is not used. */
export type PeopleList = {
  readonly people: readonly Invitee[];
  readonly unused: readonly string[];
  /** What stands before the heading of a table. */
  readonly titles: readonly string[];
  readonly blankLines: number;
  /** Rows of a table, and objects of JSON, whose address is empty. */
  readonly unaddressed: readonly Entry[];
  readonly repeated: readonly Entry[];
  /** Addresses that were taken out of something else, such as a name with its address in brackets. */
  readonly taken: readonly Entry[];
};
/** Why people can't be read: nobody is added then. */
export type PeopleFault =
  | TableFault
  | { readonly code: 'notEmail'; readonly line: number; readonly text: string }
  /** An object of a JSON file, counted from 1. */
  | { readonly code: 'objectNotEmail'; readonly line: number; readonly text: string }
  /** What stands in place of a name and is none, or one that is too long; in JSON of an object. */
  | { readonly code: 'notName' | 'objectNotName'; readonly line: number; readonly text: string }
  | { readonly code: 'notJson' | 'notText' };

/** The address and the names that a row is about; `isPlain` where the address stands in it as it is. */
type Person = {
  readonly email: string;
  readonly isPlain: boolean;
  readonly firstName: string;
  readonly lastName: string;
};
type Found = Person & { readonly line: number };
type Read = Omit<PeopleList, 'people' | 'repeated' | 'taken'> & { readonly found: readonly Found[] };

/** How many cells a row without a heading has at most: an address and two names. */
const MOST_CELLS = 3;

/** Reads people as they are typed or pasted: a list of addresses, lines with names, or a table with its heading. */
export function parseText(text: string): Result<PeopleList, PeopleFault> {
  return listed(hasHeading(text, ['email']) ? fromTable(text) : fromLines(text));
}

/** Reads a file: JSON as a list of objects, anything else as a table or a list. */
export function parseFile(name: string, text: string): Result<PeopleList, PeopleFault> {
  if (name.toLowerCase().endsWith('.json')) return listed(fromJson(text), 'objectNotName');
  // Also one that can't be sent: it is no heading.
  const startsWithAddress = readHeadless(text).some(
    (read) => read.kind === 'ok' && read.value.rows[0]?.cells.some((cell) => /\S@\S/.test(cell)) === true,
  );
  return listed(startsWithAddress || startsWithMail(text) ? fromLines(text) : fromTable(text));
}

/** Whether a text begins as a list of people does that a mail program copied: with quotes that no table has. */
function startsWithMail(text: string): boolean {
  const first = text.split(/[\r\n]+/).find((line) => line.trim() !== '') ?? '';
  const [part] = mailParts(first);
  return part !== undefined && addressIn(part) !== null;
}

function fromTable(text: string): Result<Read, PeopleFault> {
  const table = readTable(text, { required: ['email'], optional: ['firstName', 'lastName'] });
  if (table.kind === 'problem') return table;
  const { rows, ...leftOut } = table.value;
  const found: Found[] = [];
  const unaddressed: Entry[] = [];
  for (const { line, stray, cells, text: row } of rows) {
    const address = addressIn(cells.email);
    // A quote within the cell of an address is one around a name.
    if (stray !== null && (address === null || stray !== cells.email))
      return err({ code: 'strayQuote', line, text: stray });
    if (cells.email === '') {
      unaddressed.push({ line, text: row });
      continue;
    }
    if (address === null) return err({ code: 'notEmail', line, text: cells.email });
    found.push({ ...address, firstName: cells.firstName, lastName: cells.lastName, line });
  }
  return ok({ found, ...leftOut, unaddressed });
}

/**
 * The first way to separate the cells in which every row is a person; else what is wrong in the one that came furthest.
 */
function fromLines(pasted: string): Result<Read, PeopleFault> {
  const text = spacedNumbers(listLines(pasted));
  const tables: Result<Read, PeopleFault>[] = [];
  for (const rows of readHeadless(text)) {
    const read = rows.kind === 'ok' ? fromRows(rows.value) : rows;
    if (read.kind === 'ok') return read;
    tables.push(read);
  }
  const mail = fromMail(text);
  if (mail.kind === 'ok') return mail;
  // Of a line that is surely one of a mail program, that reader knows best what is wrong.
  const tried = isMail(text, mail) ? [mail, ...tables] : [...tables, mail];
  return tried.reduce((best, one) => (lineOf(one) > lineOf(best) ? one : best));
}

/** People of rows without a heading: addresses alone, or one person in each row. */
function fromRows({ rows, blankLines }: Rows): Result<Read, PeopleFault> {
  const found: Found[] = [];
  const isAddresses = rows.every(({ cells }) => cells.every((cell) => cell === '' || addressIn(cell) !== null));
  for (const { line, cells, text: row, stray } of rows) {
    if (stray !== null && !isAddresses) return err({ code: 'strayQuote', line, text: stray });
    const filled = cells.filter((cell) => cell !== '');
    const people = isAddresses ? filled.map((cell) => [cell]) : [cells];
    for (const person of people) {
      const one = personIn(person);
      if (one === null) return err({ code: 'notEmail', line, text: row });
      found.push({ ...one, line });
    }
  }
  return ok({ found, unused: [], titles: [], blankLines, unaddressed: [] });
}

/** Whether the line in which a list was found to be wrong has addresses with something around them. */
function isMail(text: string, read: Result<Read, PeopleFault>): boolean {
  const line = text.split(/\r\n|\r|\n/)[lineOf(read) - 1] ?? '';
  return mailParts(line).some((part) => addressIn(part)?.isPlain === false);
}

/** Lines as mail programs copy people, with quotes and separators that belong to names. */
function fromMail(text: string): Result<Read, PeopleFault> {
  const found: Found[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  for (const [nth, line] of lines.entries()) {
    for (const part of mailParts(line)) {
      const address = addressIn(part);
      if (address === null) return err({ code: 'notEmail', line: nth + 1, text: part.trim() });
      found.push({ ...address, firstName: '', lastName: '', line: nth + 1 });
    }
  }
  const blankLines = lines.slice(0, found.at(-1)?.line ?? 0).filter((line) => line.trim() === '').length;
  return ok({ found, unused: [], titles: [], blankLines, unaddressed: [] });
}

function lineOf(read: Result<Read, PeopleFault>): number {
  return read.kind === 'problem' && 'line' in read.problem ? read.problem.line : 0;
}

/** An address and, in their order, a first and a last name; null when it is not just that. */
function personIn(cells: readonly string[]): Person | null {
  const found = cells.map(addressIn);
  const at = found.findIndex((one) => one !== null);
  const address = found[at] ?? null;
  if (address === null || found.some((one, nth) => one !== null && nth > at)) return null;
  const names = cells.filter((_cell, nth) => nth !== at);
  // A name beside the address and another beside that: a comma may stand within one of them.
  if (address.hasName && names.some((cell) => cell !== '')) return null;
  const [firstName = '', lastName = '', ...rest] = names;
  const isPerson = cells.length <= MOST_CELLS || rest.every((cell) => cell === '');
  // What looks like a second address is one that is separated by something else.
  if (holdsAt(firstName) || holdsAt(lastName)) return null;
  // Without a heading nothing says what a number is: that of a row, of a telephone, a day.
  if ([firstName, lastName].some((name) => name !== '' && !/\p{L}/u.test(name))) return null;
  return isPerson ? { ...address, firstName, lastName } : null;
}

function fromJson(text: string): Result<Read, PeopleFault> {
  const objects = objectsIn(text);
  if (objects === null) return err({ code: 'notJson' });
  const twice = repeatedIn(text);
  if (twice !== null) return err({ code: 'columnTwice', column: twice[0], found: [twice[1], twice[1]] });
  const unused = new Set<string>();
  const found: Found[] = [];
  const unaddressed: Entry[] = [];
  for (const [nth, object] of objects.entries()) {
    const one = { email: '', firstName: '', lastName: '' };
    for (const [key, value] of Object.entries(object)) {
      const column = columnOf(key);
      if (column !== 'email' && column !== 'firstName' && column !== 'lastName') unused.add(key);
      else if (one[column] !== '') return err({ code: 'columnTwice', column, found: Object.keys(object) });
      else if (typeof value === 'string' || typeof value === 'number') one[column] = String(value).trim();
      else if (value !== null) unused.add(key);
    }
    const told = Object.entries(object).filter(([key]) => columnOf(key) === 'email');
    if (told.length > 0 && told.every(([, value]) => value === null || value === '')) {
      unaddressed.push({ line: nth + 1, text: JSON.stringify(object) });
      continue;
    }
    const address = addressIn(one.email);
    if (address === null) return err({ code: 'objectNotEmail', line: nth + 1, text: JSON.stringify(object) });
    found.push({ ...one, ...address, line: nth + 1 });
  }
  return ok({ found, unused: [...unused], titles: [], blankLines: 0, unaddressed });
}

/** How deep a list of people may be nested: what reads it calls itself for each level. */
const MOST_LEVELS = 100;

/** Whether JSON is nested deeper than a list of people is; brackets within its texts count for nothing. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (sign === '[' || sign === '{') depth += 1;
    if (sign === ']' || sign === '}') depth -= 1;
    if (depth > MOST_LEVELS) return true;
  }
  return false;
}

/** The objects of a list; null for anything else. */
function objectsIn(text: string): object[] | null {
  if (isTooDeep(text)) return null;
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    const rows: readonly unknown[] = Array.isArray(parsed) ? parsed : [null];
    const objects = rows.filter((row) => typeof row === 'object' && row !== null);
    return objects.length === rows.length ? objects : null;
  } catch {
    return null;
  }
}

/** A name that an object has more than once, and its column: JSON keeps the last value, whoever was meant. */
function repeatedIn(text: string): readonly [Column, string] | null {
  const more = new Map<string, number>();
  const count = (name: string, by: number): void => void more.set(name, (more.get(name) ?? 0) + by);
  for (const [, name = '', colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g))
    if (colon !== undefined) count(String(JSON.parse(name)), 1);
  JSON.parse(text.replace(/^\ufeff/, ''), (name, value: unknown) => {
    count(name, -1);
    return value;
  });
  for (const [name, times] of more) {
    const column = times > 0 ? columnOf(name) : null;
    if (column !== null) return [column, name];
  }
  return null;
}

function listed(
  read: Result<Read, PeopleFault>,
  fault: 'notName' | 'objectNotName' = 'notName',
): Result<PeopleList, PeopleFault> {
  if (read.kind === 'problem') return read;
  const { found, ...rest } = read.value;
  const people = new Map<string, Invitee>();
  const repeated: Entry[] = [];
  const taken: Entry[] = [];
  for (const { line, email, isPlain, firstName, lastName } of found) {
    const wrong = [firstName, lastName].find((name) => !isSendableName(name));
    if (wrong !== undefined) return err({ code: fault, line, text: wrong });
    const key = keyOf(email);
    if (people.has(key)) {
      repeated.push({ line, text: email });
      continue;
    }
    people.set(key, { email, firstName: filled(firstName), lastName: filled(lastName) });
    if (!isPlain) taken.push({ line, text: email });
  }
  return ok({ ...rest, people: [...people.values()], repeated, taken });
}

/** What a spreadsheet shows where it could calculate nothing, in any language: `#N/A`, `#REF!`, `#NOM?`, `#NV`. */
const SHEET_ERROR = /^#(?:\p{Lu}[\p{Lu}\d/]*[!?]|N\/A|NV)$/u;
/** What templates leave where nothing was filled in: `{{name}}`, `*|FNAME|*`, `%FIRST_NAME%`, `${name}`, `[[name]]`. */
const NOT_FILLED = /^(?:\{\{.*\}\}|\$\{.*\}|\*\|.*\|\*|%[\w.]+%|\[\[.*\]\])$/s;

/** Whether a text may be sent as a name: whoever is called so reads it in a mail. */
function isSendableName(name: string): boolean {
  const shown = plainName(name);
  return shown.length <= NAME_LIMIT && !SHEET_ERROR.test(shown) && !NOT_FILLED.test(shown);
}

/** What two spellings of one address have in common, whatever their case and the form of a domain beyond ASCII. */
function keyOf(email: string): string {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const url = `http://${domain}`;
  return `${local}@${URL.canParse(url) ? new URL(url).hostname : domain}`;
}

/** Quotes around a whole name, which a table has where its writer did not know how to quote. */
const QUOTED_NAMES = [/^'(.+)'$/, /^“(.+)”$/, /^„(.+)[“”]$/, /^«(.+)»$/, /^"(.+)"$/];

function filled(name: string): string | null {
  const plain = QUOTED_NAMES.reduce((shown, quoted) => shown.replace(quoted, '$1'), plainName(name)).trim();
  return plain === '' ? null : plain;
}
