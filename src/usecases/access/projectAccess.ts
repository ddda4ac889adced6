import { type AccessRule, type Problem, ok, type Result } from '../../contract';
import { heldInProject, readOwnGroupIds } from '../../adapters/jira';
import { fromJira } from '../result';
import { GROUP_NEEDED, isInGroup } from './group';

/** What a project means that Jira does not show. */
export const PROJECT_NOT_VISIBLE: Problem = { code: 'projectNotVisible' };

/**
 * What stands in the user's way for each of several acts in a project; null where nothing does. Jira is
 * asked as the user, once for all of them, and anything but a clear yes is a no.
 * @returns a problem when the project is not theirs to see or Jira can't say
 */
export async function refusalsInProject<Name extends string>(
  rules: Readonly<Record<Name, AccessRule>>,
  projectKey: string,
): Promise<Result<(name: Name) => Problem | null>> {
  const all: AccessRule[] = Object.values(rules);
  const namesGroups = all.some(({ groups }) => groups.length > 0);
  const [held, groupIds] = await Promise.all([
    heldInProject(
      all.map(({ permission }) => permission),
      projectKey,
    ),
    namesGroups ? readOwnGroupIds() : null,
  ]);
  const permitted = fromJira(held, PROJECT_NOT_VISIBLE);
  if (permitted.kind === 'problem') return permitted;
  const own = groupIds === null ? ok<string[]>([]) : fromJira(groupIds, GROUP_NEEDED);
  if (own.kind === 'problem') return own;
  return ok((name) => {
    const { permission } = rules[name];
    if (!permitted.value.has(permission)) return { code: 'notPermitted', needed: permission };
    return isInGroup(rules[name], own.value) ? null : GROUP_NEEDED;
  });
}
