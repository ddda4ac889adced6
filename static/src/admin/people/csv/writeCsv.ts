import { csvLine, type CsvCell } from '@contract';

/** Rows as CSV with a header. A cell that a spreadsheet would calculate gets an apostrophe before it. */
export function writeCsv(columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [columns, ...rows].map(csvLine).join('');
}
