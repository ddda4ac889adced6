import { useState } from 'react';
import type { RunView } from '@contract';
import { t } from '../i18n';
import { runIdAt, runPath } from '../shared/runPath';
import { usePath } from '../shared/usePath';
import { Waiting } from '../shared/Waiting';
import { RunAt } from './RunAt';
import { RunPage } from './RunPage';
import { Start } from './Start';
import type { Reading } from './useReading';

/** A run that was opened on this page, with what is still to be read of it in this tab. */
type Opened = { readonly run: RunView; readonly reading: Reading | null };

/** The bulk page: a new run and earlier ones, or the run that its address names. */
export function App() {
  const { path, go } = usePath();
  const [opened, setOpened] = useState<Opened | null>(null);
  const runId = path === null ? null : runIdAt(path);
  // What is known of a run that was left is old by the time that Back or Forward leads to it again.
  if (opened !== null && opened.run.runId !== runId) setOpened(null);
  const open = (run: RunView, reading: Reading | null): void => {
    setOpened({ run, reading });
    go(runPath(run.runId));
  };
  const leave = (): void => go('/');
  return (
    <main className="bulk">
      {/* Jira shows the title above the page, outside of its document. */}
      <h1 className="visually-hidden">{t('bulk.title')}</h1>
      {page()}
    </main>
  );

  function page() {
    if (path === null) return <Waiting label={t('bulk.loading')} />;
    // A list does not have all of a run: its page reads it.
    if (runId === null) return <Start onCreated={open} onOpen={(earlier) => go(runPath(earlier))} />;
    if (opened?.run.runId === runId)
      return <RunPage key={runId} first={opened.run} reading={opened.reading} onOpen={open} onLeave={leave} />;
    return <RunAt key={runId} runId={runId} onOpen={open} onLeave={leave} />;
  }
}
