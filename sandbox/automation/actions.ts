import { parse } from 'yaml';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const fieldType = z.enum(['string', 'integer', 'number', 'boolean']);
const actionSchema = z.object({
  key: z.string(),
  name: z.string(),
  actionVerb: z.string(),
  inputs: z.record(z.string(), z.object({ title: z.string(), type: fieldType, required: z.boolean().default(false) })).default({}),
  outputs: z.record(z.string(), z.object({ type: fieldType, nullable: z.boolean() })).default({}),
  outputContext: z.object({ entityName: z.string() }).optional(),
});
const manifestSchema = z.object({ modules: z.object({ action: z.array(actionSchema).default([]), 'automation:actionProvider': z.array(z.object({ actions: z.array(z.string()) })).default([]) }) });

/** An action of the app, as its manifest declares it for Automation. */
export type DeclaredAction = z.infer<typeof actionSchema>;

/** The actions that the app offers to Automation. */
export function readActions(appDir: string): readonly DeclaredAction[] {
  const { modules } = manifestSchema.parse(parse(readFileSync(path.join(appDir, 'manifest.yml'), 'utf8')));
  const offered = modules['automation:actionProvider'].flatMap(({ actions }) => actions);
  return modules.action.filter(({ key }) => offered.includes(key));
}

/** What an action did: its outputs, or what the rule's owner reads. */
export type ActionRun = { readonly kind: 'done'; readonly outputs: Readonly<Record<string, unknown>> } | { readonly kind: 'failed'; readonly message: string };

/** Calls a function of the app; rejects when it throws. */
export type CallFunction = (call: { readonly moduleKey: string; readonly body: unknown; readonly accountId: string }) => Promise<unknown>;

const errorsSchema = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

/**
 * Runs an action as Automation does: as the rule's user, with the declared inputs and no others, and
 * of what it answers with the declared outputs and no others.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/automation-action
 */
export async function runAction(call: CallFunction, action: DeclaredAction, given: Readonly<Record<string, unknown>>, accountId: string): Promise<ActionRun> {
  const wrong = wrongInput(action, given);
  if (wrong !== null) return { kind: 'failed', message: wrong };
  const inputs = Object.fromEntries(Object.entries(given).filter(([name]) => action.inputs[name] !== undefined));
  const body = { ...inputs, context: { cloudId: 'sandbox', moduleKey: action.key } };
  const answer = await call({ moduleKey: action.key, body, accountId }).catch(() => null);
  // Automation tells the owner no more of a throw than this.
  if (answer === null) return { kind: 'failed', message: 'Something went wrong while running this action.' };
  const failed = errorsSchema.safeParse(answer);
  if (failed.success) return { kind: 'failed', message: failed.data.errors.map(({ message }) => message).join(' ') };
  return outputsOf(action, answer);
}

function wrongInput({ inputs }: DeclaredAction, given: Readonly<Record<string, unknown>>): string | null {
  for (const [name, { type, required }] of Object.entries(inputs)) {
    const value = given[name];
    if (value === undefined && required) return `The input ${name} is required.`;
    if (value !== undefined && !isOf(type, value)) return `The input ${name} is declared ${type}.`;
  }
  return null;
}

function outputsOf({ outputs }: DeclaredAction, answer: unknown): ActionRun {
  const given = z.looseObject({}).safeParse(answer);
  const values: Record<string, unknown> = {};
  for (const [name, { type, nullable }] of Object.entries(outputs)) {
    const value = given.success ? given.data[name] : undefined;
    if (value === undefined || value === null) {
      if (!nullable) return { kind: 'failed', message: `Sandbox: the action answered without ${name}, which manifest.yml calls not nullable.` };
    } else if (!isOf(type, value)) {
      return { kind: 'failed', message: `Sandbox: the action answered ${name} as another type than ${type}.` };
    } else {
      values[name] = value;
    }
  }
  return { kind: 'done', outputs: values };
}

function isOf(type: z.infer<typeof fieldType>, value: unknown): boolean {
  if (type === 'integer') return Number.isSafeInteger(value);
  return typeof value === type;
}
