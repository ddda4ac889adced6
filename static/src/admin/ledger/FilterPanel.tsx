import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { ENTRY_POINTS, LEDGER_OUTCOMES, type LedgerFilter } from '@contract';
import { PersonField } from '../../shared/PersonField';
import { SelectField } from '../../shared/SelectField';
import { TextField } from '../../shared/TextField';
import { t } from '../../i18n';
import { entryPointText, outcomeText } from './entryText';
import { filterOf, NO_FILTER, type FilterForm, type WrongField } from './filter';

const OUTCOME_CHOICES = ['any', ...LEDGER_OUTCOMES] as const;
const ENTRY_POINT_CHOICES = ['any', ...ENTRY_POINTS] as const;

type FilterPanelProps = {
  readonly form: FilterForm;
  readonly onChange: (form: FilterForm) => void;
  readonly onSearch: (filter: LedgerFilter) => void;
};

/** What the ledger is searched for. */
export function FilterPanel({ form, onChange, onSearch }: FilterPanelProps) {
  const [wrong, setWrong] = useState<WrongField | null>(null);
  const change = (changed: Partial<FilterForm>) => onChange({ ...form, ...changed });
  const search = (wanted: FilterForm) => {
    const read = filterOf(wanted);
    setWrong(read.kind === 'wrong' ? read.field : null);
    if (read.kind === 'filter') onSearch(read.filter);
  };
  const clear = () => {
    onChange(NO_FILTER);
    search(NO_FILTER);
  };
  const errorAt = (field: WrongField): string | undefined =>
    wrong === field
      ? t(field === 'until' ? 'admin.ledger.filter.wrongTime' : 'admin.ledger.filter.wrongId')
      : undefined;
  const any = t('admin.ledger.filter.any');
  return (
    <form
      className="ledger-filter"
      role="search"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        search(form);
      }}
    >
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
      {form.runId !== null && <p className="subtle small">{t('admin.ledger.filter.run', { run: form.runId })}</p>}
      {form.apiClient !== null && (
        <p className="subtle small">{t('admin.ledger.filter.apiClient', { caller: form.apiClient.name })}</p>
      )}
      <div className="filter-actions">
        <Button type="submit">{t('admin.ledger.filter.apply')}</Button>
        <Button appearance="subtle" onClick={clear}>
          {t('admin.ledger.filter.reset')}
        </Button>
      </div>
    </form>
  );
}
