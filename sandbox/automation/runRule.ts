import { randomUUID } from 'node:crypto';
import type { ActionDeclaration, ActionInputs, ActionResult } from '../forge/actions';
import type { Jira } from '../jira';
import type { AuditEntry, AuditPart, Component, Rule } from './rules';
import { issueValues, operatorsOf, withSmartValues, type SmartValues } from './smartValues';
import { own } from '../forge/own';

/** What a run needs of the site. */
export type RunParts = {
  readonly jira: Pick<Jira, 'issues' | 'people' | 'setPriority'>;
  /** The actions that the app offers to Automation. */
  readonly actions: readonly ActionDeclaration[];
  readonly runAction: (actionKey: string, inputs: ActionInputs, accountId: string) => Promise<ActionResult>;
  readonly nowMs: () => number;
};

type Done = Omit<AuditPart, 'what'>;

/** Runs a rule on an issue as the rule's owner, part by part, until one fails or a condition does not hold. */
export async function runRule(site: RunParts, rule: Rule, issueKey: string): Promise<AuditEntry> {
  const atMs = site.nowMs();
  const parts: AuditPart[] = [];
  let outputs: SmartValues = {};
  for (const component of rule.components) {
    const what = nameOf(component, site.actions);
    const isOver = parts.some(({ status }) => status !== 'SUCCESS');
    const values = { ...outputs, issue: issueValues(site.jira, issueKey) };
    const done = isOver
      ? plain('NOT RUN', '')
      : await runComponent(site, component, values, { ownerAccountId: rule.ownerAccountId, issueKey });
    parts.push({ what, ...done });
    const action = component.kind === 'action' ? actionOf(site.actions, component.key) : undefined;
    if (done.outputs !== null && action !== undefined)
      for (const name of operatorsOf(action)) outputs = { ...outputs, [name]: done.outputs };
  }
  const { id: ruleId, name: ruleName, ownerAccountId } = rule;
  return { id: randomUUID(), ruleId, ruleName, ownerAccountId, issueKey, atMs, status: statusOf(parts), parts };
}

/** What a part is called in the builder and in the audit log. */
export function nameOf(component: Component, actions: readonly ActionDeclaration[]): string {
  switch (component.kind) {
    case 'action':
      return actionOf(actions, component.key)?.name ?? component.key;
    case 'condition':
      return `If ${component.left} ${component.operator} “${component.right}”`;
    case 'field':
      return `If ${component.field} equals “${component.value}”`;
    case 'priority':
      return `Set priority to ${component.value}`;
  }
}

async function runComponent(
  site: RunParts,
  component: Component,
  values: SmartValues,
  { ownerAccountId, issueKey }: { readonly ownerAccountId: string; readonly issueKey: string },
): Promise<Done> {
  const { jira } = site;
  switch (component.kind) {
    case 'condition': {
      const left = withSmartValues(component.left, values);
      return condition(compare(left, component.operator, withSmartValues(component.right, values)), left);
    }
    case 'field': {
      const found = fieldValues(jira, issueKey, component.field);
      return condition(
        found.some((value) => value.toLowerCase() === component.value.toLowerCase()),
        found.join(', '),
      );
    }
    case 'priority': {
      const changed = jira.setPriority(ownerAccountId, issueKey, component.value);
      return changed.kind === 'changed'
        ? plain('SUCCESS', `Priority is ${component.value} now.`)
        : plain('FAILURE', changed.message);
    }
    case 'action': {
      const action = actionOf(site.actions, component.key);
      if (action === undefined) return plain('FAILURE', 'The app no longer has this action.');
      return fromAction(
        await site.runAction(component.key, filledInputs(action, component.inputs, values), ownerAccountId),
      );
    }
  }
}

function fromAction(result: ActionResult): Done {
  switch (result.kind) {
    case 'success':
      return {
        status: 'SUCCESS',
        message: describe(result.outputs),
        outputs: result.outputs,
        sandboxErrors: result.sandboxErrors,
      };
    case 'failed':
    case 'refused':
      return plain('FAILURE', result.messages.join(' '));
    case 'crashed':
      return { ...plain('FAILURE', result.message), sandboxErrors: [`The function failed: ${result.detail}`] };
  }
}

/** Inputs with their smart values put in; a text for a number or a boolean becomes one where it reads like one. */
function filledInputs(
  { inputs: declared }: ActionDeclaration,
  inputs: ActionInputs,
  values: SmartValues,
): ActionInputs {
  const filled = (name: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    const text = withSmartValues(value, values);
    switch (own(declared, name)?.type) {
      case 'integer':
      case 'number':
        return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
      case 'boolean':
        return text === 'true' ? true : text === 'false' ? false : text;
      case 'string':
      case undefined:
        return text;
    }
  };
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, filled(name, value)]));
}

function statusOf(parts: readonly AuditPart[]): AuditEntry['status'] {
  if (parts.some(({ status }) => status === 'FAILURE')) return 'SOME ERRORS';
  return parts.some(({ status }) => status === 'NOT MET') ? 'NO ACTIONS PERFORMED' : 'SUCCESS';
}

function plain(status: AuditPart['status'], message: string): Done {
  return { status, message, outputs: null, sandboxErrors: [] };
}

function condition(holds: boolean, value: string): Done {
  return plain(holds ? 'SUCCESS' : 'NOT MET', `The value was “${value}”.`);
}

function fieldValues(
  jira: RunParts['jira'],
  issueKey: string,
  field: Extract<Component, { kind: 'field' }>['field'],
): readonly string[] {
  const issue = jira.issues.find(({ key }) => key === issueKey);
  if (issue === undefined) return [];
  return { status: [issue.status.name], priority: [issue.priority], type: [issue.type.name], label: issue.labels }[
    field
  ];
}

function compare(
  left: string,
  operator: Extract<Component, { kind: 'condition' }>['operator'],
  right: string,
): boolean {
  switch (operator) {
    case 'equals':
      return left === right;
    case 'contains':
      return left.includes(right);
    case 'does not contain':
      return !left.includes(right);
  }
}

function actionOf(actions: readonly ActionDeclaration[], actionKey: string): ActionDeclaration | undefined {
  return actions.find(({ key }) => key === actionKey);
}

function describe(outputs: Readonly<Record<string, unknown>>): string {
  return Object.entries(outputs)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ');
}
