import type { IssueEvent } from '../../../../sandbox/forge/productEvents';
import { createJira, type Jira } from '../../../../sandbox/jira';
import { createSimulator } from '../../../../sandbox/shorterloop';

const members = createSimulator({ members: 60 }).truth.snapshot().members;
let events: IssueEvent[];
let nowMs: number;
let jira: Jira;
beforeEach(() => {
  events = [];
  nowMs = 1_790_000_000_000;
  jira = createJira({ members, clock: { now: () => nowMs }, onEvent: (event) => events.push(event) });
});
const reporterOf = (key: string): string | null | undefined =>
  jira.issues.find((issue) => issue.key === key)?.reporterAccountId;
const someone = (): string => String(jira.issueFor('many').reporterAccountId);

test('somebody creates an issue that they report, under the next number', () => {
  const made = jira.createIssueAs(jira.defaultAccountId, { summary: 'A wish', type: 'Idea' });
  expect(made).toMatchObject({
    kind: 'changed',
    issue: { key: 'ACME-121', summary: 'A wish', reporterAccountId: jira.defaultAccountId, createdMs: nowMs },
  });
  expect(jira.createIssueAs(jira.defaultAccountId, { summary: 'Another', type: 'Bug' })).toMatchObject({
    issue: { key: 'ACME-122', type: { name: 'Bug' }, status: { name: 'To do' } },
  });
  expect(events).toMatchObject([
    { eventType: 'avi:jira:created:issue', atlassianId: jira.defaultAccountId, issue: { key: 'ACME-121' } },
    { eventType: 'avi:jira:created:issue', issue: { key: 'ACME-122' } },
  ]);
});

test('an admin says who reports a new issue, and who reports an old one', () => {
  const admin = jira.adminAccountId;
  expect(jira.createIssueAs(admin, { summary: 'By phone', type: 'Task', reporterAccountId: someone() })).toMatchObject({
    issue: { reporterAccountId: someone() },
  });
  const before = reporterOf('ACME-101');
  expect(jira.setReporter(admin, 'ACME-101', someone())).toMatchObject({ issue: { reporterAccountId: someone() } });
  expect(reporterOf('ACME-101')).toBe(someone());
  expect(jira.setReporter(admin, 'ACME-101', null)).toMatchObject({ issue: { reporterAccountId: null } });
  expect(events.slice(1)).toMatchObject([
    { atlassianId: admin, changelog: { items: [{ field: 'reporter', from: before, to: someone() }] } },
    { changelog: { items: [{ field: 'reporter', from: someone(), to: null }] } },
  ]);
});

test('a deleted issue is gone, and its number is not used again', async () => {
  const admin = jira.adminAccountId;
  const made = jira.createIssueAs(admin, { summary: 'A wish', type: 'Idea' });
  expect(made).toMatchObject({ issue: { key: 'ACME-121' } });
  expect(jira.deleteIssue(admin, 'ACME-121')).toMatchObject({ kind: 'changed', issue: { summary: 'A wish' } });
  expect(jira.deleteIssue(admin, 'ACME-101')).toMatchObject({ kind: 'changed' });
  expect(await jira.search(admin, 'summary ~ "activity report"')).toEqual({ kind: 'found', issues: [] });
  expect(jira.createIssueAs(admin, { summary: 'Next', type: 'Idea' })).toMatchObject({ issue: { key: 'ACME-122' } });
  expect(events.map(({ eventType }) => eventType.split(':')[2])).toEqual(['created', 'deleted', 'deleted', 'created']);
  jira.reset();
  expect(jira.issues.map(({ key }) => key)).toEqual(Array.from({ length: 20 }, (_, place) => `ACME-${101 + place}`));
});

test.each([
  ['create as a viewer', () => jira.createIssueAs(jira.viewerAccountId, { summary: 'x', type: 'Bug' }), 403],
  [
    'create for somebody else as an agent',
    () => jira.createIssueAs(jira.defaultAccountId, { summary: 'x', type: 'Bug', reporterAccountId: someone() }),
    403,
  ],
  ['change the reporter as an agent', () => jira.setReporter(jira.defaultAccountId, 'ACME-101', someone()), 403],
  ['delete as an agent', () => jira.deleteIssue(jira.defaultAccountId, 'ACME-101'), 403],
  ['delete what is not there', () => jira.deleteIssue(jira.adminAccountId, 'ACME-999'), 404],
  ['transition what one may not see', () => jira.transition(jira.noAccessAccountId, 'ACME-101', 'Done'), 404],
] as const)('to %s is refused, and nothing happens', (_what, attempt, status) => {
  const before = jira.issues.map((issue) => ({ ...issue }));
  expect(attempt()).toMatchObject({ kind: 'refused', status });
  expect(jira.issues.map((issue) => ({ ...issue }))).toEqual(before);
  expect(events).toEqual([]);
});
