import type { ReactNode } from 'react';
import type { FailedChange, QueuedChangeView } from '@contract';
import { isErased } from '@contract';
import type { ActorNames } from '../../shared/actorNames';
import { Time } from '../../shared/Time';
import { exactTimeText } from '../../shared/timeText';
import { t } from '../../i18n';
import { whatText } from './failedText';

/** What a change that waits and one that was given up have in common. */
type QueueChange = QueuedChangeView | FailedChange;

type ChangeRowProps = {
  readonly change: QueueChange;
  readonly names: ActorNames;
  /** Why it was given up; null for one that waits. */
  readonly cause: string | null;
  /** What can be done about it. */
  readonly children: ReactNode;
};

/** One change: what and on which work item, about whom, who asked for it, and since when. */
export function ChangeRow({ change, names, cause, children }: ChangeRowProps) {
  const waitsUntilMs = 'notBeforeMs' in change && change.notBeforeMs > Date.now() ? change.notBeforeMs : null;
  return (
    <li className="caller">
      <div className="grow">
        <p>
          {whatText(change)}
          {t('common.separator')}
          {change.issueKey}
        </p>
        {cause !== null && <p>{cause}</p>}
        <p className="small">
          {t('admin.health.change.about', { who: personOf(names, change.reporterAccountId) })}
          {t('common.separator')}
          {sourceText(change, names)}
        </p>
        <p className="subtle small">
          {t('admin.health.failed.attempts', { count: change.attempts })}
          {t('common.separator')}
          <Time atMs={change.askedAtMs} />
          {waitsUntilMs !== null && (
            <>
              {t('common.separator')}
              {t('admin.health.change.notBefore', { time: exactTimeText(waitsUntilMs) })}
            </>
          )}
        </p>
      </div>
      {children}
    </li>
  );
}

/** Who asked for a change: a rule and whoever it runs as, or an API client. */
function sourceText({ apiClient, actorAccountId }: QueueChange, names: ActorNames): string {
  if (apiClient === null) return t('admin.health.change.byRule', { who: personOf(names, actorAccountId) });
  return apiClient.name === null
    ? t('admin.health.change.byRevoked', { id: apiClient.id })
    : t('admin.health.change.byClient', { name: apiClient.name });
}

function personOf(names: ActorNames, accountId: string): string {
  return isErased(accountId) ? t('admin.ledger.erased') : names(accountId);
}
