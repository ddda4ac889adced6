import { type AccessRule, type Problem, ok, err, type Result } from '../../contract';
import type { JiraResult } from '../../adapters/jira';
import { fromJira } from '../result';

/** What stands in the way of someone who is in none of the groups that a rule names. */
export const GROUP_NEEDED: Problem = { code: 'notPermitted', needed: 'GROUP' };

/** Whether these groups' ids hold one that a rule names; a rule that names none lets everyone pass. */
export function isInGroup({ groups }: Pick<AccessRule, 'groups'>, groupIds: readonly string[]): boolean {
  return groups.length === 0 || groups.some(({ id }) => groupIds.includes(id));
}

/**
 * Whether the user is in one of the groups that a rule names. Anything but a clear yes is a no.
 * @param groupIds what Jira says of the user's own groups; null where the rule names none
 */
export function requireGroup(rule: AccessRule, groupIds: JiraResult<string[]> | null): Result<true> {
  if (groupIds === null) return ok(true);
  const own = fromJira(groupIds, GROUP_NEEDED);
  if (own.kind === 'problem') return own;
  return isInGroup(rule, own.value) ? ok(true) : err(GROUP_NEEDED);
}
