import Spinner from '@atlaskit/spinner';
import { Suspense } from 'react';
import { t } from '../i18n';
import { panelElementId, tabElementId, TabList } from './TabList';
import { TABS } from './tabs';
import { useTab } from './useTab';

/** The admin page: its tabs, and the one that is open. Jira shows the module's title above the page. */
export function App() {
  const { tab, open } = useTab();
  if (tab === null) return <Waiting />;
  const { Page } = tab;
  return (
    <main className="admin">
      <TabList tabs={TABS} open={tab} onOpen={open} />
      <div key={tab.id} id={panelElementId(tab)} role="tabpanel" aria-labelledby={tabElementId(tab)} tabIndex={-1} className="tab-panel">
        <Suspense fallback={<Waiting />}>
          <Page />
        </Suspense>
      </div>
    </main>
  );
}

function Waiting() {
  return (
    <div className="loading" role="status">
      <Spinner size="medium" />
      <span className="visually-hidden">{t('common.loading')}</span>
    </div>
  );
}
