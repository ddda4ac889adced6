import type { JqlApp, JqlClause } from '../../../../sandbox/forge/jqlFunctions';
import { createJira, MOST_CHARACTERS, MOST_VALUES, type Jira } from '../../../../sandbox/jira';
import { createSimulator } from '../../../../sandbox/shorterloop';

const members = createSimulator({ members: 60, segments: 8 }).truth.snapshot().members;
const DAY_MS = 86_400_000;

let nowMs: number;
let asked: JqlClause[];
let answer: (clause: JqlClause) => unknown;
let jira: Jira;
const app: JqlApp = {
  functions: () => [
    {
      key: 'people',
      functionKey: 'ari:people',
      name: 'peopleIn',
      arguments: [{ name: 'group', required: true }],
      types: ['user'],
      operators: ['in', 'not in'],
    },
  ],
  compute: async (_moduleKey, { clause }) => {
    asked.push(clause);
    return answer(clause);
  },
};
beforeEach(() => {
  nowMs = 1_790_000_000_000;
  asked = [];
  answer = ({ field, operator }) => ({ jql: `${field} ${operator} (${quoted('one')})` });
  jira = createJira({ members, clock: { now: () => nowMs }, jqlApp: app });
});

const quoted = (...states: ('one' | 'many')[]): string =>
  states.map((state) => `"${String(jira.issueFor(state).reporterAccountId)}"`).join(', ');
async function keys(jql: string, accountId = jira.defaultAccountId): Promise<string[]> {
  const result = await jira.search(accountId, jql);
  if (result.kind === 'refused') throw new Error(result.message);
  return result.issues.map(({ key }) => key);
}
async function refusal(jql: string): Promise<string> {
  const result = await jira.search(jira.defaultAccountId, jql);
  return result.kind === 'refused' ? result.message : 'taken';
}
const where = (test: (issue: Jira['issues'][number]) => boolean): string[] =>
  jira.issues.filter(test).map(({ key }) => key);

describe('a query finds', () => {
  test.each([
    ['nothing said', '', () => true],
    ['an order alone', 'ORDER BY created DESC', () => true],
    ['a status', 'status = "in progress"', (issue) => issue.status.name === 'In progress'],
    ['another status', "status != 'To do' order by key", (issue) => issue.status.name !== 'To do'],
    ['a list of priorities', 'priority IN (High, low)', (issue) => issue.priority !== 'Medium'],
    ['none of a list', 'priority not in (High, Low)', (issue) => issue.priority === 'Medium'],
    ['a label', 'labels = i18n', (issue) => issue.labels.includes('i18n')],
    ['a type', 'type = Bug', (issue) => issue.type.name === 'Bug'],
    ['a key', 'key in (ACME-101, acme-102)', (issue) => ['ACME-101', 'ACME-102'].includes(issue.key)],
    ['the project', 'project = "Acme Cloud"', () => true],
    ['an empty field', 'reporter is EMPTY', (issue) => issue.reporterAccountId === null],
    ['a field that is not empty', 'assignee is not null', (issue) => issue.assigneeAccountId !== null],
    [
      'AND before OR',
      'type = Task OR type = Bug AND priority = High',
      (issue) => issue.type.name === 'Task' || (issue.type.name === 'Bug' && issue.priority === 'High'),
    ],
    [
      'parentheses first',
      '(type = Task OR type = Bug) AND priority = High',
      (issue) => ['Task', 'Bug'].includes(issue.type.name) && issue.priority === 'High',
    ],
    [
      'what is not',
      'NOT (type = Bug) AND not priority = High',
      (issue) => issue.type.name !== 'Bug' && issue.priority !== 'High',
    ],
  ] as [string, string, (issue: Jira['issues'][number]) => boolean][])('%s', async (_what, jql, test) => {
    const expected = where(test);
    expect(expected.length).toBeGreaterThan(0);
    expect(await keys(jql)).toEqual(expected);
  });

  test("the asker's own work", async () => {
    expect(await keys('assignee = currentUser()')).toEqual(
      where(({ assigneeAccountId }) => assigneeAccountId === jira.defaultAccountId),
    );
    expect(await keys('assignee = currentUser()', jira.viewerAccountId)).toEqual([]);
  });

  test('as Jira does, no issue with an empty field for "is another one"', async () => {
    expect(await keys(`reporter not in (${quoted('one')})`)).toEqual(
      where((issue) => issue.reporterAccountId !== null && issue.state !== 'one'),
    );
  });

  test('nothing that the asker may not see', async () => {
    expect(await keys('status = Done', jira.noAccessAccountId)).toEqual([]);
  });

  test('what an issue has become', async () => {
    expect(jira.transition(jira.defaultAccountId, 'ACME-101', 'Done')).toEqual({ kind: 'changed' });
    expect(await keys('status = Done AND key = ACME-101')).toEqual(['ACME-101']);
    jira.reset();
    expect(await keys('status = Done AND key = ACME-101')).toEqual([]);
  });
});

