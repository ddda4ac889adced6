import type { Segment } from '@contract';
import { ProblemMessage } from '../shared/ProblemMessage';
import { t } from '../i18n';
import type { PanelAction } from './action';
import { MemberList } from './MemberList';
import { SearchForm } from './SearchForm';
import { useMemberSearch } from './useMemberSearch';
import type { Running } from './usePanel';

export type SearchMembersProps = {
  readonly segments: readonly Segment[];
  readonly running: Running;
  readonly onAction: (action: PanelAction) => void;
};

/** Finds a member by name or e-mail and links them by hand. */
export function SearchMembers({ segments, running, onAction }: SearchMembersProps) {
  const memberSearch = useMemberSearch();
  const { search, start } = memberSearch;
  return (
    <section className="section">
      <h2 className="section-title">{t('panel.search.title')}</h2>
      <SearchForm memberSearch={memberSearch} segments={segments} isDisabled={running !== null} />
      <p role="status" className="subtle small">
        {search.state === 'searching' && t('panel.search.busy')}
        {search.state === 'found' &&
          (search.result.needsSegment
            ? t('panel.search.needsSegment')
            : t('panel.search.results', { count: search.result.members.length }))}
      </p>
      {search.state === 'failed' && (
        <div role="alert">
          <ProblemMessage
            act="link"
            problem={search.problem}
            onRetry={() => void start()}
            onReload={() => void start()}
          />
        </div>
      )}
      {search.state === 'found' && search.result.members.length > 0 && (
        <>
          <MemberList
            members={search.result.members}
            segments={segments}
            label={t('panel.search.list')}
            mayLink
            running={running}
            onAction={onAction}
          />
          {search.result.truncated && (
            <p className="subtle small">{t('panel.search.truncated', { count: search.result.members.length })}</p>
          )}
        </>
      )}
    </section>
  );
}
