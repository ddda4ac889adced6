import Heading from '@atlaskit/heading';
import type { ReadPlan } from '@contract';
import { t } from '../../i18n';
import { SelectField } from '../../shared/SelectField';
import { TextField } from '../../shared/TextField';
import { RoutesField } from './RoutesField';
import type { SettingsFieldsProps } from './settingsFields';

const READ_PLANS: readonly ReadPlan[] = ['all-at-once', 'per-segment'];

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
        error={errors['settings.profile.key.scheme']}
        isShort
        isReadOnly={isBusy}
        onChange={(authScheme) => onChange({ authScheme })}
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
      <RoutesField form={form} errors={errors} view={view} isReadOnly={isBusy} onChange={onChange} />
    </section>
  );
}
