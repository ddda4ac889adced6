import { useState } from 'react';
import type { BulkView, RunView } from '../../../src/contract';
import { t } from '../i18n';
import { Loaded } from '../shared/Loaded';
import { useLoaded } from '../shared/useLoaded';
import { invoke } from './api';
import { History } from './History';
import { NewRun } from './NewRun';
import { RunPage } from './RunPage';
import type { Reading } from './useReading';
import { useQueryOfNavigator } from './useQueryOfNavigator';

const load = () => invoke('bulk.open', undefined);

/** What is shown beside the list: a run, with what is still to be read of it in this tab. */
type Shown = { readonly run: RunView; readonly reading: Reading | null };

/** The bulk page: a new run and earlier ones, or the run that is open. */
export function App() {
  const { state, reload } = useLoaded(load);
  const [shown, setShown] = useState<Shown | null>(null);
  const leave = (): void => {
    setShown(null);
    reload();
  };
  return (
    <main className="bulk">
      {/* Jira shows the title above the page, outside of its document. */}
      <h1 className="visually-hidden">{t('bulk.title')}</h1>
      {shown !== null ? (
        <RunPage key={shown.run.runId} first={shown.run} reading={shown.reading} onOpen={(run, reading) => setShown({ run, reading })} onLeave={leave} />
      ) : (
        <Loaded state={state} label={t('bulk.loading')} onReload={reload}>
          {(view) => <Start view={view} onOpen={(run, reading) => setShown({ run, reading })} />}
        </Loaded>
      )}
    </main>
  );
}

function Start({ view, onOpen }: { readonly view: BulkView; readonly onOpen: (run: RunView, reading: Reading | null) => void }) {
  const jql = useQueryOfNavigator();
  return (
    <>
      <p>{t('bulk.intro')}</p>
      <p className="subtle">{t('bulk.score')}</p>
      {jql !== null && <NewRun segments={view.segments} jql={jql} onCreated={onOpen} />}
      <History runs={view.runs} viewerAccountId={view.viewerAccountId} onOpen={(run) => onOpen(run, null)} />
    </>
  );
}
