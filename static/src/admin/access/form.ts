import { ACTS, type AccessSettings, type Act, type JiraPermission, type SaveAccessInput } from '@contract';

/** The form as typed: group names of each act in one line. */
export type AccessFormValues = Readonly<Record<Act, { readonly permission: JiraPermission; readonly groups: string }>>;

/** The form for what is stored. */
export function accessFormOf(access: AccessSettings): AccessFormValues {
  const lineOf = (act: Act): AccessFormValues[Act] => ({
    permission: access[act].permission,
    groups: access[act].groups.map(({ name }) => name).join(', '),
  });
  return ofEachAct(lineOf);
}

/** What the form stands for: names between commas, blanks and repetitions aside. */
export function toAccessInput(form: AccessFormValues): SaveAccessInput {
  const ruleOf = (act: Act): SaveAccessInput[Act] => ({
    permission: form[act].permission,
    groupNames: groupNames(form[act].groups),
  });
  return ofEachAct(ruleOf);
}

function ofEachAct<T>(valueOf: (act: Act) => T): Readonly<Record<Act, T>> {
  return {
    board: valueOf('board'),
    link: valueOf('link'),
    move: valueOf('move'),
    remove: valueOf('remove'),
    add: valueOf('add'),
    others: valueOf('others'),
    bulk: valueOf('bulk'),
  };
}

/** The group names in a line. */
export function groupNames(line: string): string[] {
  const names = line.split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/**
 * The act whose groups the app refused, by the name that the app's own check gives the field; null for
 * any other field.
 */
export function actOfField(field: string): Act | null {
  return ACTS.find((act) => field.startsWith(`${act}.`)) ?? null;
}
