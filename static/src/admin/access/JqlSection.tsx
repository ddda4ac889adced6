import type { JqlSettings } from '@contract';
import { Loaded } from '../../shared/Loaded';
import { SaveForm } from '../../shared/SaveForm';
import { Section } from '../../shared/Section';
import { SelectField } from '../../shared/SelectField';
import { makeDraft } from '../../shared/useDraft';
import { useSavedForm } from '../../shared/useSavedForm';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import { JqlKnown } from './JqlKnown';

const STATES = ['off', 'on'] as const;
const TYPED_JQL = makeDraft<(typeof STATES)[number]>();
const load = () => invoke('admin.loadJql');

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
  const { value, isUnsaved, state, problem, change, save } = useSavedForm(TYPED_JQL, {
    stored: settings,
    formOf: ({ isOn }) => (isOn ? 'on' : 'off'),
    send: (chosen) => invoke('admin.saveJql', { isOn: chosen === 'on' }),
    onSaved,
  });
  return (
    <SaveForm
      save={t('admin.access.jql.save')}
      saved={t('admin.access.jql.saved')}
      state={state}
      isUnsaved={isUnsaved}
      problem={problem}
      onSave={save}
    >
      <SelectField
        label={t('admin.access.jql.label')}
        value={value}
        values={STATES}
        textOf={(one) => t(`admin.access.jql.${one}`)}
        isDisabled={state === 'saving'}
        onChange={change}
      />
    </SaveForm>
  );
}
