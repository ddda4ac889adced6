import Button from '@atlaskit/button/new';
import type { RefObject } from 'react';
import type { ConnectionView } from '@contract';
import { t } from '../../i18n';
import { ConnectionFields } from './ConnectionFields';
import type { FieldErrors, FormValues } from './form';
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
  readonly onSubmit: () => void;
};

/** What the app has to be told; everything else is found out by the check that follows. */
export function SettingsForm(props: SettingsFormProps) {
  const { formRef, view, form, errors, notice, isDirty, running, onChange, onSubmit } = props;
  const isBusy = running !== null;
  const isChecked = !isDirty && view.settings !== null;
  return (
    <form
      ref={formRef}
      className="form"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) onSubmit();
      }}
    >
      <ConnectionFields view={view} form={form} errors={errors} isBusy={isBusy} onChange={onChange} />
      <div className="save-line">
        <Button type="submit" appearance="primary" isLoading={isBusy}>
          {isChecked ? t('admin.connection.check.button') : t('admin.connection.check.saveAndCheck')}
        </Button>
        <SaveState view={view} notice={notice} isDirty={isDirty} running={running} />
      </div>
      <p className="subtle small">{t('admin.connection.check.intro')}</p>
    </form>
  );
}
