import type { AccessSettings, Act, Group, JiraPermission, ProjectScope } from '../access';
import type { Result } from '../result';

/**
 * Who may do what, as typed: groups by name, which Jira turns into ids. `picked` are those of them that were chosen
 * just now: the group of that very id is meant, whichever had the name when the rule was saved before.
 */
export type SaveAccessInput = Readonly<
  Record<
    Act,
    {
      readonly permission: JiraPermission;
      readonly groupNames: readonly string[];
      readonly picked?: readonly Group[];
    }
  >
>;

/** A part of a group's name. */
export type SearchGroupsInput = { readonly query: string };
/** How many groups a search answers at most: who looks for one of more types more of its name. */
export const GROUP_SEARCH_LIMIT = 20;
/** At most {@link GROUP_SEARCH_LIMIT} groups by name; `truncated` says that there were more. */
export type FoundGroups = { readonly groups: readonly Group[]; readonly truncated: boolean };

/** What the setup asks once, after the connection works: whether it still has to, and what holds until then. */
export type AccessQuestion = { readonly isOpen: boolean; readonly access: AccessSettings };

/** In which projects the app may be used, as typed: by key, null for all. */
export type SaveProjectsInput = { readonly keys: readonly string[] | null };

/** What a verdict rests on, and whether it holds; null where Jira did not tell. */
export type Condition = { readonly holds: boolean | null } & (
  | { readonly kind: 'seesIssue' }
  | { readonly kind: 'projectOn' }
  | { readonly kind: 'permission'; readonly permission: JiraPermission }
  /** In one of these groups. */
  | { readonly kind: 'inGroup'; readonly groups: readonly string[] }
);

/** Whether someone may do an act on an issue: they may when every condition holds. */
export type Verdict = {
  readonly act: Act | 'look';
  readonly isAllowed: boolean;
  readonly conditions: readonly Condition[];
};

/**
 * Whom and what a test is about; `accountId` is null for the app's own user, as whom requests of API clients are
 * read.
 */
export type TestAsInput = { readonly accountId: string | null; readonly issueKey: string };

/** Whether the JQL function answers whoever searches. */
export type JqlSettings = { readonly isOn: boolean };

/** The functions of the Access tab. */
export type AccessDefinitions = {
  'admin.loadAccess': () => Result<AccessSettings>;
  'admin.saveAccess': (input: SaveAccessInput) => Result<AccessSettings>;
  'admin.accessQuestion': () => Result<AccessQuestion>;
  /** Answers the question by what holds already. */
  'admin.keepAccess': () => Result<AccessQuestion>;
  'admin.searchGroups': (input: SearchGroupsInput) => Result<FoundGroups>;
  'admin.loadProjects': () => Result<ProjectScope>;
  'admin.saveProjects': (input: SaveProjectsInput) => Result<ProjectScope>;
  'admin.loadJql': () => Result<JqlSettings>;
  'admin.saveJql': (input: JqlSettings) => Result<JqlSettings>;
  'admin.testAs': (input: TestAsInput) => Result<readonly Verdict[]>;
};
