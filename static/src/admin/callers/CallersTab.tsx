import { useState } from 'react';
import type { PageProblem } from '../../shared/ask';
import { Loaded } from '../../shared/Loaded';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { Section } from '../../shared/Section';
import { t } from '../../i18n';
import { CallerList } from './CallerList';
import { CreatedCaller } from './CreatedCaller';
import { NewCaller } from './NewCaller';
import { useCallers } from './useCallers';

/** Callers from outside: tools that send web requests, each with a secret of its own. */
export function CallersTab() {
  const { state, created, reload, create, revoke } = useCallers();
  const [problem, setProblem] = useState<PageProblem | null>(null);
  return (
    <Section title={t('admin.apiClients.title')}>
      <p>{t('admin.apiClients.intro')}</p>
      <Loaded state={state} label={t('admin.apiClients.loading')} onReload={reload}>
        {({ apiClients }) => (
          <>
            <CallerList apiClients={apiClients} onRevoke={async (id) => setProblem(await revoke(id))} />
            {created !== null && <CreatedCaller created={created} />}
            <NewCaller onCreate={create} />
          </>
        )}
      </Loaded>
      {problem !== null && (
        <div role="alert">
          <ProblemMessage problem={problem} onRetry={reload} onReload={reload} />
        </div>
      )}
    </Section>
  );
}
