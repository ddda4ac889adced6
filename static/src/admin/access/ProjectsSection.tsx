import type { ProjectScope } from '@contract';
import { Loaded } from '../../shared/Loaded';
import { SaveForm } from '../../shared/SaveForm';
import { reasonText } from '../../shared/problemText';
import { Section } from '../../shared/Section';
import { SelectField } from '../../shared/SelectField';
import { TextField } from '../../shared/TextField';
import { typedList } from '../../shared/typedList';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import { makeDraft } from '../../shared/useDraft';
import { useSavedForm } from '../../shared/useSavedForm';

const KINDS = ['all', 'only'] as const;
type TypedProjects = { readonly kind: ProjectScope['kind']; readonly keys: string };
const TYPED_PROJECTS = makeDraft<TypedProjects>();
const load = () => invoke('admin.loadProjects');

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

function ProjectsForm({
  scope,
  onSaved,
}: {
  readonly scope: ProjectScope;
  readonly onSaved: (saved: ProjectScope) => void;
}) {
  const { value, isUnsaved, state, problem, change, save } = useSavedForm(TYPED_PROJECTS, {
    stored: scope,
    formOf: projectsFormOf,
    send: ({ kind, keys }) => invoke('admin.saveProjects', { keys: kind === 'all' ? null : typedList(keys) }),
    onSaved,
  });
  const { kind, keys } = value;
  const isSaving = state === 'saving';
  return (
    <SaveForm
      save={t('admin.access.projects.save')}
      saved={t('admin.access.projects.saved')}
      state={state}
      isUnsaved={isUnsaved}
      problem={problem?.code === 'invalidInput' ? null : problem}
      onSave={save}
    >
      <SelectField
        label={t('admin.access.projects.title')}
        value={kind}
        values={KINDS}
        textOf={(scope) => t(`admin.access.projects.${scope}`)}
        isDisabled={isSaving}
        onChange={(chosen) => change({ kind: chosen, keys })}
      />
      {kind === 'only' && (
        <TextField
          label={t('admin.access.projects.keys')}
          value={keys}
          isReadOnly={isSaving}
          error={problem?.code === 'invalidInput' ? reasonText(problem.reason) : undefined}
          onChange={(typed) => change({ kind, keys: typed })}
        />
      )}
    </SaveForm>
  );
}
