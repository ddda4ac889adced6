/** What the page was opened for from a list of issues, as a query. `none` for a page that was opened by itself. */
export type Acquisition =
  | { readonly kind: 'none'; readonly jql: '' }
  | { readonly kind: 'issues'; readonly jql: string; readonly count: number }
  | { readonly kind: 'filter' | 'query'; readonly jql: string };

const NONE: Acquisition = { kind: 'none', jql: '' };

/**
 * What Jira's list of issues tells in the page's context: the issues that are selected win, then the
 * filter that is shown, then the query. The names `issueKeys`, `filterId` and `jql` are assumed: the
 * module's page has no section on its context. Whether a filter's id is a number or a text, and whether
 * what does not apply is left out, null or empty, is open too, and each is taken.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/jira-issue-navigator-action/
 */
export function takenFrom(extension: unknown): Acquisition {
  if (typeof extension !== 'object' || extension === null) return NONE;
  const told = new Map<string, unknown>(Object.entries(extension));
  const keys = keysIn(told.get('issueKeys'));
  if (keys.length > 0) return { kind: 'issues', jql: `key in (${keys.join(', ')})`, count: keys.length };
  const filterId = told.get('filterId');
  if ((typeof filterId === 'string' || typeof filterId === 'number') && /^\d+$/.test(String(filterId)))
    return { kind: 'filter', jql: `filter = ${filterId}` };
  const jql = told.get('jql');
  return typeof jql === 'string' && jql.trim() !== '' ? { kind: 'query', jql } : NONE;
}

/** Keys of issues and nothing else: they are put into a query. */
function keysIn(value: unknown): string[] {
  const keys: readonly unknown[] = Array.isArray(value) ? value : [];
  return keys.filter((key): key is string => typeof key === 'string' && /^[A-Z][A-Z0-9_]*-\d+$/i.test(key));
}
