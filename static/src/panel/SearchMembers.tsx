import Button from '@atlaskit/button/new';
import { useId, useState } from 'react';
import type { SearchResult, Segment } from '@contract';
import { ask, type PageProblem } from '../shared/ask';
import { ProblemMessage } from '../shared/ProblemMessage';
import { SelectField } from '../shared/SelectField';
import { t } from '../i18n';
import { invoke } from './api';
import type { PanelAction } from './action';
import { MemberList } from './MemberList';
import type { Running } from './usePanel';

type SearchMembersProps = {
  readonly segments: readonly Segment[];
  readonly running: Running;
  readonly onAction: (action: PanelAction) => void;
};

type SearchState =
  | { readonly state: 'idle' | 'tooShort' | 'searching' }
  | { readonly state: 'found'; readonly result: SearchResult }
  | { readonly state: 'failed'; readonly problem: PageProblem };

/** The shortest text that is searched for. */
const MIN_LENGTH = 2;
/** No segment was chosen. */
const ANYWHERE = '';

/** Finds a member by name or e-mail and links them by hand. */
export function SearchMembers({ segments, running, onAction }: SearchMembersProps) {
  const inputId = useId();
  const [query, setQuery] = useState('');
  // Asked for only once the app has said that it can't look for a name in all segments.
  const [within, setWithin] = useState<string | null>(null);
  const [search, setSearch] = useState<SearchState>({ state: 'idle' });
  const isSearching = search.state === 'searching';

  const start = async () => {
    const wanted = query.trim();
    if (isSearching) return;
    if (wanted.length < MIN_LENGTH) return setSearch({ state: 'tooShort' });
    setSearch({ state: 'searching' });
    const asked = await ask<SearchResult>(
      invoke('panel.searchMembers', {
        query: wanted,
        ...(within === null || within === ANYWHERE ? {} : { segmentId: Number(within) }),
      }),
    );
    if (asked.kind === 'ok' && asked.value.needsSegment) setWithin((before) => before ?? ANYWHERE);
    setSearch(
      asked.kind === 'ok' ? { state: 'found', result: asked.value } : { state: 'failed', problem: asked.problem },
    );
  };

  return (
    <section className="section">
      <h2 className="section-title">{t('panel.search.title')}</h2>
      <form
        role="search"
        className="search"
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <label htmlFor={inputId}>{t('panel.search.label')}</label>
        <div className="search-line">
          <input
            id={inputId}
            className="input"
            type="text"
            autoComplete="off"
            maxLength={320}
            value={query}
            aria-describedby={`${inputId}-hint`}
            aria-invalid={search.state === 'tooShort'}
            onChange={(event) => setQuery(event.target.value)}
          />
          <Button type="submit" isLoading={isSearching} isDisabled={running !== null}>
            {t('panel.search.button')}
          </Button>
        </div>
        <p id={`${inputId}-hint`} className={search.state === 'tooShort' ? 'field-error' : 'subtle small'}>
          {search.state === 'tooShort' ? t('panel.search.tooShort') : t('panel.search.hint')}
        </p>
        {within !== null && (
          <SelectField
            label={t('panel.search.within')}
            value={within}
            values={[ANYWHERE, ...segments.map(({ id }) => String(id))]}
            textOf={(value) => segments.find(({ id }) => String(id) === value)?.name ?? t('panel.search.choose')}
            isDisabled={isSearching}
            onChange={setWithin}
          />
        )}
      </form>
      <p role="status" className="subtle small">
        {isSearching && t('panel.search.busy')}
        {search.state === 'found' &&
          (search.result.needsSegment
            ? t('panel.search.needsSegment')
            : t('panel.search.results', { count: search.result.members.length }))}
      </p>
      {search.state === 'failed' && (
        <div role="alert">
          <ProblemMessage problem={search.problem} onRetry={() => void start()} onReload={() => void start()} />
        </div>
      )}
      {search.state === 'found' && search.result.members.length > 0 && (
        <>
          <MemberList
            members={search.result.members}
            segments={segments}
            label={t('panel.search.list')}
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
