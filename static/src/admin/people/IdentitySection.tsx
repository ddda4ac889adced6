import Heading from '@atlaskit/heading';
import { useState } from 'react';
import type { IdentitySettings, SyncView } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { Loaded } from '../../shared/Loaded';
import { reasonText } from '../../shared/problemText';
import { SaveForm } from '../../shared/SaveForm';
import { SelectField } from '../../shared/SelectField';
import { TextField } from '../../shared/TextField';
import { makeDraft, useDraft } from '../../shared/useDraft';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import { CustomerDomains } from './CustomerDomains';
import { identityFormOf, identityOf, TRUST_CHOICES, type IdentityForm } from './identityForm';

const TYPED_TRUST = makeDraft<IdentityForm>();
const load = () => invoke('admin.identity');
type Saving =
  { readonly state: 'idle' | 'saving' | 'saved' } | { readonly state: 'failed'; readonly problem: PageProblem };

type IdentitySectionProps = { readonly customerDomains: SyncView['customerDomains'] };

/** Whose e-mail address is taken for who they are. */
export function IdentitySection({ customerDomains }: IdentitySectionProps) {
  const { state, reload, keep } = useLoaded<IdentitySettings>(load);
  return (
    <section className="people-section" aria-label={t('admin.people.identity.title')}>
      <Heading as="h2" size="small">
        {t('admin.people.identity.title')}
      </Heading>
      <p>{t('admin.people.identity.intro')}</p>
      <CustomerDomains domains={customerDomains} />
      <Loaded state={state} label={t('admin.people.identity.loading')} onReload={reload}>
        {(settings) => <TrustForm settings={settings} onSaved={keep} />}
      </Loaded>
    </section>
  );
}

type TrustFormProps = { readonly settings: IdentitySettings; readonly onSaved: (saved: IdentitySettings) => void };

function TrustForm({ settings, onSaved }: TrustFormProps) {
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
