import Button from '@atlaskit/button/new';
import { useId, type ReactNode } from 'react';
import { t } from '../../../i18n';

type PeopleSearchFormProps = {
  readonly label: string;
  readonly query: string;
  readonly maxLength: number;
  readonly isSearching: boolean;
  /** What stands below the form, and whether it says that the query is wrong. */
  readonly hint?: { readonly text: string; readonly isError: boolean };
  /** What narrows the search, between the query and the button. */
  readonly children?: ReactNode;
  readonly onChange: (query: string) => void;
  readonly onSearch: () => void;
};

/** The form in which people are searched for, on either side. */
export function PeopleSearchForm(props: PeopleSearchFormProps) {
  const { label, query, maxLength, isSearching, hint, children, onChange, onSearch } = props;
  const id = useId();
  const described = hint === undefined ? {} : { 'aria-describedby': `${id}-hint`, 'aria-invalid': hint.isError };
  return (
    <>
      <form
        role="search"
        className="people-search"
        onSubmit={(event) => {
          event.preventDefault();
          onSearch();
        }}
      >
        <div className="field">
          <label htmlFor={id}>{label}</label>
          <input
            id={id}
            className="input"
            type="text"
            autoComplete="off"
            maxLength={maxLength}
            value={query}
            {...described}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
        {children}
        <Button type="submit" isLoading={isSearching}>
          {t('admin.people.find.search')}
        </Button>
      </form>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={hint.isError ? 'field-error' : 'subtle small'}>
          {hint.text}
        </p>
      )}
    </>
  );
}
