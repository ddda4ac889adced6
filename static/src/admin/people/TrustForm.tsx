import type { IdentitySettings } from '@contract';
import { reasonText } from '../../shared/problemText';
import { SaveForm } from '../../shared/SaveForm';
import { SelectField } from '../../shared/SelectField';
import { TextField } from '../../shared/TextField';
import { makeDraft } from '../../shared/useDraft';
import { useSavedForm } from '../../shared/useSavedForm';
import { t } from '../../i18n';
import { invoke } from '../api';
import { identityFormOf, identityOf, TRUST_CHOICES, type IdentityForm } from './identityForm';

const TYPED_TRUST = makeDraft<IdentityForm>();

type TrustFormProps = { readonly settings: IdentitySettings; readonly onSaved: (saved: IdentitySettings) => void };

/** Of which portal customers the address is taken for who they are. */
export function TrustForm({ settings, onSaved }: TrustFormProps) {
  const {
    value: form,
    isUnsaved,
    state,
    problem,
    change: type,
    save,
  } = useSavedForm(TYPED_TRUST, {
    stored: settings,
    formOf: identityFormOf,
    send: (typed) => invoke('admin.saveIdentity', identityOf(typed)),
    onSaved,
  });
  const isSaving = state === 'saving';
  const change = (changed: Partial<IdentityForm>) => type({ ...form, ...changed });
  return (
    <SaveForm
      save={t('admin.people.identity.save')}
      saved={t('admin.people.identity.saved')}
      state={state}
      isUnsaved={isUnsaved}
      problem={problem?.code === 'invalidInput' ? null : problem}
      onSave={save}
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
