import { plainName } from './names';

/** Latin letters that are no accented form of another, as people without them on their keyboards type them. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ŧ: 't',
  ĸ: 'k',
  ƀ: 'b',
  ɖ: 'd',
  ǥ: 'g',
  ɨ: 'i',
  ƙ: 'k',
  ɓ: 'b',
  ɗ: 'd',
  ɣ: 'g',
  ə: 'e',
  ɛ: 'e',
  ɔ: 'o',
  ʉ: 'u',
  ʼ: "'",
  '’': "'",
  '‘': "'",
};
const SPECIAL = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'gu');

/**
 * A text as searches compare it: letters alone, whatever their case, accents and form, so that `soren` finds Søren
 * and `strasse` Straße. For finding only: it says nothing about who somebody is.
 */
export function searchText(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(SPECIAL, (letter) => PLAIN_LETTERS[letter] ?? letter)
      // Lower-casing takes some letters apart once more.
      .replace(/\p{M}/gu, '')
  );
}

/** A key of a project or a work item as Jira has it: of ASCII, in capitals. Any other letter stays, as ß is not SS. */
export function jiraKey(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** Whether a text can be the id or the key of a work item. One of another form is none that anybody could look up. */
export function isIssueIdOrKey(text: string): boolean {
  return /^(?:\d{1,19}|[A-Z][A-Z0-9_]{0,99}-\d{1,19})$/i.test(text);
}

/** Hyphens of other kinds, which look the same as the usual one; word processors put them in. */
const HYPHENS = /[\u2010\u2011]/gu;

/** A text with the usual hyphen in place of those that look the same. */
export function withHyphens(text: string): string {
  return text.replace(HYPHENS, '-');
}

/**
 * A name as it is compared with another: two that look the same are the same however their letters were composed, and
 * nothing that can't be seen counts, nor how many blanks stand in a row and how wide they are. Case does.
 */
export function comparableName(name: string): string {
  return plainName(withHyphens(name.normalize('NFC').replace(/\p{Zs}+/gu, ' ')));
}

/** Letters of Cyrillic and Greek that look as a Latin one does, each behind that one. */
const LOOKALIKES =
  'AАΑ BВΒ CСϹ EЕΕ HНΗ IІΙ JЈ KКΚ MМΜ NΝ OОΟ PРΡ SЅ TТΤ XХΧ YΥҮ ZΖ aа cсϲ eе iі jј oоο pрρ sѕ xх yу vν dԁ hһ';
const LATIN: ReadonlyMap<string, string> = new Map(
  LOOKALIKES.split(' ').flatMap(([latin = '', ...others]) => others.map((other): [string, string] => [other, latin])),
);
const A_LOOKALIKE = new RegExp(`[${[...LATIN.keys()].join('')}]`, 'gu');

/**
 * A name as it looks: the same for two that a reader takes for one, such as `Beta` with a Greek letter or wide ones.
 * For telling them apart only: they are two names.
 */
export function nameAsSeen(name: string): string {
  const own = comparableName(name);
  // Most names of a list of ten thousand.
  if (/^[ -~]*$/.test(own)) return own;
  return own.normalize('NFKC').replace(A_LOOKALIKE, (letter) => LATIN.get(letter) ?? letter);
}
