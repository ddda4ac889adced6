import type { IssueEvent } from '../../../../sandbox/forge/productEvents';
import { createJira, type Jira } from '../../../../sandbox/jira';
import { createSimulator } from '../../../../sandbox/shorterloop';

const { members } = createSimulator({ members: 60 }).truth.snapshot();
let told: IssueEvent[];
let jira: Jira;
beforeEach(() => {
  told = [];
  jira = createJira({ members, clock: { now: () => 1_790_000_000_000 }, onEvent: (event) => told.push(event) });
});

test('an issue that is created is told with its reporter and project, and no address', () => {
  const { id, key, reporterAccountId } = jira.createIssue('ACME-101');
  expect(told).toEqual([
    expect.objectContaining({
      eventType: 'avi:jira:created:issue',
      selfGenerated: false,
      timestamp: '1790000000000',
      atlassianId: reporterAccountId,
      issue: expect.objectContaining({ id, key }),
    }),
  ]);
  expect(told[0]?.issue.fields.reporter).toEqual({ accountId: reporterAccountId });
  expect(told[0]?.issue.fields.project).toMatchObject({ id: '10000', key: 'ACME' });
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
    changelog: { items: [{ from: expect.any(String), to: null }] },
  });
});

test('an issue that is deleted is told of once, and is there again after a reset', () => {
  const before = jira.issues.map(({ key }) => key);
  expect(jira.deleteIssue(jira.adminAccountId, 'ACME-102')).toEqual({ kind: 'changed' });
  expect(jira.deleteIssue(jira.adminAccountId, 'ACME-102')).toMatchObject({ kind: 'refused', status: 404 });
  expect(told.map(({ eventType, issue }) => [eventType, issue.key])).toEqual([['avi:jira:deleted:issue', 'ACME-102']]);
  jira.reset();
  expect(jira.issues.map(({ key }) => key)).toEqual(before);
});

test('what somebody may not do is refused, and nobody is told', () => {
  expect(jira.setReporter(jira.viewerAccountId, 'ACME-101', null)).toMatchObject({ kind: 'refused', status: 403 });
  expect(jira.deleteIssue(jira.defaultAccountId, 'ACME-101')).toMatchObject({ kind: 'refused', status: 403 });
  expect(jira.setReporter(jira.noAccessAccountId, 'ACME-101', null)).toMatchObject({ kind: 'refused', status: 404 });
  expect(told).toEqual([]);
});

test('an issue that was created has an id that no deleted one had', () => {
  const first = jira.createIssue('ACME-101');
  jira.deleteIssue(jira.adminAccountId, first.key);
  expect(jira.createIssue('ACME-101').id).not.toBe(first.id);
});
