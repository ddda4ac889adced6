import type { CustomField } from '../fields';
import { PRIORITIES, STATUS_NAMES } from '../issueValues';
import { PROJECT, type JiraIssue } from '../types';
import { momentOf, type Moment } from './dates';
import { JqlError } from './error';

/** Who asks, when, and which issues they may see. */
export type Viewer = {
  readonly accountId: string | null;
  readonly issues: readonly JiraIssue[];
  readonly nowMs: number;
  /** A value that there is not is no error for them, and found nowhere. */
  readonly ignoresStrangers?: boolean;
  /** The app's fields on issues. */
  readonly fields?: readonly CustomField[];
  /** @see KeysInComparisons */
  readonly keysInComparisons?: KeysInComparisons;
};

/**
 * Whether `key < ACME-7` takes a key of a project that no issue has, such as one that was deleted, or refuses it as
 * `key = ACME-7` does. No page says so: assumed either way.
 */
export type KeysInComparisons = 'any' | 'existing';

/** A field in which an issue has values, each known under one or more names. */
export type ValueField = {
  readonly kind: 'values';
  /** What an issue has there, under every name by which it can be asked for. */
  readonly of: (issue: JiraIssue) => readonly string[];
  readonly isUser?: true;
  /** Every value there is, for fields in which Jira refuses any other. */
  readonly known?: (viewer: Viewer) => readonly string[];
  /** How its values stand to each other, where `<` and the like can be asked. */
  readonly rank?: {
    readonly of: (issue: JiraIssue) => number;
    readonly read: (text: string, name: string, viewer: Viewer) => number;
  };
};
/** A field with a moment in it. */
export type DateField = {
  readonly kind: 'date';
  readonly of: (issue: JiraIssue) => number | null;
  readonly read: (text: string, name: string, viewer: Viewer) => Moment;
};
/** A field in which words are looked for. */
export type TextField = { readonly kind: 'text'; readonly of: (issue: JiraIssue) => string };
/** What a clause can ask about. */
export type Field = ValueField | DateField | TextField;

const CATEGORIES: Readonly<Record<JiraIssue['status']['category'], readonly string[]>> = {
  new: ['To Do', '2', 'new'],
  indeterminate: ['In Progress', '4', 'indeterminate'],
  done: ['Done', '3', 'done'],
};

/** The number in a key; null for what is none of this project. */
function numberOf(key: string): number | null {
  const [, project, number] = /^([a-z][a-z0-9_]*)-(\d+)$/i.exec(key) ?? [];
  return project?.toUpperCase() === PROJECT.key ? Number(number) : null;
}

const keysOf = ({ issues }: Viewer): string[] => issues.flatMap((issue) => [issue.key, issue.id]);

/** That keys can be compared within their project is documented (JQL fields, "Issue key"). */
const key: ValueField = {
  kind: 'values',
  of: (issue) => [issue.key, issue.id],
  known: keysOf,
  rank: {
    of: (issue) => numberOf(issue.key) ?? 0,
    read: (text, name, viewer) => {
      const number = numberOf(text);
      const isThere =
        viewer.keysInComparisons !== 'existing' || viewer.issues.some((issue) => numberOf(issue.key) === number);
      if (number === null || !isThere)
        throw new JqlError(`An issue with key '${text}' does not exist for field '${name}'.`);
      return number;
    },
  },
};
const type: ValueField = { kind: 'values', of: (issue) => [issue.type.name, issue.type.id] };
const component: ValueField = {
  kind: 'values',
  of: ({ components }) => components,
  known: ({ issues }) => [...new Set(issues.flatMap(({ components }) => components))],
};
const date = (of: DateField['of']): DateField => ({
  kind: 'date',
  of,
  read: (text, name, { nowMs }) => momentOf(text, name, nowMs),
});
const created = date(({ createdMs }) => createdMs);
const updated = date(({ updatedMs }) => updatedMs);
const resolved = date(({ resolvedMs }) => resolvedMs);
const text = (of: TextField['of']): TextField => ({ kind: 'text', of });
const summary = text((issue) => issue.summary);
const description = text((issue) => issue.description.join('\n'));
const comment = text((issue) => issue.comments.map((one) => one.text).join('\n'));

/** Names and second names, in small letters, as documented in the reference of JQL fields. */
const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['reporter', userField((issue) => issue.reporterAccountId)],
  ['assignee', userField((issue) => issue.assigneeAccountId)],
  [
    'status',
    {
      kind: 'values',
      of: ({ status }) => [status.name, status.id],
      known: ({ issues }) => [...STATUS_NAMES, ...issues.map(({ status }) => status.id)],
    },
  ],
  [
    'statuscategory',
    {
      kind: 'values',
      of: ({ status }) => CATEGORIES[status.category],
      known: () => Object.values(CATEGORIES).flat(),
    },
  ],
  ['priority', { kind: 'values', of: (issue) => [issue.priority], known: () => PRIORITIES, rank: priorityRank() }],
  [
    'project',
    {
      kind: 'values',
      of: () => [PROJECT.key, PROJECT.name, PROJECT.id],
      known: ({ issues }) => (issues.length === 0 ? [] : [PROJECT.key, PROJECT.name, PROJECT.id]),
    },
  ],
  ['key', key],
  ['issuekey', key],
  ['issue', key],
  ['id', key],
  ['labels', { kind: 'values', of: ({ labels }) => labels }],
  ['component', component],
  ['components', component],
  ['type', type],
  ['issuetype', type],
  ['created', created],
  ['createddate', created],
  ['updated', updated],
  ['updateddate', updated],
  ['resolved', resolved],
  ['resolutiondate', resolved],
  ['summary', summary],
  ['description', description],
  ['comment', comment],
  ['text', text((issue) => [summary, description, comment].map((field) => field.of(issue)).join('\n'))],
]);

function userField(of: (issue: JiraIssue) => string | null): ValueField {
  return { kind: 'values', of: (issue) => [of(issue)].filter((one) => one !== null), isUser: true };
}

function priorityRank(): NonNullable<ValueField['rank']> {
  const rankOf = (name: string): number =>
    -PRIORITIES.findIndex((priority) => priority.toLowerCase() === name.toLowerCase());
  return { of: (issue) => rankOf(issue.priority), read: rankOf };
}

/** The field of that name. Throws a JqlError for one that the sandbox does not have. */
export function fieldOf(name: string, { fields = [] }: Pick<Viewer, 'fields'>): Field {
  const field = FIELDS.get(name.toLowerCase()) ?? customField(name.toLowerCase(), fields);
  if (field === undefined)
    throw new JqlError(`Field '${name}' does not exist or you do not have permission to view it.`);
  return field;
}

/** A field of an app, by its name or as `cf[10100]` (documented: JQL fields, "Custom field"). */
function customField(name: string, fields: readonly CustomField[]): ValueField | undefined {
  const found = fields.find(
    (field) => field.name.toLowerCase() === name || name === `cf[${field.id.slice('customfield_'.length)}]`,
  );
  return found === undefined ? undefined : { kind: 'values', of: ({ custom }) => custom?.[found.id] ?? [] };
}
