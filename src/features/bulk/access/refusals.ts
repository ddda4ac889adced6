import {
  err,
  isInScope,
  ok,
  type AccessSettings,
  type BulkAct,
  type BulkVerdict,
  type Problem,
  type Result,
} from '../../../contract';
import { issuesOutside } from '../../../adapters/jira';
import type { RunPerson } from '../../../domain/runs';
import {
  askAs,
  asOf,
  authorize,
  authorizeOnIssues,
  type AccessRules,
  type Actor,
  type ScopedIssue,
} from '../../../usecases/access';
import { withinJiraBudget } from '../../../usecases/connection';
import { fromJira } from '../../../usecases/result';

/** In whose name a run is asked for: the user of the page, or whoever started it. */
export type RunActor = Extract<Actor, { kind: 'user' | 'account' }>;

/**
 * Why somebody is left out of a run: the app is not used in the project of their issue, or the actor may not do there
 * what the run does.
 */
export type RunRefusal = Extract<BulkVerdict, 'projectOff' | 'notPermitted'>;

/** By what somebody is in a run: an issue that they reported, null where they are from a list of accounts. */
export type Covering = ScopedIssue | null;

/** By what a person of a run is in it. An issue whose project is not known is in none where the app is used. */
function coveringOf({ issueId, projectId }: Pick<RunPerson, 'issueId' | 'projectId'>): Covering {
  return issueId === null ? null : { issueId, projectId: projectId ?? NO_PROJECT };
}

/** No project's id: the app is used in none of that id. */
const NO_PROJECT = '';
const ANYWHERE = { kind: 'anywhere' } as const;

/**
 * Why people are left out of a run, by the issue that covers each: what a run does needs the rule for bulk and the
 * rule for what it does to each person. Whoever is covered by no issue is only for those who may run in bulk as Jira
 * admins, on whose permission no project has a say.
 * @returns a problem when Jira can't say: then nothing may be done, and it may be asked again
 */
export async function refusalsOf(
  actor: RunActor,
  act: BulkAct['kind'],
  covering: readonly Covering[],
  rules: AccessRules,
): Promise<Result<readonly (RunRefusal | null)[]>> {
  const issues = covering.filter((issue) => issue !== null);
  const [onIssues, anywhere] = await Promise.all([
    issues.length === 0 ? ok(new Map<string, Problem>()) : authorizeOnIssues(actor, ['bulk', act], issues, rules),
    issues.length === covering.length ? ok(null) : refusalAnywhere(actor, act, rules),
  ]);
  if (anywhere.kind === 'problem') return anywhere;
  const problems = onIssues.kind === 'problem' ? [onIssues.problem] : [...onIssues.value.values()];
  const outage = problems.find(isOutage);
  if (outage !== undefined) return err(outage);
  return ok(
    covering.map((issue) => {
      if (issue === null) return anywhere.value;
      const problem = onIssues.kind === 'ok' ? (onIssues.value.get(issue.issueId) ?? null) : onIssues.problem;
      return problem === null ? null : refusalBy(problem);
    }),
  );
}

/**
 * {@link refusalsOf} for people of whom it was read earlier by which issue each is in a run. An issue may have been
 * moved since: where the app is not used in every project, Jira is asked which of them have left those where it is.
 */
export async function refusalsNow(
  actor: RunActor,
  act: BulkAct['kind'],
  people: readonly Pick<RunPerson, 'issueId' | 'projectId'>[],
  rules: AccessRules,
): Promise<Result<readonly (RunRefusal | null)[]>> {
  const covering = people.map(coveringOf);
  const outside = await outsideOf(actor, covering, rules);
  if (outside.kind === 'problem') return outside;
  const now = covering.map((issue) =>
    issue !== null && outside.value.has(issue.issueId) ? { ...issue, projectId: NO_PROJECT } : issue,
  );
  return refusalsOf(actor, act, now, rules);
}

async function outsideOf(
  actor: RunActor,
  covering: readonly Covering[],
  { scope }: AccessRules,
): Promise<Result<ReadonlySet<string>>> {
  const issueIds = covering.flatMap((issue) =>
    issue !== null && isInScope(scope, issue.projectId) ? [issue.issueId] : [],
  );
  if (scope.kind === 'all' || issueIds.length === 0) return ok(new Set());
  const projectIds = scope.projects.map(({ id }) => id);
  const asked = [...new Set(issueIds)];
  const as = asOf(actor);
  const answer = await askAs(as, () => withinJiraBudget(asked.length + 1, () => issuesOutside(asked, projectIds, as)));
  const found = answer.kind === 'ok' ? fromJira(answer.value) : answer;
  if (found.kind === 'ok') return ok(found.value.outside);
  const { problem } = found;
  // A clear no to the question itself is one for each of them.
  const isRefusal = problem.code === 'consentNeeded' || (problem.code === 'jira' && !isOutage(problem));
  return isRefusal ? ok(new Set(asked)) : found;
}

/** Whether people who are covered by no issue may be in a run of somebody for whom these settings hold. */
export function takesAccounts({ bulk }: AccessSettings): boolean {
  return bulk.permission === 'ADMINISTER';
}

async function refusalAnywhere(
  actor: RunActor,
  act: BulkAct['kind'],
  rules: AccessRules,
): Promise<Result<RunRefusal | null>> {
  if (!takesAccounts(rules.access)) return ok('notPermitted');
  const allowed = await authorize(actor, ['bulk', act], ANYWHERE, rules);
  if (allowed.kind === 'ok') return ok(null);
  return isOutage(allowed.problem) ? allowed : ok(refusalBy(allowed.problem));
}

/**
 * Whether the actor may run in bulk at all; on which issues is asked for each.
 * @returns the problem when they may not, and when Jira can't say
 */
export function requireBulk(actor: RunActor, rules: AccessRules): Promise<Result<true>> {
  return authorize(actor, ['bulk'], ANYWHERE, rules);
}

/**
 * Whether a problem tells nothing of what somebody may do. That Jira does not let an account ask at all does (assumed:
 * 401 or 403 of an account that was closed or may not use Jira any more).
 */
export function isOutage(problem: Problem): boolean {
  return problem.code === 'jira' && problem.status !== 401 && problem.status !== 403;
}

function refusalBy({ code }: Problem): RunRefusal {
  return code === 'projectOff' ? code : 'notPermitted';
}
