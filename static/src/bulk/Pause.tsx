import { resumesByItself, type RunBrake, type RunPause } from '@contract';
import { t } from '../i18n';
import { Message } from '../shared/Message';
import { problemText } from '../shared/problemText';
import { reasonText } from './reportCsv';

type PauseProps = {
  readonly pause: RunPause;
  /** Whether the run adds people. */
  readonly isAdding: boolean;
};

/** Why a run rests, and what makes it go on. */
export function Pause({ pause, isAdding }: PauseProps) {
  switch (pause.by) {
    case 'user':
      return <Message tone="info" title={t('bulk.pausedByUser')} />;
    case 'brake':
      return <Brake brake={pause.brake} isAdding={isAdding} />;
    case 'app': {
      const { title, cause, next } = problemText(pause.problem);
      return (
        <Message tone="warning" title={title}>
          <p>{cause}</p>
          <p>{next}</p>
          <p>{t(resumesByItself(pause) ? 'bulk.goesOn' : 'bulk.pausedByUser')}</p>
        </Message>
      );
    }
  }
}

/** What went wrong again and again, and what to look at before the run goes on. */
function Brake({ brake, isAdding }: { readonly brake: RunBrake; readonly isAdding: boolean }) {
  const { result, reason, claim, people } = brake;
  const what = [t(`bulk.result.${result}`), reasonText(reason, isAdding)].filter((part) => part !== '');
  return (
    <Message tone="warning" title={t('bulk.brake.title', { people })}>
      <p>{what.join(t('common.separator'))}</p>
      <p>{t(`bulk.brake.claim.${claim}`)}</p>
      <p>{t('bulk.brake.next')}</p>
      <p>{t('bulk.pausedByUser')}</p>
    </Message>
  );
}
