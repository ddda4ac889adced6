import Button from '@atlaskit/button/new';
import { useCallback } from 'react';
import { RUN_KEPT_DAYS, type RunView } from '@contract';
import { t } from '../i18n';
import { Loaded } from '../shared/Loaded';
import { Message } from '../shared/Message';
import { useLoaded } from '../shared/useLoaded';
import { invoke } from './api';
import { BulkProblem } from './BulkProblem';
import { refusedWords } from './refusedWords';
import { RunPage } from './RunPage';
import type { Reading } from './useReading';

type RunAtProps = {
  readonly runId: string;
  readonly onOpen: (run: RunView, reading: Reading) => void;
  readonly onLeave: () => void;
};

/** The run that the page's address names, or that there is none to be seen. */
export function RunAt({ runId, onOpen, onLeave }: RunAtProps) {
  const load = useCallback(() => invoke('bulk.run', { runId }), [runId]);
  const { state, reload } = useLoaded<RunView>(load);
  if (state.phase === 'failed' && state.problem.code === 'run') return <NoSuchRun onLeave={onLeave} />;
  if (state.phase === 'failed' && refusedWords(state.problem) !== null)
    return (
      <div role="alert">
        <BulkProblem problem={state.problem} onRetry={reload} onReload={reload} />
      </div>
    );
  return (
    <Loaded state={state} label={t('bulk.loadingRun')} onReload={reload}>
      {(run) => <RunPage first={run} reading={null} onOpen={onOpen} onLeave={onLeave} />}
    </Loaded>
  );
}

function NoSuchRun({ onLeave }: Pick<RunAtProps, 'onLeave'>) {
  return (
    <div role="alert">
      <Message
        tone="warning"
        title={t('bulk.noSuchRun.title')}
        actions={
          <Button spacing="compact" onClick={onLeave}>
            {t('bulk.back')}
          </Button>
        }
      >
        <p>{t('bulk.noSuchRun.kept', { days: RUN_KEPT_DAYS })}</p>
        <p>{t('bulk.noSuchRun.others')}</p>
      </Message>
    </div>
  );
}
