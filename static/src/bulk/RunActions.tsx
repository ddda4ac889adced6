import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { RunView } from '@contract';
import { t } from '../i18n';
import { ask, type PageProblem } from '../shared/ask';
import { Dialog } from '../shared/Dialog';
import { ProblemMessage } from '../shared/ProblemMessage';
import { invoke } from './api';
import { doneOf } from './runText';
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
  const isOver = run.state === 'finished' || run.state === 'cancelled';
  const failed = run.verdicts.willWrite - run.results.confirmed - run.results.changed;
  const count = run.verdicts.willWrite;
  return (
    <>
      <div className="actions">
        {run.state === 'ready' && count > 0 && (
          <Button
            appearance={run.act.kind === 'remove' ? 'danger' : 'primary'}
            isLoading={isBusy}
            onClick={() => onAsk('bulk.start')}
          >
            {run.act.kind === 'remove' ? t('bulk.preview.startRemove', { count }) : t('bulk.preview.start', { count })}
          </Button>
        )}
        {steps.state === 'reading' && <Button onClick={steps.stop}>{t('bulk.preview.stop')}</Button>}
        {steps.state === 'stopped' && steps.problem === null && (
          <Button onClick={steps.goOn}>{t('bulk.preview.goOn')}</Button>
        )}
        {run.state === 'running' && (
          <Button isLoading={isBusy} onClick={() => onAsk('bulk.pause')}>
            {t('bulk.pause')}
          </Button>
        )}
        {run.state === 'paused' && (
          <Button appearance="primary" isLoading={isBusy} onClick={() => onAsk('bulk.resume')}>
            {t('bulk.resume')}
          </Button>
        )}
        {(run.state === 'running' || run.state === 'paused') && (
          <Button onClick={() => setSure(false)}>{t('bulk.cancel')}</Button>
        )}
        {(run.state === 'reading' || run.state === 'ready') && steps.state !== 'reading' && (
          <Button onClick={() => onAsk('bulk.cancel')}>{t('bulk.preview.discard')}</Button>
        )}
        {isOver && failed > 0 && doneOf(run) > 0 && <Button onClick={() => again('retry')}>{t('bulk.retry')}</Button>}
        {isOver && run.act.kind === 'move' && run.results.confirmed > 0 && (
          <Button onClick={() => again('undo')}>{t('bulk.undo')}</Button>
        )}
      </div>
      {run.state === 'ready' && run.act.kind === 'remove' && (
        <p className="subtle small">{t('bulk.preview.removeWarning')}</p>
      )}
      {problem !== null && (
        <div role="alert">
          <ProblemMessage problem={problem} onRetry={() => setProblem(null)} onReload={() => setProblem(null)} />
        </div>
      )}
      {!isSure && (
        <Dialog title={t('bulk.cancelSure.title')} isBusy={isBusy} onCancel={() => setSure(true)}>
          <p>{t('bulk.cancelSure.text')}</p>
          <div className="dialog-actions">
            <Button appearance="subtle" onClick={() => setSure(true)}>
              {t('bulk.cancelSure.no')}
            </Button>
            <Button
              appearance="danger"
              isLoading={isBusy}
              onClick={() => {
                setSure(true);
                onAsk('bulk.cancel');
              }}
            >
              {t('bulk.cancelSure.yes')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
