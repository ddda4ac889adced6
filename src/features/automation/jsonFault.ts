/** Where a text stops being JSON: line and column are counted from 1. */
export type JsonFault = {
  readonly line: number;
  readonly column: number;
  /** What stands there; empty at the end of the text. */
  readonly found: string;
  /** What was expected in its place. */
  readonly wanted: string;
};

/** A field of an object, with its value as it is written. */
type Field = { readonly name: string; readonly written: string };
/** How far a text was read, and the fields of its outermost object. */
type Reading = { readonly text: string; at: number; depth: number; wanted: string; readonly fields: Field[] };

/** So much is shown of what stands where JSON was expected. */
const MAX_FOUND = 20;
/** No request nests deeper, and a reader that calls itself must not be led further. */
const MAX_DEPTH = 32;
/** What is wanted in place of a level that is one too many. */
export const DEEPEST = `more than ${MAX_DEPTH} levels`;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const PLAIN = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?)(?![\w.+-])/y;

/**
 * Where a text stops being JSON (RFC 8259), null where it does not. `JSON.parse` tells the place in some of its
 * messages only, and each version of the runtime words them otherwise.
 */
export function jsonFaultIn(text: string): JsonFault | null {
  const reading = begin(text);
  return readWhole(reading) ? null : faultAt(reading);
}

/** The names that an object has more than once: of their values JSON keeps the last, which is not what was meant. */
export function repeatedNames(text: string): string[] {
  const names = begin(text, readWhole).fields.map(({ name }) => name);
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}

/**
 * The fields of an object whose number JSON does not keep as it is written, with that: of `19.00000000000000001` it
 * makes 19, and of a number of twenty digits another one.
 */
export function roundedNumbers(text: string): ReadonlyMap<string, string> {
  const { fields } = begin(text, readWhole);
  return new Map(fields.filter(({ written }) => isRounded(written)).map(({ name, written }) => [name, written]));
}

function isRounded(written: string): boolean {
  return /^[-\d]/.test(written) && decimalOf(written) !== decimalOf(String(Number(written)));
}

/** A decimal number in the one form that all its spellings share: `1.90e1` is `19e0`. Null for none. */
function decimalOf(text: string): string | null {
  const [, sign = '', whole, fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  if (whole === undefined) return null;
  const digits = (whole + fraction).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? '0' : `${sign}${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`;
}

function begin(text: string, read: (reading: Reading) => unknown = () => null): Reading {
  const reading: Reading = { text, at: 0, depth: 0, wanted: '', fields: [] };
  read(reading);
  return reading;
}

function readWhole(reading: Reading): boolean {
  return readValue(reading) && (skipBlanks(reading) === undefined || missing(reading, 'the end'));
}

function readValue(reading: Reading): boolean {
  const next = skipBlanks(reading);
  if (next === '{') return readList(reading, '}', readPair);
  if (next === '[') return readList(reading, ']', readValue);
  if (next === '"') return readPattern(reading, STRING) ?? missing(reading, 'a text that is closed on its line');
  return readPattern(reading, PLAIN) ?? missing(reading, 'a value');
}

function readList(reading: Reading, end: '}' | ']', readPart: (reading: Reading) => boolean): boolean {
  if (reading.depth >= MAX_DEPTH) return missing(reading, DEEPEST);
  reading.depth += 1;
  reading.at += 1;
  if (skipBlanks(reading) !== end) {
    do {
      if (!readPart(reading)) return false;
    } while (skipSign(reading, ','));
  }
  reading.depth -= 1;
  return skipSign(reading, end) || missing(reading, `, or ${end}`);
}

function readPair(reading: Reading): boolean {
  skipBlanks(reading);
  const start = reading.at;
  if (readPattern(reading, STRING) === null) return missing(reading, 'a name in double quotes');
  const name = reading.text.slice(start, reading.at);
  if (!skipSign(reading, ':')) return missing(reading, ':');
  skipBlanks(reading);
  const from = reading.at;
  if (!readValue(reading)) return false;
  if (reading.depth === 1)
    reading.fields.push({ name: String(JSON.parse(name)), written: reading.text.slice(from, reading.at) });
  return true;
}

/** True behind what the pattern takes; null where it takes nothing, or stops within a string. */
function readPattern(reading: Reading, pattern: RegExp): true | null {
  pattern.lastIndex = reading.at;
  if (!pattern.test(reading.text)) return null;
  reading.at = pattern.lastIndex;
  return true;
}

function skipSign(reading: Reading, sign: string): boolean {
  if (skipBlanks(reading) !== sign) return false;
  reading.at += 1;
  return true;
}

/** The next character that is no blank; undefined at the end. */
function skipBlanks(reading: Reading): string | undefined {
  while (/^[ \t\r\n]$/.test(reading.text[reading.at] ?? '')) reading.at += 1;
  return reading.text[reading.at];
}

function missing(reading: Reading, wanted: string): false {
  reading.wanted = wanted;
  return false;
}

/** The beginning of a text from outside, without what could change how the words around it are read. */
export function excerptOf(text: string, most: number): string {
  return Array.from(text.replace(/[\p{C}\u2028\u2029]/gu, '\ufffd'))
    .slice(0, most)
    .join('');
}

function faultAt({ text, at, wanted }: Reading): JsonFault {
  const before = text.slice(0, at).split(/\r\n|\r|\n/);
  const [rest = ''] = text.slice(at).split(/[\r\n]/, 1);
  return {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    found: excerptOf(rest, MAX_FOUND),
    wanted,
  };
}
