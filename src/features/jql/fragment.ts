/**
 * How many people a fragment names at most. Jira refuses longer lists, and a longer query would be slow for
 * everybody.
 */
export const MAX_VALUES = 1_000;

/** A clause of a query in which the function stands, as far as the app looks at it. */
export type Clause = { readonly field: string; readonly operator: 'in' | 'not in'; readonly segment: string };

/** What a function answers: JQL that stands in its place, or an error that the user sees. */
export type Fragment = { readonly jql: string } | { readonly error: string };

/** The JQL in place of the function: the same field and operator, with these people. */
export function fragmentOf({ field, operator, segment }: Clause, accountIds: readonly string[]): Fragment {
  if (accountIds.length > MAX_VALUES) {
    const most = MAX_VALUES.toLocaleString('en');
    return {
      error:
        `Segment “${segment}” has more than ${most} linked reporters (${accountIds.length.toLocaleString('en')}). ` +
        `JQL takes ${most} at most: use a smaller segment.`,
    };
  }
  const name = /^[a-z]+$/i.test(field) ? field : `"${field.replace(/["\\]/g, '\\$&')}"`;
  // An empty list is no JQL: nobody's work items are none, and everybody else's are all.
  if (accountIds.length === 0)
    return {
      jql: operator === 'in' ? `${name} is EMPTY AND ${name} is not EMPTY` : `${name} is EMPTY OR ${name} is not EMPTY`,
    };
  return { jql: `${name} ${operator} (${accountIds.map((id) => `"${id.replace(/["\\]/g, '\\$&')}"`).join(', ')})` };
}
