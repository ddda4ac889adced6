import { useState } from 'react';
import type { JqlSettings } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { Loaded } from '../../shared/Loaded';
import { SaveForm } from '../../shared/SaveForm';
import { Section } from '../../shared/Section';
import { SelectField } from '../../shared/SelectField';
import { makeDraft, useDraft } from '../../shared/useDraft';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import { JqlKnown } from './JqlKnown';

const STATES = ['off', 'on'] as const;
const TYPED_JQL = makeDraft<(typeof STATES)[number]>();
const load = () => invoke('admin.loadJql');
type Saving =
  { readonly state: 'idle' | 'saving' | 'saved' } | { readonly state: 'failed'; readonly problem: PageProblem };

/** Whether anyone who searches may ask who is in a segment, and what that tells whom. */
export function JqlSection() {
  const { state, reload, keep } = useLoaded<JqlSettings>(load);
  return (
    <Section title={t('admin.access.jql.title')}>
      <p>{t('admin.access.jql.intro')}</p>
      <p>{t('admin.access.jql.who')}</p>
      <p>{t('admin.access.jql.reach')}</p>
      <JqlKnown />
      <Loaded state={state} label={t('admin.access.jql.loading')} onReload={reload}>
        {(settings) => <JqlForm settings={settings} onSaved={keep} />}
      </Loaded>
    </Section>
  );
}

type JqlFormProps = { readonly settings: JqlSettings; readonly onSaved: (saved: JqlSettings) => void };

function JqlForm({ settings, onSaved }: JqlFormProps) {
  const { value: chosen, isUnsaved, change, settle } = useDraft(TYPED_JQL, settings.isOn ? 'on' : 'off');
  const [saving, setSaving] = useState<Saving>({ state: 'idle' });
  const save = async () => {
    setSaving({ state: 'saving' });
    const asked = await ask<JqlSettings>(invoke('admin.saveJql', { isOn: chosen === 'on' }));
    if (asked.kind === 'problem') return setSaving({ state: 'failed', problem: asked.problem });
    settle(asked.value.isOn ? 'on' : 'off');
    onSaved(asked.value);
    setSaving({ state: 'saved' });
  };
  return (
    <SaveForm
      save={t('admin.access.jql.save')}
      saved={t('admin.access.jql.saved')}
      state={saving.state === 'failed' ? 'idle' : saving.state}
      isUnsaved={isUnsaved}
      problem={saving.state === 'failed' ? saving.problem : null}
      onSave={() => void save()}
    >
      <SelectField
        label={t('admin.access.jql.label')}
        value={chosen}
        values={STATES}
        textOf={(one) => t(`admin.access.jql.${one}`)}
        isDisabled={saving.state === 'saving'}
        onChange={(next) => {
          change(next);
          setSaving({ state: 'idle' });
        }}
      />
    </SaveForm>
  );
}
