/** Spreadsheets read the file as UTF-8 by it; without it, as what their language had before. */
const BYTE_ORDER_MARK = '\ufeff';

/** Offers a text as a CSV file to save. */
export function saveFile(name: string, parts: string[]): void {
  const url = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, ...parts], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the browser has to have begun to save.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
