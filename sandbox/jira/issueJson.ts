import type { Asker } from './permissions';
import { PROJECT, type JiraGroup, type JiraIssue, type JiraPerson } from './types';

/** The address that stands in `self` links; nothing listens there. */
export const SITE_URL = 'https://acme-cloud.atlassian.example';

/** A user as Jira answers one; the e-mail only where the asker may see it. */
export function userJson(person: JiraPerson, asker: Asker): Record<string, unknown> {
  const isSelf = asker.kind === 'person' && asker.person.accountId === person.accountId;
  const seesEmail =
    isSelf ||
    person.emailVisibility === 'everyone' ||
    (person.emailVisibility === 'issueOnly' && asker.kind === 'person');
  return {
    self: `${SITE_URL}/rest/api/3/user?accountId=${encodeURIComponent(person.accountId)}`,
    accountId: person.accountId,
    ...(seesEmail && person.email !== null ? { emailAddress: person.email } : {}),
    avatarUrls: avatarUrlsOf(person.accountId),
    displayName: person.displayName,
    active: person.active,
    timeZone: 'Europe/Stockholm',
    accountType: person.accountType,
  };
}

/** The four sizes of an avatar, of a person or a project. */
export function avatarUrlsOf(id: string): Record<string, string> {
  const avatar = `${SITE_URL}/avatars/${encodeURIComponent(id)}`;
  return { '48x48': avatar, '24x24': avatar, '16x16': avatar, '32x32': avatar };
}

/** The one project, as Jira answers it anywhere. */
export function projectJson(): Record<string, unknown> {
  const { id, key, name, type } = PROJECT;
  return {
    self: `${SITE_URL}/rest/api/3/project/${id}`,
    id,
    key,
    name,
    avatarUrls: avatarUrlsOf(`project-${id}`),
    projectTypeKey: type,
    simplified: false,
    style: 'classic',
  };
}

/** Groups as `GET /rest/api/3/myself?expand=groups` answers them. */
export function groupsJson(groups: readonly JiraGroup[]): Record<string, unknown> {
  const items = groups.map(({ groupId, name }) => ({
    name,
    groupId,
    self: `${SITE_URL}/rest/api/3/group?groupId=${groupId}`,
  }));
  return { size: items.length, items };
}

/**
 * An issue as `GET /rest/api/3/issue` answers it.
 * @param fields the `fields` parameter: names with commas, `*all`, or `-name` for all but one; null for all
 */
export function issueJson(
  issue: JiraIssue,
  people: readonly JiraPerson[],
  asker: Asker,
  fields: string | null,
): Record<string, unknown> {
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: `${SITE_URL}/rest/api/3/issue/${issue.id}`,
    key: issue.key,
    fields: chosen(allFields(issue, people, asker), fields),
  };
}

function allFields(issue: JiraIssue, people: readonly JiraPerson[], asker: Asker): Record<string, unknown> {
  const user = (accountId: string | null): Record<string, unknown> | null => {
    const person = people.find((candidate) => candidate.accountId === accountId);
    return person === undefined ? null : userJson(person, asker);
  };
  return {
    ...issue.custom,
    summary: issue.summary,
    description: adf(issue.description),
    issuetype: { id: issue.type.id, name: issue.type.name, subtask: false },
    project: projectJson(),
    status: { id: issue.status.id, name: issue.status.name, statusCategory: { key: issue.status.category } },
    priority: { name: issue.priority },
    labels: issue.labels,
    components: issue.components.map((name) => ({ name })),
    reporter: user(issue.reporterAccountId),
    assignee: user(issue.assigneeAccountId),
    created: jiraDate(issue.createdMs),
    updated: jiraDate(issue.updatedMs),
    resolutiondate: issue.resolvedMs === null ? null : jiraDate(issue.resolvedMs),
    comment: {
      comments: issue.comments.map((comment, place) => ({
        id: `${issue.id}${place}`,
        author: user(comment.authorAccountId),
        body: adf([comment.text]),
        created: jiraDate(comment.atMs),
      })),
      total: issue.comments.length,
    },
  };
}

function chosen(all: Record<string, unknown>, fields: string | null): Record<string, unknown> {
  const names = (fields ?? '*all').split(',').map((name) => name.trim());
  const without = names.filter((name) => name.startsWith('-')).map((name) => name.slice(1));
  const everything = names.every((name) => name.startsWith('-') || name === '*all' || name === '*navigable');
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => (everything || names.includes(name)) && !without.includes(name)),
  );
}

function adf(paragraphs: readonly string[]): Record<string, unknown> {
  return {
    type: 'doc',
    version: 1,
    content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  };
}

/** Jira writes the zone without a colon: `2026-01-31T10:00:00.000+0000`. */
function jiraDate(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}
