import { route } from '@forge/api';
import { z } from 'zod';
import type { JiraPermission } from '../../contract';
import { askJson, type JiraResult } from './request';

/** How many issues one question may name. */
const ISSUES_AT_ONCE = 1_000;

const checkedSchema = z.object({
  globalPermissions: z.array(z.string()).default([]),
  projectPermissions: z
    .array(z.object({ permission: z.string(), issues: z.array(z.number()).default([]) }))
    .default([]),
});

/**
 * On which of these issues the user holds a permission. Anything but a clear yes is a no.
 * @param issueIds ids, not keys: Jira takes nothing else here
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/
 *   api-rest-api-3-permissions-check-post
 */
export async function issuesPermitted(
  permission: JiraPermission,
  issueIds: readonly string[],
): Promise<JiraResult<ReadonlySet<string>>> {
  const permitted = new Set<string>();
  for (let start = 0; start < issueIds.length; start += ISSUES_AT_ONCE) {
    const issues = issueIds.slice(start, start + ISSUES_AT_ONCE).map(Number);
    // A question changes nothing, so that it may be asked again although it is a POST.
    const body = { projectPermissions: [{ permissions: [permission], issues, projects: [] }] };
    const answer = await askJson('user', 'POST', route`/rest/api/3/permissions/check`, { body, schema: checkedSchema });
    if (answer.kind === 'problem') return answer;
    for (const held of answer.value.projectPermissions)
      if (held.permission === permission) for (const id of held.issues) permitted.add(String(id));
  }
  return { kind: 'ok', value: permitted };
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
    ...globalPermissions,
    ...projectPermissions.filter(({ issues }) => issues.includes(Number(issueId))).map(({ permission }) => permission),
  ]);
  return { kind: 'ok', value: wanted.filter((permission) => held.has(permission)) };
}
