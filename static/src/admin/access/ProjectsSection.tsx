import { useState } from 'react';
import type { ProjectScope } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { Loaded } from '../../shared/Loaded';
import { SaveForm } from '../../shared/SaveForm';
import { reasonText } from '../../shared/problemText';
import { Section } from '../../shared/Section';
import { SelectField } from '../../shared/SelectField';
import { TextField } from '../../shared/TextField';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import { groupNames } from './form';

const KINDS = ['all', 'only'] as const;
const load = () => invoke('admin.loadProjects');
type Saving =
  { readonly state: 'idle' | 'saving' | 'saved' } | { readonly state: 'failed'; readonly problem: PageProblem };

/** In which projects the app is used. */
export function ProjectsSection() {
  const { state, reload, keep } = useLoaded<ProjectScope>(load);
  return (
    <Section title={t('admin.access.projects.title')}>
      <p>{t('admin.access.projects.intro')}</p>
      <Loaded state={state} label={t('admin.access.projects.loading')} onReload={reload}>
        {(scope) => <ProjectsForm scope={scope} onSaved={keep} />}
      </Loaded>
    </Section>
  );
}

function ProjectsForm({
  scope,
  onSaved,
}: {
  readonly scope: ProjectScope;
  readonly onSaved: (saved: ProjectScope) => void;
}) {
  const [kind, setKind] = useState(scope.kind);
  const [keys, setKeys] = useState(scope.kind === 'only' ? scope.projects.map(({ key }) => key).join(', ') : '');
  const [saving, setSaving] = useState<Saving>({ state: 'idle' });
  const isSaving = saving.state === 'saving';
  const problem = saving.state === 'failed' ? saving.problem : null;
  const save = async () => {
    setSaving({ state: 'saving' });
    const asked = await ask<ProjectScope>(
      invoke('admin.saveProjects', { keys: kind === 'all' ? null : groupNames(keys) }),
    );
    if (asked.kind === 'problem') return setSaving({ state: 'failed', problem: asked.problem });
    onSaved(asked.value);
    setSaving({ state: 'saved' });
  };
  return (
    <SaveForm
      save={t('admin.access.projects.save')}
      saved={t('admin.access.projects.saved')}
      state={saving.state === 'failed' ? 'idle' : saving.state}
      problem={problem?.code === 'invalidInput' ? null : problem}
      onSave={() => void save()}
    >
      <SelectField
        label={t('admin.access.projects.title')}
        value={kind}
        values={KINDS}
        textOf={(scope) => t(`admin.access.projects.${scope}`)}
        isDisabled={isSaving}
        onChange={(chosen) => {
          setKind(chosen);
          setSaving({ state: 'idle' });
        }}
      />
      {kind === 'only' && (
        <TextField
          label={t('admin.access.projects.keys')}
          value={keys}
          isReadOnly={isSaving}
          error={problem?.code === 'invalidInput' ? reasonText(problem.reason) : undefined}
          onChange={(typed) => {
            setKeys(typed);
            setSaving({ state: 'idle' });
          }}
        />
      )}
    </SaveForm>
  );
}
