import type { JiraIssue } from '../types';
import { JqlError } from './error';
import { fieldOf, type DateField, type Field, type TextField, type ValueField, type Viewer } from './fields';
import type { Clause, Node, Operator, Value } from './parse';
import { textMatcher } from './texts';

/** Whether an issue is in a query. */
export type Matches = (issue: JiraIssue) => boolean;

/**
 * Makes the test that a query is. As in Jira, `!=` and `not in` never find an issue whose field is empty.
 * @param fragment answers the test of an app's function that stands alone in a clause, null for a clause without one
 */
export function matcherOf(node: Node, viewer: Viewer, fragment: (clause: Clause) => Matches | null): Matches {
  switch (node.kind) {
    case 'and': {
      const parts = node.parts.map((part) => matcherOf(part, viewer, fragment));
      return (issue) => parts.every((matches) => matches(issue));
    }
    case 'or': {
      const parts = node.parts.map((part) => matcherOf(part, viewer, fragment));
      return (issue) => parts.some((matches) => matches(issue));
    }
    case 'not':
      return negated(node.part, viewer, fragment);
    case 'clause':
      return fragment(node) ?? clauseMatcher(node, viewer);
  }
}

const OPPOSITES: Partial<Record<Operator, Operator>> = { '=': '!=', '!=': '=', in: 'not in', 'not in': 'in' };

/** `NOT field = value` is the same as `field != value` (documented: JQL operators): neither finds an empty field. */
function negated(part: Node, viewer: Viewer, fragment: (clause: Clause) => Matches | null): Matches {
  if (part.kind === 'not') return matcherOf(part.part, viewer, fragment);
  const matches = matcherOf(part, viewer, fragment);
  const opposite = part.kind === 'clause' && fragment(part) === null ? OPPOSITES[part.operator] : undefined;
  return part.kind === 'clause' && opposite !== undefined
    ? clauseMatcher({ ...part, operator: opposite }, viewer)
    : (issue) => !matches(issue);
}

function clauseMatcher(clause: Clause, viewer: Viewer): Matches {
  const field = fieldOf(clause.field, viewer);
  switch (field.kind) {
    case 'text':
      return textFieldMatcher(clause, field, viewer);
    case 'date':
      return dateMatcher(clause, field, viewer);
    case 'values':
      return valueMatcher(clause, field, viewer);
  }
}

/** The words are those of the documented answer of `jql/parse`. */
function notSupported({ field, operator }: Clause): JqlError {
  return new JqlError(`The operator '${operator}' is not supported by the '${field}' field.`);
}

function textFieldMatcher(clause: Clause, field: TextField, viewer: Viewer): Matches {
  const isEmpty: Matches = (issue) => field.of(issue) === '';
  if (clause.operator === 'is') return isEmpty;
  if (clause.operator === 'is not') return (issue) => !isEmpty(issue);
  if (clause.operator !== '~' && clause.operator !== '!~') throw notSupported(clause);
  const tests = clause.values.map((value) => textMatcher(textOf(value, clause.field, field, viewer)));
  const has: Matches = (issue) => tests.some((test) => test(field.of(issue)));
  return clause.operator === '~' ? has : (issue) => !isEmpty(issue) && !has(issue);
}

function dateMatcher(clause: Clause, field: DateField, viewer: Viewer): Matches {
  const moments = clause.values.map((value) =>
    field.read(textOf(value, clause.field, field, viewer), clause.field, viewer),
  );
  const has: Matches = (issue) => {
    const ms = field.of(issue);
    return ms !== null && moments.some(({ fromMs, toMs }) => fromMs <= ms && ms < toMs);
  };
  const compared = comparison(clause.operator);
  if (compared === null) return byOperator(clause, has, (issue) => field.of(issue) === null);
  return (issue) => {
    const ms = field.of(issue);
    return ms !== null && compared(ms, moments[0]?.fromMs ?? 0);
  };
}

/** What `<` and the like say of two numbers; null for any other operator. */
function comparison(operator: Operator): ((one: number, other: number) => boolean) | null {
  switch (operator) {
    case '<':
      return (one, other) => one < other;
    case '<=':
      return (one, other) => one <= other;
    case '>':
      return (one, other) => one > other;
    case '>=':
      return (one, other) => one >= other;
    default:
      return null;
  }
}

function valueMatcher(clause: Clause, field: ValueField, viewer: Viewer): Matches {
  const { field: name, values } = clause;
  const texts = values.map((value) => textOf(value, name, field, viewer));
  const compared = comparison(clause.operator);
  if (compared !== null) {
    const { rank } = field;
    if (rank === undefined) throw notSupported(clause);
    const bound = rank.read(texts[0] ?? '', name, viewer);
    return (issue) => compared(rank.of(issue), bound);
  }
  const wanted = new Set(texts.map((text) => text.toLowerCase()));
  const known = field.known === undefined ? null : new Set(field.known(viewer).map((one) => one.toLowerCase()));
  const stranger = [...wanted].find((value) => known?.has(value) === false);
  if (stranger !== undefined && viewer.ignoresStrangers !== true)
    throw new JqlError(`The value '${stranger}' does not exist for the field '${name}'.`);
  const has: Matches = (issue) => field.of(issue).some((value) => wanted.has(value.toLowerCase()));
  return byOperator(clause, has, (issue) => field.of(issue).length === 0);
}

function byOperator(clause: Clause, has: Matches, isEmpty: Matches): Matches {
  switch (clause.operator) {
    case '=':
    case 'in':
      return has;
    case '!=':
    case 'not in':
      return (issue) => !isEmpty(issue) && !has(issue);
    case 'is':
      return isEmpty;
    case 'is not':
      return (issue) => !isEmpty(issue);
    default:
      throw notSupported(clause);
  }
}

function textOf(value: Value, name: string, field: Field, { accountId }: Viewer): string {
  if (value.kind === 'text') return value.text;
  if (value.name.toLowerCase() !== 'currentuser')
    throw new JqlError(`Unable to find JQL function '${value.name}(${value.arguments.join(', ')})'.`);
  if (field.kind !== 'values' || field.isUser !== true)
    throw new JqlError(`A value provided by the function 'currentUser' is invalid for the field '${name}'.`);
  return accountId ?? '';
}