test.each([
  ['nonsense = 1', "Field 'nonsense' does not exist"],
  ['status = "Doing"', "The value 'doing' does not exist for the field 'status'."],
  ['status', 'Expecting an operator but the query ends there'],
  ['status = ', 'Expecting a value but the query ends there'],
  ['status ~ done', "has no operator '~'"],
  ['status = (Done)', "Operator '=' does not support the list"],
  ['status in Done', "Operator 'in' does not support the non-list value"],
  ['status in (Done', "Expecting ')'"],
  ['status in ()', "Expecting a value but got ')'"],
  ['(status = Done', "Expecting ')'"],
  ['status = Done priority = High', "Expecting 'AND', 'OR' or 'ORDER BY' but got 'priority'"],
  ['status = "Done', 'has not been completed'],
  ['reporter is Done', 'Expecting EMPTY'],
  ['reporter in nobody()', "Unable to find JQL function 'nobody()'"],
  ['status = currentUser()', "is invalid for the field 'status'"],
  ['status in peopleIn("a")', "Function 'peopleIn' can't be used with the field 'status'"],
  ['reporter = peopleIn("a")', "and the operator '='"],
  ['reporter in (peopleIn("a"), "b")', 'only alone'],
  ['reporter in peopleIn()', "expected '1' arguments but received '0'"],
  ['reporter in peopleIn(a, b)', "expected '1' arguments but received '2'"],
])('the query %s is refused with what is wrong', async (jql, why) => {
  expect(await refusal(jql)).toContain(why);
  expect(asked).toEqual([]);
});

describe('a function of the app', () => {
  test('is asked with its clause, and its answer stands in its place', async () => {
    expect(await keys('type = Story AND Reporter IN PEOPLEIN("Beta \\"testers\\"") OR status = Done')).toEqual(
      where(({ state, status }) => state === 'one' || status.name === 'Done'),
    );
    expect(asked).toEqual([
      { field: 'reporter', functionName: 'peopleIn', operator: 'in', arguments: ['Beta "testers"'] },
    ]);
  });

  test('is one term even where its answer joins several', async () => {
    answer = () => ({ jql: 'status = Done OR status = "To do"' });
    expect(await keys('reporter in peopleIn(a) AND type = Bug')).toEqual(
      where(({ status, type }) => ['Done', 'To do'].includes(status.name) && type.name === 'Bug'),
    );
    expect(await keys('NOT reporter in peopleIn(a)')).toEqual(
      where(({ status }) => !['Done', 'To do'].includes(status.name)),
    );
  });

  test('is not asked again for a week, unless it stands in another clause', async () => {
    await keys('reporter in peopleIn(a)');
    nowMs += 7 * DAY_MS - 1;
    await keys('reporter in peopleIn(a)');
    expect(asked).toHaveLength(1);
    expect(jira.precomputations).toEqual([
      expect.objectContaining({
        functionKey: 'ari:people',
        functionName: 'peopleIn',
        usedAtMs: nowMs,
        updatedAtMs: nowMs - 7 * DAY_MS + 1,
      }),
    ]);
    await keys('reporter not in peopleIn(a)');
    await keys('assignee in peopleIn(a)');
    await keys('reporter in peopleIn(b)');
    expect(asked).toHaveLength(4);
    const [{ id } = { id: '' }] = jira.precomputations;
    nowMs += 1;
    await keys('reporter in peopleIn(a)');
    expect(asked).toHaveLength(5);
    expect(jira.precomputations[0]).toMatchObject({ id, updatedAtMs: nowMs });
  });

  test('that answers an error shows it, and keeps it', async () => {
    answer = () => ({ error: 'There is no such group.' });
    expect(await refusal('reporter in peopleIn(a)')).toBe('There is no such group.');
    expect(await refusal('reporter in peopleIn(a)')).toBe('There is no such group.');
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['throws', () => Promise.reject(new Error('inside'))],
    ['answers something else', () => ({ fragment: 'x' })],
    ['answers both', () => ({ jql: 'type = Bug', error: 'x' })],
  ])('that %s is asked again at the next search', async (_what, failing) => {
    answer = failing;
    expect(await refusal('reporter in peopleIn(a)')).toBe(
      "The function 'peopleIn' could not be computed. Try again later.",
    );
    expect(jira.precomputations).toEqual([]);
    answer = () => ({ jql: 'type = Bug' });
    expect(await refusal('reporter in peopleIn(a)')).toBe('taken');
  });

  test.each([
    ['JQL that is none', () => 'reporter in', 'Expecting a value'],
    ['another function of the app', () => 'reporter in peopleIn(b)', 'Unable to find JQL function'],
    [
      'more values than a list may have',
      () => list(MOST_VALUES + 1),
      `has a list of ${MOST_VALUES + 1} values; ${MOST_VALUES} are allowed`,
    ],
    [
      'more characters than it may have',
      () => `type = Bug${' '.repeat(MOST_CHARACTERS)}`,
      `${MOST_CHARACTERS} are allowed`,
    ],
  ])('must not answer %s', async (_what, jql, why) => {
    answer = () => ({ jql: jql() });
    expect(await refusal('reporter in peopleIn(a)')).toContain(why);
  });

  test('may answer as many values as a list may have', async () => {
    answer = () => ({ jql: list(MOST_VALUES) });
    expect(await refusal('reporter in peopleIn(a)')).toBe('taken');
  });

  const list = (length: number): string =>
    `reporter in (${Array.from({ length }, (_, place) => `"account-${place}"`).join(', ')})`;
});
