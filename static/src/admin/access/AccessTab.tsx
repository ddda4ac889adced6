import type { AccessSettings, SaveAccessInput } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { Loaded } from '../../shared/Loaded';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import { AccessForm } from './AccessForm';
import { FieldSection } from './FieldSection';
import { JqlSection } from './JqlSection';
import { PanelsSection } from './PanelsSection';
import { ProjectsSection } from './ProjectsSection';
import { TestAsSection } from './TestAsSection';

const load = () => invoke('admin.loadAccess');

/** Who may do what, where, and a test of both. */
export function AccessTab() {
  const { state, reload, keep } = useLoaded<AccessSettings>(load);
  const save = async (input: SaveAccessInput): Promise<PageProblem | null> => {
    const asked = await ask<AccessSettings>(invoke('admin.saveAccess', input));
    if (asked.kind === 'problem') return asked.problem;
    keep(asked.value);
    return null;
  };
  return (
    <>
      <Loaded state={state} label={t('admin.access.loading')} onReload={reload}>
        {(access) => <AccessForm access={access} save={save} />}
      </Loaded>
      <ProjectsSection />
      <PanelsSection />
      <JqlSection />
      <FieldSection />
      <TestAsSection />
    </>
  );
}
