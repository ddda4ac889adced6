import type { JiraIssue } from './types';

/** A query that was understood: whether an issue is in it. */
export type Query = { readonly matches: (issue: JiraIssue) => boolean };

/** An app's function in a query; answers the JQL in its place. Rejects with a {@link JqlError} that the user sees. */
export type AppFunction = (call: { readonly name: string; readonly arguments: readonly string[]; readonly field: string; readonly operator: 'in' | 'not in' }) => Promise<string>;

/** What Jira tells the user of a query that it does not take. */
export class JqlError extends Error {}

/** The most values that a list may have. Jira's own limit is not documented; this one is the sandbox's. */
export const MOST_LIST_VALUES = 1_000;

const FIELDS: Readonly<Record<string, (issue: JiraIssue) => readonly string[]>> = {
  reporter: ({ reporterAccountId }) => (reporterAccountId === null ? [] : [reporterAccountId]),
  assignee: ({ assigneeAccountId }) => (assigneeAccountId === null ? [] : [assigneeAccountId]),
  status: ({ status }) => [status.name],
  priority: ({ priority }) => [priority],
  type: ({ type }) => [type.name],
  labels: ({ labels }) => labels,
  key: ({ key }) => [key],
  project: ({ key }) => [key.split('-')[0] ?? ''],
};

/**
 * Reads the part of JQL that the sandbox knows: fields with `=`, `!=`, `in`, `not in`, `is EMPTY`,
 * `is not EMPTY`, joined by AND, OR and NOT, with parentheses, `currentUser()` and the app's functions.
 * Throws a {@link JqlError} that says what is wrong.
 */
export async function readQuery(text: string, viewerAccountId: string, appFunction: AppFunction): Promise<Query> {
  const tokens = tokensOf(text.replace(/\border\s+by\b.*$/is, ''));
  let at = 0;
  const peek = (): string => tokens[at] ?? '';
  const word = (): string => peek().toLowerCase();
  const take = (): string => tokens[at++] ?? '';
  const expect = (wanted: string): void => {
    if (word() !== wanted) throw new JqlError(`Expecting '${wanted}' but got '${peek() || 'end of query'}'.`);
    at += 1;
  };
  type Matches = Query['matches'];

  async function or(): Promise<Matches> {
    let left = await and();
    while (word() === 'or') {
      at += 1;
      const [a, b] = [left, await and()];
      left = (issue) => a(issue) || b(issue);
    }
    return left;
  }
  async function and(): Promise<Matches> {
    let left = await not();
    while (word() === 'and') {
      at += 1;
      const [a, b] = [left, await not()];
      left = (issue) => a(issue) && b(issue);
    }
    return left;
  }
  async function not(): Promise<Matches> {
    if (word() !== 'not') return clause();
    at += 1;
    const inner = await not();
    return (issue) => !inner(issue);
  }
  async function clause(): Promise<Matches> {
    if (word() === '(') {
      at += 1;
      const inner = await or();
      expect(')');
      return inner;
    }
    const field = unquoted(take());
    const valuesOf = FIELDS[field.toLowerCase()];
    if (valuesOf === undefined) throw new JqlError(`Field '${field}' does not exist or you do not have permission to view it.`);
    const operator = takeOperator();
    if (operator === 'is' || operator === 'is not') {
      expect('empty');
      return (issue) => (valuesOf(issue).length === 0) === (operator === 'is');
    }
    if (operator === '=' || operator === '!=') {
      const wanted = await single();
      return (issue) => valuesOf(issue).some((value) => same(value, wanted)) === (operator === '=');
    }
    if (word() !== '(' && tokens[at + 1] === '(') return functionClause(field, operator);
    const wanted = takeList();
    return (issue) => valuesOf(issue).some((value) => wanted.has(value.toLowerCase())) === (operator === 'in');
  }
  async function functionClause(field: string, operator: 'in' | 'not in'): Promise<Matches> {
    const name = take();
    const values = [...takeArguments()];
    const fragment = await appFunction({ name, arguments: values, field, operator });
    // What an app answers holds no functions of its own.
    return (await readQuery(fragment, viewerAccountId, () => Promise.reject(new JqlError(`The function '${name}' answered with another function.`)))).matches;
  }
  async function single(): Promise<string> {
    const value = take();
    if (value.toLowerCase() === 'currentuser' && peek() === '(') {
      takeArguments();
      return viewerAccountId;
    }
    return unquoted(value);
  }
  function takeOperator(): '=' | '!=' | 'in' | 'not in' | 'is' | 'is not' {
    const first = take().toLowerCase();
    if (first === 'not' && word() === 'in') {
      at += 1;
      return 'not in';
    }
    if (first === 'is' && word() === 'not') {
      at += 1;
      return 'is not';
    }
    if (first === '=' || first === '!=' || first === 'in' || first === 'is') return first;
    throw new JqlError(`Expecting operator but got '${first || 'end of query'}'.`);
  }
  function takeArguments(): string[] {
    expect('(');
    const values: string[] = [];
    while (peek() !== ')' && at < tokens.length) {
      values.push(unquoted(take()));
      if (peek() === ',') at += 1;
    }
    expect(')');
    return values;
  }
  function takeList(): ReadonlySet<string> {
    const values = takeArguments();
    if (values.length === 0) throw new JqlError('A list of values must not be empty.');
    if (values.length > MOST_LIST_VALUES) throw new JqlError(`A list may have ${MOST_LIST_VALUES} values, this one has ${values.length}.`);
    return new Set(values.map((value) => value.toLowerCase()));
  }

  if (tokens.length === 0) return { matches: () => true };
  const matches = await or();
  if (at < tokens.length) throw new JqlError(`Expecting end of query but got '${peek()}'.`);
  return { matches };
}

function tokensOf(text: string): string[] {
  return text.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|!=|[=(),]|[^\s=!(),]+/g) ?? [];
}

function unquoted(token: string): string {
  return /^["']/.test(token) ? token.slice(1, -1).replace(/\\(.)/g, '$1') : token;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
