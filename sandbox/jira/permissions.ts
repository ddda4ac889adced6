import type { JiraRestRequest } from '../forge/jiraRest';
import type { JiraIssue, JiraPerson, Role } from './types';

/** Who asks: a person, the app itself, or nobody. */
export type Asker =
  { readonly kind: 'person'; readonly person: JiraPerson } | { readonly kind: 'app' } | { readonly kind: 'nobody' };

type Permission = { readonly id: string; readonly name: string; readonly type: 'PROJECT' | 'GLOBAL' };

/** The permissions that the sandbox knows of Jira's. */
export const PERMISSIONS: Readonly<Record<string, Permission>> = {
  BROWSE_PROJECTS: { id: '10', name: 'Browse Projects', type: 'PROJECT' },
  CREATE_ISSUES: { id: '11', name: 'Create Issues', type: 'PROJECT' },
  EDIT_ISSUES: { id: '12', name: 'Edit Issues', type: 'PROJECT' },
  ASSIGN_ISSUES: { id: '13', name: 'Assign Issues', type: 'PROJECT' },
  RESOLVE_ISSUES: { id: '14', name: 'Resolve Issues', type: 'PROJECT' },
  DELETE_ISSUES: { id: '16', name: 'Delete Issues', type: 'PROJECT' },
  CLOSE_ISSUES: { id: '18', name: 'Close Issues', type: 'PROJECT' },
  MODIFY_REPORTER: { id: '30', name: 'Modify Reporter', type: 'PROJECT' },
  MANAGE_WATCHERS: { id: '32', name: 'Manage Watchers', type: 'PROJECT' },
  TRANSITION_ISSUES: { id: '46', name: 'Transition Issues', type: 'PROJECT' },
  ADD_COMMENTS: { id: '15', name: 'Add Comments', type: 'PROJECT' },
  ADMINISTER_PROJECTS: { id: '23', name: 'Administer Projects', type: 'PROJECT' },
  ADMINISTER: { id: '0', name: 'Administer Jira', type: 'GLOBAL' },
  USER_PICKER: { id: '27', name: 'Browse users and groups', type: 'GLOBAL' },
};

const WORK = [
  'CREATE_ISSUES',
  'EDIT_ISSUES',
  'ASSIGN_ISSUES',
  'RESOLVE_ISSUES',
  'CLOSE_ISSUES',
  'MANAGE_WATCHERS',
  'TRANSITION_ISSUES',
  'ADD_COMMENTS',
] as const;
const HELD: Readonly<Record<Role, readonly string[]>> = {
  admin: Object.keys(PERMISSIONS),
  agent: ['BROWSE_PROJECTS', ...WORK, 'USER_PICKER'],
  viewer: ['BROWSE_PROJECTS', 'ADD_COMMENTS', 'USER_PICKER'],
  reporter: ['BROWSE_PROJECTS', 'ADD_COMMENTS'],
  noAccess: [],
};
// The app's own account is let into every project, but never administers Jira.
const HELD_BY_APP: readonly string[] = ['BROWSE_PROJECTS', ...WORK, 'USER_PICKER'];

/** Whether the asker holds a permission. */
export function holds(asker: Asker, permission: string): boolean {
  switch (asker.kind) {
    case 'person':
      return HELD[asker.person.role].includes(permission);
    case 'app':
      return HELD_BY_APP.includes(permission);
    case 'nobody':
      return false;
  }
}

/** The account behind a request; nobody when the account is not known. */
export function askerOf(request: Pick<JiraRestRequest, 'as' | 'accountId'>, people: readonly JiraPerson[]): Asker {
  if (request.as === 'app') return { kind: 'app' };
  const person = request.as === 'user' ? people.find(({ accountId }) => accountId === request.accountId) : undefined;
  return person === undefined || !person.active ? { kind: 'nobody' } : { kind: 'person', person };
}

/** Which of these ids are of issues that the asker may see, as they were given. */
export function visibleIds(asker: Asker, issues: readonly JiraIssue[], ids: readonly number[]): number[] {
  if (ids.length === 0 || !holds(asker, 'BROWSE_PROJECTS')) return [];
  const known = new Set(issues.map(({ id }) => id));
  return ids.filter((id) => known.has(String(id)));
}

/** The issue with that id or key, when the asker may see it. */
export function visibleIssue(asker: Asker, issues: readonly JiraIssue[], idOrKey: string): JiraIssue | undefined {
  if (!holds(asker, 'BROWSE_PROJECTS')) return undefined;
  return issues.find(({ id, key }) => id === idOrKey || key === idOrKey.toUpperCase());
}
