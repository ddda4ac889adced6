import { t } from '../i18n';
import type { Column } from './state';

type ColumnNoteProps = {
  readonly column: Column;
  /** How many members the filter leaves; null without a filter. */
  readonly matches: number | null;
};

/** Tells how many members match the filter, and how many are loaded so far. */
export function ColumnNote({ column: { members, total, loading }, matches }: ColumnNoteProps) {
  return (
    <p className="column-note subtle small" role="status">
      {matches !== null && t('board.column.matches', { count: matches })}
      {loading.state === 'loading' && total !== null && members.length > 0 && (
        <> {t('board.column.partly', { loaded: members.length, total })}</>
      )}
    </p>
  );
}
