import { handleIssues } from '../../../sandbox/issueControl';
import { createJira, type Jira } from '../../../sandbox/jira';
import { createSimulator } from '../../../sandbox/shorterloop';

const members = createSimulator({ members: 60 }).truth.snapshot().members;
let jira: Jira;
beforeEach(() => {
  jira = createJira({ members });
});
const ask = (what: string, body: unknown, viewer = jira.adminAccountId) => handleIssues(jira, what, body, viewer);

test('an issue is created, given to somebody else and deleted, as whoever the bar is set to', () => {
  const someone = jira.issueFor('one').reporterAccountId;
  expect(ask('POST /__sandbox/issues', { summary: ' A wish ' })).toEqual({ status: 200, body: { key: 'ACME-121' } });
  const created = jira.issues.find(({ key }) => key === 'ACME-121');
  expect(created).toMatchObject({ summary: 'A wish', type: { name: 'Story' }, reporterAccountId: jira.adminAccountId });
  const given = { issueKey: 'ACME-121', reporterAccountId: someone };
  expect(ask('POST /__sandbox/issues/reporter', given)).toEqual({ status: 200, body: { key: 'ACME-121' } });
  expect(created?.reporterAccountId).toBe(someone);
  expect(ask('POST /__sandbox/issues/delete', { issueKey: 'ACME-121' })).toMatchObject({ status: 200 });
  expect(jira.issues).not.toContain(created);
});

test('a person that is named goes before whoever looks, and gets what Jira says of a refusal', () => {
  const body = { issueKey: 'ACME-101', accountId: jira.viewerAccountId };
  expect(ask('POST /__sandbox/issues/delete', body)).toEqual({
    status: 403,
    body: { error: 'You do not have permission to delete this issue.' },
  });
});

test.each([
  ['no summary', {}],
  ['an empty one', { summary: ' ' }],
  ['a type that there is not', { summary: 'x', type: 'Epic' }],
  ['something else beside', { summary: 'x', status: 'Done' }],
])('%s is refused with what is wrong', (_what, body) => {
  expect(ask('POST /__sandbox/issues', body)).toMatchObject({ status: 400 });
  expect(jira.issues).toHaveLength(20);
});

test('anything else is for others to answer', () => {
  expect(ask('GET /__sandbox/issues', undefined)).toBeNull();
});
