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
import { makeDraft, useDraft } from '../../shared/useDraft';

const KINDS = ['all', 'only'] as const;
type TypedProjects = { readonly kind: ProjectScope['kind']; readonly keys: string };
const TYPED_PROJECTS = makeDraft<TypedProjects>();
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

function projectsFormOf(scope: ProjectScope): TypedProjects {
  return { kind: scope.kind, keys: scope.kind === 'only' ? scope.projects.map(({ key }) => key).join(', ') : '' };
}

/** The keys between commas, blanks and repetitions aside. */
function keysIn(line: string): string[] {
  const keys = line.split(',').map((key) => key.trim());
  return [...new Set(keys.filter((key) => key !== ''))];
}

function ProjectsForm({
  scope,
  onSaved,
}: {
  readonly scope: ProjectScope;
  readonly onSaved: (saved: ProjectScope) => void;
}) {
  const { value, isUnsaved, change, settle } = useDraft(TYPED_PROJECTS, projectsFormOf(scope));
  const { kind, keys } = value;
  const [saving, setSaving] = useState<Saving>({ state: 'idle' });
  const isSaving = saving.state === 'saving';
  const problem = saving.state === 'failed' ? saving.problem : null;
  const save = async () => {
    setSaving({ state: 'saving' });
    const asked = await ask<ProjectScope>(invoke('admin.saveProjects', { keys: kind === 'all' ? null : keysIn(keys) }));
    if (asked.kind === 'problem') return setSaving({ state: 'failed', problem: asked.problem });
    onSaved(asked.value);
    settle(projectsFormOf(asked.value));
    setSaving({ state: 'saved' });
  };
  return (
    <SaveForm
      save={t('admin.access.projects.save')}
      saved={t('admin.access.projects.saved')}
      state={saving.state === 'failed' ? 'idle' : saving.state}
      isUnsaved={isUnsaved}
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
          change({ kind: chosen, keys });
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
            change({ kind, keys: typed });
            setSaving({ state: 'idle' });
          }}
        />
      )}
    </SaveForm>
  );
}
