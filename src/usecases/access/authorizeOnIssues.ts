import { isInScope, ok, type Act, type Problem, type Result } from '../../contract';
import { heldOnIssues, readOwnGroupIds, type HeldOnIssues } from '../../adapters/jira';
import { conditionsOf, refusalOf, GROUP_NEEDED } from '../../domain/access';
import { fromJira } from '../result';
import { askAs, asOf, ISSUE_NOT_VISIBLE, type Actor } from './actor';
import type { AccessRules } from './authorize';

/** An issue on which somebody is to be allowed something. */
export type ScopedIssue = { readonly issueId: string; readonly projectId: string };

/**
 * What stands in a person's way of all of these acts, on each of many issues; one that is not in the answer stands in
 * nobody's way. The same conditions as `authorize` judges by, with a question for a thousand issues. That Jira names
 * an issue only to who may see it is not documented of this question: *Browse projects* is asked for as well.
 * @returns a problem when Jira can't say
 */
export async function authorizeOnIssues(
  actor: Extract<Actor, { kind: 'user' | 'account' }>,
  acts: readonly Act[],
  issues: readonly ScopedIssue[],
  { access, scope }: AccessRules,
): Promise<Result<ReadonlyMap<string, Problem>>> {
  const inScope = issues.filter(({ projectId }) => isInScope(scope, projectId));
  const as = asOf(actor);
  const needsGroups = acts.some((act) => access[act].groups.length > 0);
  const permissions = ['BROWSE_PROJECTS' as const, ...acts.map((act) => access[act].permission)];
  return askAs(as, async () => {
    const [checked, groups] = await Promise.all([
      heldOnIssues(
        permissions,
        inScope.map(({ issueId }) => issueId),
        as,
      ),
      needsGroups && inScope.length > 0 ? readOwnGroupIds(as) : null,
    ]);
    const held = fromJira(checked, ISSUE_NOT_VISIBLE);
    if (held.kind === 'problem') return held;
    const own = groups === null ? ok(null) : fromJira(groups, GROUP_NEEDED);
    if (own.kind === 'problem') return own;
    const refusalOn = ({ issueId, projectId }: ScopedIssue): Problem | null => {
      const facts = {
        sees: held.value.onIssues.get('BROWSE_PROJECTS')?.has(issueId) === true,
        isProjectOn: isInScope(scope, projectId),
        permissions: permissionsOn(held.value, issueId),
        groups: own.value,
      };
      if (!facts.isProjectOn) return { code: 'projectOff' };
      const refusals = acts.map((act) => refusalOf(conditionsOf(act, access, facts), ISSUE_NOT_VISIBLE));
      return refusals.find((problem) => problem !== null) ?? null;
    };
    return ok(
      new Map(
        issues.flatMap((issue) => {
          const problem = refusalOn(issue);
          return problem === null ? [] : [[issue.issueId, problem] as const];
        }),
      ),
    );
  });
}

function permissionsOn({ everywhere, onIssues }: HeldOnIssues, issueId: string): ReadonlySet<string> {
  const here = [...onIssues].flatMap(([permission, ids]) => (ids.has(issueId) ? [permission] : []));
  return new Set([...everywhere, ...here]);
}
