import { list, t } from '../i18n';
import type { TableFault } from './table';

/** The longest text of a file that is repeated to the reader. */
const LONGEST = 80;
/** How many names or lines one sentence lists. */
const MOST_LISTED = 8;

/** What is wrong with a file or a list, and where. */
export function tableFaultText(fault: TableFault): string {
  switch (fault.code) {
    case 'columnMissing':
      return fault.found.length === 0
        ? t('common.file.fault.empty')
        : t('common.file.fault.columnMissing', { column: fault.column, found: some(fault.found) });
    case 'columnTwice':
      return t('common.file.fault.columnTwice', { column: fault.column, found: some(fault.found) });
    default:
      return t(`common.file.fault.${fault.code}`, { line: fault.line, text: short(fault.text) });
  }
}

/** As many of a list's items as a sentence holds, and an ellipsis for the rest. */
export function some(items: readonly (string | number)[]): string {
  const shown = items.slice(0, MOST_LISTED).map((item) => short(String(item)));
  return list(items.length > MOST_LISTED ? [...shown, '…'] : shown);
}

/** A text of a file, shortened where it is long. */
export function short(text: string): string {
  const characters = Array.from(text);
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : text;
}
