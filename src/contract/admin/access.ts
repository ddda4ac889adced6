import type { AccessSettings, Act, JiraPermission } from '../access';
import type { Answer } from '../panel';

/** Who may do what, as typed: groups by name, which Jira turns into ids. */
export type SaveAccessInput = Readonly<Record<Act, { readonly permission: JiraPermission; readonly groupNames: readonly string[] }>>;

/** The functions of the Access tab. */
export type AccessDefinitions = {
  'admin.loadAccess': () => Answer<AccessSettings>;
  'admin.saveAccess': (input: SaveAccessInput) => Answer<AccessSettings>;
};
