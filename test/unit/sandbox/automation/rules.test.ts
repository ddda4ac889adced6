import { createRules, type AuditEntry } from '../../../../sandbox/automation';
import { ruleSchema } from '../../../../sandbox/automation/rules';

const text = ruleSchema.parse({
  name: 'Rule',
  trigger: { kind: 'manual' },
  components: [{ kind: 'priority', value: 'Low' }],
});

test('a rule is kept with its owner, changed in its place, switched off, and deleted', () => {
  const rules = createRules();
  const first = rules.save(text, 'a');
  rules.save({ ...text, name: 'Other' }, 'a');
  expect(first).toMatchObject({ name: 'Rule', isEnabled: true, ownerAccountId: 'a' });
  expect(rules.change(first.id, { ...text, name: 'Changed' }, 'b')).toEqual({
    ...first,
    name: 'Changed',
    ownerAccountId: 'b',
  });
  expect(rules.enable(first.id, false)?.isEnabled).toBe(false);
  expect(rules.all().map(({ name, isEnabled }) => [name, isEnabled])).toEqual([
    ['Changed', false],
    ['Other', true],
  ]);
  rules.remove(first.id);
  expect([
    rules.find(first.id),
    rules.change(first.id, text, 'a'),
    rules.enable(first.id, true),
    rules.all().length,
  ]).toEqual([null, null, null, 1]);
  rules.reset();
  expect(rules.all()).toEqual([]);
});

test('the audit log has the newest run first, and forgets the oldest of very many', () => {
  const rules = createRules();
  const entry = (place: number): AuditEntry => ({
    id: String(place),
    ruleId: 'r',
    ruleName: 'R',
    ownerAccountId: 'a',
    issueKey: 'ACME-101',
    atMs: place,
    status: 'SUCCESS',
    parts: [],
  });
  for (let place = 0; place <= 5_000; place += 1) rules.record(entry(place));
  expect([rules.audit().length, rules.audit()[0]?.id, rules.audit().at(-1)?.id]).toEqual([5_000, '5000', '1']);
});

test.each([
  ['no name', { name: ' ' }],
  ['no part', { components: [] }],
  ['nothing to do', { components: [{ kind: 'field', field: 'status', value: 'Done' }] }],
  ['a field that is not known', { components: [...text.components, { kind: 'field', field: 'summary', value: 'x' }] }],
  ['an unknown kind of part', { components: [{ kind: 'email' }] }],
  ['a status that Jira does not have', { trigger: { kind: 'transitioned', to: 'Gone' } }],
  ['something more', { owner: 'a' }],
])('a rule with %s is refused', (_what, changes) => {
  expect(ruleSchema.safeParse({ ...text, ...changes }).success).toBe(false);
});
