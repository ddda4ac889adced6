import Button from '@atlaskit/button/new';
import { useEffect, useId, useState } from 'react';
import { t } from '../i18n';
import { findPeople, type FoundPerson } from './findPeople';

type PersonFieldProps = {
  readonly label: string;
  readonly value: FoundPerson | null;
  readonly onChange: (person: FoundPerson | null) => void;
};
type Results =
  | { readonly state: 'none' | 'searching' | 'failed' }
  | { readonly state: 'found'; readonly people: readonly FoundPerson[] };

/** Long enough for someone who types to have paused. */
const PAUSE_MS = 300;
const SHORTEST_QUERY = 2;

/** A person of Jira, found by name as the viewer may see them. */
export function PersonField({ label, value, onChange }: PersonFieldProps) {
  const id = useId();
  const [query, setQuery] = useState('');
  const results = useResults(query);
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
        {results.state === 'found' && results.people.length === 0 && t('common.person.none')}
      </div>
      {results.state === 'found' && results.people.length > 0 && (
        <ul className="person-list" aria-label={t('common.person.results')}>
          {results.people.map((person) => (
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

function useResults(query: string): Results {
  const [results, setResults] = useState<Results>({ state: 'none' });
  useEffect(() => {
    const wanted = query.trim();
    if (wanted.length < SHORTEST_QUERY) {
      setResults({ state: 'none' });
      return;
    }
    let isCurrent = true;
    setResults({ state: 'searching' });
    const timer = setTimeout(() => {
      void findPeople(wanted).then((people) => {
        if (isCurrent) setResults(people === null ? { state: 'failed' } : { state: 'found', people });
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [query]);
  return results;
}
