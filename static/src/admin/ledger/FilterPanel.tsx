import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { LedgerFilter } from '@contract';
import { t } from '../../i18n';
import { DayFields } from './DayFields';
import { filterOf, NO_FILTER, type FilterForm, type WrongField } from './filter';
import { KindFields } from './KindFields';
import { PeopleFields } from './PeopleFields';
import { TextField } from '../../shared/TextField';

type FilterPanelProps = {
  readonly form: FilterForm;
  readonly onChange: (form: FilterForm) => void;
  readonly onSearch: (filter: LedgerFilter) => void;
};

const WRONG = {
  operationId: 'admin.ledger.filter.wrongOperationId',
  memberId: 'admin.ledger.filter.wrongId',
  segmentId: 'admin.ledger.filter.wrongId',
  until: 'admin.ledger.filter.wrongTime',
} as const;

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
  const errorAt = (field: WrongField): string | undefined => (wrong === field ? t(WRONG[field]) : undefined);
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
      <TextField
        label={t('admin.ledger.filter.operationId')}
        hint={t('admin.ledger.filter.operationIdHint')}
        value={form.operationId}
        error={errorAt('operationId')}
        isReadOnly={false}
        onChange={(operationId) => change({ operationId })}
      />
      <PeopleFields form={form} errorAt={errorAt} change={change} />
      <KindFields form={form} change={change} />
      <DayFields form={form} errorAt={errorAt} change={change} />
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
