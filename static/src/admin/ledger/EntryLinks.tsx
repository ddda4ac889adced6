import Button from '@atlaskit/button/new';
import { NavigationTarget, router } from '@forge/bridge';
import type { ReactNode } from 'react';
import type { LedgerRecord, Segment } from '@contract';
import type { ActorNames } from '../../shared/actorNames';
import { BULK_MODULE, runPath } from '../../shared/runPath';
import { t } from '../../i18n';
import { NO_FILTER, type FilterForm } from './filter';
import { nameOf } from './names';

type EntryLinksProps = {
  readonly entry: LedgerRecord;
  readonly memberId: number;
  readonly names: ActorNames;
  /** The name of the API client that asked for it; null for none. */
  readonly apiClient: string | null;
  readonly onNarrow: (narrowed: Partial<FilterForm>) => void;
};

/** Ways from a write to its issue, to its run, and to what else was done about it. */
export function EntryLinks({ entry, memberId, names, apiClient, onNarrow }: EntryLinksProps) {
  const { issueKey, reporterAccountId, actorAccountId, runId, apiClientId } = entry;
  const segments = [entry.from, entry.to].filter((segment): segment is Segment => segment !== null);
  const narrow = (narrowed: Partial<FilterForm>) => onNarrow({ ...NO_FILTER, ...narrowed });
  return (
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
          onClick={() => narrow({ reporter: { accountId: reporterAccountId, name: nameOf(names, reporterAccountId) } })}
        >
          {t('admin.ledger.onlyReporter')}
        </Link>
      )}
      {actorAccountId !== null && (
        <Link onClick={() => narrow({ actor: { accountId: actorAccountId, name: nameOf(names, actorAccountId) } })}>
          {t('admin.ledger.onlyActor')}
        </Link>
      )}
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
  );
}

function Link({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <Button appearance="subtle" spacing="compact" onClick={onClick}>
      {children}
    </Button>
  );
}
