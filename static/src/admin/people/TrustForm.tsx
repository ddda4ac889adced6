import { useState } from 'react';
import type { IdentitySettings } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { reasonText } from '../../shared/problemText';
import { SaveForm } from '../../shared/SaveForm';
import { SelectField } from '../../shared/SelectField';
import { TextField } from '../../shared/TextField';
import { makeDraft, useDraft } from '../../shared/useDraft';
import { t } from '../../i18n';
import { invoke } from '../api';
import { identityFormOf, identityOf, TRUST_CHOICES, type IdentityForm } from './identityForm';

const TYPED_TRUST = makeDraft<IdentityForm>();
type Saving =
  { readonly state: 'idle' | 'saving' | 'saved' } | { readonly state: 'failed'; readonly problem: PageProblem };

type TrustFormProps = { readonly settings: IdentitySettings; readonly onSaved: (saved: IdentitySettings) => void };

/** Of which portal customers the address is taken for who they are. */
export function TrustForm({ settings, onSaved }: TrustFormProps) {
  const { value: form, isUnsaved, change: type, settle } = useDraft(TYPED_TRUST, identityFormOf(settings));
  const [saving, setSaving] = useState<Saving>({ state: 'idle' });
  const isSaving = saving.state === 'saving';
  const problem = saving.state === 'failed' ? saving.problem : null;
  const change = (changed: Partial<IdentityForm>) => {
    type({ ...form, ...changed });
    setSaving({ state: 'idle' });
  };
  const save = async () => {
    setSaving({ state: 'saving' });
    const asked = await ask<IdentitySettings>(invoke('admin.saveIdentity', identityOf(form)));
    if (asked.kind === 'problem') return setSaving({ state: 'failed', problem: asked.problem });
    settle(identityFormOf(asked.value));
    onSaved(asked.value);
    setSaving({ state: 'saved' });
  };
  return (
    <SaveForm
      save={t('admin.people.identity.save')}
      saved={t('admin.people.identity.saved')}
      state={saving.state === 'failed' ? 'idle' : saving.state}
      isUnsaved={isUnsaved}
      problem={problem?.code === 'invalidInput' ? null : problem}
      onSave={() => void save()}
    >
      <SelectField
        label={t('admin.people.identity.customers')}
        value={form.kind}
        values={TRUST_CHOICES}
        textOf={(kind) => t(`admin.people.identity.${kind}`)}
        isDisabled={isSaving}
        onChange={(kind) => change({ kind })}
      />
      {form.kind === 'domains' && (
        <TextField
          label={t('admin.people.identity.domainNames')}
          hint={t('admin.people.identity.domainsHint')}
          value={form.domains}
          isReadOnly={isSaving}
          error={problem?.code === 'invalidInput' ? reasonText(problem.reason) : undefined}
          onChange={(domains) => change({ domains })}
        />
      )}
      {form.kind !== 'none' && <p className="subtle">{t('admin.people.identity.risk')}</p>}
    </SaveForm>
  );
}
