import { view as bridge } from '@forge/bridge';
import { useEffect, useState } from 'react';
import type { ActionKey, Segment } from '@contract';
import { t } from '../i18n';
import {
  differs,
  FIELDS,
  findErrors,
  formOf,
  inputsOf,
  type FieldError,
  type FieldName,
  type FormValues,
  type InvalidInputs,
} from './form';
import { useAutomation } from './useAutomation';

export type StoredAction = {
  readonly action: ActionKey;
  readonly stored: unknown;
  readonly invalid: InvalidInputs;
};

/**
 * The values of an action's form and what is wrong with them. Every change is submitted at once, whether the
 * form is right or not: that keeps the rule's draft as it is shown, and a cleared field clears the stored
 * value. Automation's *Next* is answered only by a form that is right; another one says what is missing.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/automation-action/
 */
export function useActionForm({ action, stored, invalid }: StoredAction, segments: readonly Segment[]) {
  const [form, setForm] = useState<FormValues>(() => formOf(stored));
  const [touched, setTouched] = useState<ReadonlySet<FieldName>>(new Set());
  const [rejected, setRejected] = useState<InvalidInputs>(invalid);
  const errors = findErrors(action, form, segments);
  const fields = FIELDS[action];
  const isChecking = useAutomation(() => {
    setTouched(new Set(fields));
    if (Object.keys(errors).length === 0) submit(action, form);
  });

  // A new rule gets the usual work item: Automation enables Next only for a form that has submitted something.
  useEffect(() => {
    if (differs(action, stored)) submit(action, formOf(stored));
  }, [action, stored]);

  const change = <F extends FieldName>(field: F, value: FormValues[F]) => {
    const changed = { ...form, [field]: value };
    setForm(changed);
    setTouched(new Set([...touched, field]));
    setRejected(Object.fromEntries(Object.entries(rejected).filter(([name]) => name !== field)));
    submit(action, changed);
  };
  // An empty field is no mistake before someone has been there; a segment that is gone always is one.
  const errorOf = (field: FieldName): string | undefined => {
    const error = errors[field];
    const isTold = error !== undefined && (error !== 'required' || touched.has(field) || rejected[field] !== undefined);
    return isTold ? errorText(error, form[field]) : rejected[field];
  };
  const elsewhere = Object.entries(rejected).filter(([name]) => !fields.some((field) => field === name));

  return { form, isChecking, change, errorOf, elsewhere };
}

/** Hands the form to the rule. Outside of a rule editor nobody takes it, and there is nothing to say of that. */
function submit(action: ActionKey, form: FormValues): void {
  void bridge.submit(inputsOf(action, form)).catch(() => undefined);
}

function errorText(error: FieldError, value: string): string {
  return error === 'gone' ? t('action.errors.gone', { id: value.replace(/^#/, '') }) : t(`action.errors.${error}`);
}
