import { type AccessRule, type Problem, err, type Result } from '../../contract';
import { holdsOnIssue, readOwnGroupIds } from '../../adapters/jira';
import { fromJira } from '../result';
import { requireGroup } from './group';

const NOT_VISIBLE: Problem = { code: 'issueNotVisible' };

/**
 * Whether the user may do what a rule guards, on this issue: Jira is asked as the user, and anything
 * but a clear yes is a no.
 */
export async function requireAccess(rule: AccessRule, issueId: string): Promise<Result<true>> {
  const [holds, groupIds] = await Promise.all([
    holdsOnIssue(rule.permission, issueId),
    rule.groups.length === 0 ? null : readOwnGroupIds(),
  ]);
  const permitted = fromJira(holds, NOT_VISIBLE);
  if (permitted.kind === 'problem') return permitted;
  if (!permitted.value) return err({ code: 'notPermitted', needed: rule.permission });
  return requireGroup(rule, groupIds);
}
