import { readManifest } from '../../../../sandbox/forge/manifest';
import { automationActionsOf } from '../../../../sandbox/forge/actions';
import { invalidComponents } from '../../../../sandbox/automation/validate';

const actions = automationActionsOf(readManifest('.'));
const move = (inputs: Readonly<Record<string, string | number>>) =>
  invalidComponents(
    [
      { kind: 'condition', left: 'a', operator: 'equals', right: 'a' },
      { kind: 'action', key: 'move-reporter', inputs },
    ],
    actions,
  );

test('a rule whose actions have their inputs can be saved, also with smart values in them', () => {
  expect(move({ issueKey: '{{issue.key}}', source: 'any', target: '{{lookup.to}}' })).toEqual({});
});

test.each([
  ['a missing input', { issueKey: 'ACME-1', source: '19' }, { target: { message: 'target is required' } }],
  ['a cleared input', { issueKey: 'ACME-1', source: '19', target: '' }, { target: { message: 'target is required' } }],
  [
    'an input of another type',
    { issueKey: 'ACME-1', source: 19, target: '15' },
    { source: { message: 'source has to be of the type string' } },
  ],
  [
    'an input that is not declared',
    { issueKey: 'ACME-1', source: '19', target: '15', color: 'red' },
    { color: { message: 'color is not an input of this action' } },
  ],
])('%s is told for its component', (_what, inputs, invalid) => {
  expect(move(inputs)).toEqual({ 1: invalid });
});

test('more than 100 kilobytes are refused', () => {
  expect(Object.keys(move({ issueKey: 'ACME-1', source: '19', target: 'x'.repeat(102_400) })[1] ?? {})).toEqual([
    'issueKey',
    'source',
    'target',
    'ifUnknown',
  ]);
});
