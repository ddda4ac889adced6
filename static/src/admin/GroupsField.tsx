import Button from '@atlaskit/button/new';
import { useId } from 'react';
import { ask } from '../shared/ask';
import type { FoundGroups, Group } from '@contract';
import { useSearchAsTyped } from '../shared/useSearchAsTyped';
import { t } from '../i18n';
import { invoke } from './api';

/** The groups that are chosen by name, those of them that were picked here, and what is typed to find one more. */
export type Groups = {
  readonly groups: readonly string[];
  readonly picked: readonly Group[];
  readonly query: string;
};

type GroupsFieldProps = Groups & {
  readonly label: string;
  readonly error?: string | undefined;
  readonly isDisabled: boolean;
  readonly onChange: (changed: Partial<Groups>) => void;
};

/** Groups of Jira, found as their name is typed. */
export function GroupsField({ label, groups, picked, query, error, isDisabled, onChange }: GroupsFieldProps) {
  const id = useId();
  return (
    <div className="field" role="group" aria-label={label}>
      <label htmlFor={id}>{label}</label>
      {groups.length > 0 && (
        <Chosen
          groups={groups}
          isDisabled={isDisabled}
          onRemove={(name) =>
            onChange({
              groups: groups.filter((one) => one !== name),
              picked: picked.filter((one) => one.name !== name),
            })
          }
        />
      )}
      <input
        id={id}
        className="input"
        type="search"
        autoComplete="off"
        maxLength={255}
        placeholder={t('common.groups.search')}
        value={query}
        readOnly={isDisabled}
        aria-invalid={error !== undefined}
        {...(error === undefined ? {} : { 'aria-describedby': `${id}-error` })}
        onChange={(event) => onChange({ query: event.target.value })}
        // Enter would save the form without the group that is just being looked for.
        onKeyDown={(event) => event.key === 'Enter' && query.trim() !== '' && event.preventDefault()}
      />
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
      {!isDisabled && (
        <Offered
          query={query}
          groups={groups}
          onPick={(group) => onChange({ groups: [...groups, group.name], picked: [...picked, group], query: '' })}
        />
      )}
    </div>
  );
}

type ChosenProps = Pick<GroupsFieldProps, 'groups' | 'isDisabled'> & { readonly onRemove: (name: string) => void };

function Chosen({ groups, isDisabled, onRemove }: ChosenProps) {
  return (
    <ul className="groups-chosen" aria-label={t('common.groups.chosen')}>
      {groups.map((name) => (
        <li key={name} className="group-chosen">
          <bdi>{name}</bdi>
          <Button
            appearance="subtle"
            spacing="compact"
            isDisabled={isDisabled}
            aria-label={t('common.groups.removeOf', { group: name })}
            onClick={() => onRemove(name)}
          >
            {t('common.groups.remove')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

type OfferedProps = {
  readonly query: string;
  readonly groups: readonly string[];
  readonly onPick: (group: Group) => void;
};

function Offered({ query, groups, onPick }: OfferedProps) {
  const results = useSearchAsTyped(query, 1, findGroups);
  const offered = results.state === 'found' ? results.found.filter(({ name }) => !groups.includes(name)) : [];
  return (
    <>
      <div role="status" className="small subtle">
        {results.state === 'searching' && t('common.person.searching')}
        {results.state === 'failed' && t('common.person.failed')}
        {results.state === 'found' && offered.length === 0 && t('common.groups.none')}
      </div>
      {offered.length > 0 && (
        <ul className="person-list" aria-label={t('common.groups.results')}>
          {offered.map((group) => (
            <li key={group.id}>
              <Button
                appearance="subtle"
                spacing="compact"
                aria-label={t('common.person.pick', { who: group.name })}
                onClick={() => onPick(group)}
              >
                {group.name}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

async function findGroups(query: string): Promise<FoundGroups['groups'] | null> {
  const asked = await ask<FoundGroups>(invoke('admin.searchGroups', { query }));
  return asked.kind === 'ok' ? asked.value.groups : null;
}
