import type { ReactNode } from 'react';
import type { ApiClientNames, LedgerRecord } from '@contract';
import type { ActorNames } from '../../shared/actorNames';
import { memberName } from '../../shared/people';
import { exactTimeText } from '../../shared/timeText';
import { t } from '../../i18n';
import { entryPointText, explanationOf, isAboutLink } from './entryText';
import { EntryLinks } from './EntryLinks';
import type { FilterForm } from './filter';
import { apiClientNameOf, nameOf } from './names';

type EntryDetailsProps = {
  readonly entry: LedgerRecord;
  readonly names: ActorNames;
  readonly apiClients: ApiClientNames;
  readonly onNarrow: (narrowed: Partial<FilterForm>) => void;
};

/** Everything that is known of a write, with ways to its issue and to what else was done about it. */
export function EntryDetails({ entry, names, apiClients, onNarrow }: EntryDetailsProps) {
  const { reporterAccountId, actorAccountId, runId, apiClientId, answer } = entry;
  const apiClient = apiClientNameOf(entry, apiClients);
  const memberId = entry.members[0]?.memberId ?? 0;
  return (
    <div className="ledger-details">
      <p>{explanationOf(entry).join(' ')}</p>
      {entry.recoveredAtMs !== null && (
        <p>{t('admin.ledger.recovered', { time: exactTimeText(entry.recoveredAtMs) })}</p>
      )}
      <dl className="facts">
        <Fact name={t('admin.ledger.facts.asked')}>{exactTimeText(entry.intendedAtMs)}</Fact>
        {entry.finishedAtMs !== null && (
          <Fact name={t('admin.ledger.facts.ended')}>{exactTimeText(entry.finishedAtMs)}</Fact>
        )}
        <Fact name={t('admin.ledger.facts.by')}>{nameOf(names, actorAccountId)}</Fact>
        <Fact name={t('admin.ledger.facts.entryPoint')}>{entryPointText(entry.entryPoint)}</Fact>
        {reporterAccountId !== null && (
          <Fact name={t('admin.ledger.facts.reporter')}>{nameOf(names, reporterAccountId)}</Fact>
        )}
        <Fact name={t('admin.ledger.facts.member')}>{memberName({ id: memberId, name: null })}</Fact>
        {!isAboutLink(entry) && (
          <Fact name={t('admin.ledger.facts.answer')}>
            {answer === null || answer.status === null
              ? t('admin.ledger.facts.noAnswer')
              : t('admin.ledger.facts.status', { status: String(answer.status) })}
          </Fact>
        )}
        {runId !== null && <Fact name={t('admin.ledger.facts.run')}>{runId}</Fact>}
        {apiClient !== null && <Fact name={t('admin.ledger.facts.apiClient')}>{apiClient}</Fact>}
        {apiClientId !== null && apiClients[apiClientId] !== undefined && (
          <Fact name={t('admin.ledger.facts.apiClientId')}>{apiClientId}</Fact>
        )}
        <Fact name={t('admin.ledger.facts.operation')}>{entry.operationId}</Fact>
      </dl>
      <EntryLinks entry={entry} memberId={memberId} names={names} apiClient={apiClient} onNarrow={onNarrow} />
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt className="subtle small">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
