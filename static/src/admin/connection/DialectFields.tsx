import type { Dialect } from '@contract';
import { t } from '../../i18n';
import { SelectField } from '../../shared/SelectField';
import type { SettingsFieldsProps } from './settingsFields';

const DIALECTS: readonly Dialect[] = ['put-segment-users', 'post-manage-users'];

/** With which requests people are moved and removed. */
export function DialectFields({ form, isBusy, onChange }: SettingsFieldsProps) {
  return (
    <>
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
    </>
  );
}
