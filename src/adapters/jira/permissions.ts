import { route, type Route } from '@forge/api';
import { z } from 'zod';
import type { JiraPermission } from '../../contract';
import { getJson, type As, type JiraResult } from './request';

const permissionSchema = z.object({ havePermission: z.boolean() });

/** What is said of these permissions; of what was not asked for any form will do. */
function permissionsSchema(asked: readonly JiraPermission[]) {
  const shape: Record<string, z.ZodOptional<typeof permissionSchema>> = Object.fromEntries(
    asked.map((permission) => [permission, permissionSchema.optional()]),
  );
  return z.object({ permissions: z.object(shape) });
}

type Permissions = z.infer<ReturnType<typeof permissionsSchema>>;

/** Where permissions are asked for: on an issue, in a project, or at least somewhere. */
export type PermissionPlace =
  | { readonly kind: 'issue'; readonly issueId: string }
  | { readonly kind: 'project'; readonly projectKey: string }
  | { readonly kind: 'anywhere' };

/**
 * Which of these permissions someone holds at a place. Anything but a clear yes is a no.
 * @returns `failed` with status 404 when they may not see the issue or the project
 * @see
 *   https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/#api-rest-api-3-mypermissions-get
 */
export async function heldAt(
  place: PermissionPlace,
  permissions: readonly JiraPermission[],
  as: As = 'user',
): Promise<JiraResult<ReadonlySet<JiraPermission>>> {
  const asked = [...new Set(permissions)].join(',');
  const answer = await getJson(as, pathOf(place, asked), permissionsSchema(permissions));
  if (answer.kind === 'problem') return answer;
  return {
    kind: 'ok',
    value: new Set(permissions.filter((permission) => answer.value.permissions[permission]?.havePermission === true)),
  };
}

function pathOf(place: PermissionPlace, permissions: string): Route {
  switch (place.kind) {
    case 'issue':
      return route`/rest/api/3/mypermissions?permissions=${permissions}&issueId=${place.issueId}`;
    case 'project':
      return route`/rest/api/3/mypermissions?permissions=${permissions}&projectKey=${place.projectKey}`;
    case 'anywhere':
      return route`/rest/api/3/mypermissions?permissions=${permissions}`;
  }
}

/** Whether the user administers Jira. Anything but a clear yes is a no. @see {@link heldAt} */
export async function mayAdministerJira(): Promise<JiraResult<boolean>> {
  return held(
    await getJson('user', route`/rest/api/3/mypermissions?permissions=ADMINISTER`, permissionsSchema(['ADMINISTER'])),
    'ADMINISTER',
  );
}

/**
 * Whether the user may write rules somewhere: they administer Jira, or at least one project. Anything
 * but a clear yes is a no. @see {@link heldAt}
 */
export async function mayWriteRules(): Promise<JiraResult<boolean>> {
  const answer = await getJson(
    'user',
    route`/rest/api/3/mypermissions?permissions=ADMINISTER,ADMINISTER_PROJECTS`,
    permissionsSchema(['ADMINISTER', 'ADMINISTER_PROJECTS']),
  );
  const administers = held(answer, 'ADMINISTER');
  return administers.kind === 'ok' && !administers.value ? held(answer, 'ADMINISTER_PROJECTS') : administers;
}

function held(answer: JiraResult<Permissions>, permission: JiraPermission): JiraResult<boolean> {
  if (answer.kind === 'problem') return answer;
  return { kind: 'ok', value: answer.value.permissions[permission]?.havePermission === true };
}
