import { useState } from 'react';
import type { PeopleView } from '@contract';
import { t } from '../../i18n';
import { Loaded } from '../../shared/Loaded';
import { useLoaded } from '../../shared/useLoaded';
import { invoke } from '../api';
import { CountSection } from './count/CountSection';
import { CsvSection } from './csv/CsvSection';
import { DirectorySection } from './DirectorySection';
import { FindSection } from './find/FindSection';
import { IdentitySection } from './IdentitySection';
import { QueueSection } from './queue/QueueSection';
import './people.css';

const load = () => invoke('admin.people');

/** Who the site's reporters are in Shorter Loop: how many, whom to decide by hand, and their links in and out. */
export function PeopleTab() {
  const { state, reload, keep } = useLoaded<PeopleView>(load);
  // Each change outside the count asks for its numbers anew, without drawing the whole tab again.
  const [isStale, setIsStale] = useState(false);
  return (
    <Loaded state={state} label={t('admin.people.loading')} onReload={reload}>
      {(view) => {
        const refresh = () => {
          if (isStale) return;
          setIsStale(true);
          void invoke('admin.people')
            .then((answer) => {
              if (answer.kind === 'ok') keep(answer.value);
            })
            .catch(() => undefined)
            .finally(() => setIsStale(false));
        };
        return (
          <>
            <CountSection view={view} onScan={(scan) => keep({ ...view, scan })} />
            {view.scan?.phase === 'done' && (
              <QueueSection key={view.scan.startedAtMs} scan={view.scan} onChange={refresh} />
            )}
            <FindSection onChange={refresh} />
            <IdentitySection />
            <CsvSection onChange={refresh} />
            <DirectorySection />
          </>
        );
      }}
    </Loaded>
  );
}
