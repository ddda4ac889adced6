import Spinner from '@atlaskit/spinner';
import type { Outcome, Segment } from '@contract';
import { t } from '../../../i18n';
import { adminProblemText } from '../../../shared/problemText';
import { Status } from '../../../shared/Status';
import type { StatusTone } from '../../../shared/tone';
import { useCountdown } from '../../../shared/useCountdown';
import { stepWords } from './testText';
import { isGood, type StepProgress } from './steps';

const TONES: Readonly<Record<Outcome, StatusTone>> = {
  confirmed: 'success',
  refused: 'danger',
  notConfirmed: 'warning',
  unknown: 'warning',
};

type TestStepsProps = { readonly steps: readonly StepProgress[]; readonly segments: readonly Segment[] };

/** The steps of a test as far as it is, each with what was seen. */
export function TestSteps({ steps, segments }: TestStepsProps) {
  return (
    <ol className="steps" aria-label={t('admin.connection.test.steps')} aria-live="polite">
      {steps.map((progress) => (
        <li key={progress.step} className="step">
          <div className="step-line">
            <span className="grow name">{t(`admin.connection.test.step.${progress.step}`)}</span>
            {(progress.state === 'running' || progress.state === 'looking') && <Spinner size="small" />}
            <State progress={progress} />
          </div>
          {progress.state === 'looking' && <Look progress={progress} />}
          {progress.state === 'ended' && <Ended progress={progress} segments={segments} />}
          {progress.state === 'problem' && <StepProblem progress={progress} />}
        </li>
      ))}
    </ol>
  );
}

function State({ progress }: { readonly progress: StepProgress }) {
  if (progress.state === 'problem') return <Status tone="danger" text={t('admin.connection.test.state.problem')} />;
  if (progress.state !== 'ended')
    return <Status tone="neutral" text={t(`admin.connection.test.state.${progress.state}`)} />;
  const outcome = progress.result.entry.members[0]?.outcome ?? 'unknown';
  const isOdd = outcome === 'confirmed' && !isGood(progress.result);
  return (
    <Status
      tone={isOdd ? 'danger' : TONES[outcome]}
      text={isOdd ? t('admin.connection.test.state.odd') : t(`admin.connection.test.outcome.${outcome}`)}
    />
  );
}

function Look({ progress }: { readonly progress: Extract<StepProgress, { state: 'looking' }> }) {
  const secondsLeft = useCountdown(Math.max(0, progress.untilMs - Date.now()), progress);
  return (
    <>
      <p className="small">{t('admin.connection.test.looking')}</p>
      <p className="subtle small" aria-hidden="true">
        {t('admin.connection.test.lookingIn', { seconds: secondsLeft })}
      </p>
    </>
  );
}

type EndedProps = {
  readonly progress: Extract<StepProgress, { state: 'ended' }>;
  readonly segments: readonly Segment[];
};

function Ended({ progress, segments }: EndedProps) {
  const { seen, next } = stepWords(progress.result, segments);
  return (
    <>
      {seen.map((sentence) => (
        <p key={sentence} className="subtle small">
          {sentence}
        </p>
      ))}
      {next !== null && <p className="small">{next}</p>}
    </>
  );
}

function StepProblem({ progress }: { readonly progress: Extract<StepProgress, { state: 'problem' }> }) {
  const { title, cause, next } = adminProblemText(progress.problem);
  return (
    <div className="step-problem">
      <p className="name">{title}</p>
      <p>{cause}</p>
      <p>{next}</p>
    </div>
  );
}
