/** What a cell of CSV is made from; null for an empty one. */
export type CsvCell = string | number | null;

/**
 * One line of CSV with its line break, as RFC 4180 has it. A text that a spreadsheet would run as a formula gets an
 * apostrophe in front of the sign, which spreadsheets read as "this is text". That holds for each part of a cell too:
 * a spreadsheet that separates by semicolons, tabs or bars makes several cells of one. {@link cellText} takes the
 * apostrophes out again. A text that is longer than a cell can be ends in an ellipsis.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

/** The text that {@link csvLine} made a cell from: the cell without the apostrophes that stand before formulas. */
export function cellText(cell: string): string {
  const characters = Array.from(cell);
  let at: Place = 'cell';
  return characters
    .filter((character, nth) => {
      const isOurs = character === "'" && isFormulaSign(characters[nth + 1] ?? '', at);
      at = behind(at, character);
      return !isOurs;
    })
    .join('');
}

/** Whether a spreadsheet could take a cell, or a part of it behind a separator, for a formula. */
export function holdsFormula(cell: string): boolean {
  return harmless(cell) !== cell;
}

function cellOf(value: CsvCell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = fitting(harmless(value));
  return /[",\r\n;|\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The most characters that Excel keeps in a cell: of a longer one the rest would stand in cells of its own. */
const MOST_CHARACTERS = 32_767;

function fitting(text: string): string {
  return text.length <= MOST_CHARACTERS
    ? text
    : `${text.slice(0, MOST_CHARACTERS - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Begins with what no formula begins with, and has no separator behind which another part could begin: most cells. */
const ONE_PLAIN_PART = /^[A-Za-z0-9][^,;|\t\r\n]*$/;

function harmless(text: string): string {
  if (ONE_PLAIN_PART.test(text)) return text;
  let at: Place = 'cell';
  return Array.from(text, (character) => {
    const isFormula = isFormulaSign(character, at);
    at = behind(at, character);
    return isFormula ? `'${character}` : character;
  }).join('');
}

/** Where a formula could begin: a cell, or a part of it behind a separator. Within a text none can. */
type Place = 'cell' | 'part' | 'within';

/** The signs in all their widths: `＝` is folded to `=`. A line feed is one at the very beginning alone. */
function isFormulaSign(character: string, at: Place): boolean {
  if (at === 'within') return false;
  return /^[=+\-@\t\r\u2212]/.test(character.normalize('NFKC')) || (at === 'cell' && character === '\n');
}

/** The place behind a character. Spreadsheets skip quotes, blanks and what can't be seen, one or the other of them. */
function behind(at: Place, character: string): Place {
  if (/[,;|\t\r\n]/.test(character)) return 'part';
  return at !== 'within' && /[\s"'\p{C}]/u.test(character) ? at : 'within';
}
