import type { Clock } from '../forge/clock';
import type { Access } from './access';
import type { ChangeableIssues, IssueChange } from './issues';
import type { Priority, StatusName, TypeName } from './issueValues';
import { askerOf, holds, visibleIssue, type Asker } from './permissions';
import type { JiraIssue } from './types';

/** What came of a change that somebody asked Jira for; `message` is Jira's. */
type ChangeResult =
  | { readonly kind: 'changed'; readonly issue: JiraIssue }
  | { readonly kind: 'refused'; readonly status: 403 | 404; readonly message: string };

/** An issue that somebody creates. */
type NewIssue = {
  readonly summary: string;
  readonly type: TypeName;
  /** Who reports it: whoever creates it unless it is said, which needs the permission to modify reporters. */
  readonly reporterAccountId?: string | null;
};

/** Something that a person did to an issue, as it is then. */
export type IssueHappening = {
  readonly kind: 'created' | 'updated' | 'deleted';
  readonly issue: JiraIssue;
  /** Who did it. */
  readonly accountId: string;
  /** What became another one, as the changelog of Jira names it: accounts by id, others by name. */
  readonly changes: readonly { readonly field: string; readonly from: string | null; readonly to: string | null }[];
};

/** What people can do to issues. */
export type Edits = {
  /** Puts an issue into another status, as that person. */
  readonly transition: (accountId: string, issueKey: string, status: StatusName) => ChangeResult;
  /** Gives an issue another priority, as that person. */
  readonly setPriority: (accountId: string, issueKey: string, priority: Priority) => ChangeResult;
  /** Says that somebody else reported an issue, null for nobody. */
  readonly setReporter: (accountId: string, issueKey: string, reporterAccountId: string | null) => ChangeResult;
  /** Creates an issue, as that person. */
  readonly createIssueAs: (accountId: string, wanted: NewIssue) => ChangeResult;
  readonly deleteIssue: (accountId: string, issueKey: string) => ChangeResult;
};

type EditParts = {
  readonly access: Pick<Access, 'people'>;
  readonly changing: ChangeableIssues;
  readonly clock: Clock;
  readonly tell: (happening: IssueHappening) => void;
};

const NOT_THERE = {
  kind: 'refused',
  status: 404,
  message: 'Issue does not exist or you do not have permission to see it.',
} as const;
const forbidden = (doing: string) =>
  ({ kind: 'refused', status: 403, message: `You do not have permission to ${doing}.` }) as const;

/** Makes what people can do to issues: each needs the permission that Jira asks for, and is told to who listens. */
export function createEdits(parts: EditParts): Edits {
  const { changing, clock, tell } = parts;
  return {
    transition: (accountId, key, status) =>
      edit(parts, { accountId, key, permission: 'TRANSITION_ISSUES' }, { status }),
    setPriority: (accountId, key, priority) => edit(parts, { accountId, key, permission: 'EDIT_ISSUES' }, { priority }),
    setReporter: (accountId, key, reporterAccountId) =>
      edit(parts, { accountId, key, permission: 'MODIFY_REPORTER' }, { reporterAccountId }),
    createIssueAs: (accountId, { reporterAccountId = accountId, ...wanted }) => {
      const asker = askerBy(parts, accountId);
      if (!holds(asker, 'CREATE_ISSUES')) return forbidden('create issues in this project');
      if (reporterAccountId !== accountId && !holds(asker, 'MODIFY_REPORTER'))
        return forbidden('say that somebody else reports an issue');
      const issue = { ...changing.add({ ...wanted, reporterAccountId }, clock.now()) };
      tell({ kind: 'created', issue, accountId, changes: [] });
      return { kind: 'changed', issue };
    },
    deleteIssue: (accountId, key) => {
      const found = visibleIssue(askerBy(parts, accountId), changing.issues, key);
      if (found === undefined) return NOT_THERE;
      if (!holds(askerBy(parts, accountId), 'DELETE_ISSUES')) return forbidden('delete this issue');
      const issue = { ...found };
      changing.remove(found.key);
      tell({ kind: 'deleted', issue, accountId, changes: [] });
      return { kind: 'changed', issue };
    },
  };
}

function askerBy({ access }: EditParts, accountId: string): Asker {
  return askerOf({ as: 'user', accountId }, access.people);
}

/** Changes an issue as that person, who needs to hold the permission. */
function edit(
  parts: EditParts,
  { accountId, key, permission }: { readonly accountId: string; readonly key: string; readonly permission: string },
  changed: IssueChange,
): ChangeResult {
  const { changing, clock, tell } = parts;
  const asker = askerBy(parts, accountId);
  const found = visibleIssue(asker, changing.issues, key);
  if (found === undefined) return NOT_THERE;
  if (!holds(asker, permission)) return forbidden('edit this issue');
  const before = { ...found };
  changing.change(found.key, changed, clock.now());
  const issue = { ...found };
  const changes = FIELDS.map(({ field, of }) => ({ field, from: of(before), to: of(issue) })).filter(
    ({ from, to }) => from !== to,
  );
  if (changes.length > 0) tell({ kind: 'updated', issue, accountId, changes });
  return { kind: 'changed', issue };
}

const FIELDS: readonly { readonly field: string; readonly of: (issue: JiraIssue) => string | null }[] = [
  { field: 'status', of: ({ status }) => status.name },
  { field: 'priority', of: ({ priority }) => priority },
  { field: 'reporter', of: ({ reporterAccountId }) => reporterAccountId },
];
