import type { PageProblem } from '../shared/ask';
import { Message } from '../shared/Message';
import { ProblemMessage } from '../shared/ProblemMessage';
import { t } from '../i18n';
import { refusedWords } from './refusedWords';

type BulkProblemProps = {
  readonly problem: PageProblem;
  readonly isBusy?: boolean;
  readonly onRetry: () => void;
  readonly onReload: () => void;
};

/** A problem of the bulk page. A missing permission is told by what it is needed for here. */
export function BulkProblem({ problem, ...asked }: BulkProblemProps) {
  const refused = refusedWords(problem);
  if (refused === null) return <ProblemMessage problem={problem} {...asked} />;
  return (
    <Message tone="warning" title={t('bulk.refused.title')}>
      <p>{refused}</p>
      <p>{t('bulk.refused.next')}</p>
    </Message>
  );
}
