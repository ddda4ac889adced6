import type { RuleFailure } from '@contract';
import { Message } from '../../shared/Message';
import { t } from '../../i18n';
import { ruleCauseText, ruleFailureText } from '../ruleFailureText';

/** The rule that failed under the operation id that was looked for. It may have come to no write, so to no entry. */
export function FailedRule({ failure }: { readonly failure: RuleFailure }) {
  const { title, next } = ruleCauseText(failure.cause);
  return (
    <Message tone="warning" title={t('admin.ruleFailures.found')}>
      <p>{title}</p>
      <p>{next}</p>
      <p className="subtle small">{ruleFailureText(failure)}</p>
    </Message>
  );
}
