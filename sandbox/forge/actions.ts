import { z } from 'zod';
import { moduleOf, type Manifest } from './manifest';
import { SITE } from './site';
import { own } from './own';

const typeSchema = z.enum(['string', 'integer', 'number', 'boolean']);
type ScalarType = z.output<typeof typeSchema>;

const actionSchema = z.object({
  key: z.string(),
  name: z.string().optional(),
  inputs: z.record(z.string(), z.object({ type: typeSchema, required: z.boolean().default(false) })).default({}),
  outputs: z.record(z.string(), z.object({ type: typeSchema, nullable: z.boolean() })).default({}),
  actionVerb: z.string().optional(),
  outputContext: z.object({ entityName: z.string(), outputDomain: z.string().optional() }).optional(),
});

/** An action as manifest.yml declares it: inputs and outputs by name. */
export type ActionDeclaration = z.output<typeof actionSchema>;

/** What a rule gives an action. */
export type ActionInputs = Readonly<Record<string, unknown>>;

/** What came of running an action. Texts are those that the rule's owner finds in the audit log. */
export type ActionResult =
  /** `sandboxErrors` says where the outputs are not what manifest.yml declares. */
  | {
      readonly kind: 'success';
      readonly outputs: Readonly<Record<string, unknown>>;
      readonly sandboxErrors: readonly string[];
    }
  /** The function answered errors: the rule stops and shows them. */
  | { readonly kind: 'failed'; readonly messages: readonly string[] }
  /** The function threw or took too long. `detail` is for the sandbox's user: Automation shows the message alone. */
  | { readonly kind: 'crashed'; readonly message: string; readonly detail: string }
  /** The inputs are not those that manifest.yml declares; the function did not run. */
  | { readonly kind: 'refused'; readonly messages: readonly string[] };

/** What Automation says of an action that threw, whatever it threw. The words are the sandbox's. */
export const UNEXPECTED = 'Something went wrong while running this action.';

const errorsSchema = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

/** The action of that key. Throws when the manifest has none. */
export function actionOf(manifest: Manifest, key: string): ActionDeclaration {
  const module = moduleOf(manifest, key);
  if (module.type !== 'action') throw new Error(`The module ${key} is a ${module.type}, no action`);
  return actionSchema.parse(module);
}

/** The actions that the manifest offers to Automation, in its order. */
export function automationActionsOf(manifest: Manifest): ActionDeclaration[] {
  const providers = manifest.modules.filter(({ type }) => type === 'automation:actionProvider');
  const keys = providers.flatMap((provider) => z.object({ actions: z.array(z.string()) }).parse(provider).actions);
  return keys.map((key) => actionOf(manifest, key));
}

/** Every way in which inputs differ from the declaration: one sentence each. */
export function inputProblems({ inputs: declared }: ActionDeclaration, inputs: ActionInputs): string[] {
  const unknown = Object.keys(inputs).filter((name) => own(declared, name) === undefined);
  return [
    ...unknown.map((name) => `The action has no input “${name}”.`),
    ...Object.entries(declared).flatMap(([name, { type, required }]) => {
      const value = own(inputs, name);
      if (value === undefined || value === '') return required ? [`The input “${name}” is required.`] : [];
      return isOf(type, value) ? [] : [`The input “${name}” has to be of the type ${type}.`];
    }),
  ];
}

/**
 * Runs an action as Automation does. The function gets the declared inputs and `context`, nothing of
 * the work item; what it returns beyond the declared outputs is dropped, and a nullable one that is
 * missing is null.
 * @param run calls the function with that body, and rejects when it throws or takes too long
 */
export async function runDeclaredAction(
  declaration: ActionDeclaration,
  inputs: ActionInputs,
  run: (body: object) => Promise<unknown>,
): Promise<ActionResult> {
  const problems = inputProblems(declaration, inputs);
  if (problems.length > 0) return { kind: 'refused', messages: problems };
  try {
    return resultOf(
      declaration,
      await run({ ...inputs, context: { cloudId: SITE.cloudId, moduleKey: declaration.key } }),
    );
  } catch (error) {
    return { kind: 'crashed', message: UNEXPECTED, detail: error instanceof Error ? error.message : String(error) };
  }
}

function resultOf({ outputs: declared }: ActionDeclaration, returned: unknown): ActionResult {
  const failed = errorsSchema.safeParse(returned);
  if (failed.success) return { kind: 'failed', messages: failed.data.errors.map(({ message }) => message) };
  const found = z.record(z.string(), z.unknown()).catch({}).parse(returned);
  const read = Object.entries(declared).map(([name, { type, nullable }]) => {
    const value = own(found, name) ?? null;
    const isRight = value === null ? nullable : isOf(type, value);
    return { name, value, isRight, wrong: value === null ? 'is missing, and not nullable' : `is no ${type}` };
  });
  return {
    kind: 'success',
    outputs: Object.fromEntries(read.filter(({ isRight }) => isRight).map(({ name, value }) => [name, value])),
    sandboxErrors: read.filter(({ isRight }) => !isRight).map(({ name, wrong }) => `The output “${name}” ${wrong}.`),
  };
}

function isOf(type: ScalarType, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    case 'string':
    case 'boolean':
      return typeof value === type;
  }
}
