import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import type { RefObject } from 'react';
import type { ConnectionView, Dialect, ReadPlan } from '@contract';
import { list, t } from '../../i18n';
import { dateText } from '../../shared/timeText';
import type { FieldErrors, FormValues } from './form';
import { RoutesField } from './RoutesField';
import { SaveState } from './SaveState';
import { SelectField } from '../../shared/SelectField';
import type { Running, SaveNotice } from './saveNotice';
import { TextField } from '../../shared/TextField';

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

const DIALECTS: readonly Dialect[] = ['put-segment-users', 'post-manage-users'];
const READ_PLANS: readonly ReadPlan[] = ['all-at-once', 'per-segment'];

const SWITCH: readonly ('off' | 'on')[] = ['off', 'on'];

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
      <section className="group">
        <Heading as="h2" size="small">
          {t('admin.connection.title')}
        </Heading>
        <TextField
          label={t('admin.connection.apiOrigin')}
          value={form.apiOrigin}
          hint={t('admin.connection.apiOriginHint', { hosts: list(view.defaults.allowedHosts, 'or') })}
          error={errors['settings.apiOrigin']}
          inputMode="url"
          isRequired
          isReadOnly={isBusy}
          onChange={(apiOrigin) => onChange({ apiOrigin })}
        />
        <TextField
          label={t('admin.connection.key')}
          value={form.key}
          hint={
            view.keyStoredAtMs === null
              ? t('admin.connection.keyNotStored')
              : t('admin.connection.keyStored', { date: dateText(view.keyStoredAtMs) })
          }
          error={errors.key}
          type="password"
          isRequired={view.keyStoredAtMs === null}
          isReadOnly={isBusy}
          onChange={(key) => onChange({ key })}
        />
        <TextField
          label={t('admin.connection.initiativeId')}
          value={form.initiativeId}
          hint={t('admin.connection.initiativeIdHint')}
          error={errors['settings.initiativeId']}
          inputMode="numeric"
          isRequired
          isShort
          isReadOnly={isBusy}
          onChange={(initiativeId) => onChange({ initiativeId })}
        />
      </section>
      <section className="group">
        <Heading as="h2" size="small">
          {t('admin.connection.requests')}
        </Heading>
        <TextField
          label={t('admin.connection.authScheme')}
          value={form.authScheme}
          hint={t('admin.connection.authSchemeHint')}
          error={errors['settings.authScheme']}
          isRequired
          isShort
          isReadOnly={isBusy}
          onChange={(authScheme) => onChange({ authScheme })}
        />
        <SelectField
          label={t('admin.connection.moveDialect')}
          value={form.moveDialect}
          values={DIALECTS}
          textOf={(dialect) => t(`admin.connection.moveDialects.${dialect}`)}
          hint={t('admin.connection.dialectHint')}
          isDisabled={isBusy}
          onChange={(moveDialect) => onChange({ moveDialect })}
        />
        <SelectField
          label={t('admin.connection.removeDialect')}
          value={form.removeDialect}
          values={DIALECTS}
          textOf={(dialect) => t(`admin.connection.removeDialects.${dialect}`)}
          isDisabled={isBusy}
          onChange={(removeDialect) => onChange({ removeDialect })}
        />
        <SelectField
          label={t('admin.connection.readPlan')}
          value={form.readPlan}
          values={READ_PLANS}
          textOf={(plan) => t(`admin.connection.readPlans.${plan}`)}
          hint={t('admin.connection.readPlanHint')}
          isDisabled={isBusy}
          onChange={(readPlan) => onChange({ readPlan })}
        />
        <SelectField
          label={t('admin.connection.canAdd')}
          value={form.canAdd ? 'on' : 'off'}
          values={SWITCH}
          textOf={(state) => t(`admin.connection.canAddOptions.${state}`)}
          hint={t('admin.connection.canAddHint')}
          isDisabled={isBusy}
          onChange={(value) => onChange({ canAdd: value === 'on' })}
        />
        <RoutesField form={form} errors={errors} view={view} isReadOnly={isBusy} onChange={onChange} />
      </section>
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
