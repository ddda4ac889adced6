import Button from '@atlaskit/button/new';
import { NavigationTarget, router } from '@forge/bridge';
import type { ReactNode } from 'react';
import type { ApiClientNames, LedgerEntry, Segment } from '@contract';
import type { ActorNames } from '../../shared/actorNames';
import { memberName } from '../../shared/people';
import { BULK_MODULE, runPath } from '../../shared/runPath';
import { exactTimeText } from '../../shared/timeText';
import { t } from '../../i18n';
import { entryPointText, explanationOf } from './entryText';
import { NO_FILTER, type FilterForm } from './filter';
import { apiClientNameOf, nameOf } from './names';

type EntryDetailsProps = {
  readonly entry: LedgerEntry;
  readonly names: ActorNames;
  readonly apiClients: ApiClientNames;
  readonly onNarrow: (narrowed: Partial<FilterForm>) => void;
};

/** Everything that is known of a write, with ways to its issue and to what else was done about it. */
export function EntryDetails({ entry, names, apiClients, onNarrow }: EntryDetailsProps) {
  const { issueKey, reporterAccountId, actorAccountId, runId, apiClientId, answer } = entry;
  const apiClient = apiClientNameOf(entry, apiClients);
  const memberId = entry.members[0]?.memberId ?? 0;
  const segments = [entry.from, entry.to].filter((segment): segment is Segment => segment !== null);
  const narrow = (narrowed: Partial<FilterForm>) => onNarrow({ ...NO_FILTER, ...narrowed });
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
        <Fact name={t('admin.ledger.facts.answer')}>
          {answer === null || answer.status === null
            ? t('admin.ledger.facts.noAnswer')
            : t('admin.ledger.facts.status', { status: String(answer.status) })}
        </Fact>
        {runId !== null && <Fact name={t('admin.ledger.facts.run')}>{runId}</Fact>}
        {apiClient !== null && <Fact name={t('admin.ledger.facts.apiClient')}>{apiClient}</Fact>}
        {apiClientId !== null && apiClients[apiClientId] !== undefined && (
          <Fact name={t('admin.ledger.facts.apiClientId')}>{apiClientId}</Fact>
        )}
        <Fact name={t('admin.ledger.facts.operation')}>{entry.operationId}</Fact>
      </dl>
      <div className="ledger-links">
        {issueKey !== null && (
          <Link onClick={() => void router.open(`/browse/${issueKey}`)}>
            {t('admin.ledger.openIssue', { issue: issueKey })}
          </Link>
        )}
        {runId !== null && (
          <Link
            onClick={() =>
              void router.open({ target: NavigationTarget.Module, moduleKey: BULK_MODULE, path: runPath(runId) })
            }
          >
            {t('admin.ledger.openRun')}
          </Link>
        )}
        <Link onClick={() => narrow({ memberId: String(memberId) })}>{t('admin.ledger.onlyMember')}</Link>
        {reporterAccountId !== null && (
          <Link
            onClick={() =>
              narrow({ reporter: { accountId: reporterAccountId, name: nameOf(names, reporterAccountId) } })
            }
          >
            {t('admin.ledger.onlyReporter')}
          </Link>
        )}
        <Link onClick={() => narrow({ actor: { accountId: actorAccountId, name: nameOf(names, actorAccountId) } })}>
          {t('admin.ledger.onlyActor')}
        </Link>
        {segments.map(({ id, name }) => (
          <Link key={id} onClick={() => narrow({ segmentId: String(id) })}>
            {t('admin.ledger.onlySegment', { segment: name })}
          </Link>
        ))}
        {runId !== null && <Link onClick={() => narrow({ runId })}>{t('admin.ledger.onlyRun')}</Link>}
        {apiClientId !== null && (
          <Link onClick={() => narrow({ apiClient: { id: apiClientId, name: apiClient ?? apiClientId } })}>
            {t('admin.ledger.onlyCaller')}
          </Link>
        )}
      </div>
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

function Link({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <Button appearance="subtle" spacing="compact" onClick={onClick}>
      {children}
    </Button>
  );
}
