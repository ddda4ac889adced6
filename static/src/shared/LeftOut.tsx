import { t } from '../i18n';
import { some } from './tableText';
import type { Encoding, Entry } from './table';

type LeftOutProps = {
  /** How the file's letters are written; left out for what was typed. */
  readonly encoding?: Encoding | undefined;
  readonly unused?: readonly string[];
  /** What stands before the heading. */
  readonly titles?: readonly string[];
  readonly blankLines?: number;
  /** Rows without an address. */
  readonly unaddressed?: readonly Entry[];
  readonly repeated?: readonly Entry[];
  /** Addresses as they will be sent, where they were taken out of something else. */
  readonly taken?: readonly Entry[];
};

/** What of a file or a list is not used, and what should be looked at, before anything is sent. */
export function LeftOut(props: LeftOutProps) {
  const {
    encoding = 'utf-8',
    titles = [],
    unused = [],
    blankLines = 0,
    unaddressed = [],
    repeated = [],
    taken = [],
  } = props;
  const notes = [
    ...(isGuessed(encoding) ? [t('common.file.encoding', { encoding })] : []),
    ...(titles.length > 0 ? [t('common.file.titles', { count: titles.length, titles: some(titles) })] : []),
    ...(unused.length > 0 ? [t('common.file.unused', { count: unused.length, columns: some(unused) })] : []),
    ...(blankLines > 0 ? [t('common.file.blank', { count: blankLines })] : []),
    ...(unaddressed.length > 0
      ? [t('common.file.unaddressed', { count: unaddressed.length, lines: some(unaddressed.map(({ line }) => line)) })]
      : []),
    ...(repeated.length > 0
      ? [t('common.file.repeated', { count: repeated.length, lines: some(repeated.map(({ line }) => line)) })]
      : []),
    ...(taken.length > 0
      ? [t('common.file.taken', { count: taken.length, addresses: some(taken.map(({ text }) => text)) })]
      : []),
  ];
  if (notes.length === 0) return null;
  return (
    <ul className="subtle small" aria-label={t('common.file.leftOut')}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

/** Neither a byte order mark nor the bytes themselves say so. */
function isGuessed(encoding: Encoding): boolean {
  return encoding === 'windows-1252' || encoding === 'shift_jis';
}
