import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { ACTIONS, ANY_SOURCE } from '../../../../src/contract';
import { actionOf, FIELDS, findErrors, formOf, inputsOf, THE_ISSUE } from '../../../../static/src/action/form';

const SEGMENTS = [
  { id: 19, name: 'Beta testers' },
  { id: 15, name: 'Early adopters' },
];

test('the form has the inputs that manifest.yml gives each action', () => {
  const manifest: { modules: { action: { key: string; inputs: object }[] } } = parse(readFileSync(path.join(__dirname, '../../../../manifest.yml'), 'utf8'));
  const declared = manifest.modules.action.map(({ key, inputs }) => [key, Object.keys(inputs)]);
  expect(declared).toEqual(ACTIONS.map((key) => [key, [...FIELDS[key]]]));
});

test.each([undefined, null, 'x', {}, { issueKey: 7, source: '' }])('a rule that has stored %j starts with the usual work item', (stored) => {
  expect(formOf(stored)).toEqual({ issueKey: THE_ISSUE, source: '', target: '' });
});

test('what a rule has stored comes back as it was', () => {
  const stored = { issueKey: 'ACME-101', source: '19', target: '15' };
  expect(inputsOf('move-reporter', formOf(stored))).toEqual(stored);
  expect(inputsOf('remove-reporter', formOf(stored))).toEqual({ issueKey: 'ACME-101', source: '19' });
  expect(inputsOf('add-reporter', formOf(stored))).toEqual({ issueKey: 'ACME-101', target: '15' });
  expect(inputsOf('get-reporter-segments', formOf(stored))).toEqual({ issueKey: 'ACME-101' });
});

test.each([
  ['a right move', { source: '19', target: '15' }, {}],
  ['a move from wherever they are', { source: ANY_SOURCE, target: '15' }, {}],
  ['no segments', {}, { source: 'required', target: 'required' }],
  ['a source that is gone', { source: '7', target: '15' }, { source: 'gone' }],
  ['a target that is gone', { source: '19', target: '7' }, { target: 'gone' }],
  ['"any" as the target', { source: '19', target: ANY_SOURCE }, { target: 'gone' }],
  ['the same segment twice', { source: '19', target: '19' }, { target: 'same' }],
  ['no work item', { issueKey: ' ', source: '19', target: '15' }, { issueKey: 'required' }],
  ['a work item that is no key', { issueKey: 'ACME 101', source: '19', target: '15' }, { issueKey: 'notAKey' }],
  ['a key', { issueKey: 'acme-101', source: '19', target: '15' }, {}],
])('%s', (_what, changed, errors) => {
  expect(findErrors('move-reporter', { ...formOf({}), ...changed }, SEGMENTS)).toEqual(errors);
});

test('an action is asked only for the fields that it has', () => {
  expect(findErrors('get-reporter-segments', formOf({}), [])).toEqual({});
  expect(findErrors('remove-reporter', formOf({ source: '19' }), SEGMENTS)).toEqual({});
});

test('only the four actions are known', () => {
  expect(ACTIONS.map(actionOf)).toEqual([...ACTIONS]);
  expect(actionOf('another')).toBeNull();
  expect(actionOf(undefined)).toBeNull();
});
