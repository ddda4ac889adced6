import { holdsAt } from './address';
import { columnOf, type Column } from './columns';
import type { Row } from './rows';

/** So many rows may stand before a heading: the title of a report, of when it is, and for whom. */
const MOST_BEFORE = 10;

/**
 * Where the heading of a table stands: in its first row, or behind rows that can be nothing but titles. What looks like
 * data is no title: whoever is in it would be lost.
 */
export function headingPlace(rows: readonly Row[], columns: readonly Column[]): number {
  const place = rows
    .slice(0, MOST_BEFORE + 1)
    .findIndex(({ cells }) => cells.some((name) => columns.some((column) => column === columnOf(name))));
  return place > 0 && rows.slice(0, place).every(isTitle) ? place : 0;
}

/** One text in a row of its own, of letters: no address, and no word with a digit, as ids have them. */
function isTitle({ cells, stray }: Row): boolean {
  const [title, ...more] = cells.filter((cell) => cell !== '');
  if (title === undefined || more.length > 0 || stray !== null || holdsAt(title)) return false;
  return /\p{L}/u.test(title) && (/\s/.test(title) || !/\p{N}/u.test(title));
}

/** The row of dashes that Markdown has below its heading. */
export function isRule({ cells }: Row): boolean {
  return cells.every((cell) => cell === '' || /^:?-+:?$/.test(cell));
}
