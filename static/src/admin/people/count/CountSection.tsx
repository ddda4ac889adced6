import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { useState } from 'react';
import { REPORTER_STATES, type PeopleView, type ScanView } from '@contract';
import { t } from '../../../i18n';
import { Cost, CostPause, CostQuestion, isCostly } from '../../../shared/Cost';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { useEstimate } from '../../../shared/useEstimate';
import { invoke } from '../../api';
import { makeDraft, useDraft } from '../../../shared/useDraft';
import { CountChart } from './CountChart';
import { CountTime } from './CountTime';
import { ProjectChoice } from './ProjectChoice';
import { useScan } from './useScan';

type CountSectionProps = { readonly view: PeopleView; readonly onScan: (scan: ScanView) => void };

const CHOSEN_PROJECTS = makeDraft<readonly string[]>();

/** How many reporters are who they are: counts them, shows how far it is, and the last count as a picture. */
export function CountSection({ view: { scan, projects }, onScan }: CountSectionProps) {
  const { value: projectKeys, change: setProjectKeys } = useDraft(CHOSEN_PROJECTS, scan?.projectKeys ?? []);
  const { isRunning, problem, start, goOn, pause } = useScan(onScan);
  const estimate = useEstimate(projectKeys.join(' '), estimateOf);
  const [isAsking, setAsking] = useState(false);
  const isUnfinished = scan !== null && scan.phase !== 'done';
  const begin = (): void => {
    setAsking(false);
    start(projectKeys);
  };
  return (
    <section className="people-section">
      <Heading as="h2" size="small">
        {t('admin.people.count.title')}
      </Heading>
      <p>{t('admin.people.count.intro')}</p>
      <ProjectChoice projects={projects} chosen={projectKeys} isDisabled={isRunning} onChange={setProjectKeys} />
      <div className="people-line">
        {isUnfinished && !isRunning && (
          <Button appearance="primary" onClick={goOn}>
            {t('admin.people.count.goOn')}
          </Button>
        )}
        <Button
          isLoading={isRunning}
          onClick={() => (estimate !== null && isCostly(estimate) ? setAsking(true) : begin())}
        >
          {t(scan === null ? 'admin.people.count.start' : 'admin.people.count.again')}
        </Button>
        {isRunning && <Button onClick={pause}>{t('admin.people.count.pause')}</Button>}
      </div>
      {estimate !== null && isAsking && (
        <CostQuestion estimate={estimate} onRead={begin} onCancel={() => setAsking(false)} />
      )}
      {estimate !== null && !isAsking && !isRunning && <Cost estimate={estimate} />}
      <div role="status">
        {isRunning && scan !== null && (
          <>
            <progress className="people-progress" aria-label={t('admin.people.count.busy')} />
            <p className="subtle small">{progressText(scan)}</p>
            {scan.pausedUntilMs !== null && <CostPause untilMs={scan.pausedUntilMs} />}
          </>
        )}
      </div>
      {problem !== null && (
        <div role="alert">
          <ProblemMessage problem={problem} isBusy={isRunning} onRetry={goOn} onReload={goOn} />
        </div>
      )}
      {scan !== null && <CountChart counts={scan.counts} />}
      {scan !== null && <CountTime scan={scan} />}
    </section>
  );
}

/** @param keys of projects, parted by blanks; none for all */
function estimateOf(keys: string) {
  return invoke('admin.estimateScan', { projectKeys: keys.split(' ').filter((key) => key !== '') });
}

function progressText({ phase, issues, counts }: ScanView): string {
  if (phase === 'tidying') return t('admin.people.count.tidying');
  return t('admin.people.count.progress', {
    issues,
    reporters: REPORTER_STATES.reduce((sum, state) => sum + counts[state], 0),
  });
}
