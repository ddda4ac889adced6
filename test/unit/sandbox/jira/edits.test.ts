import { createJira, type IssueHappening, type Jira } from '../../../../sandbox/jira';
import { createSimulator } from '../../../../sandbox/shorterloop';

const members = createSimulator({ members: 60 }).truth.snapshot().members;
let happenings: IssueHappening[];
let nowMs: number;
let jira: Jira;
beforeEach(() => {
  happenings = [];
  nowMs = 1_790_000_000_000;
  jira = createJira({ members, clock: { now: () => nowMs }, onHappening: (happening) => happenings.push(happening) });
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
  expect(happenings).toMatchObject([
    { kind: 'created', accountId: jira.defaultAccountId, issue: { key: 'ACME-121' }, changes: [] },
    { kind: 'created', issue: { key: 'ACME-122' } },
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
  expect(happenings.slice(1)).toMatchObject([
    { kind: 'updated', accountId: admin, changes: [{ field: 'reporter', from: before, to: someone() }] },
    { kind: 'updated', changes: [{ field: 'reporter', from: someone(), to: null }] },
  ]);
});

test('a status and a priority are told with what they were, and the same again is nothing that happened', () => {
  const agent = jira.defaultAccountId;
  jira.transition(agent, 'ACME-101', 'Done');
  jira.setPriority(agent, 'ACME-101', 'Low');
  jira.setPriority(agent, 'ACME-101', 'Low');
  expect(happenings.map(({ changes }) => changes)).toEqual([
    [{ field: 'status', from: 'In progress', to: 'Done' }],
    [{ field: 'priority', from: 'High', to: 'Low' }],
  ]);
});

test('what was told stays as it was then', () => {
  jira.transition(jira.defaultAccountId, 'ACME-101', 'Done');
  jira.transition(jira.defaultAccountId, 'ACME-101', 'To do');
  expect(happenings.map(({ issue }) => issue.status.name)).toEqual(['Done', 'To do']);
});

test('a deleted issue is gone, and its number is not used again', async () => {
  const admin = jira.adminAccountId;
  const made = jira.createIssueAs(admin, { summary: 'A wish', type: 'Idea' });
  expect(made).toMatchObject({ issue: { key: 'ACME-121' } });
  expect(jira.deleteIssue(admin, 'ACME-121')).toMatchObject({ kind: 'changed', issue: { summary: 'A wish' } });
  expect(jira.deleteIssue(admin, 'ACME-101')).toMatchObject({ kind: 'changed' });
  expect(await jira.search(admin, 'summary ~ "activity report"')).toEqual({ kind: 'found', issues: [] });
  expect(jira.createIssueAs(admin, { summary: 'Next', type: 'Idea' })).toMatchObject({ issue: { key: 'ACME-122' } });
  expect(happenings.map(({ kind }) => kind)).toEqual(['created', 'deleted', 'deleted', 'created']);
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
  expect(happenings).toEqual([]);
});
