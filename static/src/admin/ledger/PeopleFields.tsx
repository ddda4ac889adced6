import { PersonField } from '../../shared/PersonField';
import { TextField } from '../../shared/TextField';
import { t } from '../../i18n';
import type { FilterFieldsProps } from './filterFields';

/** Who did it, about whom, and in which segment. */
export function PeopleFields({ form, errorAt, change }: FilterFieldsProps) {
  return (
    <>
      <PersonField label={t('admin.ledger.filter.actor')} value={form.actor} onChange={(actor) => change({ actor })} />
      <PersonField
        label={t('admin.ledger.filter.reporter')}
        value={form.reporter}
        onChange={(reporter) => change({ reporter })}
      />
      <TextField
        label={t('admin.ledger.filter.memberId')}
        value={form.memberId}
        inputMode="numeric"
        error={errorAt('memberId')}
        isReadOnly={false}
        onChange={(memberId) => change({ memberId })}
      />
      <TextField
        label={t('admin.ledger.filter.segmentId')}
        value={form.segmentId}
        inputMode="numeric"
        error={errorAt('segmentId')}
        isReadOnly={false}
        onChange={(segmentId) => change({ segmentId })}
      />
    </>
  );
}
