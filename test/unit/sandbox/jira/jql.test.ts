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
    ['an order alone', 'ORDER BY key', () => true],
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

  test.each(['NOT reporter = %s', 'NOT reporter in (%s)', 'not (NOT reporter != %s)'])(
    'the same for %s, however it is said',
    async (jql) => {
      expect(await keys(jql.replace('%s', quoted('one')))).toEqual(await keys(`reporter != ${quoted('one')}`));
    },
  );

  test('nothing that the asker may not see', async () => {
    expect(await keys('status = Done', jira.noAccessAccountId)).toEqual([]);
  });

  test('what an issue has become', async () => {
    expect(jira.transition(jira.defaultAccountId, 'ACME-101', 'Done')).toMatchObject({ kind: 'changed' });
    expect(await keys('status = Done AND key = ACME-101')).toEqual(['ACME-101']);
    jira.reset();
    expect(await keys('status = Done AND key = ACME-101')).toEqual([]);
  });
});

describe('a moment', () => {
  const created = (test: (ms: number) => boolean): string[] => where(({ createdMs }) => test(createdMs));

  test.each([
    ['created >= -20d', (ms) => ms >= nowMs - 20 * DAY_MS],
    ['created >= "-20d"', (ms) => ms >= nowMs - 20 * DAY_MS],
    ['createdDate < -2w', (ms) => ms < nowMs - 14 * DAY_MS],
    ['created <= "-2w 6d"', (ms) => ms <= nowMs - 20 * DAY_MS],
    ['created > -480h', (ms) => ms > nowMs - 20 * DAY_MS],
    ['created > -28800', (ms) => ms > nowMs - 20 * DAY_MS],
    ['created > "2026/09/01"', (ms) => ms > Date.UTC(2026, 8, 1)],
    ['created <= "2026-09-01 10:30"', (ms) => ms <= Date.UTC(2026, 8, 1, 10, 30)],
    ['created = 2026-09-01', (ms) => ms >= Date.UTC(2026, 8, 1) && ms < Date.UTC(2026, 8, 2)],
    ['created != 2026-09-01', (ms) => ms < Date.UTC(2026, 8, 1) || ms >= Date.UTC(2026, 8, 2)],
  ] as [string, (ms: number) => boolean][])('%s is that long ago, or then', async (jql, test) => {
    const expected = created(test);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(jira.issues.length);
    expect(await keys(jql)).toEqual(expected);
  });

  test('ahead of now finds what lies before it', async () => {
    expect(await keys('created < 1d')).toEqual(where(() => true));
    expect(await keys('created > 1d')).toEqual([]);
  });

  test('moves with the clock', async () => {
    const before = await keys('created >= -20d');
    nowMs += 10 * DAY_MS;
    expect((await keys('created >= -20d')).length).toBeLessThan(before.length);
  });

  test("of an issue's change is that of its last one, and of its end only once it has one", async () => {
    expect(await keys('resolved is EMPTY')).toEqual(where(({ status }) => status.category !== 'done'));
    nowMs += DAY_MS;
    jira.transition(jira.defaultAccountId, 'ACME-101', 'Done');
    jira.setPriority(jira.defaultAccountId, 'ACME-102', 'Low');
    expect(await keys('resolved >= -1h')).toEqual(['ACME-101']);
    expect(await keys('updated >= -1h')).toEqual(['ACME-101', 'ACME-102']);
    nowMs += DAY_MS;
    jira.transition(jira.defaultAccountId, 'ACME-101', 'In review');
    expect(await keys('key = ACME-101 AND resolved is not EMPTY')).toEqual([]);
    jira.reset();
    expect(await keys('updated >= -1h')).toEqual([]);
  });

  test('what the bulk page gives as an example is understood', async () => {
    expect((await keys('project = ACME AND created >= -90d')).length).toBe(jira.issues.length);
  });
});

