import type { CheckFacts, CheckStep } from '../../../../src/contract';
import { Status, type StatusTone } from '../../shared/Status';
import { adminProblemText } from '../../shared/problemText';
import { t } from '../../i18n';

const TONES: Record<CheckStep['result']['state'], StatusTone> = { passed: 'success', failed: 'danger', skipped: 'neutral' };

/** The steps of a check, in the order in which they ran. */
export function CheckSteps({ steps }: { readonly steps: readonly CheckStep[] }) {
  return (
    <ol className="steps" aria-label={t('admin.connection.check.steps')}>
      {steps.map(({ name, asked, result }) => (
        <li key={name} className="step">
          <div className="step-line">
            <span className="grow name">{t(`admin.connection.check.step.${name}`)}</span>
            <Status tone={TONES[result.state]} text={t(`admin.connection.check.${result.state}`)} />
          </div>
          {asked !== null && <code className="step-asked">{asked}</code>}
          <StepResult result={result} />
        </li>
      ))}
    </ol>
  );
}

function StepResult({ result }: { readonly result: CheckStep['result'] }) {
  switch (result.state) {
    case 'passed': {
      const facts = [...factTexts(result.facts), ...(result.tookMs > 0 ? [t('admin.connection.check.ms', { ms: result.tookMs })] : [])];
      return facts.length === 0 ? null : <p className="subtle small">{facts.join(t('common.separator'))}</p>;
    }
    case 'failed': {
      const { title, cause, next } = adminProblemText(result.problem);
      return (
        <div className="step-problem">
          <p className="name">{title}</p>
          <p>{cause}</p>
          <p>{next}</p>
          {result.tookMs > 0 && <p className="subtle small">{t('admin.connection.check.ms', { ms: result.tookMs })}</p>}
        </div>
      );
    }
    case 'skipped':
      return <p className="subtle small">{t('admin.connection.check.skippedWhy')}</p>;
  }
}

function factTexts({ segments, members }: CheckFacts): string[] {
  return [...(segments === undefined ? [] : [t('admin.connection.check.segments', { count: segments })]), ...(members === undefined ? [] : [t('admin.connection.check.members', { count: members })])];
}
