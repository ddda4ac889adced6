import type { RunPause } from '@contract';
import { t } from '../i18n';
import { Message } from '../shared/Message';
import { problemText } from '../shared/problemText';

type PauseProps = { readonly pause: RunPause };

/** Why a run rests, and what makes it go on. */
export function Pause({ pause }: PauseProps) {
  if (pause.by === 'user') return <Message tone="info" title={t('bulk.pausedByUser')} />;
  const { title, cause, next } = problemText(pause.problem);
  return (
    <Message tone="warning" title={title}>
      <p>{cause}</p>
      <p>{next}</p>
      <p>{t('bulk.goesOn')}</p>
    </Message>
  );
}
