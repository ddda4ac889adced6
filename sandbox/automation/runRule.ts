import { randomUUID } from 'node:crypto';
import type { Jira } from '../jira';
import { runAction, type CallFunction, type DeclaredAction } from './actions';
import type { AuditEntry, AuditPart, Component, Rule } from './rules';
import { withSmartValues, type SmartValues } from './smartValues';

/** What a run needs of the site. */
export type RunParts = { readonly jira: Jira; readonly actions: readonly DeclaredAction[]; readonly call: CallFunction };

/** Runs a rule on an issue, part by part, until one fails or a condition does not hold. */
export async function runRule({ jira, actions, call }: RunParts, rule: Rule, issueKey: string): Promise<AuditEntry> {
  const parts: AuditPart[] = [];
  let outputs: SmartValues = {};
  let isOver = false;
  for (const component of rule.components) {
    if (isOver) {
      parts.push({ what: nameOf(component, actions), status: 'NOT RUN', message: '' });
      continue;
    }
    const values = { issue: issueValues(jira, issueKey), ...outputs };
    const done = await runComponent(component, values);
    parts.push(done.part);
    outputs = { ...outputs, ...done.outputs };
    isOver = done.part.status !== 'SUCCESS';
  }
  const status = parts.some((part) => part.status === 'FAILURE') ? 'SOME ERRORS' : parts.some((part) => part.status === 'NOT MET') ? 'NO ACTIONS PERFORMED' : 'SUCCESS';
  return { id: randomUUID(), ruleId: rule.id, ruleName: rule.name, issueKey, atMs: Date.now(), status, parts };

  async function runComponent(component: Component, values: SmartValues): Promise<{ readonly part: AuditPart; readonly outputs: SmartValues }> {
    const what = nameOf(component, actions);
    switch (component.kind) {
      case 'condition': {
        const left = withSmartValues(component.left, values);
        const holds = compare(left, component.operator, withSmartValues(component.right, values));
        return { part: { what, status: holds ? 'SUCCESS' : 'NOT MET', message: `The value was “${left}”.` }, outputs: {} };
      }
      case 'priority':
        jira.setPriority(issueKey, component.value);
        return { part: { what, status: 'SUCCESS', message: `Priority is ${component.value} now.` }, outputs: {} };
      case 'action': {
        const action = actions.find(({ key }) => key === component.key);
        if (action === undefined) return { part: { what, status: 'FAILURE', message: 'The app no longer has this action.' }, outputs: {} };
        const inputs = Object.fromEntries(Object.entries(component.inputs).map(([name, value]) => [name, typeof value === 'string' ? withSmartValues(value, values) : value]));
        const ran = await runAction(call, action, inputs, rule.ownerAccountId);
        if (ran.kind === 'failed') return { part: { what, status: 'FAILURE', message: ran.message }, outputs: {} };
        const entity = action.outputContext?.entityName;
        return { part: { what, status: 'SUCCESS', message: describe(ran.outputs) }, outputs: entity === undefined ? {} : { [entity]: ran.outputs } };
      }
    }
  }
}

/** What a part is called in the builder and in the audit log. */
export function nameOf(component: Component, actions: readonly DeclaredAction[]): string {
  switch (component.kind) {
    case 'action':
      return actions.find(({ key }) => key === component.key)?.name ?? component.key;
    case 'condition':
      return `If ${component.left} ${component.operator} “${component.right}”`;
    case 'priority':
      return `Set priority to ${component.value}`;
  }
}

function compare(left: string, operator: Extract<Component, { kind: 'condition' }>['operator'], right: string): boolean {
  switch (operator) {
    case 'equals':
      return left === right;
    case 'contains':
      return left.includes(right);
    case 'does not contain':
      return !left.includes(right);
  }
}

function describe(outputs: Readonly<Record<string, unknown>>): string {
  return Object.entries(outputs)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ');
}

function issueValues(jira: Jira, issueKey: string): Readonly<Record<string, unknown>> {
  const issue = jira.issues.find(({ key }) => key === issueKey);
  if (issue === undefined) return {};
  const reporter = jira.people.find(({ accountId }) => accountId === issue.reporterAccountId);
  return { key: issue.key, summary: issue.summary, status: { name: issue.status.name }, priority: { name: issue.priority }, reporter: { displayName: reporter?.displayName ?? '', accountId: reporter?.accountId ?? '' } };
}
