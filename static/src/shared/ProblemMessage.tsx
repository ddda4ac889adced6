import Button from '@atlaskit/button/new';
import { useContext, type ReactNode } from 'react';
import { t } from '../i18n';
import type { PageProblem } from './ask';
import { AskedForContext, type AskedFor } from './askedFor';
import { durationText } from './durationText';
import { Message } from './Message';
import { problemText } from './problemText';
import type { Tone } from './tone';
import { useCountdown } from './useCountdown';
import { useWaiting } from './useWaiting';
import { WaitMessage } from './WaitMessage';
import { waitOf } from './waits';

type ProblemMessageProps = {
  readonly problem: PageProblem;
  readonly isBusy?: boolean;
  /** What was asked for, where that is known closer than of the whole page. */
  readonly act?: AskedFor['act'];
  /** Asks the same thing again. */
  readonly onRetry: () => void;
  /** Reads everything afresh. */
  readonly onReload: () => void;
};

/**
 * A problem: what it is, its cause, the next step, and a button where another try makes sense. One
 * that passes is waited out.
 */
export function ProblemMessage({ problem, isBusy = false, act, onRetry, onReload }: ProblemMessageProps) {
  const asked = useContext(AskedForContext);
  const { title, cause, next, remedy } = problemText(problem, act === undefined ? asked : { ...asked, act });
  const waiting = useWaiting(problem, waitOf(problem), isBusy, onRetry);
  if (waiting !== null) return <WaitMessage title={title} waiting={waiting} isBusy={isBusy} />;
  return (
    <Message tone={toneOf(problem)} title={title} actions={remedyButton()}>
      <p>{cause}</p>
      <p>{next}</p>
    </Message>
  );

  function remedyButton(): ReactNode {
    switch (remedy.kind) {
      case 'retry':
        return <RetryButton problem={problem} waitMs={remedy.afterMs} isBusy={isBusy} onRetry={onRetry} />;
      case 'reload':
        return (
          <Button spacing="compact" isLoading={isBusy} onClick={onReload}>
            {t('common.reload')}
          </Button>
        );
      case 'none':
        return undefined;
    }
  }
}

/** Not everything in the way is a fault: a page without settings is new, and a changed segment is somebody's work. */
function toneOf({ code }: PageProblem): Tone {
  switch (code) {
    case 'notConfigured':
    case 'duplicateRequest':
    case 'busy':
    case 'queueFull':
      return 'info';
    case 'stale':
    case 'undoRefused':
    case 'notLinked':
    case 'notPermitted':
    case 'projectOff':
    case 'noMember':
    case 'segmentUnknown':
    case 'segmentUnreadable':
    case 'segmentAmbiguous':
    case 'operationIdTaken':
    case 'sourceUnclear':
    case 'notProven':
    case 'writeNotProven':
    case 'writesStopped':
      return 'warning';
    default:
      return 'error';
  }
}

type RetryButtonProps = {
  readonly problem: PageProblem;
  readonly waitMs: number;
  readonly isBusy: boolean;
  readonly onRetry: () => void;
};

function RetryButton({ problem, waitMs, isBusy, onRetry }: RetryButtonProps) {
  const secondsLeft = useCountdown(waitMs, problem);
  return (
    <Button spacing="compact" isLoading={isBusy} isDisabled={secondsLeft > 0} onClick={onRetry}>
      {secondsLeft > 0 ? t('common.tryAgainIn', { time: durationText(secondsLeft * 1_000) }) : t('common.tryAgain')}
    </Button>
  );
}
