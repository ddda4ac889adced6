import { route } from '@forge/api';
import { z } from 'zod';
import type { JiraPermission } from '../../contract';
import { askJson, type As, type JiraResult } from './request';
import { rowsOf } from './rows';

/** How many issues one question may name. */
const ISSUES_AT_ONCE = 1_000;

const NONE = { rows: [], leftOut: 0 };
const checkedSchema = z.object({
  globalPermissions: rowsOf(z.string()).default(NONE),
  projectPermissions: rowsOf(z.object({ permission: z.string(), issues: rowsOf(z.number()).default(NONE) })).default(
    NONE,
  ),
});

/** Which permissions someone holds: everywhere, and on which issues. */
export type HeldOnIssues = {
  readonly everywhere: ReadonlySet<JiraPermission>;
  /** By permission, the ids of the issues on which it is held. */
  readonly onIssues: ReadonlyMap<JiraPermission, ReadonlySet<string>>;
};

/**
 * Which of these permissions someone holds on which of these issues, 1,000 issues a question. Anything but a clear
 * yes is a no. `ADMINISTER` is held everywhere or nowhere.
 * @param issueIds ids, not keys: Jira takes nothing else here
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/
 *   api-rest-api-3-permissions-check-post
 */
export async function heldOnIssues(
  permissions: readonly JiraPermission[],
  issueIds: readonly string[],
  as: As,
): Promise<JiraResult<HeldOnIssues>> {
  const wanted = [...new Set(permissions)];
  const globalPermissions = wanted.filter((permission) => permission === 'ADMINISTER');
  const onIssue = wanted.filter((permission) => permission !== 'ADMINISTER');
  const everywhere = new Set<JiraPermission>();
  const onIssues = new Map(onIssue.map((permission) => [permission, new Set<string>()]));
  for (let start = 0; start < issueIds.length; start += ISSUES_AT_ONCE) {
    const issues = issueIds.slice(start, start + ISSUES_AT_ONCE).map(Number);
    // A question changes nothing, so that it may be asked again although it is a POST.
    const body = { globalPermissions, projectPermissions: [{ permissions: onIssue, issues, projects: [] }] };
    const answer = await askJson(as, 'POST', route`/rest/api/3/permissions/check`, { body, schema: checkedSchema });
    if (answer.kind === 'problem') return answer;
    if (isUnclear(answer.value, onIssue)) return UNCLEAR;
    for (const permission of globalPermissions)
      if (answer.value.globalPermissions.rows.includes(permission)) everywhere.add(permission);
    for (const { permission, issues: held } of answer.value.projectPermissions.rows)
      for (const [asked, ids] of onIssues) if (asked === permission) for (const id of held.rows) ids.add(String(id));
  }
  return { kind: 'ok', value: { everywhere, onIssues } };
}

const UNCLEAR = { kind: 'problem', problem: { status: null, retryAfterMs: null, limit: null } } as const;

/** Whether what was left out may be what Jira says of a permission: that is no refusal, and may be asked again. */
function isUnclear({ projectPermissions }: z.infer<typeof checkedSchema>, asked: readonly JiraPermission[]): boolean {
  const told = new Set(projectPermissions.rows.map(({ permission }) => permission));
  return projectPermissions.leftOut > 0 && asked.some((permission) => !told.has(permission));
}

/**
 * Which of these permissions someone else holds on an issue. Jira tells it to those who administer it.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/
 *   api-rest-api-3-permissions-check-post
 */
export async function readPermissionsOf(
  accountId: string,
  issueId: string,
  permissions: readonly JiraPermission[],
): Promise<JiraResult<JiraPermission[]>> {
  const wanted = [...new Set(permissions)];
  const onIssue = wanted.filter((permission) => permission !== 'ADMINISTER');
  const body = {
    accountId,
    globalPermissions: wanted.filter((permission) => permission === 'ADMINISTER'),
    projectPermissions: [{ issues: [Number(issueId)], permissions: onIssue }],
  };
  const answer = await askJson('user', 'POST', route`/rest/api/3/permissions/check`, { body, schema: checkedSchema });
  if (answer.kind === 'problem') return answer;
  const { globalPermissions, projectPermissions } = answer.value;
  const held = new Set([
    ...globalPermissions.rows,
    ...projectPermissions.rows
      .filter(({ issues }) => issues.rows.includes(Number(issueId)))
      .map(({ permission }) => permission),
  ]);
  return { kind: 'ok', value: wanted.filter((permission) => held.has(permission)) };
}
