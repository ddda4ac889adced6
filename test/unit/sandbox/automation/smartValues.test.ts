import { issueValues, operatorsOf, withSmartValues } from '../../../../sandbox/automation/smartValues';
import { createJira } from '../../../../sandbox/jira';
import { createSimulator } from '../../../../sandbox/shorterloop';

const jira = createJira({ members: createSimulator({ members: 60 }).truth.snapshot().members });
const values = {
  issue: issueValues(jira, 'ACME-101'),
  reporter: { segmentNames: 'A, B', count: 2, found: true, memberId: null },
};
const issue = jira.issueFor('one');

test.each([
  ['{{issue.key}}', 'ACME-101'],
  ['{{ issue.key }}: {{issue.summary}}', `ACME-101: ${issue.summary}`],
  [
    '{{issue.status.name}}/{{issue.priority.name}}/{{issue.issueType.name}}',
    `${issue.status.name}/${issue.priority}/${issue.type.name}`,
  ],
  ['{{issue.labels}}', issue.labels.join(', ')],
  [
    '{{issue.reporter.displayName}}',
    jira.people.find(({ accountId }) => accountId === issue.reporterAccountId)?.displayName,
  ],
  ['{{reporter.segmentNames}} {{reporter.count}} {{reporter.found}}', 'A, B 2 true'],
  ['[{{reporter.memberId}}{{reporter.nothing}}{{nothing.at.all}}{{issue.status}}]', '[]'],
  ['{{issue.key.length}}{{constructor.name}}', ''],
  ['{issue.key} {{}} {{a b}}', '{issue.key} {{}} {{a b}}'],
])('%s becomes %s', (text, expected) => {
  expect(withSmartValues(text, values)).toBe(expected);
});

test('an issue without a reporter, or none at all, has empty values', () => {
  expect(
    withSmartValues('[{{issue.reporter.displayName}}]', { issue: issueValues(jira, jira.issueFor('noReporter').key) }),
  ).toBe('[]');
  expect(issueValues(jira, 'ACME-9')).toEqual({});
});

test.each([
  ['GET', 'reporter', ['fetchedShorterloopReporter', 'reporter']],
  ['UPDATE', 'write', ['updatedShorterloopWrite', 'write']],
  ['DELETE', 'write', ['deletedShorterloopWrite', 'write']],
  ['CREATE', 'write', ['createdShorterloopWrite', 'write']],
])('the outputs of a %s are found under both names that a site may give them', (actionVerb, entityName, names) => {
  expect(operatorsOf({ actionVerb, outputContext: { entityName, outputDomain: 'shorterloop' } })).toEqual(names);
});

test('an action without outputs has no name for them', () => {
  expect(operatorsOf({ actionVerb: 'GET' })).toEqual([]);
});
