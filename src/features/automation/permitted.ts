import type { Problem, Result } from '../../contract';
import { askAs, asOf, authorize, ISSUE_NOT_VISIBLE, type AccessRules, type Actor } from '../../usecases/access';
import { fromJira } from '../../usecases/result';
import { readIssueReporter } from '../../adapters/jira';
import type { QueuedChange } from '../../adapters/store';
import { isTransient } from '../../domain/segments';

/**
 * Whether whoever asked for a change that waited may have it carried out now: the API client stands and has the act
 * ticked, or the rule's user still may by the rule of the act; the issue is there for them, and the app is on in the
 * project that it is in now. Asked before each attempt, as much may have changed since.
 */
export async function stillPermitted(change: QueuedChange, rules: AccessRules): Promise<Result<true>> {
  const actor = actorOf(change);
  if (actor.kind === 'apiClient') {
    // One that was revoked is through with, whatever Jira says.
    const stands = await authorize(actor, [change.kind], { kind: 'anywhere' }, rules);
    if (stands.kind === 'problem') return stands;
  }
  const as = actor.kind === 'account' ? asOf(actor) : 'app';
  const issue = await askAs(as, async () => fromJira(await readIssueReporter(change.issueId, as), ISSUE_NOT_VISIBLE));
  if (issue.kind === 'problem') return issue;
  const { issueId, projectId } = issue.value;
  return authorize(actor, [change.kind], { kind: 'issue', issueId, projectId }, rules);
}

/** Whether what stands in the way may pass by itself, so that the change rests: an outage, of Jira too, does. */
export function isPassing(problem: Problem): boolean {
  if (problem.code !== 'jira') return isTransient(problem) || problem.code === 'jiraBudget';
  // Jira's clear no is none that passes.
  const isRefusal = problem.status !== null && problem.status >= 400 && problem.status < 500;
  return !isRefusal || problem.status === 408 || problem.status === 429;
}

function actorOf({ apiClientId, actorAccountId }: QueuedChange): Exclude<Actor, { kind: 'user' | 'app' }> {
  return apiClientId === null ? { kind: 'account', accountId: actorAccountId } : { kind: 'apiClient', apiClientId };
}
