import { WHOLE_LEDGER, type LedgerFilter } from '@contract';
import { t } from '../../i18n';
import { Section } from '../../shared/Section';
import { makeDraft, useDraft } from '../../shared/useDraft';
import { EntryList } from './EntryList';
import { ExportSection } from './ExportSection';
import { filterOf, NO_FILTER, type FilterForm } from './filter';
import { FilterPanel } from './FilterPanel';
import './ledger.css';
import { RetentionSection } from './RetentionSection';
import { useLedger } from './useLedger';

const TYPED_FILTER = makeDraft<FilterForm>();
const CHOSEN_FILTER = makeDraft<LedgerFilter>();

function noneTextOf(filter: LedgerFilter): string {
  if (filter.operationId !== null) return t('admin.ledger.noOperation');
  return t(Object.values(filter).some((value) => value !== null) ? 'admin.ledger.noneFound' : 'admin.ledger.none');
}

/** Every change that the app was asked for, found by what is known of it. */
export function LedgerTab() {
  const { value: form, change: setForm } = useDraft(TYPED_FILTER, NO_FILTER);
  const { value: filter, change: setFilter } = useDraft(CHOSEN_FILTER, WHOLE_LEDGER);
  const { list, more, reload } = useLedger(filter);
  const narrow = (narrowed: Partial<FilterForm>) => {
    const next = { ...NO_FILTER, ...narrowed };
    const read = filterOf(next);
    setForm(next);
    if (read.kind === 'filter') setFilter(read.filter);
  };
  return (
    <>
      <Section title={t('admin.ledger.title')}>
        <p>{t('admin.ledger.intro')}</p>
        <FilterPanel form={form} onChange={setForm} onSearch={setFilter} />
        <ExportSection filter={filter} />
        <EntryList list={list} noneText={noneTextOf(filter)} onMore={more} onReload={reload} onNarrow={narrow} />
      </Section>
      <RetentionSection />
    </>
  );
}
