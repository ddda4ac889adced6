import {
  ACTIONS,
  ANY_SOURCE,
  REMOVAL_UNKNOWN_CHOICES,
  UNKNOWN_CHOICES,
  markedId,
  type ActionInputs,
  type ActionKey,
  type Segment,
  type UnknownChoice,
} from '@contract';

/** The fields of an action, in the order in which the form shows them. */
export type FieldName = 'issueKey' | 'source' | 'target' | 'ifUnknown';

/** Which fields each action has; the same as its inputs in manifest.yml. */
export const FIELDS: Readonly<Record<ActionKey, readonly FieldName[]>> = {
  'move-reporter': ['issueKey', 'source', 'target', 'ifUnknown'],
  'remove-reporter': ['issueKey', 'source', 'ifUnknown'],
  'add-reporter': ['issueKey', 'target', 'ifUnknown'],
  'get-reporter-segments': ['issueKey'],
};

/** The work item that a rule is about, as Automation calls it. */
export const THE_ISSUE = '{{issue.key}}';

/** The form as it stands: every field as text, empty for none. */
export type FormValues = Readonly<Record<Exclude<FieldName, 'ifUnknown'>, string>> & {
  readonly ifUnknown: UnknownChoice;
};

/** What each action offers to do about a person who isn't known: nobody can be added where there is no target. */
export function unknownChoicesOf(action: ActionKey): readonly UnknownChoice[] {
  return action === 'remove-reporter' ? REMOVAL_UNKNOWN_CHOICES : UNKNOWN_CHOICES;
}

/** What is wrong with a field. */
export type FieldError = 'required' | 'gone' | 'same' | 'notAKey' | 'notASmartValue';

/** What Automation said of inputs that it did not accept, by the name of the input. */
export type InvalidInputs = Readonly<Record<string, string>>;

/** The action that a module key names; null for any other. */
export function actionOf(moduleKey: unknown): ActionKey | null {
  return ACTIONS.find((key) => key === moduleKey) ?? null;
}

/**
 * The form for what a rule has stored. A rule that has nothing stored yet starts with the usual work
 * item; a field that was cleared stays so. Segments are kept by their ids with the sign that no name can have.
 */
export function formOf(stored: unknown): FormValues {
  return {
    issueKey: textIn(stored, 'issueKey') ?? THE_ISSUE,
    source: marked(textIn(stored, 'source') ?? ''),
    target: marked(textIn(stored, 'target') ?? ''),
    // What is none of the choices would fail when the rule runs, as the first of them does.
    ifUnknown: UNKNOWN_CHOICES.find((choice) => choice === textIn(stored, 'ifUnknown')) ?? 'fail',
  };
}

/** A stored id without its sign is shown, and from then on kept, with it. */
function marked(stored: string): string {
  return /^\d+$/.test(stored) ? `#${stored}` : stored;
}

/** What a rule means that has stored nothing. */
const DEFAULTS: FormValues = { issueKey: '', source: '', target: '', ifUnknown: 'fail' };

/** Whether the form shows something else than the rule has stored, such as the usual work item of a new rule. */
export function differs(action: ActionKey, stored: unknown): boolean {
  const form = formOf(stored);
  return FIELDS[action].some((field) => (textIn(stored, field) ?? DEFAULTS[field]) !== form[field]);
}

/** Everything in the form that a rule must not be saved with, by field. */
export function findErrors(
  action: ActionKey,
  form: FormValues,
  segments: readonly Segment[],
): Partial<Record<FieldName, FieldError>> {
  const errors: Partial<Record<FieldName, FieldError>> = {};
  for (const field of FIELDS[action]) {
    if (field === 'ifUnknown') continue;
    const error = field === 'issueKey' ? issueKeyError(form.issueKey) : segmentError(form[field], field, segments);
    if (error !== null) errors[field] = error;
  }
  if (action === 'move-reporter' && form.source !== '' && form.source === form.target && errors.target === undefined)
    errors.target = 'same';
  return errors;
}

/**
 * What the rule keeps: the fields of its action, and no others. A field that was cleared is told as an
 * empty text: whether what is submitted replaces the stored inputs or is put over them is not documented,
 * and so it clears the old value either way.
 */
export function inputsOf(action: ActionKey, form: FormValues): ActionInputs {
  const fields = FIELDS[action];
  return {
    issueKey: form.issueKey.trim(),
    ...(fields.includes('source') ? { source: form.source.trim() } : {}),
    ...(fields.includes('target') ? { target: form.target.trim() } : {}),
    ...(fields.includes('ifUnknown') ? { ifUnknown: form.ifUnknown } : {}),
  };
}

/** Whether a segment's field holds a text, meant as a smart value, instead of a segment that was chosen by its id. */
export function isTyped(value: string): boolean {
  return value !== '' && value !== ANY_SOURCE && !/^#\d+$/.test(value);
}

/**
 * What Automation says in the form's context about inputs that it did not accept: `errors.invalidInputs`
 * holds `{message}` by the name of the input.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/automation-action/
 */
export function invalidInputsIn(extension: unknown): InvalidInputs {
  const invalid = at(at(extension, 'errors'), 'invalidInputs');
  if (typeof invalid !== 'object' || invalid === null) return {};
  return Object.fromEntries(
    Object.entries(invalid).flatMap(([name, said]: [string, unknown]) => {
      const message = at(said, 'message');
      return typeof message === 'string' ? [[name, message]] : [];
    }),
  );
}

/** The property of that name; undefined for what has none. */
export function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function issueKeyError(text: string): FieldError | null {
  const value = text.trim();
  if (value === '') return 'required';
  return isSmartValue(value) || /^[a-z][a-z0-9_]*-\d+$/i.test(value) ? null : 'notAKey';
}

function segmentError(value: string, field: 'source' | 'target', segments: readonly Segment[]): FieldError | null {
  if (value === '') return 'required';
  if (isTyped(value)) return isSmartValue(value.trim()) ? null : 'notASmartValue';
  if (field === 'source' && value === ANY_SOURCE) return null;
  return segments.some(({ id }) => markedId(id) === value) ? null : 'gone';
}

function isSmartValue(value: string): boolean {
  return /^\{\{.+\}\}$/.test(value);
}

function textIn(stored: unknown, field: FieldName): string | null {
  const value = at(stored, field);
  return typeof value === 'string' ? value : null;
}
