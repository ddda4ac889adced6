import { PersonField } from '../../shared/PersonField';
import { makeDraft } from '../../shared/useDraft';
import { TextField } from '../../shared/TextField';
import { t } from '../../i18n';
import type { FilterFieldsProps } from './filterFields';

const TYPED_ACTOR = makeDraft<string>();
const TYPED_REPORTER = makeDraft<string>();

/** Who did it, about whom, and in which segment. */
export function PeopleFields({ form, errorAt, change }: FilterFieldsProps) {
  return (
    <>
      <PersonField
        label={t('admin.ledger.filter.actor')}
        value={form.actor}
        draft={TYPED_ACTOR}
        onChange={(actor) => change({ actor })}
      />
      <PersonField
        label={t('admin.ledger.filter.reporter')}
        value={form.reporter}
        draft={TYPED_REPORTER}
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
