import { type AccessRule, type Problem, err, type Result } from '../../contract';
import { holdsAnywhere, readOwnGroupIds } from '../../adapters/jira';
import { fromJira } from '../result';
import { requireGroup } from './group';

/**
 * Whether the user may start something that a rule guards at all: they hold its permission somewhere and are in
 * one of its groups. On which issues they hold it has to be asked for these. Fails closed.
 */
export async function requireAccessSomewhere(rule: AccessRule): Promise<Result<true>> {
  const refused: Problem = { code: 'notPermitted', needed: rule.permission };
  const [holds, groupIds] = await Promise.all([
    holdsAnywhere(rule.permission),
    rule.groups.length === 0 ? null : readOwnGroupIds(),
  ]);
  const permitted = fromJira(holds, refused);
  if (permitted.kind === 'problem') return permitted;
  if (!permitted.value) return err(refused);
  return requireGroup(rule, groupIds);
}
