/**
 * What can be allowed on its own. `board` is seeing the board, which shows the name of everybody in every segment;
 * `link` is linking and unlinking by hand, with the search of members that it needs; `others` is writing on the
 * board about people who report nothing in its project, and goes with `move`, `remove` or `add`.
 */
export const ACTS = ['board', 'link', 'move', 'remove', 'add', 'others', 'bulk'] as const;
/** One of {@link ACTS}. */
export type Act = (typeof ACTS)[number];

/** The permissions of Jira by which an act can be allowed, the widest circle first. */
export const JIRA_PERMISSIONS = [
  'BROWSE_PROJECTS',
  'EDIT_ISSUES',
  'TRANSITION_ISSUES',
  'ASSIGN_ISSUES',
  'RESOLVE_ISSUES',
  'ADMINISTER_PROJECTS',
  'ADMINISTER',
] as const;
/** One of {@link JIRA_PERMISSIONS}; all but `ADMINISTER` are held on an issue or in a project. */
export type JiraPermission = (typeof JIRA_PERMISSIONS)[number];

/** A group of Jira. The name is as it was when the setting was saved; only the id decides. */
export type Group = { readonly id: string; readonly name: string };

/** Who may do an act: holders of the permission who are also in one of the groups; with no group named, all holders. */
export type AccessRule = { readonly permission: JiraPermission; readonly groups: readonly Group[] };

/** Who may do what. */
export type AccessSettings = Readonly<Record<Act, AccessRule>>;

/** A project of Jira. Key and name are as they were when the setting was saved; only the id decides. */
export type ProjectRef = { readonly id: string; readonly key: string; readonly name: string };

/** In which projects the app may be used. */
export type ProjectScope =
  { readonly kind: 'all' } | { readonly kind: 'only'; readonly projects: readonly ProjectRef[] };

/**
 * What holds until an admin says otherwise. On a site where everybody may create projects, everybody holds *Edit
 * issues* somewhere: what reaches people beyond the reporter of a work item starts with Jira's admins.
 */
export const DEFAULT_ACCESS: AccessSettings = {
  board: { permission: 'ADMINISTER', groups: [] },
  link: { permission: 'ADMINISTER', groups: [] },
  move: { permission: 'EDIT_ISSUES', groups: [] },
  remove: { permission: 'EDIT_ISSUES', groups: [] },
  add: { permission: 'EDIT_ISSUES', groups: [] },
  others: { permission: 'ADMINISTER', groups: [] },
  bulk: { permission: 'ADMINISTER', groups: [] },
};

/** How many projects can be named: whoever needs more lets all of them in. */
export const MAX_PROJECTS_NAMED = 100;

/** Whether the app may be used in a project. */
export function isInScope(scope: ProjectScope, projectId: string): boolean {
  return scope.kind === 'all' || scope.projects.some(({ id }) => id === projectId);
}
