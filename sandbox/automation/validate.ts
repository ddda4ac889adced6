import type { ActionDeclaration } from '../forge/actions';
import type { Component } from './rules';
import { own } from '../forge/own';

/** How large the configuration of an action may be, as JSON. Documented: 100 kilobytes. */
const MOST_BYTES = 100 * 1024;

/**
 * What is wrong with an action's inputs, by the name of the input, as the form finds it in
 * `extension.errors.invalidInputs`.
 */
export type InvalidInputs = Readonly<Record<string, { readonly message: string }>>;

/**
 * What keeps a rule with this action from being saved: an input that is required and missing, of another
 * type than declared, or not declared. Empty when nothing does. Documented, except that an empty text
 * counts as missing, which is assumed; where it does not, the action itself refuses it when it runs.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/automation-action/
 */
function invalidInputs(
  { inputs: declared }: ActionDeclaration,
  inputs: Readonly<Record<string, unknown>>,
): InvalidInputs {
  const size = Buffer.byteLength(JSON.stringify(inputs));
  const wrong = (name: string): string | null => {
    const value = own(inputs, name);
    const input = own(declared, name);
    if (input === undefined) return `${name} is not an input of this action`;
    if (value === undefined || value === '') return input.required ? `${name} is required` : null;
    // A smart value is a text whatever it stands for.
    const isRight =
      typeof value === 'string'
        ? input.type === 'string' || value.includes('{{')
        : input.type === 'integer'
          ? Number.isInteger(value)
          : typeof value === input.type;
    return isRight ? null : `${name} has to be of the type ${input.type}`;
  };
  const names = [...new Set([...Object.keys(declared), ...Object.keys(inputs)])];
  const found = names.flatMap((name): [string, { message: string }][] => {
    const message = size > MOST_BYTES ? 'the configuration is larger than 100 kilobytes' : wrong(name);
    return message === null ? [] : [[name, { message }]];
  });
  return Object.fromEntries(found);
}

/** What is wrong with the actions of a rule, by the place of the component, counted from 0; empty for nothing. */
export function invalidComponents(
  components: readonly Component[],
  actions: readonly ActionDeclaration[],
): Readonly<Record<number, InvalidInputs>> {
  return Object.fromEntries(
    components.flatMap((component, place): [number, InvalidInputs][] => {
      const action = component.kind === 'action' ? actions.find(({ key }) => key === component.key) : undefined;
      if (component.kind !== 'action' || action === undefined) return [];
      const invalid = invalidInputs(action, component.inputs);
      return Object.keys(invalid).length === 0 ? [] : [[place, invalid]];
    }),
  );
}
