import { route } from '@forge/api';
import { z } from 'zod';
import type { JiraPermission } from '../../contract';
import { getJson, type JiraResult } from './request';

const permissionsSchema = z.object({ permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })) });

/**
 * Whether the user holds a permission on this issue. Anything but a clear yes is a no.
 * @returns `failed` with status 404 when they may not see the issue
 * @see
 *   https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/#api-rest-api-3-mypermissions-get
 */
export async function holdsOnIssue(permission: JiraPermission, issueId: string): Promise<JiraResult<boolean>> {
  const path = route`/rest/api/3/mypermissions?permissions=${permission}&issueId=${issueId}`;
  return held(await getJson('user', path, permissionsSchema), permission);
}

/**
 * Which of these permissions the user holds in a project. Anything but a clear yes is a no.
 * @returns `failed` with status 404 when they may not see the project
 * @see {@link holdsOnIssue}
 */
export async function heldInProject(
  permissions: readonly JiraPermission[],
  projectKey: string,
): Promise<JiraResult<ReadonlySet<JiraPermission>>> {
  const asked = [...new Set(permissions)].join(',');
  const path = route`/rest/api/3/mypermissions?permissions=${asked}&projectKey=${projectKey}`;
  const answer = await getJson('user', path, permissionsSchema);
  if (answer.kind === 'problem') return answer;
  return {
    kind: 'ok',
    value: new Set(permissions.filter((permission) => answer.value.permissions[permission]?.havePermission === true)),
  };
}

/**
 * Whether the user holds a permission at least somewhere. Anything but a clear yes is a no. @see {@link holdsOnIssue}
 */
export async function holdsAnywhere(permission: JiraPermission): Promise<JiraResult<boolean>> {
  return held(
    await getJson('user', route`/rest/api/3/mypermissions?permissions=${permission}`, permissionsSchema),
    permission,
  );
}

/** Whether the user administers Jira. Anything but a clear yes is a no. @see {@link holdsOnIssue} */
export async function mayAdministerJira(): Promise<JiraResult<boolean>> {
  return held(
    await getJson('user', route`/rest/api/3/mypermissions?permissions=ADMINISTER`, permissionsSchema),
    'ADMINISTER',
  );
}

/**
 * Whether the user may write rules somewhere: they administer Jira, or at least one project. Anything
 * but a clear yes is a no. @see {@link holdsOnIssue}
 */
export async function mayWriteRules(): Promise<JiraResult<boolean>> {
  const answer = await getJson(
    'user',
    route`/rest/api/3/mypermissions?permissions=ADMINISTER,ADMINISTER_PROJECTS`,
    permissionsSchema,
  );
  const administers = held(answer, 'ADMINISTER');
  return administers.kind === 'ok' && !administers.value ? held(answer, 'ADMINISTER_PROJECTS') : administers;
}

function held(answer: JiraResult<z.infer<typeof permissionsSchema>>, permission: JiraPermission): JiraResult<boolean> {
  if (answer.kind === 'problem') return answer;
  return { kind: 'ok', value: answer.value.permissions[permission]?.havePermission === true };
}
