import Button from '@atlaskit/button/new';
import type { RunView } from '@contract';
import { t } from '../i18n';
import { FollowUpButtons } from './FollowUpButtons';
import { StartButton } from './StartButton';
import type { ReadingState } from './useReading';
import type { RunFunction } from './useRun';

type RunButtonsProps = {
  readonly run: RunView;
  readonly steps: ReadingState;
  readonly isBusy: boolean;
  readonly onAsk: (name: RunFunction) => void;
  /** A run that has begun to write is cancelled only after a question. */
  readonly onCancel: () => void;
  readonly onFollowUp: (kind: 'retry' | 'undo') => void;
};

/** The buttons for a run in its present state. */
export function RunButtons({ run, steps, isBusy, onAsk, onCancel, onFollowUp }: RunButtonsProps) {
  // What would be refused is not offered.
  const mayGoOn = run.refusal === null;
  const isOver = run.state === 'finished' || run.state === 'cancelled';
  return (
    <div className="actions">
      {mayGoOn && run.state === 'ready' && run.verdicts.willWrite > 0 && (
        <StartButton run={run} isBusy={isBusy} onStart={() => onAsk('bulk.start')} />
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
      {mayGoOn && run.state === 'paused' && (
        <Button appearance="primary" isLoading={isBusy} onClick={() => onAsk('bulk.resume')}>
          {t('bulk.resume')}
        </Button>
      )}
      {(run.state === 'running' || run.state === 'paused') && <Button onClick={onCancel}>{t('bulk.cancel')}</Button>}
      {(run.state === 'reading' || run.state === 'ready') && steps.state !== 'reading' && (
        <Button onClick={() => onAsk('bulk.cancel')}>{t('bulk.preview.discard')}</Button>
      )}
      {mayGoOn && isOver && <FollowUpButtons run={run} onFollowUp={onFollowUp} />}
    </div>
  );
}
