import Papa from 'papaparse';

/** Rows as CSV with a header. A cell that a spreadsheet would calculate gets an apostrophe before it. */
export function writeCsv(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return Papa.unparse({ fields: [...columns], data: rows.map((row) => [...row]) }, { escapeFormulae: true, newline: '\r\n' });
}

/** Offers a text as a file to save. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // Not at once: the browser has to have begun to save.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
