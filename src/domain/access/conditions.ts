import type { AccessRule, AccessSettings, Act, Condition, Problem } from '../../contract';

/** What an act may be about beyond {@link Act}: `look` needs no rule, only the place. */
export type GuardedAct = Act | 'look';

/** What Jira and the settings say of someone at a place; null where Jira was not asked or did not tell. */
export type AccessFacts = {
  /** Whether they see the place at all. */
  readonly sees: boolean | null;
  /** Whether the app is used in its project. */
  readonly isProjectOn: boolean | null;
  readonly permissions: ReadonlySet<string>;
  /** `isWhole` is false where they are in groups that can't be told. */
  readonly groups: { readonly ids: readonly string[]; readonly isWhole: boolean } | null;
};

/** What stands in the way of someone who is in none of the groups that a rule names. */
export const GROUP_NEEDED: Problem = { code: 'notPermitted', needed: 'GROUP' };

/** What it means that Jira tells of groups, and not of which: it may be asked again, and is no refusal. */
const GROUPS_UNCLEAR: Problem = { code: 'jira', status: null, retryAfterMs: null, limit: null };

/** Whether somebody is in a group that a rule names; null where Jira did not tell all of theirs. */
function isInGroup({ groups }: Pick<AccessRule, 'groups'>, own: NonNullable<AccessFacts['groups']>): boolean | null {
  return groups.some(({ id }) => own.ids.includes(id)) || (own.isWhole ? false : null);
}

/** All that an act needs, each with whether it holds. Pages explain a verdict by it; a refusal is its first failure. */
export function conditionsOf(act: GuardedAct, access: AccessSettings, facts: AccessFacts): Condition[] {
  const always: Condition[] = [
    { kind: 'seesIssue', holds: facts.sees },
    { kind: 'projectOn', holds: facts.isProjectOn },
  ];
  if (act === 'look') return always;
  const { permission, groups } = access[act];
  const permitted: Condition = { kind: 'permission', permission, holds: facts.permissions.has(permission) };
  if (groups.length === 0) return [...always, permitted];
  const isIn = facts.groups === null ? null : isInGroup({ groups }, facts.groups);
  return [...always, permitted, { kind: 'inGroup', groups: groups.map(({ name }) => name), holds: isIn }];
}

/**
 * What stands in the way, by the first condition that does not hold; null where all do. What is not known is not
 * allowed.
 * @param unseen what it means that the place is not theirs to see
 */
export function refusalOf(conditions: readonly Condition[], unseen: Problem): Problem | null {
  const failed = conditions.find(({ holds }) => holds !== true);
  if (failed === undefined) return null;
  switch (failed.kind) {
    case 'seesIssue':
      return unseen;
    case 'projectOn':
      return { code: 'projectOff' };
    case 'permission':
      return { code: 'notPermitted', needed: failed.permission };
    case 'inGroup':
      return failed.holds === null ? GROUPS_UNCLEAR : GROUP_NEEDED;
  }
}
