import { parseEventExpression } from '../../../../sandbox/forge/eventExpression';

const event = {
  issue: { key: 'ACME-1', fields: { project: { id: '10000' }, reporter: null, votes: 2 } },
  changelog: { items: [{ field: 'status' }, { field: 'reporter', from: null }] },
};
const judge = (text: string): unknown => {
  const outcome = parseEventExpression(text)(event);
  return outcome.kind === 'error' ? outcome.why : outcome.kind;
};

test.each([
  ["event.issue.key == 'ACME-1'", 'delivered'],
  ['event.issue.fields.votes == 2 && !(event.issue.key != "ACME-1")', 'delivered'],
  ["event.issue.key == 'other' || true", 'delivered'],
  ["event.changelog.items.some(i => i.field == 'reporter' || i.field == 'project')", 'delivered'],
  ["event.changelog.items.some(i => i.field == 'project')", 'dropped'],
  ["event.changelog.items.every(i => i.field != 'project')", 'delivered'],
  ['event.issue.fields.reporter?.accountId == null', 'delivered'],
  ['event.issue.fields?.assignee == null', 'delivered'],
  ['false', 'dropped'],
])('%s is %s', (text, outcome) => {
  expect(judge(text)).toBe(outcome);
});

test.each([
  ['event.issue.fields.assignee == null', 'Unrecognized property: assignee'],
  ['event.issue.fields.reporter.accountId == null', 'Unrecognized property: accountId'],
  ['issue.key == null', 'Unrecognized variable: issue'],
  ['event.issue.key', 'The expression is no Boolean but "ACME-1"'],
  ['event.issue.key && true', 'Expected a Boolean, not "ACME-1"'],
  ['event.issue.some(i => true)', 'some is a function of lists'],
])('%s fails while it is evaluated', (text, why) => {
  expect(judge(text)).toBe(why);
});

test.each([
  ['event.issue.key == `ACME-1`', '`ACME-1`'],
  ['new Issue(1)', 'Issue'],
  ['event.items.map(i => i)', 'map('],
  ['event.items.some((i) => true)', '('],
  ["event['issue']", '['],
  ['event.', 'the end'],
  ['event.1', '1'],
  ['event == ', 'the end'],
  ['event === event', '==='],
  ['=> 1', '=>'],
  ['event.items.some(1 => true)', '1'],
])('%s is not modelled', (text, token) => {
  expect(() => parseEventExpression(text)).toThrow(`The sandbox does not model ${token}`);
});

test('an expression that is longer than Forge takes is refused', () => {
  expect(() => parseEventExpression(`event == '${'x'.repeat(10_000)}'`)).toThrow('at most 10000 characters');
});
