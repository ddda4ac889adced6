import { ENTRY_POINTS, LEDGER_KINDS, LEDGER_OUTCOMES } from '@contract';
import { SelectField } from '../../shared/SelectField';
import { t } from '../../i18n';
import { entryPointText, kindText, outcomeText } from './entryText';
import type { FilterFieldsProps } from './filterFields';

const KIND_CHOICES = ['any', ...LEDGER_KINDS] as const;
const OUTCOME_CHOICES = ['any', ...LEDGER_OUTCOMES] as const;
const ENTRY_POINT_CHOICES = ['any', ...ENTRY_POINTS] as const;

/** What was done, how it ended, and where it was asked for. */
export function KindFields({ form, change }: Pick<FilterFieldsProps, 'form' | 'change'>) {
  const any = t('admin.ledger.filter.any');
  return (
    <>
      <SelectField
        label={t('admin.ledger.filter.kind')}
        value={form.kind}
        values={KIND_CHOICES}
        textOf={(kind) => (kind === 'any' ? any : kindText(kind))}
        isDisabled={false}
        onChange={(kind) => change({ kind })}
      />
      <SelectField
        label={t('admin.ledger.filter.outcome')}
        value={form.outcome}
        values={OUTCOME_CHOICES}
        textOf={(outcome) => (outcome === 'any' ? any : outcomeText(outcome))}
        isDisabled={false}
        onChange={(outcome) => change({ outcome })}
      />
      <SelectField
        label={t('admin.ledger.filter.entryPoint')}
        value={form.entryPoint}
        values={ENTRY_POINT_CHOICES}
        textOf={(entryPoint) => (entryPoint === 'any' ? any : entryPointText(entryPoint))}
        isDisabled={false}
        onChange={(entryPoint) => change({ entryPoint })}
      />
    </>
  );
}
