import Heading from '@atlaskit/heading';
import type { ReadPlan } from '@contract';
import { t } from '../../i18n';
import { SelectField } from '../../shared/SelectField';
import { TextField } from '../../shared/TextField';
import { DialectFields } from './DialectFields';
import { RoutesField } from './RoutesField';
import type { SettingsFieldsProps } from './settingsFields';

const READ_PLANS: readonly ReadPlan[] = ['all-at-once', 'per-segment'];

const SWITCH: readonly ('off' | 'on')[] = ['off', 'on'];

/** How Shorter Loop is asked. */
export function RequestFields(props: SettingsFieldsProps) {
  const { view, form, errors, isBusy, onChange } = props;
  return (
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
      <DialectFields {...props} />
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
  );
}
