import { ACTIONS, ANY_SOURCE, type ActionInputs, type ActionKey, type Segment } from '../../../src/contract';

/** The fields of an action, in the order in which the form shows them. */
export type FieldName = 'issueKey' | 'source' | 'target';

/** Which fields each action has; the same as its inputs in manifest.yml. */
export const FIELDS: Readonly<Record<ActionKey, readonly FieldName[]>> = {
  'move-reporter': ['issueKey', 'source', 'target'],
  'remove-reporter': ['issueKey', 'source'],
  'add-reporter': ['issueKey', 'target'],
  'get-reporter-segments': ['issueKey'],
};

/** The work item that a rule is about, as Automation calls it. */
export const THE_ISSUE = '{{issue.key}}';

/** The form as it stands: every field as text, empty for none. */
export type FormValues = Readonly<Record<FieldName, string>>;

/** What is wrong with a field. */
export type FieldError = 'required' | 'gone' | 'same' | 'notAKey';

/** The action that a module key names; null for any other. */
export function actionOf(moduleKey: unknown): ActionKey | null {
  return ACTIONS.find((key) => key === moduleKey) ?? null;
}

/** The form for what a rule has stored, with the usual work item where it has none. */
export function formOf(stored: unknown): FormValues {
  return { issueKey: textIn(stored, 'issueKey') ?? THE_ISSUE, source: textIn(stored, 'source') ?? '', target: textIn(stored, 'target') ?? '' };
}

/** Everything in the form that a rule must not be saved with, by field. */
export function findErrors(action: ActionKey, form: FormValues, segments: readonly Segment[]): Partial<Record<FieldName, FieldError>> {
  const errors: Partial<Record<FieldName, FieldError>> = {};
  for (const field of FIELDS[action]) {
    const error = field === 'issueKey' ? issueKeyError(form.issueKey) : segmentError(form[field], field, segments);
    if (error !== null) errors[field] = error;
  }
  if (action === 'move-reporter' && form.source !== '' && form.source === form.target && errors.target === undefined) errors.target = 'same';
  return errors;
}

/** What the rule keeps: the fields of its action, and no others. */
export function inputsOf(action: ActionKey, form: FormValues): ActionInputs {
  const fields = FIELDS[action];
  return {
    issueKey: form.issueKey.trim(),
    ...(fields.includes('source') ? { source: form.source } : {}),
    ...(fields.includes('target') ? { target: form.target } : {}),
  };
}

function issueKeyError(text: string): FieldError | null {
  const value = text.trim();
  if (value === '') return 'required';
  return /^\{\{.+\}\}$/.test(value) || /^[a-z][a-z0-9_]*-\d+$/i.test(value) ? null : 'notAKey';
}

function segmentError(value: string, field: 'source' | 'target', segments: readonly Segment[]): FieldError | null {
  if (value === '') return 'required';
  if (field === 'source' && value === ANY_SOURCE) return null;
  return segments.some(({ id }) => String(id) === value) ? null : 'gone';
}

function textIn(stored: unknown, field: FieldName): string | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const value: unknown = Object.entries(stored).find(([name]) => name === field)?.[1];
  return typeof value === 'string' && value !== '' ? value : null;
}
