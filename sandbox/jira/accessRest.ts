import { z } from 'zod';
import type { JiraRestAnswer } from '../forge/jiraRest';
import { json, refusal } from './answers';
import { projectJson, SITE_URL } from './issueJson';
import { holds, visibleIds, type Asker } from './permissions';
import { PROJECT, type JiraGroup, type JiraIssue, type JiraPerson } from './types';

const checkSchema = z.object({
  accountId: z.string().optional(),
  globalPermissions: z.array(z.string()).default([]),
  projectPermissions: z
    .array(
      z.object({
        permissions: z.array(z.string()),
        issues: z.array(z.number()).default([]),
        projects: z.array(z.number()).default([]),
      }),
    )
    .default([]),
});

/**
 * `POST /rest/api/3/permissions/check`: which permissions someone holds. About others Jira tells those who administer
 * it.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/
 *   #api-rest-api-3-permissions-check-post
 */
export function answerPermissionCheck(
  people: readonly JiraPerson[],
  issues: readonly JiraIssue[],
  asker: Asker,
  body: string | null,
): JiraRestAnswer {
  const parsed = checkSchema.safeParse(JSON.parse(body ?? 'null'));
  if (!parsed.success) return refusal(400, 'Invalid request payload.');
  const { accountId, globalPermissions, projectPermissions } = parsed.data;
  const isOther = accountId !== undefined && !(asker.kind === 'person' && asker.person.accountId === accountId);
  if (isOther && !holds(asker, 'ADMINISTER'))
    return refusal(403, 'You do not have permission to check the permissions of other users.');
  const person = people.find((candidate) => candidate.accountId === accountId);
  if (isOther && person === undefined) return refusal(404, 'The user does not exist.');
  const about: Asker = isOther && person !== undefined ? { kind: 'person', person } : asker;
  return json(200, {
    globalPermissions: globalPermissions.filter((name) => holds(about, name)),
    projectPermissions: projectPermissions.flatMap(({ permissions, issues: ids, projects }) =>
      permissions.map((permission) => ({
        permission,
        issues: holds(about, permission) ? visibleIds(about, issues, ids) : [],
        projects: holds(about, permission) ? projects.filter((id) => String(id) === PROJECT.id) : [],
      })),
    ),
  });
}

/**
 * `GET /rest/api/3/user/groups`: the groups of someone, for who may browse users and groups.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-groups-get
 */
export function answerGroupsOf(
  people: readonly JiraPerson[],
  groupsOf: (accountId: string) => readonly JiraGroup[],
  asker: Asker,
  query: URLSearchParams,
): JiraRestAnswer {
  const accountId = query.get('accountId') ?? '';
  if (!holds(asker, 'USER_PICKER')) return refusal(403, 'You do not have permission to browse users and groups.');
  if (!people.some((person) => person.accountId === accountId)) return refusal(404, 'The user does not exist.');
  return json(
    200,
    groupsOf(accountId).map(({ groupId, name }) => ({
      name,
      groupId,
      self: `${SITE_URL}/rest/api/3/group?groupId=${groupId}`,
    })),
  );
}

/** `GET /rest/api/3/project/{key}`: the one project, for who may browse it. */
export function answerProject(asker: Asker, idOrKey: string): JiraRestAnswer {
  const isMeant = idOrKey === PROJECT.id || idOrKey.toUpperCase() === PROJECT.key;
  if (!isMeant || !holds(asker, 'BROWSE_PROJECTS'))
    return refusal(404, `No project could be found with key '${idOrKey}'.`);
  return json(200, projectJson());
}
