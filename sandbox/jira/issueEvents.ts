import { z } from 'zod';
import type { IssueEvent } from '../forge/productEvents';
import { issueJson } from './issueJson';
import type { Asker } from './permissions';
import type { JiraIssue, JiraPerson } from './types';

const fieldsSchema = z.record(z.string(), z.unknown());
/** The app itself sees an event: no address is told with it. */
const AS_APP: Asker = { kind: 'app' };
/** What an event tells of an issue; the page names these and leaves others out. */
const FIELDS = 'summary,issuetype,created,project,reporter,assignee,updated,status';

/** What an event is about, and who caused it; null for nobody, such as a form of the portal. */
export type IssueDoing = {
  readonly issue: JiraIssue;
  readonly people: readonly JiraPerson[];
  readonly byAccountId: string | null;
  readonly nowMs: number;
};

type ChangedField = NonNullable<IssueEvent['changelog']>['items'][number];

/**
 * An event of an issue as Jira sends it. The names of the fields in a changelog are those of Jira's own history.
 * @see https://developer.atlassian.com/platform/forge/events-reference/jira/
 */
export function issueEvent(
  eventType: IssueEvent['eventType'],
  { issue, people, byAccountId, nowMs }: IssueDoing,
  items?: readonly ChangedField[],
): IssueEvent {
  const { id, key } = issue;
  const told = Object.entries(fieldsSchema.parse(issueJson(issue, people, AS_APP, FIELDS).fields));
  const fields = Object.fromEntries(told.map(([name, value]) => [name, withoutAddress(value)]));
  return {
    eventType,
    selfGenerated: false,
    timestamp: String(nowMs),
    issue: { id, key, fields },
    ...(byAccountId === null ? {} : { atlassianId: byAccountId, associatedUsers: [{ accountId: byAccountId }] }),
    ...(items === undefined ? {} : { changelog: { items } }),
  };
}

/** The fields that differ between two states of an issue, as a changelog tells them. */
export function changedFields(before: JiraIssue, after: JiraIssue): ChangedField[] {
  const item = (field: string, from: string | null, to: string | null): ChangedField[] =>
    from === to ? [] : [{ field, fieldId: field, from, to }];
  return [
    ...item('status', before.status.id, after.status.id),
    ...item('priority', before.priority, after.priority),
    ...item('reporter', before.reporterAccountId, after.reporterAccountId),
  ];
}

/** In an event a user is an account id and nothing else, as the page has it. */
function withoutAddress(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'accountId' in value ? { accountId: value.accountId } : value;
}
