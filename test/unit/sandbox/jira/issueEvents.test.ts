import type { IssueEvent } from '../../../../sandbox/forge/productEvents';
import { createJira, issueEvent, type Jira } from '../../../../sandbox/jira';
import { createSimulator } from '../../../../sandbox/shorterloop';

const { members } = createSimulator({ members: 60 }).truth.snapshot();
const nowMs = 1_790_000_000_000;
let told: IssueEvent[];
let jira: Jira;
beforeEach(() => {
  told = [];
  const onHappening = (happening: Parameters<typeof issueEvent>[0]): void =>
    void told.push(issueEvent(happening, jira.people, nowMs));
  jira = createJira({ members, clock: { now: () => nowMs }, onHappening });
});

test('an issue that is created is told with its reporter and project, and no address', () => {
  const { id, key, reporterAccountId } = jira.createIssue('ACME-101');
  expect(told).toMatchObject([
    {
      eventType: 'avi:jira:created:issue',
      selfGenerated: false,
      timestamp: '1790000000000',
      atlassianId: reporterAccountId,
      issue: { id, key, fields: { project: { id: '10000', key: 'ACME' } } },
    },
  ]);
  expect(told[0]?.issue.fields.reporter).toEqual({ accountId: reporterAccountId });
  expect(told[0]).not.toHaveProperty('changelog');
  expect(JSON.stringify(told)).not.toContain('@');
});

test('a change is told with the fields that it changed, and with no others', () => {
  jira.transition(jira.defaultAccountId, 'ACME-101', 'Done');
  jira.setPriority(jira.defaultAccountId, 'ACME-101', 'Low');
  jira.setReporter(jira.adminAccountId, 'ACME-101', null);
  expect(told.map(({ eventType }) => eventType)).toEqual(Array(3).fill('avi:jira:updated:issue'));
  expect(told.map(({ changelog }) => changelog?.items.map(({ field }) => field))).toEqual([
    ['status'],
    ['priority'],
    ['reporter'],
  ]);
  expect(told[2]).toMatchObject({
    atlassianId: jira.adminAccountId,
    issue: { fields: { reporter: null } },
    changelog: { items: [{ fieldId: 'reporter', from: expect.any(String), to: null }] },
  });
});

test('an issue that is deleted is told of once', () => {
  jira.deleteIssue(jira.adminAccountId, 'ACME-102');
  jira.deleteIssue(jira.adminAccountId, 'ACME-102');
  expect(told.map(({ eventType, issue }) => [eventType, issue.key])).toEqual([['avi:jira:deleted:issue', 'ACME-102']]);
});
