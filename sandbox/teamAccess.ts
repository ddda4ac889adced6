import { ACTS, type Act, type JiraPermission, type SaveAccessInput } from '../src/contract';

/** What an admin typed for one act. */
type Rule = SaveAccessInput[Act];

/**
 * Who may do what on the sandbox's site, as its admin would type it: its team holds *Edit issues* and may do all but
 * run in bulk. The app's own defaults are narrower, for sites where anybody may create a project.
 */
export function teamAccess(changes: Partial<SaveAccessInput> = {}): SaveAccessInput {
  return { ...accessFor('EDIT_ISSUES'), bulk: { permission: 'ADMINISTER', groupNames: [] }, ...changes };
}

/** The same permission for every act, and no group. */
export function accessFor(permission: JiraPermission, groupNames: readonly string[] = []): SaveAccessInput {
  const rule: Rule = { permission, groupNames };
  const rules: Record<Act, Rule> = {
    board: rule,
    link: rule,
    move: rule,
    remove: rule,
    add: rule,
    others: rule,
    bulk: rule,
  };
  return rules;
}

/** What is stored for {@link teamAccess}. */
export function storedTeamAccess(): object {
  const rules = teamAccess();
  return {
    version: 1,
    ...Object.fromEntries(ACTS.map((act) => [act, { permission: rules[act].permission, groups: [] }])),
  };
}
