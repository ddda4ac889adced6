import { isInGroup } from '../../../usecases/access';
import { z } from 'zod';
import {
  ACTS,
  isInScope,
  type AccessRule,
  type Result,
  type Condition,
  type TestAsInput,
  type Verdict,
  ok,
} from '../../../contract';
import { fromJira, parseInput } from '../../../usecases/result';
import { readGroupIdsOf, readIssueReporter, readPermissionsOf } from '../../../adapters/jira';
import { readAccess, readProjectScope } from '../../../adapters/store';
import type { AdminRequest } from '../request';

const inputSchema: z.ZodType<TestAsInput> = z.object({
  accountId: z.string().min(1).max(200).nullable(),
  issueKey: z.string().trim().min(1).max(255),
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
  const issue = fromJira(issueAnswer, { code: 'issueNotVisible' });
  if (issue.kind === 'problem') return issue;
  const isOn: Condition = { kind: 'projectOn', holds: isInScope(scope, issue.value.projectId) };
  if (accountId === null)
    return ok([verdictOf('look', [{ kind: 'seesIssue', holds: await appSees(issue.value.issueId) }, isOn])]);
  const rules = ACTS.map((act) => ({ act, rule: access[act] }));
  const [held, groups] = await Promise.all([
    readPermissionsOf(accountId, issue.value.issueId, ['BROWSE_PROJECTS', ...rules.map(({ rule }) => rule.permission)]),
    rules.some(({ rule }) => rule.groups.length > 0) ? readGroupIdsOf(accountId) : null,
  ]);
  const permissions = fromJira(held, { code: 'invalidInput', field: 'accountId', reason: { code: 'accountUnknown' } });
  if (permissions.kind === 'problem') return permissions;
  const groupIds = groups?.kind === 'ok' ? groups.value : null;
  const always: readonly Condition[] = [
    { kind: 'seesIssue', holds: permissions.value.includes('BROWSE_PROJECTS') },
    isOn,
  ];
  return ok([
    verdictOf('look', always),
    ...rules.map(({ act, rule }) => verdictOf(act, [...always, ...conditionsOf(rule, permissions.value, groupIds)])),
  ]);
}

/** Whether the app's own user sees an issue that is known to exist; null where Jira did not tell. */
async function appSees(issueId: string): Promise<boolean | null> {
  const seen = await readIssueReporter(issueId, 'app');
  if (seen.kind === 'ok') return true;
  return seen.problem.status === 403 || seen.problem.status === 404 ? false : null;
}

function conditionsOf(
  { permission, groups }: AccessRule,
  held: readonly string[],
  groupIds: readonly string[] | null,
): Condition[] {
  const permitted: Condition = { kind: 'permission', permission, holds: held.includes(permission) };
  if (groups.length === 0) return [permitted];
  const isIn = groupIds === null ? null : isInGroup({ groups }, groupIds);
  return [permitted, { kind: 'inGroup', groups: groups.map(({ name }) => name), holds: isIn }];
}

/** What is not known is not allowed, as at the entry point itself. */
function verdictOf(act: Verdict['act'], conditions: readonly Condition[]): Verdict {
  return { act, isAllowed: conditions.every(({ holds }) => holds === true), conditions };
}
