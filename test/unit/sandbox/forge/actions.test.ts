import {
  actionOf,
  automationActionsOf,
  inputProblems,
  runDeclaredAction,
  UNEXPECTED,
} from '../../../../sandbox/forge/actions';
import { parseManifest } from '../../../../sandbox/forge/manifest';

const manifest = parseManifest(`
app: { id: ari:cloud:ecosystem::app/1 }
modules:
  automation:actionProvider: [{ key: provider, actions: [second, first] }]
  action:
    - key: first
      function: f
      inputs: { text: { type: string, required: true }, whole: { type: integer }, any: { type: number }, flag: { type: boolean } }
      outputs: { name: { type: string, nullable: false }, count: { type: integer, nullable: true } }
      outputContext: { entityName: thing, outputType: OBJECT, outputDomain: things }
    - { key: second, function: f }
    - { key: agents-only, function: f }
  function: [{ key: f, handler: index.f }]
`);
const action = actionOf(manifest, 'first');
const run = (returned: unknown, inputs: object = { text: 'a' }) =>
  runDeclaredAction(action, { ...inputs }, async () => returned);

test('the actions of the provider are offered in its order', () => {
  expect(automationActionsOf(manifest).map(({ key }) => key)).toEqual(['second', 'first']);
});

test.each([
  [{ text: 'a', whole: 1, any: 1.5, flag: false }, []],
  [{ whole: 1 }, ['The input “text” is required.']],
  [{ text: '' }, ['The input “text” is required.']],
  [{ text: 1 }, ['The input “text” has to be of the type string.']],
  [{ text: 'a', whole: 1.5 }, ['The input “whole” has to be of the type integer.']],
  [{ text: 'a', any: Number.NaN }, ['The input “any” has to be of the type number.']],
  [{ text: 'a', flag: 'true' }, ['The input “flag” has to be of the type boolean.']],
  [{ text: 'a', other: 1 }, ['The action has no input “other”.']],
])('the inputs %j are held to the declaration', (inputs, problems) => {
  expect(inputProblems(action, inputs)).toEqual(problems);
});

test('a function whose inputs are wrong is not called', async () => {
  const called = jest.fn();
  expect(await runDeclaredAction(action, {}, called)).toMatchObject({ kind: 'refused' });
  expect(called).not.toHaveBeenCalled();
});

test.each([
  ['the declared ones alone', { name: 'n', count: 1, extra: 1 }, { name: 'n', count: 1 }, []],
  ['null for a nullable one that is missing', { name: 'n' }, { name: 'n', count: null }, []],
  [
    'an error for one that is missing and not nullable',
    { count: 1 },
    { count: 1 },
    ['The output “name” is missing, and not nullable.'],
  ],
  [
    'an error for one of another type',
    { name: 'n', count: 'one' },
    { name: 'n' },
    ['The output “count” is no integer.'],
  ],
  ['errors for no answer at all', undefined, { count: null }, ['The output “name” is missing, and not nullable.']],
  ['an empty list of errors as none', { errors: [], name: 'n' }, { name: 'n', count: null }, []],
])('outputs: %s', async (_what, returned, outputs, sandboxErrors) => {
  expect(await run(returned)).toEqual({ kind: 'success', outputs, sandboxErrors });
});

test('errors that the function answers fail the action, whatever else it answers', async () => {
  expect(await run({ errors: [{ message: 'a' }], name: 'n' })).toEqual({ kind: 'failed', messages: ['a'] });
});

test('what the function throws is not for the owner of the rule', async () => {
  expect(await runDeclaredAction(action, { text: 'a' }, () => Promise.reject(new Error('inside')))).toEqual({
    kind: 'crashed',
    message: UNEXPECTED,
    detail: 'inside',
  });
});
