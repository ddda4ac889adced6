import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { useState } from 'react';
import type { SyncView } from '@contract';
import { t } from '../../../i18n';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { AutomaticSwitch } from '../AutomaticSwitch';
import { CountTable } from './CountTable';
import { DaysChart } from './DaysChart';
import { StartOver } from './StartOver';
import { SyncState } from './SyncState';
import { useSync, type SyncDesk } from './useSync';

type SyncSectionProps = { readonly view: SyncView; readonly keep: (view: SyncView) => void };

/** Who the site's reporters are: whether the app links them by itself, how far it is, and what it has found. */
export function SyncSection({ view, keep }: SyncSectionProps) {
  const desk = useSync(view, keep);
  return (
    <section className="people-section" aria-labelledby="people-sync">
      <div id="people-sync">
        <Heading as="h2" size="small">
          {t('admin.people.sync.title')}
        </Heading>
      </div>
      <p>{t('admin.people.sync.intro')}</p>
      <AutomaticSwitch isOn={desk.isAutomatic} isBusy={desk.isBusy} onChange={desk.setAutomatic} />
      <SyncState view={view} />
      <Steering view={view} desk={desk} />
      {desk.problem !== null && (
        <div role="alert">
          <ProblemMessage problem={desk.problem} isBusy={desk.isBusy} onRetry={desk.look} onReload={desk.look} />
        </div>
      )}
      {view.progress.phase !== 'waiting' && <CountTable counts={view.counts} isAutomatic={view.isAutomatic} />}
      <DaysChart days={view.days} />
    </section>
  );
}

function Steering({ view: { progress }, desk }: { readonly view: SyncView; readonly desk: SyncDesk }) {
  const [isAsking, setAsking] = useState(false);
  const { phase } = progress;
  if (phase === 'waiting') return null;
  return (
    <div className="people-line">
      {(phase === 'reading' || phase === 'resting') && (
        <Button isLoading={desk.isBusy} onClick={() => void desk.steer('pause')}>
          {t('admin.people.sync.pause')}
        </Button>
      )}
      {phase === 'paused' && (
        <Button appearance="primary" isLoading={desk.isBusy} onClick={() => void desk.steer('resume')}>
          {t('admin.people.sync.resume')}
        </Button>
      )}
      <Button appearance="subtle" isDisabled={desk.isBusy} onClick={() => setAsking(true)}>
        {t('admin.people.sync.startOver')}
      </Button>
      {isAsking && (
        <StartOver
          isBusy={desk.isBusy}
          onCancel={() => setAsking(false)}
          onStartOver={() => void desk.steer('startOver').finally(() => setAsking(false))}
        />
      )}
    </div>
  );
}
