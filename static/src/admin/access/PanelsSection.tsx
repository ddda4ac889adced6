import Button from '@atlaskit/button/new';
import type { PanelsView, PanelPlace } from '@contract';
import { Loaded } from '../../shared/Loaded';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { Section } from '../../shared/Section';
import { Status } from '../../shared/Status';
import { TextField } from '../../shared/TextField';
import { makeDraft, useDraft } from '../../shared/useDraft';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import { usePins } from './usePins';

const load = () => invoke('admin.panels');

/** What is typed and which projects are chosen, kept while another tab is open. */
const TYPED_NAME = makeDraft<string>();
const CHOSEN_PROJECTS = makeDraft<readonly string[]>();
const NONE: readonly string[] = [];

/** To which projects the panel is pinned, so that their work items show it without anybody adding it. */
export function PanelsSection() {
  const { state, reload, keep } = useLoaded<PanelsView>(load);
  return (
    <Section title={t('admin.access.panels.title')}>
      <p>{t('admin.access.panels.intro')}</p>
      <Loaded state={state} label={t('admin.access.panels.loading')} onReload={reload}>
        {(view) => <PinForm view={view} onChanged={keep} />}
      </Loaded>
    </Section>
  );
}

type PinFormProps = { readonly view: PanelsView; readonly onChanged: (view: PanelsView) => void };

function PinForm({ view, onChanged }: PinFormProps) {
  const { value: query, change: setQuery } = useDraft(TYPED_NAME, '');
  const { value: projectIds, change: choose } = useDraft(CHOSEN_PROJECTS, NONE);
  const { pinning, start } = usePins((changed) => {
    onChanged(changed);
    choose(NONE);
  });
  const isBusy = pinning.state === 'running';
  const ids = view.projects.map(({ id }) => id).filter((id) => projectIds.includes(id));
  const toggle = (id: string) => {
    const others = projectIds.filter((one) => one !== id);
    choose(others.length < projectIds.length ? others : [...projectIds, id]);
  };
  if (view.projects.length === 0) return <p>{t('admin.access.panels.none')}</p>;
  return (
    <>
      <TextField label={t('admin.access.panels.find')} value={query} isReadOnly={false} onChange={setQuery} />
      <fieldset className="rule scrolling" disabled={isBusy}>
        <legend>{t('admin.access.panels.projects', { count: ids.length })}</legend>
        {view.projects
          .filter((project) => fits(project, query))
          .map((project) => (
            <ProjectLine
              key={project.id}
              project={project}
              isChosen={projectIds.includes(project.id)}
              onChange={() => toggle(project.id)}
            />
          ))}
      </fieldset>
      {!view.isAll && (
        <p className="subtle small">{t('admin.access.panels.notAll', { count: view.projects.length })}</p>
      )}
      <div className="save-line">
        <Button isDisabled={isBusy || ids.length === 0} onClick={() => start('pin', ids)}>
          {t('admin.access.panels.pin')}
        </Button>
        <Button appearance="subtle" isDisabled={isBusy || ids.length === 0} onClick={() => start('unpin', ids)}>
          {t('admin.access.panels.unpin')}
        </Button>
        <p role="status" className="subtle small">
          {pinning.state === 'running' && t('admin.access.panels.running', { percent: pinning.percent })}
          {pinning.state === 'done' && t('admin.access.panels.done')}
          {pinning.state === 'gaveUp' && t('admin.access.panels.gaveUp')}
          {pinning.state === 'refused' && t('admin.access.panels.refused')}
        </p>
      </div>
      {pinning.state === 'failed' && (
        <div role="alert">
          <ProblemMessage problem={pinning.problem} onRetry={pinning.retry} onReload={pinning.retry} />
        </div>
      )}
    </>
  );
}

type ProjectLineProps = {
  readonly project: PanelPlace;
  readonly isChosen: boolean;
  readonly onChange: () => void;
};

function ProjectLine({ project: { name, key, isPinned }, isChosen, onChange }: ProjectLineProps) {
  return (
    <label className="check-line">
      <input type="checkbox" checked={isChosen} onChange={onChange} />
      <span>
        <bdi>{name}</bdi> ({key})
      </span>
      {isPinned === true && <Status tone="success" text={t('admin.access.panels.pinned')} />}
    </label>
  );
}

function fits({ name, key }: PanelPlace, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return name.toLowerCase().includes(wanted) || key.toLowerCase().includes(wanted);
}
