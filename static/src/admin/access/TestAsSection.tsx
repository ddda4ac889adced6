import { ProblemMessage } from '../../shared/ProblemMessage';
import { Section } from '../../shared/Section';
import { t } from '../../i18n';
import { TestAsForm } from './TestAsForm';
import { useTestAs } from './useTestAs';
import { VerdictList } from './VerdictList';

/** What someone may do on an issue, and which condition decides it. */
export function TestAsSection() {
  const testAs = useTestAs();
  const { whom, testing, test } = testAs;
  return (
    <Section title={t('admin.access.test.title')}>
      <p>{t('admin.access.test.intro')}</p>
      <TestAsForm testAs={testAs} />
      <div role="status">
        {testing.state === 'told' && (
          <>
            <VerdictList verdicts={testing.verdicts} />
            {whom === 'app' &&
              testing.verdicts.some(({ conditions }) =>
                conditions.some(({ kind, holds }) => kind === 'seesIssue' && holds !== true),
              ) && <p>{t('admin.access.test.appNext')}</p>}
          </>
        )}
      </div>
      {testing.state === 'failed' && (
        <div role="alert">
          <ProblemMessage problem={testing.problem} onRetry={test} onReload={test} />
        </div>
      )}
    </Section>
  );
}
