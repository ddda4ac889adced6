import { ACTS, type AccessSettings, type Act, type Group, type JiraPermission, type SaveAccessInput } from '@contract';

/** One rule as it stands in the form: `query` is a part of a group's name that has led to no choice yet. */
export type RuleForm = {
  readonly permission: JiraPermission;
  readonly groups: readonly string[];
  /** Those of them that were chosen since the rule was loaded. */
  readonly picked: readonly Group[];
  readonly query: string;
};
/** The form of all rules. */
export type AccessFormValues = Readonly<Record<Act, RuleForm>>;

/** The form for what is stored. */
export function accessFormOf(access: AccessSettings): AccessFormValues {
  return eachAct((act) => ({
    permission: access[act].permission,
    groups: access[act].groups.map(({ name }) => name),
    picked: [],
    query: '',
  }));
}

/** What the form stands for. */
export function toAccessInput(form: AccessFormValues): SaveAccessInput {
  return eachAct((act) => {
    const { permission, groups, picked } = form[act];
    return { permission, groupNames: groups, ...(picked.length === 0 ? {} : { picked }) };
  });
}

/** The first rule with a group's name that was typed and not chosen: it would not count, and nobody would say so. */
export function actWithOpenQuery(form: AccessFormValues): Act | null {
  return ACTS.find((act) => form[act].query.trim() !== '') ?? null;
}

/**
 * Whether somebody who makes a project of their own may do the act there: a permission of projects, and no group. It
 * matters for what reaches people beyond the reporters of a project.
 */
export function isOpenToProjectMakers(
  act: Act,
  { permission, groups }: Pick<RuleForm, 'permission' | 'groups'>,
): boolean {
  return REACHES_FAR.includes(act) && permission !== 'ADMINISTER' && groups.length === 0;
}

const REACHES_FAR: readonly Act[] = ['board', 'link', 'others', 'bulk'];

/**
 * The act whose groups the app refused, by the name that the app's own check gives the field; null for
 * any other field.
 */
export function actOfField(field: string): Act | null {
  return ACTS.find((act) => field.startsWith(`${act}.`)) ?? null;
}

function eachAct<T>(valueOf: (act: Act) => T): Readonly<Record<Act, T>> {
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
