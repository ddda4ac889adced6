import { runRule, type Component, type Rule, type RunParts } from '../../../../sandbox/automation';
import { actionOf, type ActionInputs, type ActionResult } from '../../../../sandbox/forge/actions';
import { parseManifest } from '../../../../sandbox/forge/manifest';
import { createJira, type Jira } from '../../../../sandbox/jira';
import { createSimulator } from '../../../../sandbox/shorterloop';

const manifest = parseManifest(`
app: { id: ari:cloud:ecosystem::app/1 }
modules:
  action:
    - key: look
      name: Look
      function: f
      inputs: { issueKey: { type: string, required: true }, times: { type: integer }, isQuick: { type: boolean } }
      outputs: { names: { type: string, nullable: false }, count: { type: number, nullable: true } }
      outputContext: { entityName: seen, outputType: OBJECT, outputDomain: seen }
  function: [{ key: f, handler: index.f }]
`);
const members = createSimulator({ members: 60 }).truth.snapshot().members;

let jira: Jira;
let ran: (readonly [string, ActionInputs, string])[];
let result: ActionResult;
beforeEach(() => {
  jira = createJira({ members });
  ran = [];
  result = { kind: 'success', outputs: { names: 'Beta testers', count: null }, sandboxErrors: [] };
});

const look = (inputs: Extract<Component, { kind: 'action' }>['inputs'] = { issueKey: '{{issue.key}}' }): Component => ({
  kind: 'action',
  key: 'look',
  inputs,
});
const low: Component = { kind: 'priority', value: 'Low' };
async function run(components: Component[], { issueKey = 'ACME-101', ownerAccountId = jira.defaultAccountId } = {}) {
  const site: RunParts = {
    jira,
    actions: [actionOf(manifest, 'look')],
    runAction: async (...call) => {
      ran.push(call);
      return result;
    },
    nowMs: () => 5,
  };
  const rule: Rule = {
    id: 'rule',
    name: 'Rule',
    isEnabled: true,
    trigger: { kind: 'manual' },
    ownerAccountId,
    components,
  };
  return runRule(site, rule, issueKey);
}
const statuses = ({ parts }: Awaited<ReturnType<typeof run>>): string[] => parts.map(({ status }) => status);

test('an action runs as the owner of the rule with its smart values put in, and its outputs are there for later parts', async () => {
  const entry = await run([
    look(),
    { kind: 'condition', left: '{{seen.names}}', operator: 'contains', right: 'Beta' },
    low,
  ]);
  expect(ran).toEqual([['look', { issueKey: 'ACME-101' }, jira.defaultAccountId]]);
  expect(entry).toMatchObject({
    ruleName: 'Rule',
    issueKey: 'ACME-101',
    ownerAccountId: jira.defaultAccountId,
    atMs: 5,
    status: 'SUCCESS',
  });
  expect(entry.parts).toEqual([
    {
      what: 'Look',
      status: 'SUCCESS',
      message: 'names: Beta testers',
      outputs: { names: 'Beta testers', count: null },
      sandboxErrors: [],
    },
    {
      what: 'If {{seen.names}} contains “Beta”',
      status: 'SUCCESS',
      message: 'The value was “Beta testers”.',
      outputs: null,
      sandboxErrors: [],
    },
    {
      what: 'Set priority to Low',
      status: 'SUCCESS',
      message: 'Priority is Low now.',
      outputs: null,
      sandboxErrors: [],
    },
  ]);
  expect(jira.issueFor('one').priority).toBe('Low');
});

test('texts become the numbers and booleans that an input is declared as, where they read like one', async () => {
  await run([
    look({ issueKey: 'A', times: '3', isQuick: 'true' }),
    look({ issueKey: 'A', times: '{{seen.count}}', isQuick: 'maybe' }),
    look({ issueKey: 'A', times: 4 }),
  ]);
  expect(ran.map(([, inputs]) => inputs)).toEqual([
    { issueKey: 'A', times: 3, isQuick: true },
    { issueKey: 'A', times: '', isQuick: 'maybe' },
    { issueKey: 'A', times: 4 },
  ]);
});

test.each([
  ['status', 'in progress', true],
  ['status', 'Done', false],
  ['priority', 'High', true],
  ['type', 'Story', true],
  ['label', 'reporting', true],
  ['label', 'report', false],
] as const)('the condition that %s equals %s holds: %s', async (field, value, holds) => {
  const entry = await run([{ kind: 'field', field, value }, low]);
  expect([statuses(entry), entry.status]).toEqual(
    holds ? [['SUCCESS', 'SUCCESS'], 'SUCCESS'] : [['NOT MET', 'NOT RUN'], 'NO ACTIONS PERFORMED'],
  );
});

test.each([
  ['equals', 'ACME-101', true],
  ['equals', 'ACME-10', false],
  ['contains', '-10', true],
  ['contains', 'x', false],
  ['does not contain', 'x', true],
  ['does not contain', '101', false],
] as const)('the condition that the key %s %s holds: %s', async (operator, right, holds) => {
  expect(statuses(await run([{ kind: 'condition', left: '{{issue.key}}', operator, right }, low]))[0]).toBe(
    holds ? 'SUCCESS' : 'NOT MET',
  );
});

test.each([
  ['errors that it answers', { kind: 'failed', messages: ['No member.', 'Link them.'] }, 'No member. Link them.', []],
  ['refused inputs', { kind: 'refused', messages: ['The input “a” is required.'] }, 'The input “a” is required.', []],
  [
    'a throw, whose text stays in the sandbox',
    { kind: 'crashed', message: 'Something went wrong.', detail: 'inside' },
    'Something went wrong.',
    ['The function failed: inside'],
  ],
] as [string, ActionResult, string, string[]][])(
  'an action that fails stops the rule: %s',
  async (_what, failing, message, sandboxErrors) => {
    result = failing;
    const entry = await run([look(), low]);
    expect(entry.status).toBe('SOME ERRORS');
    expect(entry.parts[0]).toEqual({ what: 'Look', status: 'FAILURE', message, outputs: null, sandboxErrors });
    expect([entry.parts[1]?.status, jira.issueFor('one').priority]).toEqual(['NOT RUN', 'High']);
  },
);

test('how the app differs from its manifest stands beside what it did', async () => {
  result = { kind: 'success', outputs: {}, sandboxErrors: ['The output “names” is missing, and not nullable.'] };
  const entry = await run([look()]);
  expect([entry.status, entry.parts[0]?.sandboxErrors]).toEqual([
    'SUCCESS',
    ['The output “names” is missing, and not nullable.'],
  ]);
});

test('an action that the app no longer has fails', async () => {
  expect((await run([{ kind: 'action', key: 'gone', inputs: {} }])).parts).toEqual([
    expect.objectContaining({ what: 'gone', status: 'FAILURE', message: 'The app no longer has this action.' }),
  ]);
});

test('the owner of the rule needs the permission to edit', async () => {
  expect((await run([low], { ownerAccountId: jira.viewerAccountId })).parts[0]).toMatchObject({
    status: 'FAILURE',
    message: 'You do not have permission to edit this issue.',
  });
  expect((await run([low], { ownerAccountId: jira.noAccessAccountId })).parts[0]).toMatchObject({
    status: 'FAILURE',
    message: expect.stringContaining('does not exist'),
  });
  expect(jira.issueFor('one').priority).toBe('High');
});
