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

/** What can't be seen, and is the very reason why a text is refused that looks right. */
const UNSEEN = /(?![\r\n\t\u200c\u200d])[\p{Cc}\p{Cf}\u2800\u3164]/gu;

/** A text of a file, shortened where it is long, with a sign for each mark that can't be seen. */
export function short(text: string): string {
  const shown = text.replace(UNSEEN, '\ufffd');
  const characters = Array.from(shown);
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : shown;
}
