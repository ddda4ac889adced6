/** Line ends that word processors, chats and mainframes write in place of CR and LF. */
const OTHER_ENDS = /[\v\f\u0085\u2028\u2029]/;
const BETWEEN_LINES = new RegExp(String.raw`(?<=[^\r\n])${OTHER_ENDS.source}(?![\r\n])`, 'g');

/** A text whose lines end as everywhere. Beside CR or LF the other line ends are left: there they break a cell. */
export function withLineEnds(text: string): string {
  return /[\r\n]/.test(text.trim()) ? text : listLines(text);
}

/** {@link withLineEnds} for a list, in which nothing goes over several lines. */
export function listLines(text: string): string {
  return text.replace(BETWEEN_LINES, '\n');
}

/** A line that needs no quotes to be one cell. */
const ONE_CELL = /^[^",;|\t]*$/;
const QUOTED_ROW = /^\s*"((?:[^"]|"")*)"\s*$/;

/**
 * A table without the quotes around each of its rows, as a spreadsheet writes it again that has read all of them into
 * one column; null for any other. The lines stay where they are.
 */
export function unquotedRows(text: string): string | null {
  const lines = text.split(/(\r\n|\r|\n)/);
  const isQuoted = lines.every((line) => ONE_CELL.test(line) || QUOTED_ROW.test(line));
  return isQuoted ? lines.map((line) => QUOTED_ROW.exec(line)?.[1]?.replaceAll('""', '"') ?? line).join('') : null;
}
