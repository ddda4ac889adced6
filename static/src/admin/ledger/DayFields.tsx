import { TextField } from '../../shared/TextField';
import { t } from '../../i18n';
import type { FilterFieldsProps } from './filterFields';

/** From which day until which. */
export function DayFields({ form, errorAt, change }: FilterFieldsProps) {
  return (
    <>
      <TextField
        label={t('admin.ledger.filter.from')}
        type="date"
        value={form.from}
        isReadOnly={false}
        onChange={(from) => change({ from })}
      />
      <TextField
        label={t('admin.ledger.filter.until')}
        type="date"
        value={form.until}
        isReadOnly={false}
        error={errorAt('until')}
        onChange={(until) => change({ until })}
      />
    </>
  );
}
