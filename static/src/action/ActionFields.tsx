import { ANY_SOURCE, markedId, type ActionKey, type Problem, type Segment } from '@contract';
import { t } from '../i18n';
import { FIELDS, isTyped, type FieldName, type FormValues } from './form';
import { KeyField } from './KeyField';
import { SegmentField, type Option } from './SegmentField';
import { UnknownField } from './UnknownField';

type ActionFieldsProps = {
  readonly action: ActionKey;
  readonly segments: readonly Segment[];
  readonly form: FormValues;
  readonly errorOf: (field: FieldName) => string | undefined;
  readonly change: <F extends FieldName>(field: F, value: FormValues[F]) => void;
  readonly inviteRefusal: Problem | null;
};

/** The fields an action has. */
export function ActionFields({ action, segments, form, errorOf, change, inviteRefusal }: ActionFieldsProps) {
  const fields = FIELDS[action];
  return (
    <>
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
            ...optionsOf(segments, form.source),
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
          options={optionsOf(segments, form.target)}
          error={errorOf('target')}
          onChange={(value) => change('target', value)}
        />
      )}
      {fields.includes('ifUnknown') && (
        <UnknownField
          action={action}
          value={form.ifUnknown}
          inviteRefusal={inviteRefusal}
          onChange={(value) => change('ifUnknown', value)}
        />
      )}
    </>
  );
}

/** The segments to choose from; one that is stored and gone stays in the list, so that the rule's author sees it. */
function optionsOf(segments: readonly Segment[], chosen: string): Option[] {
  const known = segments.map(({ id, name }) => ({ value: markedId(id), text: name }));
  const isGone =
    chosen !== '' && chosen !== ANY_SOURCE && !isTyped(chosen) && !known.some(({ value }) => value === chosen);
  return isGone ? [...known, { value: chosen, text: t('action.goneOption', { id: chosen.replace(/^#/, '') }) }] : known;
}
