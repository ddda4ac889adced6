import { view as bridge } from '@forge/bridge';
import { useEffect, useState } from 'react';
import { ANY_SOURCE, type ActionFormView, type ActionKey, type Segment } from '@contract';
import { Message } from '../shared/Message';
import { t } from '../i18n';
import {
  differs,
  FIELDS,
  findErrors,
  formOf,
  inputsOf,
  isTyped,
  type FieldError,
  type FieldName,
  type FormValues,
  type InvalidInputs,
} from './form';
import { KeyField } from './KeyField';
import { SegmentField, type Option } from './SegmentField';
import { useAutomation } from './useAutomation';

type ActionFormProps = {
  readonly action: ActionKey;
  readonly stored: unknown;
  readonly invalid: InvalidInputs;
  readonly view: ActionFormView;
};

/**
 * The fields of one action. Every change is submitted at once, whether the form is right or not: that
 * keeps the rule's draft as it is shown, and a cleared field clears the stored value. Automation's *Next*
 * is answered only by a form that is right; another one says what is missing.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/automation-action/
 */
export function ActionForm({ action, stored, invalid, view }: ActionFormProps) {
  const [form, setForm] = useState<FormValues>(() => formOf(stored));
  const [touched, setTouched] = useState<ReadonlySet<FieldName>>(new Set());
  const [rejected, setRejected] = useState<InvalidInputs>(invalid);
  const errors = findErrors(action, form, view.segments);
  const fields = FIELDS[action];
  const isChecking = useAutomation(() => {
    setTouched(new Set(fields));
    if (Object.keys(errors).length === 0) submit(action, form);
  });

  // A new rule gets the usual work item: Automation enables Next only for a form that has submitted something.
  useEffect(() => {
    if (differs(action, stored)) submit(action, formOf(stored));
  }, [action, stored]);

  const change = (field: FieldName, value: string) => {
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

  return (
    <form className="form" noValidate autoComplete="off" onSubmit={(event) => event.preventDefault()}>
      <p>{t(`action.intro.${action}`)}</p>
      {action !== 'get-reporter-segments' && !view.writesOn && (
        <Message tone="warning" title={t('action.writesOff.title')}>
          <p>{t('action.writesOff.next')}</p>
        </Message>
      )}
      {action === 'add-reporter' && !view.canAdd && (
        <Message tone="warning" title={t('action.addingOff.title')}>
          <p>{t('action.addingOff.next')}</p>
        </Message>
      )}
      {elsewhere.length > 0 && (
        <Message tone="error" title={t('action.rejected')}>
          {elsewhere.map(([name, message]) => (
            <p key={name}>{message}</p>
          ))}
        </Message>
      )}
      <p role="status" className="visually-hidden">
        {isChecking && t('action.checking')}
      </p>
      <fieldset className="fields" disabled={isChecking}>
        <KeyField
          label={t('action.issueKey')}
          hint={t('action.issueKeyHint')}
          value={form.issueKey}
          error={errorOf('issueKey')}
          onChange={(value) => change('issueKey', value)}
        />
        {fields.includes('source') && (
          <SegmentField
            label={t('action.source')}
            smartLabel={t('action.smartValue.source')}
            value={form.source}
            options={[
              ...(action === 'move-reporter' ? [{ value: ANY_SOURCE, text: t('action.any') }] : []),
              ...optionsOf(view.segments, form.source),
            ]}
            error={errorOf('source')}
            onChange={(value) => change('source', value)}
          />
        )}
        {fields.includes('target') && (
          <SegmentField
            label={t('action.target')}
            smartLabel={t('action.smartValue.target')}
            value={form.target}
            options={optionsOf(view.segments, form.target)}
            error={errorOf('target')}
            onChange={(value) => change('target', value)}
          />
        )}
      </fieldset>
    </form>
  );
}

/** Hands the form to the rule. Outside of a rule editor nobody takes it, and there is nothing to say of that. */
function submit(action: ActionKey, form: FormValues): void {
  void bridge.submit(inputsOf(action, form)).catch(() => undefined);
}

/** The segments to choose from; one that is stored and gone stays in the list, so that the rule's author sees it. */
function optionsOf(segments: readonly Segment[], chosen: string): Option[] {
  const known = segments.map(({ id, name }) => ({ value: String(id), text: name }));
  const isGone =
    chosen !== '' && chosen !== ANY_SOURCE && !isTyped(chosen) && !known.some(({ value }) => value === chosen);
  return isGone ? [...known, { value: chosen, text: t('action.goneOption', { id: chosen }) }] : known;
}

function errorText(error: FieldError, value: string): string {
  return error === 'gone' ? t('action.errors.gone', { id: value }) : t(`action.errors.${error}`);
}
