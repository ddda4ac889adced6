import { isSendableEmail, plainName } from '@contract';

/** An address as it can be sent; `isPlain` where it stands as it is, with nothing around it but blanks. */
export type Address = { readonly email: string; readonly isPlain: boolean; readonly hasName: boolean };

/** Nobody's name and address are longer together. */
const LONGEST = 1_000;
/** What stands around an address and is no part of it: blanks of any width, marks that can't be seen, separators. */
const EDGES = /^[\s\p{Cf};,；，、،؛]+|[\s\p{Cf};,；，、،؛.:!?…。]+$/gu;
/** What stands before an item of a list, or of a mail that is answered. */
const BULLET = '[-–—•*·‣▪◦●○■□✓✔→>]';
const CHECKBOX = String.raw`(?:${BULLET}\s*)?\[[ xX]?\]`;
const NUMBER = String.raw`[#(]\d{1,4}[.):]*|\d{1,4}[.):]+|[a-zA-Z]\)`;
const LIST_MARK = new RegExp(String.raw`^\s*(?:(?:${CHECKBOX}|${BULLET}|${NUMBER})\s+|[①-⑳]\s*)`);
/** What is in no address and can't be seen: copied along from where lines may break. */
const UNSEEN = /[\u00ad\u200b\u2060\ufeff]/g;
/** An @ and the dots of a domain as keyboards for wide letters write them; no address has these themselves. */
const WIDE_AT = /[\ufe6b\uff20]/g;
const WIDE_DOT = /[\u3002\uff0e\uff61](?=[^@]*$)/g;
/** A number before a line; with no blank behind it, it could by itself be a part of an address. */
const NUMBER_BEFORE = /^([^\S\r\n]*)(\d{1,4})[.)][^\S\r\n]*(?=\S)/;
const SOMETHING = /[^\s\p{Cf};,；，、،؛.]/u;
/** Quotes and brackets around an address alone. */
const PAIRS: readonly string[] = [
  '""',
  "''",
  '<>',
  '()',
  '[]',
  '“”',
  '‘’',
  '«»',
  '‹›',
  '「」',
  '（）',
  '＜＞',
  '``',
  '**',
  '__',
];
/** A name with its address in brackets, or an address with its name, as RFC 5322 and mail programs write them. */
const NAMED = [
  /^([^<>]*)<([^<>]*)>$/,
  /^([^＜＞]*)＜([^＜＞]*)＞$/,
  /^([^()]*)\(([^()]*)\)$/,
  /^([^[\]]*)\[([^[\]]*)\]$/,
  /^\[([^[\]]*)\]\(([^()]*)\)$/,
  // A label or a name before it, as in `To: ann@x.org`, and a name beside it.
  /^([^<>:：]*)(?:[:：]\s|：)([^<>:：]*)$/,
  /^([^<>]*)\s[-–—]\s([^<>]*)$/,
  // A link as Slack and Jira copy it, `<mailto:ann@x.org|Ann>`.
  /^<([^<>|]*)\|([^<>|]*)>$/,
  /^\[([^[\]|]*)\|([^[\]|]*)\]$/,
];
/**
 * The words of a name beside which an address stands with a blank alone, as spreadsheets and pages are copied: two at
 * least, in capitals where the script has them. One word, or one in small letters, may be the beginning of an address
 * that was torn: `ada lovelace@x.org`.
 */
const NAME_WORD = String.raw`(?:\p{Lu}|\p{Lt}|\p{Lo})(?:[\p{L}\p{M}.'’-]*[\p{L}\p{M}])?`;
const NAME_WORDS = String.raw`${NAME_WORD}\.?,?(?:\p{Zs}+${NAME_WORD}\.?)+`;
const BESIDE = [
  new RegExp(String.raw`^${NAME_WORDS}(?<!\.)\p{Zs}+(?<email>\S+)$`, 'u'),
  new RegExp(String.raw`^(?<email>\S+)\p{Zs}+${NAME_WORDS}$`, 'u'),
];
/** In quotes and brackets a name may hold anything; elsewhere a comma as in “Lee, Ann”, and no other separator. */
const ENCLOSED = /"(?:[^"\\]|\\.)*"|\([^()]*\)/g;
const BARE_NAME = /^[^",;\t；，、،؛]*(?:,[^",;\t；，、،؛]*)?$/;

/**
 * The address that a text is about, in the forms in which mail programs, pages and spreadsheets copy people:
 * `Ann <ann@x.org>`, `"Lee, Ann" <ann@x.org>`, `Ann: ann@x.org`, `Ann Lee ann@x.org`, `mailto:ann@x.org`, in quotes or
 * brackets, with separators or marks that can't be seen around it. Null where it is none, or more than one: then
 * nobody is guessed.
 */
export function addressIn(text: string): Address | null {
  if (text.length > LONGEST || !(holdsAt(text) || text.includes('%40'))) return null;
  const plain = text.trim();
  // A spreadsheet's mark for a text: no mailbox begins with it.
  if (isEmail(plain) && !plain.startsWith("'")) return { email: plain, isPlain: true, hasName: false };
  const bare = bareAddress(text);
  if (bare !== null) return { email: bare, isPlain: false, hasName: false };
  const edged = withoutEdges(text);
  for (const form of NAMED) {
    const [, before, within] = form.exec(edged) ?? [];
    if (before === undefined || within === undefined) continue;
    const [inside, outside] = [bareAddress(within), bareAddress(before)];
    const email = inside ?? outside;
    if (email === null) continue;
    const name = inside === null ? within : before;
    if (isNameOf(name, email)) return { email, isPlain: false, hasName: withoutEdges(name) !== '' };
  }
  return besideName(edged);
}

