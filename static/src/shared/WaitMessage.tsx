import Button from '@atlaskit/button/new';
import { t } from '../i18n';
import { durationText } from './durationText';
import { Message } from './Message';
import type { Waiting } from './useWaiting';

type WaitMessageProps = { readonly title: string; readonly waiting: NonNullable<Waiting>; readonly isBusy: boolean };

/** A wait in place of an error: what is waited for, how long still, and a way to stop. */
export function WaitMessage({ title, waiting, isBusy }: WaitMessageProps) {
  return (
    <Message
      tone="info"
      title={title}
      actions={
        !isBusy && (
          <Button spacing="compact" onClick={waiting.stop}>
            {t('common.stopWaiting')}
          </Button>
        )
      }
    >
      <p>{t('common.willTryAgain')}</p>
      {/* Read once, and not every second: the number is for the eye. */}
      <p className="subtle small" aria-hidden="true">
        {isBusy || waiting.secondsLeft === 0
          ? t('common.tryingAgain')
          : t('common.tryingAgainIn', { time: durationText(waiting.secondsLeft * 1_000) })}
      </p>
    </Message>
  );
}
