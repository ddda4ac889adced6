import type { BulkView, RunView } from '@contract';
import { t } from '../i18n';
import { Loaded } from '../shared/Loaded';
import { useLoaded } from '../shared/useLoaded';
import { invoke } from './api';
import { ProblemMessage } from '../shared/ProblemMessage';
import { History } from './History';
import { NewRun } from './NewRun';
import type { Reading } from './useReading';
import { useNavigator } from './useNavigator';

const load = () => invoke('bulk.open', undefined);

type StartProps = {
  readonly onCreated: (run: RunView, reading: Reading) => void;
  readonly onOpen: (runId: string) => void;
};

/** A new run, and the earlier ones. */
export function Start({ onCreated, onOpen }: StartProps) {
  const { state, reload } = useLoaded<BulkView>(load);
  const taken = useNavigator();
  return (
    <Loaded state={state} label={t('bulk.loading')} onReload={reload}>
      {(view) => (
        <>
          <p>{t('bulk.intro')}</p>
          <p className="subtle">{t('bulk.score')}</p>
          {view.refusal !== null && <ProblemMessage problem={view.refusal} onRetry={reload} onReload={reload} />}
          {taken !== null && view.refusal === null && (
            <NewRun segments={view.segments} refusals={view.refusals} taken={taken} onCreated={onCreated} />
          )}
          <History runs={view.runs} viewerAccountId={view.viewerAccountId} onOpen={({ runId }) => onOpen(runId)} />
        </>
      )}
    </Loaded>
  );
}
