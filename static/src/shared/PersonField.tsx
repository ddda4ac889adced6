import Button from '@atlaskit/button/new';
import { useId } from 'react';
import { t } from '../i18n';
import { findPeople, type FoundPerson } from './findPeople';
import { useDraft, type Draft } from './useDraft';
import { useSearchAsTyped } from './useSearchAsTyped';

type PersonFieldProps = {
  readonly label: string;
  readonly value: FoundPerson | null;
  /** What is typed and has led to nobody yet. */
  readonly draft: Draft<string>;
  readonly onChange: (person: FoundPerson | null) => void;
};
const SHORTEST_QUERY = 2;

/** A person of Jira, found by name as the viewer may see them. */
export function PersonField({ label, value, draft, onChange }: PersonFieldProps) {
  const id = useId();
  const { value: query, change: setQuery } = useDraft(draft, '');
  const results = useSearchAsTyped(query, SHORTEST_QUERY, findPeople);
  if (value !== null) {
    return (
      <div className="field" role="group" aria-label={label}>
        <span className="label">{label}</span>
        <span className="person-picked">
          <span className="name">{value.name}</span>
          <Button appearance="subtle" spacing="compact" onClick={() => onChange(null)}>
            {t('common.person.clear')}
          </Button>
        </span>
      </div>
    );
  }
  const pick = (person: FoundPerson) => {
    setQuery('');
    onChange(person);
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        type="search"
        autoComplete="off"
        maxLength={200}
        placeholder={t('common.person.search')}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <div role="status" className="small subtle">
        {results.state === 'searching' && t('common.person.searching')}
        {results.state === 'failed' && t('common.person.failed')}
        {results.state === 'found' && results.found.length === 0 && t('common.person.none')}
      </div>
      {results.state === 'found' && results.found.length > 0 && (
        <ul className="person-list" aria-label={t('common.person.results')}>
          {results.found.map((person) => (
            <li key={person.accountId}>
              <Button
                appearance="subtle"
                spacing="compact"
                aria-label={t('common.person.pick', { who: person.name })}
                onClick={() => pick(person)}
              >
                {person.name}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
