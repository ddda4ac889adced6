import { useState } from 'react';
import type { Problem, RunView } from '@contract';
import { t } from '../i18n';
import { ask, type PageProblem } from '../shared/ask';
import { problemText } from '../shared/problemText';
import { invoke } from './api';
import { BulkProblem } from './BulkProblem';
import { CancelDialog } from './CancelDialog';
import { refusedWords } from './refusedWords';
import { RunButtons } from './RunButtons';
import type { Reading, ReadingState } from './useReading';
import type { RunFunction } from './useRun';

type RunActionsProps = {
  readonly run: RunView;
  readonly steps: ReadingState;
  readonly isBusy: boolean;
  readonly onAsk: (name: RunFunction) => void;
  readonly onOpen: (run: RunView, reading: Reading) => void;
};

/** What can be done with a run in its present state. */
export function RunActions({ run, steps, isBusy, onAsk, onOpen }: RunActionsProps) {
  const [isSure, setSure] = useState(true);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const again = (kind: 'retry' | 'undo'): void => {
    setProblem(null);
    void ask(invoke('bulk.create', { source: { kind, runId: run.runId }, act: null })).then((answer) => {
      if (answer.kind === 'ok') onOpen(answer.value, { kind: 'run' });
      else setProblem(answer.problem);
    });
  };
  return (
    <>
      <RunButtons
        run={run}
        steps={steps}
        isBusy={isBusy}
        onAsk={onAsk}
        onCancel={() => setSure(false)}
        onFollowUp={again}
      />
      {run.refusal !== null && <p className="subtle small">{refusalText(run.refusal)}</p>}
      {run.state === 'ready' && run.act.kind === 'remove' && (
        <p className="subtle small">{t('bulk.preview.removeWarning')}</p>
      )}
      {problem !== null && (
        <div role="alert">
          <BulkProblem problem={problem} onRetry={() => setProblem(null)} onReload={() => setProblem(null)} />
        </div>
      )}
      {!isSure && (
        <CancelDialog
          isBusy={isBusy}
          onKeep={() => setSure(true)}
          onCancelRun={() => {
            setSure(true);
            onAsk('bulk.cancel');
          }}
        />
      )}
    </>
  );
}

/** Why a run can't be started or resumed by the viewer, and no other be made of it. */
function refusalText(refusal: Problem): string {
  if (refusal.code === 'run' && refusal.cause === 'others') return t('bulk.refused.others');
  return refusedWords(refusal) ?? problemText(refusal).cause;
}
