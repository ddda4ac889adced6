import Button from '@atlaskit/button/new';
import { useActorNames } from '../../shared/actorNames';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { exactTimeText } from '../../shared/timeText';
import { t } from '../../i18n';
import { FailedRule } from './FailedRule';
import { EntryRow } from './EntryRow';
import type { FilterForm } from './filter';
import { labelledEntries } from './labelled';
import type { LedgerList } from './useLedger';

type EntryListProps = {
  readonly list: LedgerList;
  /** What is said where nothing was found. */
  readonly noneText: string;
  readonly onMore: () => void;
  readonly onReload: () => void;
  readonly onNarrow: (narrowed: Partial<FilterForm>) => void;
};

/** The entries found so far, and the way to more. */
export function EntryList({ list, noneText, onMore, onReload, onNarrow }: EntryListProps) {
  const { entries, apiClients, next, lookedBackToMs, isLoading, problem, ruleFailure } = list;
  const names = useActorNames(
    entries.flatMap(({ actorAccountId, reporterAccountId }) =>
      [actorAccountId, reporterAccountId].filter((accountId) => accountId !== null),
    ),
    null,
  );
  return (
    <>
      {ruleFailure !== null && <FailedRule failure={ruleFailure} />}
      {entries.length > 0 && (
        <ul className="ledger-list" aria-label={t('admin.ledger.title')}>
          {labelledEntries(entries).map((entry) => (
            <EntryRow key={entry.operationId} entry={entry} names={names} apiClients={apiClients} onNarrow={onNarrow} />
          ))}
        </ul>
      )}
      <div className="save-line">
        {next !== null && (
          <Button isLoading={isLoading} onClick={onMore}>
            {t(entries.length === 0 ? 'admin.ledger.further' : 'admin.ledger.more')}
          </Button>
        )}
        <p role="status" className="subtle small">
          {stateText()}
        </p>
      </div>
      {problem !== null && (
        <div role="alert">
          <ProblemMessage
            problem={problem}
            onRetry={next === null && entries.length === 0 ? onReload : onMore}
            onReload={onReload}
          />
        </div>
      )}
    </>
  );

  function stateText(): string {
    const lookedBack = lookedBackToMs === null ? null : exactTimeText(lookedBackToMs);
    if (entries.length > 0)
      return [
        t('admin.ledger.shown', { count: entries.length }),
        ...(lookedBack === null ? [] : [t('admin.ledger.lookedBack', { time: lookedBack })]),
      ].join(' ');
    if (lookedBack !== null) return t('admin.ledger.noneYet', { time: lookedBack });
    if (isLoading) return t('admin.ledger.loading');
    return problem === null && ruleFailure === null ? noneText : '';
  }
}
