import Papa from 'papaparse';

/** Rows as CSV with a header. A cell that a spreadsheet would calculate gets an apostrophe before it. */
export function writeCsv(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return Papa.unparse({ fields: [...columns], data: rows.map((row) => [...row]) }, { escapeFormulae: true, newline: '\r\n' });
}
