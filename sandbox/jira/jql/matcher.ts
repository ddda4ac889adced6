import type { CustomField } from '../fields';
import { PRIORITIES, STATUS_NAMES } from '../issues';
import { PROJECT, type JiraIssue } from '../types';
import { JqlError } from './error';
import type { Clause, Node, Operator, Value } from './parse';

/** Whether an issue is in a query. */
export type Matches = (issue: JiraIssue) => boolean;

/** Who asks, and which issues they may see. */
export type Viewer = {
  readonly accountId: string | null;
  readonly issues: readonly JiraIssue[];
  /** A value that there is not is no error for them, and found nowhere. */
  readonly ignoresStrangers?: boolean;
  /** The app's fields on issues. */
  readonly fields?: readonly CustomField[];
};

type Field = {
  /** What an issue has there, under every name by which it can be asked for. */
  readonly of: (issue: JiraIssue) => readonly string[];
  readonly isUser?: true;
  /** Every value there is, for fields in which Jira refuses any other. */
  readonly known?: (viewer: Viewer) => readonly string[];
};

const key: Field = {
  of: (issue) => [issue.key, issue.id],
  known: ({ issues }) => issues.flatMap((issue) => [issue.key, issue.id]),
};
const type: Field = { of: (issue) => [issue.type.name, issue.type.id] };
const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  [
    'reporter',
    { of: ({ reporterAccountId }) => (reporterAccountId === null ? [] : [reporterAccountId]), isUser: true },
  ],
  [
    'assignee',
    { of: ({ assigneeAccountId }) => (assigneeAccountId === null ? [] : [assigneeAccountId]), isUser: true },
  ],
  [
    'status',
    {
      of: ({ status }) => [status.name, status.id],
      known: ({ issues }) => [...STATUS_NAMES, ...issues.map(({ status }) => status.id)],
    },
  ],
  [
    'statuscategory',
    { of: ({ status }) => [{ new: 'To Do', indeterminate: 'In Progress', done: 'Done' }[status.category]] },
  ],
  ['priority', { of: ({ priority }) => [priority], known: () => PRIORITIES }],
  [
    'project',
    {
      of: () => [PROJECT.key, PROJECT.name, PROJECT.id],
      known: ({ issues }) => (issues.length === 0 ? [] : [PROJECT.key, PROJECT.name, PROJECT.id]),
    },
  ],
  ['key', key],
  ['issuekey', key],
  ['issue', key],
  ['labels', { of: ({ labels }) => labels }],
  ['type', type],
  ['issuetype', type],
]);

/** The field of that name. Throws a JqlError for one that the sandbox does not have. */
export function fieldOf(name: string, { fields = [] }: Pick<Viewer, 'fields'>): Field {
  const field = FIELDS.get(name.toLowerCase()) ?? customField(name.toLowerCase(), fields);
  if (field === undefined)
    throw new JqlError(`Field '${name}' does not exist or you do not have permission to view it.`);
  return field;
}

/** A field of an app, by its name or as `cf[10100]`. */
function customField(name: string, fields: readonly CustomField[]): Field | undefined {
  const found = fields.find(
    (field) => field.name.toLowerCase() === name || name === `cf[${field.id.slice('customfield_'.length)}]`,
  );
  return found === undefined ? undefined : { of: ({ custom }) => custom?.[found.id] ?? [] };
}

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
    case 'not': {
      const matches = matcherOf(node.part, viewer, fragment);
      return (issue) => !matches(issue);
    }
    case 'clause':
      return fragment(node) ?? clauseMatcher(node, viewer);
  }
}

/** `created >= "-90m"` and `updated >= "-90m"`: minutes, hours or days before now. */
function sinceMatcher(name: string, values: readonly Value[]): Matches {
  const [value] = values;
  const [, count, unit = ''] = (value?.kind === 'text' ? /^-(\d+)([mhd])$/.exec(value.text) : null) ?? [];
  const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 }[unit];
  if (count === undefined || unitMs === undefined)
    throw new JqlError(`The sandbox's JQL takes for '${name}' only a time like "-90m".`);
  const sinceMs = Date.now() - Number(count) * unitMs;
  return (issue) => (name === 'created' ? issue.createdMs : issue.updatedMs) >= sinceMs;
}

function clauseMatcher({ field: name, operator, values }: Clause, viewer: Viewer): Matches {
  const lower = name.toLowerCase();
  if (operator === '>=' && (lower === 'created' || lower === 'updated')) return sinceMatcher(lower, values);
  const field = fieldOf(name, viewer);
  const wanted = new Set(values.map((value) => textOf(value, name, field, viewer).toLowerCase()));
  const known = field.known === undefined ? null : new Set(field.known(viewer).map((one) => one.toLowerCase()));
  const stranger = [...wanted].find((value) => known?.has(value) === false);
  if (stranger !== undefined && viewer.ignoresStrangers !== true)
    throw new JqlError(`The value '${stranger}' does not exist for the field '${name}'.`);
  const has = (issue: JiraIssue): boolean => field.of(issue).some((value) => wanted.has(value.toLowerCase()));
  return byOperator(operator, has, (issue) => field.of(issue).length === 0);
}

function byOperator(operator: Operator, has: Matches, isEmpty: Matches): Matches {
  switch (operator) {
    case '>=':
      throw new JqlError("The operator '>=' is not supported by the field.");
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
  }
}

function textOf(value: Value, name: string, field: Field, { accountId }: Viewer): string {
  if (value.kind === 'text') return value.text;
  if (value.name.toLowerCase() !== 'currentuser')
    throw new JqlError(`Unable to find JQL function '${value.name}(${value.arguments.join(', ')})'.`);
  if (field.isUser !== true)
    throw new JqlError(`A value provided by the function 'currentUser' is invalid for the field '${name}'.`);
  return accountId ?? '';
}
