import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { useEffect, useRef } from 'react';
import type { CheckReport, ReadCall } from '@contract';
import { t } from '../../../i18n';
import { durationText } from '../../../shared/durationText';
import { Message } from '../../../shared/Message';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { useCountdown } from '../../../shared/useCountdown';
import type { Part } from '../profile/parts';
import { CheckLines } from './CheckLines';
import { Question } from './Question';
import { SupportReport } from './SupportReport';
import type { Check } from './useCheck';

type CheckSectionProps = {
  readonly check: Check;
  /** Opens a part of the profile, to correct it. */
  readonly onCorrect: (part: Part) => void;
};

/** What the check found, line by line, and what an admin has to decide before it goes on. */
export function CheckSection({ check, onCorrect }: CheckSectionProps) {
  const { report, isRunning, problem } = check;
  if (report === null && !isRunning && problem === null) return null;
  return (
    <section className="group check">
      <Heading as="h2" size="small">
        {t('admin.connection.check.title')}
      </Heading>
      <div role="status">
        {isRunning && <p>{t('admin.connection.check.busy')}</p>}
        {!isRunning && report !== null && <Ended report={report} check={check} />}
      </div>
      {problem !== null && (
        <div role="alert">
          <ProblemMessage
            problem={problem}
            isBusy={isRunning}
            onRetry={() => void check.goOn()}
            onReload={() => void check.goOn()}
          />
        </div>
      )}
      {report !== null && <CheckLines lines={report.lines} />}
      {report !== null && !isRunning && report.question !== null && (
        <Question
          key={JSON.stringify(report.question)}
          question={report.question}
          onChoose={(chosen) => void check.goOn(chosen)}
          onCorrect={onCorrect}
        />
      )}
      {report !== null && !isRunning && <Correct report={report} onCorrect={onCorrect} />}
      {report !== null && !isRunning && <SupportReport report={report} />}
    </section>
  );
}

function Ended({ report, check }: { readonly report: CheckReport; readonly check: Check }) {
  if (report.lines.at(-1)?.code === 'paused') return <Rest report={report} check={check} />;
  switch (report.state) {
    case 'proven':
      return <Message tone="success" title={t('admin.connection.check.proven')} />;
    case 'empty':
      return (
        <Message tone="info" title={t('admin.connection.check.empty')}>
          <p>{t('admin.connection.check.emptyNext')}</p>
        </Message>
      );
    case 'question':
      return <Message tone="info" title={t('admin.connection.check.question')} />;
    case 'failed':
      return (
        <Message tone="error" title={t('admin.connection.check.failed')}>
          <p>{t('admin.connection.check.failedNext')}</p>
        </Message>
      );
  }
}

/** The check rests, because Shorter Loop takes only so many requests a minute, and goes on by itself. */
function Rest({ report, check }: { readonly report: CheckReport; readonly check: Check }) {
  const last = report.lines.at(-1);
  const waitMs = last?.code === 'paused' ? last.retryAfterMs : 0;
  const secondsLeft = useCountdown(waitMs, report);
  const gone = useRef<CheckReport | null>(null);
  const isAlone = check.restMs !== null;
  useEffect(() => {
    if (!isAlone || secondsLeft > 0 || gone.current === report) return;
    gone.current = report;
    void check.goOn();
  });
  return (
    <Message
      tone="info"
      title={t('admin.connection.check.paused')}
      actions={
        !isAlone && (
          <Button spacing="compact" isDisabled={secondsLeft > 0} onClick={() => void check.goOn()}>
            {t('admin.connection.check.goOn')}
          </Button>
        )
      }
    >
      <p>{isAlone ? t('admin.connection.check.pausedWhy') : t('admin.connection.check.pausedLong')}</p>
      {/* Read once, and not every second: the number is for the eye. */}
      <p className="subtle small" aria-hidden="true">
        {t('common.tryingAgainIn', { time: durationText(secondsLeft * 1_000) })}
      </p>
    </Message>
  );
}

type CorrectProps = { readonly report: CheckReport; readonly onCorrect: (part: Part) => void };

/** Where a check failed, the part that it failed in is one step away. */
function Correct({ report, onCorrect }: CorrectProps) {
  const part = failedPart(report);
  if (part === null) return null;
  return (
    <div>
      <Button onClick={() => onCorrect(part)}>
        {t('admin.connection.check.correct', { part: t(`admin.connection.profile.parts.${part}`) })}
      </Button>
    </div>
  );
}

function failedPart({ state, lines }: CheckReport): 'key' | ReadCall | null {
  if (state !== 'failed') return null;
  const told = lines.findLast(
    ({ code }) => code === 'keyRefused' || code === 'failed' || code === 'cut' || code === 'differs',
  );
  switch (told?.code) {
    case 'keyRefused':
      return 'key';
    case 'failed':
    case 'cut':
      return told.call;
    case 'differs':
      return 'segmentWithMembers';
    default:
      return null;
  }
}
