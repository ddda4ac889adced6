import Heading from '@atlaskit/heading';
import { useState } from 'react';
import type { Retention } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { Loaded } from '../../shared/Loaded';
import { SaveForm } from '../../shared/SaveForm';
import { TextField } from '../../shared/TextField';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import { makeDraft, useDraft } from '../../shared/useDraft';
import { daysIn } from './days';

const TYPED_DAYS = makeDraft<string>();
const load = () => invoke('admin.retention');
type Saving =
  | { readonly state: 'idle' | 'saving' | 'saved' | 'wrong' }
  | { readonly state: 'failed'; readonly problem: PageProblem };

/** How long the ledger is kept. */
export function RetentionSection() {
  const { state, reload, keep } = useLoaded<Retention>(load);
  return (
    <section className="group ledger-retention">
      <Heading as="h2" size="small">
        {t('admin.ledger.retention.title')}
      </Heading>
      <Loaded state={state} label={t('admin.ledger.retention.loading')} onReload={reload}>
        {({ days }) => <RetentionForm days={days} onSaved={keep} />}
      </Loaded>
    </section>
  );
}

function RetentionForm({ days, onSaved }: { readonly days: number; readonly onSaved: (saved: Retention) => void }) {
  const { value: typed, isUnsaved, change, settle } = useDraft(TYPED_DAYS, String(days));
  const [saving, setSaving] = useState<Saving>({ state: 'idle' });
  const save = async () => {
    const wanted = daysIn(typed);
    if (wanted === null) return setSaving({ state: 'wrong' });
    setSaving({ state: 'saving' });
    const asked = await ask<Retention>(invoke('admin.saveRetention', { days: wanted }));
    if (asked.kind === 'problem') return setSaving({ state: 'failed', problem: asked.problem });
    onSaved(asked.value);
    settle(String(asked.value.days));
    setSaving({ state: 'saved' });
  };
  return (
    <SaveForm
      save={t('admin.ledger.retention.save')}
      saved={t('admin.ledger.retention.saved')}
      state={saving.state === 'failed' || saving.state === 'wrong' ? 'idle' : saving.state}
      isUnsaved={isUnsaved}
      problem={saving.state === 'failed' ? saving.problem : null}
      onSave={() => void save()}
    >
      <TextField
        label={t('admin.ledger.retention.days')}
        hint={t('admin.ledger.retention.hint')}
        value={typed}
        inputMode="numeric"
        isShort
        isReadOnly={saving.state === 'saving'}
        error={saving.state === 'wrong' ? t('admin.ledger.retention.wrong') : undefined}
        onChange={(value) => {
          change(value);
          setSaving({ state: 'idle' });
        }}
      />
    </SaveForm>
  );
}
