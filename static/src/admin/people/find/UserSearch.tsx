import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { t } from '../../../i18n';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { findUsers, type FoundUsers, type JiraUser } from '../../../shared/jiraUsers';
import { makeDraft, useDraft } from '../../../shared/useDraft';
import { PeopleSearchForm } from './PeopleSearchForm';

/** How many users a search answers at most. */
const MOST = 20;

const TYPED_NAME = makeDraft<string>();

type UserSearchProps = { readonly chosen: string | null; readonly onChoose: (accountId: string) => void };

/** Finds a Jira user by name or e-mail. */
export function UserSearch({ chosen, onChoose }: UserSearchProps) {
  const { value: query, change: setQuery } = useDraft(TYPED_NAME, '');
  const [isSearching, setIsSearching] = useState(false);
  const [found, setFound] = useState<FoundUsers | null>(null);

  const start = async () => {
    if (isSearching || query.trim() === '') return;
    setIsSearching(true);
    setFound(await findUsers(query.trim(), MOST));
    setIsSearching(false);
  };

  return (
    <>
      <PeopleSearchForm
        label={t('admin.people.find.user')}
        query={query}
        maxLength={255}
        isSearching={isSearching}
        onChange={setQuery}
        onSearch={() => void start()}
      />
      {found?.kind === 'problem' && (
        <div role="alert">
          <ProblemMessage problem={found.problem} onRetry={() => void start()} onReload={() => void start()} />
        </div>
      )}
      <p role="status" className="subtle small">
        {found?.kind === 'ok' && t('admin.people.find.users', { count: found.value.length })}
      </p>
      {found?.kind === 'ok' && found.value.length > 0 && (
        <UserList users={found.value} chosen={chosen} onChoose={onChoose} />
      )}
    </>
  );
}

function UserList({ users, chosen, onChoose }: UserSearchProps & { readonly users: readonly JiraUser[] }) {
  return (
    <ul className="people-rows" aria-label={t('admin.people.find.userList')}>
      {users.map(({ accountId, displayName }) => (
        <li key={accountId} className="people-row">
          <div className="grow">
            <bdi className="name">{displayName}</bdi>
            <p className="subtle small">{accountId}</p>
          </div>
          <Button
            spacing="compact"
            isSelected={accountId === chosen}
            aria-label={t('admin.people.find.showOf', { name: displayName })}
            onClick={() => onChoose(accountId)}
          >
            {t('admin.people.find.show')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
