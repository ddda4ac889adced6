import { plainName, type ProjectScope } from '../../contract';

/**
 * How many people a fragment names at most. Jira refuses longer lists, and a longer query would be slow for
 * everybody.
 */
export const MAX_VALUES = 1_000;

/** The operators that the function has. @see manifest.yml */
const OPERATORS = ['in', 'not in'] as const;

/** A clause of a query in which the function stands, as far as the app looks at it. */
export type Clause = {
  readonly field: string;
  readonly operator: (typeof OPERATORS)[number];
  readonly segment: string;
};

/** A call of the function as Jira tells of it, whether it asks now or keeps an answer from before. */
export type FunctionCall = { readonly field: string; readonly operator: string; readonly arguments: readonly string[] };

/**
 * What a call means; null where it does not name one segment, as when nothing can be seen of the name, or has another
 * operator than the function: it could mean the opposite.
 */
export function clauseOf({ field, operator, arguments: [segment = '', ...more] }: FunctionCall): Clause | null {
  const said = operator.trim().toLowerCase().replace('_', ' ');
  const known = OPERATORS.find((one) => one === said);
  return known === undefined || plainName(segment) === '' || more.length > 0
    ? null
    : { field, operator: known, segment };
}

/** What a function answers: JQL that stands in its place, or an error that the user sees. */
export type Fragment = { readonly jql: string } | { readonly error: string };

/**
 * The JQL in place of the function: the same field and operator, with these people, and only in the projects where
 * the app is on. As Jira's own, `not in` never finds a work item whose field is empty (documented of `!=`, which
 * `not in` repeats). What Jira makes of a project in it that the searcher may not see is not known: ignored, they find
 * what they may see; refused, they find nothing. Neither tells them more. Several clauses stand in parentheses: whether
 * Jira puts the text or what it means in the function's place is not known, and a NOT before a text would turn around
 * its first clause alone.
 * @see https://support.atlassian.com/jira-work-management/docs/advanced-search-reference-jql-operators/
 */
export function fragmentOf(
  { field, operator, segment }: Clause,
  accountIds: readonly string[],
  scope: ProjectScope,
): Fragment {
  if (accountIds.length > MAX_VALUES) {
    const most = MAX_VALUES.toLocaleString('en');
    return {
      error: `Segment “${plainName(segment)}” has more than ${most} linked reporters. JQL takes ${most} at most.`,
    };
  }
  const name = /^[a-z]+$/i.test(field) ? field : quoted(field);
  const people = peopleClause(name, operator, accountIds);
  if (scope.kind === 'all') return { jql: people };
  // By id, which no project's name or key can be taken for.
  const ids = scope.projects.map(({ id }) => id).filter((id) => /^\d+$/.test(id));
  return { jql: ids.length === 0 ? nobody(name) : `(project in (${ids.join(', ')}) AND ${people})` };
}

function peopleClause(name: string, operator: Clause['operator'], accountIds: readonly string[]): string {
  if (accountIds.length > 0) return `${name} ${operator} (${accountIds.map(quoted).join(', ')})`;
  // An empty list is no JQL: in nobody is nobody, and not in nobody is everybody.
  return operator === 'in' ? nobody(name) : `${name} is not EMPTY`;
}

function nobody(name: string): string {
  return `(${name} is EMPTY AND ${name} is not EMPTY)`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