describe('further fields', () => {
  test.each([
    ['statusCategory = "In Progress"', (issue) => ['In progress', 'In review'].includes(issue.status.name)],
    ['statusCategory != done', (issue) => issue.status.name !== 'Done'],
    ['component = search', (issue) => issue.components.includes('Search')],
    ['component is EMPTY', (issue) => issue.components.length === 0],
    ['priority > Low', (issue) => issue.priority !== 'Low'],
    ['key < ACME-105', (issue) => Number(issue.key.slice(5)) < 105],
    ['issuekey >= acme-119', (issue) => Number(issue.key.slice(5)) >= 119],
    ['key > ACME-100 AND key <= ACME-103', (issue) => Number(issue.key.slice(5)) <= 103],
    ['summary ~ "CSV export"', (issue) => issue.state === 'one'],
    ['summary !~ export', (issue) => issue.state !== 'one'],
    ['text ~ accounts AND status != "To do"', (issue) => issue.state === 'one'],
    ['text ~ "\\"activity report\\""', (issue) => issue.state === 'one'],
    ['text ~ "\\"report activity\\""', () => false],
    ['text ~ "report activity"', (issue) => issue.state === 'one'],
    ['comment ~ prototyp*', (issue) => issue.state === 'one'],
    ['description is not EMPTY', () => true],
  ] as [string, (issue: Jira['issues'][number]) => boolean][])('%s', async (jql, test) => {
    expect(await keys(jql)).toEqual(where(test));
  });
});

describe('the order of what is found', () => {
  const sorted = (value: (issue: Jira['issues'][number]) => number): string[] =>
    [...jira.issues].sort((one, other) => value(one) - value(other)).map(({ key }) => key);

  test.each([
    ['ORDER BY created ASC', ({ createdMs }) => createdMs],
    ['order by Created desc', ({ createdMs }) => -createdMs],
    ['ORDER BY created', ({ createdMs }) => -createdMs],
    ['ORDER BY updated DESC', ({ updatedMs }) => -updatedMs],
    ['ORDER BY key DESC', ({ key }) => -Number(key.slice(5))],
    ['ORDER BY resolved ASC', ({ resolvedMs }) => resolvedMs ?? Infinity],
    [
      'ORDER BY priority DESC, key DESC',
      ({ priority, key }) => ['High', 'Medium', 'Low'].indexOf(priority) * 1_000 - Number(key.slice(5)),
    ],
  ] as [string, (issue: Jira['issues'][number]) => number][])('is that of %s', async (jql, value) => {
    expect(await keys(`project = ACME ${jql}`)).toEqual(sorted(value));
  });

  test('by number goes by numbers', async () => {
    const many = createJira({ members, clock: { now: () => nowMs }, extraReporters: 2 });
    const found = await many.search(many.defaultAccountId, 'key > ACME-119 ORDER BY key ASC');
    expect(found).toMatchObject({ issues: [{ key: 'ACME-120' }, { key: 'ACME-1001' }, { key: 'ACME-1002' }] });
  });
});

test.each([
  ['any', { kind: 'found' }],
  ['existing', { kind: 'refused', message: "An issue with key 'ACME-999' does not exist for field 'key'." }],
] as const)(
  'a key that no issue has is compared with where keys are taken as %s',
  async (keysInComparisons, result) => {
    const other = createJira({ members, keysInComparisons });
    expect(await other.search(other.defaultAccountId, 'key < ACME-999')).toMatchObject(result);
    expect(await other.search(other.defaultAccountId, 'key < ACME-105')).toMatchObject({ kind: 'found' });
  },
);

test.each([
  ['nonsense = 1', "Field 'nonsense' does not exist"],
  ['status = "Doing"', "The value 'doing' does not exist for the field 'status'."],
  ['status', 'Expecting an operator but the query ends there'],
  ['status = ', 'Expecting a value but the query ends there'],
  ['status ~ done', "The operator '~' is not supported by the 'status' field."],
  ['status >= Done', "The operator '>=' is not supported by the 'status' field."],
  ['summary = export', "The operator '=' is not supported by the 'summary' field."],
  ['created ~ "2026"', "The operator '~' is not supported by the 'created' field."],
  ['created >= yesterday', "Date value 'yesterday' for field 'created' is invalid."],
  ['created >= "2026/02/30"', "Date value '2026/02/30' for field 'created' is invalid."],
  ['created >= -90y', "Date value '-90y' for field 'created' is invalid."],
  ['created > (-1d, -2d)', "Operator '>' does not support the list"],
  ['key < OTHER-5', "An issue with key 'OTHER-5' does not exist for field 'key'."],
  ['key = ACME-999', "The value 'acme-999' does not exist for the field 'key'."],
  ['statusCategory = Waiting', "The value 'waiting' does not exist for the field 'statusCategory'."],
  ['component = Kitchen', "The value 'kitchen' does not exist for the field 'component'."],
  ['type = Bug ORDER BY nonsense', "Field 'nonsense' does not exist"],
  ['type = Bug ORDER BY summary', "does not sort by the field 'summary'"],
  ['type = Bug ORDER BY created DESC key', "Expecting ',' but got 'key'"],
  ['type = Bug ORDER BY', 'Expecting a field but the query ends there'],
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
