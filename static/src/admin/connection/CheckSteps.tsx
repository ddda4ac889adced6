import type { CheckFacts, CheckStep } from '../../../../src/contract';
import { Status, type StatusTone } from '../../shared/Status';
import { adminProblemText } from '../../shared/problemText';
import { texts } from '../../texts';

const TONES: Record<CheckStep['result']['state'], StatusTone> = { passed: 'success', failed: 'danger', skipped: 'neutral' };

/** The steps of a check, in the order in which they ran. */
export function CheckSteps({ steps }: { readonly steps: readonly CheckStep[] }) {
  const words = texts.admin.check;
  return (
    <ol className="steps" aria-label={words.steps}>
      {steps.map(({ name, asked, result }) => (
        <li key={name} className="step">
          <div className="step-line">
            <span className="grow name">{words.step[name]}</span>
            <Status tone={TONES[result.state]} text={words[result.state]} />
          </div>
          {asked !== null && <code className="step-asked">{asked}</code>}
          <StepResult result={result} />
        </li>
      ))}
    </ol>
  );
}

function StepResult({ result }: { readonly result: CheckStep['result'] }) {
  const words = texts.admin.check;
  switch (result.state) {
    case 'passed': {
      const facts = [...factTexts(result.facts), ...(result.tookMs > 0 ? [words.ms(result.tookMs)] : [])];
      return facts.length === 0 ? null : <p className="subtle small">{facts.join(texts.common.separator)}</p>;
    }
    case 'failed': {
      const { title, cause, next } = adminProblemText(result.problem);
      return (
        <div className="step-problem">
          <p className="name">{title}</p>
          <p>{cause}</p>
          <p>{next}</p>
          {result.tookMs > 0 && <p className="subtle small">{words.ms(result.tookMs)}</p>}
        </div>
      );
    }
    case 'skipped':
      return <p className="subtle small">{words.skippedWhy}</p>;
  }
}

function factTexts({ segments, members }: CheckFacts): string[] {
  const words = texts.admin.check;
  return [...(segments === undefined ? [] : [words.segments(segments)]), ...(members === undefined ? [] : [words.members(members)])];
}