function besideName(text: string): Address | null {
  for (const form of BESIDE) {
    const email = bareAddress(form.exec(text)?.groups?.email ?? '');
    if (email !== null) return { email, isPlain: false, hasName: true };
  }
  return null;
}

/**
 * The people of a line as mail programs copy them: separated by semicolons, or by commas where there are none, or where
 * each piece between commas is somebody. What stands in quotes or brackets separates nothing.
 */
export function mailParts(line: string): readonly string[] {
  if (addressIn(line) !== null) return [line];
  const parts = partsOf(line, /[;|\t；؛]/);
  if (parts.length > 1) return filledOf(parts).flatMap(severalIn);
  return byCommas(line);
}

/** Of two lists that were put together one may have commas and the other semicolons. */
function severalIn(part: string): readonly string[] {
  if (addressIn(part) !== null) return [part];
  const people = byCommas(part);
  return people.every((person) => addressIn(person) !== null) ? people : [part];
}

function byCommas(line: string): readonly string[] {
  const pieces = filledOf(partsOf(line, /[,，、،]/));
  return pairsOf(pieces) ?? pieces;
}

function filledOf(parts: readonly string[]): readonly string[] {
  return parts.filter((part) => SOMETHING.test(part)).flatMap(wordsOf);
}

/** The people of `Lee, Ann <a@x.org>, Lee, Bob <b@x.org>`; null unless every name on the line has its one comma. */
function pairsOf(parts: readonly string[]): readonly string[] | null {
  const pairs = Array.from({ length: Math.ceil(parts.length / 2) }, (_pair, nth) =>
    parts.slice(2 * nth, 2 * nth + 2).join(','),
  );
  const isPaired = parts.length % 2 === 0 && parts.every((part, nth) => holdsAt(part) === (nth % 2 === 1));
  return isPaired && pairs.every((pair) => addressIn(pair) !== null) ? pairs : null;
}

/** Whether a text may hold an address, also where its @ is a wide one. */
export function holdsAt(text: string): boolean {
  return /[@\ufe6b\uff20]/.test(text);
}

/**
 * A list whose lines are numbered one by one, with a blank behind each number: `1.ann@x.org` alone is an
 * address. Any other text as it is.
 */
export function spacedNumbers(text: string): string {
  const filled = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const first = Number(NUMBER_BEFORE.exec(filled[0] ?? '')?.[2]);
  const isNumbered = filled.every((line, nth) => Number(NUMBER_BEFORE.exec(line)?.[2]) === first + nth);
  return filled.length > 1 && isNumbered ? text.replace(new RegExp(NUMBER_BEFORE, 'gm'), '$1$2. ') : text;
}

/** The addresses of a part that has blanks between them; the part as it is where it is something else. */
function wordsOf(part: string): readonly string[] {
  const words = part.split(/\s+/).filter((word) => SOMETHING.test(word));
  return words.length > 1 && words.every(isEmail) ? words : [part];
}

function partsOf(line: string, separator: RegExp): string[] {
  const parts = [''];
  let end: string | null = null;
  let before = '';
  for (const character of line) {
    const isEscaped: boolean = end === '"' && before === '\\';
    before = character;
    if (end !== null) end = character === end && !isEscaped ? null : end;
    else if (character === '"') end = '"';
    else if (character === '<') end = '>';
    else if (separator.test(character)) {
      parts.push('');
      continue;
    }
    parts.push(`${parts.pop() ?? ''}${character}`);
  }
  return parts;
}

/** An address with nothing around it but what can be no part of it; null for anything else. */
function bareAddress(text: string): string | null {
  let bare = withoutEdges(text);
  for (let inner = unpaired(bare); inner !== null; inner = unpaired(bare)) bare = withoutEdges(inner);
  const address = /^(?:mailto|smtp):/i.test(bare) ? fromLink(bare) : bare.replace(/^'/, '');
  const narrow = address?.replace(UNSEEN, '').replace(WIDE_AT, '@').replace(WIDE_DOT, '.') ?? '';
  return isEmail(narrow) ? narrow : null;
}

function unpaired(text: string): string | null {
  const isPaired = text.length > 2 && PAIRS.includes(`${text.charAt(0)}${text.charAt(text.length - 1)}`);
  return isPaired ? text.slice(1, -1) : null;
}

/** The address of a link, without a subject and the like; signs are escaped in it. RFC 6068. */
function fromLink(link: string): string | null {
  try {
    return decodeURIComponent(link.replace(/^(?:mailto|smtp):(?:\/\/)?/i, '').replace(/\?.*$/s, ''));
  } catch {
    return null;
  }
}

/** What looks like a second address is no name: which of them is meant is not guessed. */
function isNameOf(name: string, email: string): boolean {
  const own = withoutEdges(name);
  const other = bareAddress(own);
  if (other !== null) return other.toLowerCase() === email.toLowerCase();
  return !holdsAt(own) && BARE_NAME.test(own.replace(ENCLOSED, ''));
}

function withoutEdges(text: string): string {
  return text.replace(LIST_MARK, '').replace(EDGES, '');
}

/** An address as it can be sent; one with something in it that can't be seen is none. */
function isEmail(text: string): boolean {
  return isSendableEmail(text) && plainName(text) === text;
}
