import { takenFrom } from '../../../../static/src/bulk/navigator';

const LIST = 'project = ACME ORDER BY created';

test.each([
  [
    'the issues that are selected, whatever else is told',
    { issueKeys: ['ACME-1', 'ACME-22'], filterId: 10001, jql: LIST },
    { kind: 'issues', jql: 'key in (ACME-1, ACME-22)', count: 2 },
  ],
  ['then the filter', { issueKeys: [], filterId: 10001, jql: LIST }, { kind: 'filter', jql: 'filter = 10001' }],
  [
    'a filter whose id is a text',
    { issueKeys: null, filterId: '10001', jql: LIST },
    { kind: 'filter', jql: 'filter = 10001' },
  ],
  ['then the query', { jql: LIST }, { kind: 'query', jql: LIST }],
  [
    'the query beside what is null or empty',
    { issueKeys: [], filterId: null, jql: LIST },
    { kind: 'query', jql: LIST },
  ],
  [
    'the query where no key and no id is one',
    { issueKeys: ['ACME', '1) OR (project = X', 7], filterId: '1 OR 2', jql: LIST },
    { kind: 'query', jql: LIST },
  ],
])('%s', (_what, extension, taken) => {
  expect(takenFrom(extension)).toEqual(taken);
});

test.each([undefined, null, 'x', {}, { jql: ' ' }, { jql: 7 }])(
  '%j is a page that was opened by itself',
  (extension) => {
    expect(takenFrom(extension)).toEqual({ kind: 'none', jql: '' });
  },
);
