import Spinner from '@atlaskit/spinner';
import type { CheckFacts, CheckStep } from '@contract';
import { t } from '../../i18n';
import { adminProblemText } from '../../shared/problemText';
import type { PageProblem } from '../../shared/ask';
import { some } from '../../shared/tableText';
import { Status } from '../../shared/Status';
import type { StatusTone } from '../../shared/tone';
import type { StepProgress } from './useCheck';

type ShownState = Exclude<StepProgress['state'], 'told' | 'problem'> | CheckStep['result']['state'];
const TONES: Readonly<Record<ShownState, StatusTone>> = {
  waiting: 'neutral',
  running: 'neutral',
  notAsked: 'neutral',
  passed: 'success',
  failed: 'danger',
  skipped: 'neutral',
};

/** The steps of a check in their order, each with what was asked, what came back and what to do. */
export function CheckSteps({ progress }: { readonly progress: readonly StepProgress[] }) {
  return (
    <ol className="steps" aria-label={t('admin.connection.check.steps')}>
      {progress.map((step) => (
        <li key={step.name} className="step">
          <div className="step-line">
            <span className="grow name">{t(`admin.connection.check.step.${step.name}`)}</span>
            {step.state === 'running' && <Spinner size="small" />}
            <Status tone={TONES[shownState(step)]} text={t(`admin.connection.check.state.${shownState(step)}`)} />
          </div>
          {step.state === 'told' && <Told step={step.step} />}
          {step.state === 'problem' && <StepProblem problem={step.problem} />}
        </li>
      ))}
    </ol>
  );
}

function shownState(step: StepProgress): ShownState {
  if (step.state === 'told') return step.step.result.state;
  return step.state === 'problem' ? 'failed' : step.state;
}

function Told({ step: { asked, result } }: { readonly step: CheckStep }) {
  return (
    <>
      {asked.map((request) => (
        <code key={request} className="step-asked">
          {request}
        </code>
      ))}
      {result.state === 'passed' && <Facts facts={result.facts} tookMs={result.tookMs} />}
      {result.state === 'failed' && <StepProblem problem={result.problem} />}
      {result.state === 'skipped' && <p className="subtle small">{t('admin.connection.check.skippedWhy')}</p>}
    </>
  );
}

function Facts({ facts, tookMs }: { readonly facts: CheckFacts; readonly tookMs: number }) {
  const told = [...factTexts(facts), ...(tookMs > 0 ? [t('admin.connection.check.ms', { ms: tookMs })] : [])];
  return told.length === 0 ? null : <p className="subtle small">{told.join(' · ')}</p>;
}

function factTexts({ segments, members, unreadable, leftOut, status }: CheckFacts): string[] {
  return [
    ...(status === undefined ? [] : [t('admin.connection.check.status', { status: String(status) })]),
    ...(segments === undefined ? [] : [t('admin.connection.check.segments', { count: segments })]),
    ...(members === undefined ? [] : [t('admin.connection.check.members', { count: members })]),
    ...(unreadable === undefined
      ? []
      : [
          t('admin.connection.check.unreadable', {
            count: unreadable.length,
            ids: some(unreadable.map((id) => `#${id}`)),
          }),
        ]),
    ...(leftOut === undefined ? [] : [t('admin.connection.check.leftOut', { count: leftOut })]),
  ];
}

function StepProblem({ problem }: { readonly problem: PageProblem }) {
  const { title, cause, next } = adminProblemText(problem);
  return (
    <div className="step-problem">
      <p className="name">{title}</p>
      <p>{cause}</p>
      <p>{next}</p>
    </div>
  );
}
