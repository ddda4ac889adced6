import { view as bridge } from '@forge/bridge';
import { useEffect, useState } from 'react';
import { ANY_SOURCE, type ActionFormView, type ActionKey, type Segment } from '../../../src/contract';
import { Message } from '../shared/Message';
import { t } from '../i18n';
import { FIELDS, findErrors, formOf, inputsOf, type FieldError, type FieldName, type FormValues } from './form';
import { KeyField } from './KeyField';
import { SegmentField, type Option } from './SegmentField';

type ActionFormProps = { readonly action: ActionKey; readonly stored: unknown; readonly view: ActionFormView };

/** The fields of one action. Whatever is right is handed to the rule at once: Automation has no Save of its own in here. */
export function ActionForm({ action, stored, view }: ActionFormProps) {
  const [form, setForm] = useState<FormValues>(() => formOf(stored));
  const [touched, setTouched] = useState<ReadonlySet<FieldName>>(new Set());
  const errors = findErrors(action, form, view.segments);
  const isRight = Object.keys(errors).length === 0;

  useEffect(() => {
    if (isRight) void bridge.submit(inputsOf(action, form)).catch(() => undefined);
  }, [action, form, isRight]);

  const change = (field: FieldName, value: string) => {
    setForm({ ...form, [field]: value });
    setTouched(new Set([...touched, field]));
  };
  // An empty field is no mistake before someone has been there; a segment that is gone always is one.
  const errorOf = (field: FieldName): string | undefined => {
    const error = errors[field];
    return error === undefined || (error === 'required' && !touched.has(field)) ? undefined : errorText(error, form[field]);
  };
  const fields = FIELDS[action];

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
      <KeyField label={t('action.issueKey')} hint={t('action.issueKeyHint')} value={form.issueKey} error={errorOf('issueKey')} onChange={(value) => change('issueKey', value)} />
      {fields.includes('source') && (
        <SegmentField
          label={t('action.source')}
          value={form.source}
          options={[...(action === 'move-reporter' ? [{ value: ANY_SOURCE, text: t('action.any') }] : []), ...optionsOf(view.segments, form.source)]}
          error={errorOf('source')}
          onChange={(value) => change('source', value)}
        />
      )}
      {fields.includes('target') && (
        <SegmentField label={t('action.target')} value={form.target} options={optionsOf(view.segments, form.target)} error={errorOf('target')} onChange={(value) => change('target', value)} />
      )}
    </form>
  );
}

/** The segments to choose from; one that is stored and gone stays in the list, so that the rule's author sees it. */
function optionsOf(segments: readonly Segment[], chosen: string): Option[] {
  const known = segments.map(({ id, name }) => ({ value: String(id), text: name }));
  const isGone = chosen !== '' && chosen !== ANY_SOURCE && !known.some(({ value }) => value === chosen);
  return isGone ? [...known, { value: chosen, text: t('action.goneOption', { id: chosen }) }] : known;
}

function errorText(error: FieldError, value: string): string {
  return error === 'gone' ? t('action.errors.gone', { id: value }) : t(`action.errors.${error}`);
}
