import { conditionsOf, type AccessFacts, type GuardedAct } from '../../../domain/access';
import { z } from 'zod';
import {
  ACTS,
  isInScope,
  plainName,
  type AccessSettings,
  type Result,
  type TestAsInput,
  type Verdict,
  ok,
} from '../../../contract';
import { ISSUE_NOT_VISIBLE } from '../../../usecases/access';
import { fromJira, parseInput } from '../../../usecases/result';
import { readGroupIdsOf, readIssueReporter, readPermissionsOf } from '../../../adapters/jira';
import { readAccess, readProjectScope } from '../../../adapters/store';
import type { AdminRequest } from '../request';

const inputSchema: z.ZodType<TestAsInput> = z.object({
  accountId: z.string().min(1).max(200).nullable(),
  // What can't be seen is copied along from pages.
  issueKey: z.string().transform(plainName).pipe(z.string().min(1).max(255)),
});

/**
 * Whether someone may look, move, remove and run in bulk on an issue, and which condition holds or
 * does not. Jira is asked as the admin, who may ask about others; nothing is done in anybody's name.
 * Of the app itself only what it sees is told: that is what decides an API client's request.
 */
export async function testAs(_request: AdminRequest, payload: unknown): Promise<Result<readonly Verdict[]>> {
  const input = parseInput(inputSchema, payload);
  if (input.kind === 'problem') return input;
  const { accountId, issueKey } = input.value;
  const [issueAnswer, access, scope] = await Promise.all([
    readIssueReporter(issueKey),
    readAccess(),
    readProjectScope(),
  ]);
  const issue = fromJira(issueAnswer, ISSUE_NOT_VISIBLE);
  if (issue.kind === 'problem') return issue;
  const isProjectOn = isInScope(scope, issue.value.projectId);
  if (accountId === null) {
    const facts = {
      sees: await appSees(issue.value.issueId),
      isProjectOn,
      permissions: new Set<string>(),
      groups: null,
    };
    return ok([verdictOf('look', access, facts)]);
  }
  const rules = ACTS.map((act) => access[act]);
  const [held, groups] = await Promise.all([
    readPermissionsOf(accountId, issue.value.issueId, [
      'BROWSE_PROJECTS',
      ...rules.map(({ permission }) => permission),
    ]),
    rules.some((rule) => rule.groups.length > 0) ? readGroupIdsOf(accountId) : null,
  ]);
  const permissions = fromJira(held, { code: 'invalidInput', field: 'accountId', reason: { code: 'accountUnknown' } });
  if (permissions.kind === 'problem') return permissions;
  const facts = {
    sees: permissions.value.includes('BROWSE_PROJECTS'),
    isProjectOn,
    permissions: new Set<string>(permissions.value),
    groups: groups?.kind === 'ok' ? groups.value : null,
  };
  return ok((['look', ...ACTS] as const).map((act) => verdictOf(act, access, facts)));
}

/** Whether the app's own user sees an issue that is known to exist; null where Jira did not tell. */
async function appSees(issueId: string): Promise<boolean | null> {
  const seen = await readIssueReporter(issueId, 'app');
  if (seen.kind === 'ok') return true;
  return seen.problem.status === 403 || seen.problem.status === 404 ? false : null;
}

/** What is not known is not allowed, as at the entry point itself. */
function verdictOf(act: GuardedAct, access: AccessSettings, facts: AccessFacts): Verdict {
  const conditions = conditionsOf(act, access, facts);
  return { act, isAllowed: conditions.every(({ holds }) => holds === true), conditions };
}
