import Button from '@atlaskit/button/new';
import type { RefObject } from 'react';
import type { ConnectionView } from '@contract';
import { t } from '../../i18n';
import { ConnectionFields } from './ConnectionFields';
import type { FieldErrors, FormValues } from './form';
import { RequestFields } from './RequestFields';
import { SaveState } from './SaveState';
import type { Running, SaveNotice } from './saveNotice';

type SettingsFormProps = {
  readonly formRef: RefObject<HTMLFormElement>;
  readonly view: ConnectionView;
  readonly form: FormValues;
  readonly errors: FieldErrors;
  readonly notice: SaveNotice;
  readonly isDirty: boolean;
  readonly running: Running;
  readonly onChange: (changed: Partial<FormValues>) => void;
  readonly onSave: () => void;
};

/** The connection's settings. */
export function SettingsForm({
  formRef,
  view,
  form,
  errors,
  notice,
  isDirty,
  running,
  onChange,
  onSave,
}: SettingsFormProps) {
  const isBusy = running !== null;
  return (
    <form
      ref={formRef}
      className="form"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) onSave();
      }}
    >
      <ConnectionFields view={view} form={form} errors={errors} isBusy={isBusy} onChange={onChange} />
      <RequestFields view={view} form={form} errors={errors} isBusy={isBusy} onChange={onChange} />
      <div className="save-line">
        <Button
          type="submit"
          appearance="primary"
          isLoading={running === 'save'}
          isDisabled={running !== null && running !== 'save'}
        >
          {t('common.save')}
        </Button>
        <SaveState view={view} notice={notice} isDirty={isDirty} running={running} />
      </div>
    </form>
  );
}
