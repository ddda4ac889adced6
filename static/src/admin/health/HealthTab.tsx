import Button from '@atlaskit/button/new';
import type { HealthView } from '@contract';
import { useActorNames } from '../../shared/actorNames';
import { Loaded } from '../../shared/Loaded';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { t } from '../../i18n';
import { FailedChanges } from './FailedChanges';
import { Failures } from './Failures';
import { Headroom } from './Headroom';
import { NotedStrays } from './NotedStrays';
import { RuleFailures } from './RuleFailures';
import { StoppedWrites } from './StoppedWrites';
import { UnderWay } from './UnderWay';
import { useHealth } from './useHealth';
import { WaitingChanges } from './WaitingChanges';

/** How many names are asked of Jira at most. */
const MAX_NAMED = 90;

/** How the app is, and what someone should look at. */
export function HealthTab() {
  const { state, reload, problem, dismissed, actions } = useHealth();
  const names = useActorNames(state.phase === 'open' ? accountsIn(state.value) : [], null);
  return (
    <Loaded state={state} label={t('admin.health.loading')} onReload={reload}>
      {(health) => (
        <>
          <StoppedWrites stops={health.stops} />
          <NotedStrays strays={health.strays} actions={actions} />
          <Failures failures={health.failures} />
          <RuleFailures failures={health.ruleFailures} />
          <FailedChanges failed={health.failed} names={names} actions={actions} />
          {health.unreadableChanges > 0 && (
            <p>{t('admin.health.unreadableChanges', { count: health.unreadableChanges })}</p>
          )}
          <WaitingChanges queued={health.queued} waiting={health.waiting} names={names} actions={actions} />
          <p role="status">{dismissed !== null && t('admin.health.dismissAll.done', { count: dismissed })}</p>
          {problem !== null && (
            <div role="alert">
              <ProblemMessage problem={problem} onRetry={reload} onReload={reload} />
            </div>
          )}
          <UnderWay unfinished={health.unfinished} />
          <Headroom headroom={health.headroom} />
          <div>
            <Button onClick={reload}>{t('admin.health.refresh')}</Button>
          </div>
        </>
      )}
    </Loaded>
  );
}

/** Who is named on the tab, those of failed changes first. */
function accountsIn({ failed, queued }: HealthView): readonly string[] {
  const all = [...failed, ...queued].flatMap(({ reporterAccountId, actorAccountId, apiClient }) =>
    apiClient === null ? [reporterAccountId, actorAccountId] : [reporterAccountId],
  );
  return [...new Set(all)].slice(0, MAX_NAMED);
}
