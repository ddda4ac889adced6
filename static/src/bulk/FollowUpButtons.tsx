import Button from '@atlaskit/button/new';
import type { RunView } from '@contract';
import { t } from '../i18n';
import { doneOf } from './runText';

type FollowUpButtonsProps = {
  readonly run: RunView;
  readonly onFollowUp: (kind: 'retry' | 'undo') => void;
};

/** What can be made of a run that is over: a new run that tries again what failed, or one that undoes it. */
export function FollowUpButtons({ run, onFollowUp }: FollowUpButtonsProps) {
  const { verdicts, results, undoRefusal } = run;
  const failed = verdicts.willWrite - results.confirmed - results.changed;
  return (
    <>
      {failed > 0 && doneOf(run) > 0 && <Button onClick={() => onFollowUp('retry')}>{t('bulk.retry')}</Button>}
      {undoRefusal === null && results.confirmed > 0 && (
        <Button onClick={() => onFollowUp('undo')}>{t('bulk.undo')}</Button>
      )}
    </>
  );
}
