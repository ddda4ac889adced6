import { useState } from 'react';
import type { RunView } from '@contract';
import { t } from '../i18n';
import { ask, type PageProblem } from '../shared/ask';
import { invoke } from './api';
import { ProblemMessage } from '../shared/ProblemMessage';
import { CancelDialog } from './CancelDialog';
import { RunButtons } from './RunButtons';
import { RunRefused } from './RunRefused';
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
      {run.refusal !== null && <RunRefused problem={run.refusal} />}
      <UndoRefused run={run} />
      {run.state === 'ready' && run.act.kind === 'remove' && <RemovalWarning run={run} />}
      {problem !== null && (
        <div role="alert">
          <ProblemMessage problem={problem} onRetry={() => setProblem(null)} onReload={() => setProblem(null)} />
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

/** What is hard to take back of a removal, and for how many it is their last segment. */
function RemovalWarning({ run }: { readonly run: RunView }) {
  return (
    <>
      {run.inNone > 0 && <p className="small">{t('bulk.preview.lastSegment', { count: run.inNone })}</p>}
      {/* Whoever was added by the run that is undone can be added by it once more. */}
      {run.source.kind !== 'undo' && <p className="subtle small">{t('bulk.preview.removeWarning')}</p>}
    </>
  );
}

/** Why whoever was added can't be removed again, where the run itself could be made again. */
function UndoRefused({ run: { act, refusal, undoRefusal, results } }: { readonly run: RunView }) {
  const isTold = act.kind === 'add' && results.confirmed > 0 && refusal === null && undoRefusal !== null;
  return isTold ? <RunRefused problem={undoRefusal} act="remove" /> : null;
}
