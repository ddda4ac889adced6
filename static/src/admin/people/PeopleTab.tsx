import { useCallback, useRef } from 'react';
import type { SyncView } from '@contract';
import { t } from '../../i18n';
import { ask } from '../../shared/ask';
import { Loaded } from '../../shared/Loaded';
import { useLoaded } from '../../shared/useLoaded';
import { invoke } from '../api';
import { CsvSection } from './csv/CsvSection';
import { DirectorySection } from './DirectorySection';
import { FindSection } from './find/FindSection';
import { IdentitySection } from './IdentitySection';
import { ReviewSection } from './review/ReviewSection';
import { SyncSection } from './sync/SyncSection';
import './people.css';

const load = () => invoke('admin.sync');

/** Who the site's reporters are in Shorter Loop: how many, whom to decide by hand, and their links in and out. */
export function PeopleTab() {
  const { state, reload, keep } = useLoaded<SyncView>(load);
  const asking = useRef(false);
  // Each change asks for the numbers anew, without drawing the whole tab again.
  const refresh = useCallback(() => {
    if (asking.current) return;
    asking.current = true;
    void ask<SyncView>(load()).then((answer) => {
      asking.current = false;
      if (answer.kind === 'ok') keep(answer.value);
    });
  }, [keep]);
  return (
    <Loaded state={state} label={t('admin.people.loading')} onReload={reload}>
      {(view) => (
        <>
          <SyncSection view={view} keep={keep} />
          <ReviewSection view={view} onChange={refresh} />
          <FindSection onChange={refresh} />
          <IdentitySection view={view} />
          <CsvSection onChange={refresh} />
          <DirectorySection />
        </>
      )}
    </Loaded>
  );
}
