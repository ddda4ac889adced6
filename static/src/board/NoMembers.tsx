import Spinner from '@atlaskit/spinner';
import { t } from '../i18n';
import type { Column } from './state';

type NoMembersProps = {
  readonly column: Column;
  readonly isFiltered: boolean;
};

/** What stands in a column in place of a list without rows. */
export function NoMembers({ column: { segment, members, loading }, isFiltered }: NoMembersProps) {
  if ((loading.state === 'loading' || loading.state === 'waiting') && members.length === 0)
    return (
      <div className="loading" role="status">
        <Spinner size="medium" />
        <span className="visually-hidden">{t('board.column.loading', { segment: segment.name })}</span>
      </div>
    );
  // What went wrong is told above.
  if (loading.state === 'failed') return null;
  return <p className="column-empty subtle">{isFiltered ? t('board.column.noMatch') : t('board.column.empty')}</p>;
}
