import { route } from '@forge/api';
import { z } from 'zod';
import { getJson, type JiraResult } from './request';

const permissionSchema = z.object({ havePermission: z.boolean() });
const permissionsSchema = z.object({ permissions: z.record(z.string(), permissionSchema) });

/**
 * Whether the user may edit this issue. Anything but a clear yes is a no.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/#api-rest-api-3-mypermissions-get
 */
export async function mayEditIssue(issueId: string): Promise<JiraResult<boolean>> {
  const path = route`/rest/api/3/mypermissions?permissions=EDIT_ISSUES&issueId=${issueId}`;
  return held(await getJson('user', path, permissionsSchema), 'EDIT_ISSUES');
}

/** Whether the user administers Jira. Anything but a clear yes is a no. @see {@link mayEditIssue} */
export async function mayAdministerJira(): Promise<JiraResult<boolean>> {
  return held(await getJson('user', route`/rest/api/3/mypermissions?permissions=ADMINISTER`, permissionsSchema), 'ADMINISTER');
}

function held(answer: JiraResult<z.infer<typeof permissionsSchema>>, permission: string): JiraResult<boolean> {
  if (answer.kind === 'failed') return answer;
  return { kind: 'ok', value: answer.value.permissions[permission]?.havePermission === true };
}
