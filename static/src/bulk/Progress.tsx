import type { RunView } from '@contract';
import { t } from '../i18n';
import { doneOf, rateText } from './runText';

/** How far a run has come, how fast it is, and how long it still takes. */
export function Progress({ run }: { readonly run: RunView }) {
  const done = doneOf(run);
  const total = run.verdicts.willWrite;
  return (
    <div className="progress">
      <progress aria-label={t('bulk.progress.label')} value={done} max={Math.max(1, total)} />
      <p className="subtle small">
        {[
          t('bulk.progress.done', { done, total }),
          rateText(run),
          t('bulk.progress.batches', { count: run.writes }),
          run.unseen > 0 ? t('bulk.progress.unseen', { count: run.unseen }) : '',
        ]
          .filter((part) => part !== '')
          .join(t('common.separator'))}
      </p>
    </div>
  );
}
