import { z } from 'zod';
import type { IssueEvent } from '../forge/productEvents';
import type { IssueHappening } from './edits';
import { issueJson } from './issueJson';
import type { Asker } from './permissions';
import type { JiraPerson } from './types';

const fieldsSchema = z.record(z.string(), z.unknown());
/** The app itself sees an event: no address is told with it. */
const AS_APP: Asker = { kind: 'app' };
/** What an event tells of an issue; the page names these and leaves others out. */
const FIELDS = 'summary,issuetype,created,project,reporter,assignee,updated,status';

/**
 * What a person did to an issue, as Jira tells apps of it. A changelog goes with changes only, and names fields as
 * Jira's own history does.
 * @param people those whom the fields of the issue may name
 * @see https://developer.atlassian.com/platform/forge/events-reference/jira/
 */
export function issueEvent(
  { kind, issue, accountId, changes }: IssueHappening,
  people: readonly JiraPerson[],
  nowMs: number,
): IssueEvent {
  const told = Object.entries(fieldsSchema.parse(issueJson(issue, people, AS_APP, FIELDS).fields));
  return {
    eventType: `avi:jira:${kind}:issue`,
    selfGenerated: false,
    timestamp: String(nowMs),
    issue: {
      id: issue.id,
      key: issue.key,
      fields: Object.fromEntries(told.map(([name, value]) => [name, withoutAddress(value)])),
    },
    atlassianId: accountId,
    associatedUsers: [{ accountId }],
    ...(kind === 'updated' ? { changelog: { items: changes.map((item) => ({ ...item, fieldId: item.field })) } } : {}),
  };
}

/** In an event a user is an account id and nothing else, as the page has it. */
function withoutAddress(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'accountId' in value ? { accountId: value.accountId } : value;
}
