import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { ACTIONS, ANY_SOURCE } from '../../../../src/contract';
import {
  actionOf,
  differs,
  FIELDS,
  findErrors,
  formOf,
  inputsOf,
  invalidInputsIn,
  isTyped,
  unknownChoicesOf,
  THE_ISSUE,
} from '../../../../static/src/action/form';

const SEGMENTS = [
  { id: 19, name: 'Beta testers' },
  { id: 15, name: 'Early adopters' },
];

test('the form has the inputs that manifest.yml gives each action', () => {
  const manifest: { modules: { action: { key: string; inputs: object }[] } } = parse(
    readFileSync(path.join(__dirname, '../../../../manifest.yml'), 'utf8'),
  );
  const declared = manifest.modules.action.map(({ key, inputs }) => [key, Object.keys(inputs)]);
  expect(declared).toEqual(ACTIONS.map((key) => [key, [...FIELDS[key]]]));
});

test.each([undefined, null, 'x', {}, { issueKey: 7, source: '' }])(
  'a rule that has stored %j starts with the usual work item',
  (stored) => {
    expect(formOf(stored)).toEqual({ issueKey: THE_ISSUE, source: '', target: '', ifUnknown: 'fail' });
  },
);

test('what a rule has stored comes back as it was', () => {
  const stored = { issueKey: 'ACME-101', source: '#19', target: '#15', ifUnknown: 'skip' };
  const { issueKey, source, target, ifUnknown } = stored;
  expect(inputsOf('move-reporter', formOf(stored))).toEqual(stored);
  expect(inputsOf('remove-reporter', formOf(stored))).toEqual({ issueKey, source, ifUnknown });
  expect(inputsOf('add-reporter', formOf(stored))).toEqual({ issueKey, target, ifUnknown });
  expect(inputsOf('get-reporter-segments', formOf(stored))).toEqual({ issueKey: 'ACME-101' });
});

test('an id that was stored without its sign is kept with it from then on, as no name can take its place', () => {
  expect(formOf({ source: '19', target: '15' })).toMatchObject({ source: '#19', target: '#15' });
  expect(differs('move-reporter', { issueKey: THE_ISSUE, source: '19', target: '15' })).toBe(true);
});

test.each([
  ['a right move', { source: '#19', target: '#15' }, {}],
  ['a move from any segment', { source: ANY_SOURCE, target: '#15' }, {}],
  ['no segments', {}, { source: 'required', target: 'required' }],
  ['a source that is gone', { source: '#7', target: '#15' }, { source: 'gone' }],
  ['a target that is gone', { source: '#19', target: '#7' }, { target: 'gone' }],
  ['"any" as the target', { source: '#19', target: ANY_SOURCE }, { target: 'gone' }],
  ['the same segment twice', { source: '#19', target: '#19' }, { target: 'same' }],
  ['no work item', { issueKey: ' ', source: '#19', target: '#15' }, { issueKey: 'required' }],
  ['a work item that is no key', { issueKey: 'ACME 101', source: '#19', target: '#15' }, { issueKey: 'notAKey' }],
  ['a smart value for each segment', { source: '{{lookup.from}}', target: ' {{lookup.to}} ' }, {}],
  ['a smart value that is not closed', { source: '#19', target: '{{lookup.to' }, { target: 'notASmartValue' }],
  ['a text instead of a smart value', { source: 'Beta testers', target: '#15' }, { source: 'notASmartValue' }],
  ['a key', { issueKey: 'acme-101', source: '#19', target: '#15' }, {}],
])('%s', (_what, changed, errors) => {
  expect(findErrors('move-reporter', { ...formOf({}), ...changed }, SEGMENTS)).toEqual(errors);
});

test('an action is asked only for the fields that it has', () => {
  expect(findErrors('get-reporter-segments', formOf({}), [])).toEqual({});
  expect(findErrors('remove-reporter', formOf({ source: '#19' }), SEGMENTS)).toEqual({});
});

test('only the four actions are known', () => {
  expect(ACTIONS.map(actionOf)).toEqual([...ACTIONS]);
  expect(actionOf('another')).toBeNull();
  expect(actionOf(undefined)).toBeNull();
});

test('a field that was cleared stays cleared, and is told as an empty text so that the stored value goes', () => {
  expect(formOf({ issueKey: '', source: '#19', target: '#15' })).toEqual({
    issueKey: '',
    source: '#19',
    target: '#15',
    ifUnknown: 'fail',
  });
  expect(inputsOf('move-reporter', { issueKey: ' ', source: '#19', target: '', ifUnknown: 'fail' })).toEqual({
    issueKey: '',
    source: '#19',
    target: '',
    ifUnknown: 'fail',
  });
});

test('only a form that shows something else than the rule has stored is submitted when it opens', () => {
  expect(differs('get-reporter-segments', {})).toBe(true);
  expect(differs('get-reporter-segments', { issueKey: THE_ISSUE })).toBe(false);
  expect(differs('move-reporter', { issueKey: '', source: '#19', target: '#15' })).toBe(false);
});

test('a smart value comes back as it was typed, without the spaces around it', () => {
  expect(inputsOf('move-reporter', { ...formOf({}), source: 'any', target: ' {{lookup.to}} ' })).toEqual({
    issueKey: THE_ISSUE,
    source: 'any',
    target: '{{lookup.to}}',
    ifUnknown: 'fail',
  });
  expect(['', 'any', '#19', '{{x}}', 'Beta testers'].map(isTyped)).toEqual([false, false, false, true, true]);
});

test('what Automation did not accept is read from the context, and anything else in its place is nothing', () => {
  expect(
    invalidInputsIn({
      errors: { invalidInputs: { target: { message: 'target is required' }, source: 'odd', other: { message: 7 } } },
    }),
  ).toEqual({ target: 'target is required' });
  for (const extension of [undefined, null, {}, { errors: null }, { errors: { invalidInputs: 'x' } }])
    expect(invalidInputsIn(extension)).toEqual({});
});

test('a person who is not known fails a rule that says nothing of them, and one that says something that is no choice', () => {
  const stored = { issueKey: THE_ISSUE, source: '#19', target: '#15' };
  expect(formOf(stored).ifUnknown).toBe('fail');
  // Nothing is submitted for a rule that is older than the choice: it means the same as before.
  expect(differs('move-reporter', stored)).toBe(false);
  expect(formOf({ ...stored, ifUnknown: 'ask' }).ifUnknown).toBe('fail');
  expect(differs('move-reporter', { ...stored, ifUnknown: 'ask' })).toBe(true);
});

test('nobody is added where there is no segment to add them to', () => {
  expect(unknownChoicesOf('move-reporter')).toEqual(['fail', 'skip', 'add']);
  expect(unknownChoicesOf('add-reporter')).toEqual(['fail', 'skip', 'add']);
  expect(unknownChoicesOf('remove-reporter')).toEqual(['fail', 'skip']);
  expect(formOf({ ifUnknown: 'add' }).ifUnknown).toBe('add');
});
