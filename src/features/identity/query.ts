import type { ProjectScope } from '../../contract';

/** So many of the projects that the app can't read are named. */
export const MOST_UNREAD = 50;
/** So many projects are named in one query. */
const MOST_KEYS = 200;
const KEY = /^[A-Z][A-Z0-9_]{0,99}$/;

/**
 * The issues with a reporter in the projects in which the app may be used; null where they are too many to be named.
 */
export function scopeJql(scope: ProjectScope): string | null {
  if (scope.kind === 'all') return 'reporter is not EMPTY';
  const keys = scope.projects.map(({ key }) => key).filter((key) => KEY.test(key));
  if (keys.length === 0 || keys.length > MOST_KEYS) return null;
  return `project in (${keys.map((key) => `"${key}"`).join(', ')}) AND reporter is not EMPTY`;
}

/**
 * A project's issues with a reporter from the highest key down, those alone with a lower number than `bound` where it
 * is given. Issues are bounded by a value of their own, so that a place is good in any invocation: no token of a page
 * is kept. That keys are compared by their number within a project is assumed, as JQL's page of fields says of keys
 * only that they take these operators; so is that a key whose issue is gone may be refused, for which a few are kept.
 * @see https://support.atlassian.com/jira-software-cloud/docs/jql-fields/
 */
export function projectJql(key: string, bound: number | null): string {
  const below = bound === null ? '' : ` AND key < "${key}-${String(bound)}"`;
  return `project = "${key}" AND reporter is not EMPTY${below} ORDER BY key DESC`;
}

/**
 * The newest issues of everybody but these. That Jira takes a thousand values in a list is documented as far as that it
 * fails from a few thousand on; that it takes the ids which it just told is assumed.
 * @see https://jira.atlassian.com/browse/JRACLOUD-84010
 */
export function othersJql(inScope: string, accountIds: readonly string[]): string {
  const others =
    accountIds.length === 0 ? '' : ` AND reporter not in (${accountIds.map((id) => `"${id}"`).join(', ')})`;
  return `${inScope}${others} ORDER BY created DESC`;
}

/** The number in an issue's key; null for what is no key. */
export function numberOfKey(issueKey: string): number | null {
  const number = Number(/-(\d{1,15})$/.exec(issueKey)?.[1] ?? Number.NaN);
  return Number.isSafeInteger(number) ? number : null;
}
