import { plainName } from '@contract';
import { requestJira } from '@forge/bridge';
import { useEffect, useState } from 'react';
import { t } from '../i18n';

/**
 * The name of an account: "You" for the viewer, "the app" for null, "someone" until Jira has told it or
 * when it won't. With `by` as it stands after what was done: "by you".
 */
export type ActorNames = (accountId: string | null, form?: 'name' | 'by') => string;

/**
 * Names accounts as the viewer may see them. Names are asked for once the page stands, and never
 * stored: the app keeps account ids only.
 */
export function useActorNames(accountIds: readonly (string | null)[], viewerAccountId: string | null): ActorNames {
  const names = useJiraNames(accountIds.filter((id): id is string => id !== null && id !== viewerAccountId));
  return (accountId, form = 'name') => {
    const known = accountId === null ? 'theApp' : accountId === viewerAccountId ? 'you' : null;
    const name = accountId === null ? undefined : names.get(accountId);
    if (known === null && name !== undefined) return form === 'by' ? t('people.by.name', { who: name }) : name;
    return form === 'by' ? t(`people.by.${known ?? 'someone'}`) : t(`people.${known ?? 'someone'}`);
  };
}

/** What Jira calls these accounts, as far as it has told by now. */
export function useJiraNames(accountIds: readonly string[]): ReadonlyMap<string, string> {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const key = [...new Set(accountIds)].sort().join(' ');
  useEffect(() => {
    if (key === '') return;
    let isCurrent = true;
    void readNames(key.split(' ')).then((read) => {
      if (isCurrent) setNames(read);
    });
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return names;
}

/** @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-bulk-get */
async function readNames(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const query = new URLSearchParams(accountIds.map((id) => ['accountId', id]));
  query.set('maxResults', String(accountIds.length));
  try {
    const response = await requestJira(`/rest/api/3/user/bulk?${query.toString()}`);
    return response.ok ? namesIn(await response.json()) : new Map();
  } catch {
    // A name is decoration here: without it the row says "someone".
    return new Map();
  }
}

function namesIn(body: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  if (typeof body !== 'object' || body === null || !('values' in body) || !Array.isArray(body.values)) return names;
  const users: readonly unknown[] = body.values;
  for (const user of users) {
    if (typeof user !== 'object' || user === null || !('accountId' in user) || !('displayName' in user)) continue;
    if (typeof user.accountId === 'string' && typeof user.displayName === 'string')
      names.set(user.accountId, plainName(user.displayName));
  }
  return names;
}
