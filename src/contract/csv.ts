/** What a cell of CSV is made from; null for an empty one. */
export type CsvCell = string | number | null;

/**
 * One line of CSV with its line break, as RFC 4180 has it. A text that a spreadsheet would run as a
 * formula gets an apostrophe in front, which spreadsheets read as "this is text".
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(value: CsvCell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value;
  return /[",\r\n;\t]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
