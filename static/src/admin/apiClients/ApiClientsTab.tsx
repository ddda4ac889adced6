import { useState } from 'react';
import type { PageProblem } from '../../shared/ask';
import { Loaded } from '../../shared/Loaded';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { Section } from '../../shared/Section';
import { t } from '../../i18n';
import { ApiClientList } from './ApiClientList';
import { CreatedClient } from './CreatedClient';
import { HintSection } from './HintSection';
import { NewApiClient } from './NewApiClient';
import { useApiClients } from './useApiClients';

/** API clients: tools that send web requests, each with a secret of its own. */
export function ApiClientsTab() {
  const { state, created, reload, create, revoke } = useApiClients();
  const [problem, setProblem] = useState<PageProblem | null>(null);
  return (
    <>
      <Section title={t('admin.apiClients.title')}>
        <p>{t('admin.apiClients.intro')}</p>
        <Loaded state={state} label={t('admin.apiClients.loading')} onReload={reload}>
          {({ apiClients }) => (
            <>
              <ApiClientList apiClients={apiClients} onRevoke={async (id) => setProblem(await revoke(id))} />
              {created !== null && <CreatedClient created={created} />}
              <NewApiClient onCreate={create} />
            </>
          )}
        </Loaded>
        {problem !== null && (
          <div role="alert">
            <ProblemMessage problem={problem} onRetry={reload} onReload={reload} />
          </div>
        )}
      </Section>
      <HintSection />
    </>
  );
}
