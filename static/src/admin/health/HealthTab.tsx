import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { HealthView } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { Loaded } from '../../shared/Loaded';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import { FailedChanges } from './FailedChanges';
import { Failures } from './Failures';
import { Headroom } from './Headroom';
import { UnderWay } from './UnderWay';

const load = () => invoke('admin.health');

/** How the app is, and what someone should look at. */
export function HealthTab() {
  const { state, reload, keep } = useLoaded<HealthView>(load);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const act = async (what: 'retry' | 'dismiss', requestId: string) => {
    const asked = await ask<HealthView>(
      what === 'retry' ? invoke('admin.retryChange', { requestId }) : invoke('admin.dismissChange', { requestId }),
    );
    if (asked.kind === 'ok') keep(asked.value);
    setProblem(asked.kind === 'problem' ? asked.problem : null);
  };
  return (
    <Loaded state={state} label={t('admin.health.loading')} onReload={reload}>
      {(health) => (
        <>
          <Failures failures={health.failures} />
          <FailedChanges failed={health.failed} onAct={act} />
          {problem !== null && (
            <div role="alert">
              <ProblemMessage problem={problem} onRetry={reload} onReload={reload} />
            </div>
          )}
          <UnderWay unfinished={health.unfinished} waiting={health.waiting} />
          <Headroom headroom={health.headroom} />
          <div>
            <Button onClick={reload}>{t('admin.health.refresh')}</Button>
          </div>
        </>
      )}
    </Loaded>
  );
}
