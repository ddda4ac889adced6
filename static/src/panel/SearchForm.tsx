import Button from '@atlaskit/button/new';
import { useId } from 'react';
import type { Segment } from '@contract';
import { SelectField } from '../shared/SelectField';
import { t } from '../i18n';
import { ANYWHERE, type MemberSearch } from './useMemberSearch';

type SearchFormProps = {
  readonly memberSearch: MemberSearch;
  readonly segments: readonly Segment[];
  readonly isDisabled: boolean;
};

/** Where the name or e-mail is entered, and the segment to look in where the app needs one. */
export function SearchForm({ memberSearch, segments, isDisabled }: SearchFormProps) {
  const inputId = useId();
  const { query, within, search, start } = memberSearch;
  const isSearching = search.state === 'searching';
  const isTooShort = search.state === 'tooShort';
  return (
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
          aria-invalid={isTooShort}
          onChange={(event) => memberSearch.setQuery(event.target.value)}
        />
        <Button type="submit" isLoading={isSearching} isDisabled={isDisabled}>
          {t('panel.search.button')}
        </Button>
      </div>
      <p id={`${inputId}-hint`} className={isTooShort ? 'field-error' : 'subtle small'}>
        {isTooShort ? t('panel.search.tooShort') : t('panel.search.hint')}
      </p>
      {within !== null && (
        <SelectField
          label={t('panel.search.within')}
          value={within}
          values={[ANYWHERE, ...segments.map(({ id }) => String(id))]}
          textOf={(value) => segments.find(({ id }) => String(id) === value)?.name ?? t('panel.search.choose')}
          isDisabled={isSearching}
          onChange={memberSearch.setWithin}
        />
      )}
    </form>
  );
}
