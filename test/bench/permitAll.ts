import { z } from 'zod';
import type { JiraRest } from '../../sandbox/forge/jiraRest';

const checkSchema = z.object({
  globalPermissions: z.array(z.string()),
  projectPermissions: z.array(z.object({ permissions: z.array(z.string()), issues: z.array(z.number()) })),
});

/** A Jira in which everybody holds every permission on every issue, and of which nothing else is asked. */
export const permitAll: JiraRest = ({ method, path, body }) => {
  if (method !== 'POST' || path !== '/rest/api/3/permissions/check')
    throw new Error(`A bulk run asks Jira ${method} ${path} while it runs`);
  const { globalPermissions, projectPermissions } = checkSchema.parse(JSON.parse(body ?? ''));
  const held = projectPermissions.flatMap(({ permissions, issues }) =>
    permissions.map((permission) => ({ permission, issues, projects: [] })),
  );
  const headers = { 'content-type': 'application/json' };
  return Promise.resolve({
    status: 200,
    headers,
    body: JSON.stringify({ globalPermissions, projectPermissions: held }),
  });
};
