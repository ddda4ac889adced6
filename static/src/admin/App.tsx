import { Suspense } from 'react';
import { t } from '../i18n';
import { Waiting } from '../shared/Waiting';
import { panelElementId, tabElementId, TabList } from './TabList';
import { TABS } from './tabs';
import { useTab } from './useTab';

/** The admin page: its tabs, and the one that is open. Jira shows the module's title above the page. */
export function App() {
  const { tab, open } = useTab();
  if (tab === null) return <Waiting label={t('common.loading')} />;
  const { Page } = tab;
  return (
    <main className="admin">
      <TabList tabs={TABS} open={tab} onOpen={open} />
      <div
        key={tab.id}
        id={panelElementId(tab)}
        role="tabpanel"
        aria-labelledby={tabElementId(tab)}
        tabIndex={-1}
        className="tab-panel"
      >
        <Suspense fallback={<Waiting label={t('common.loading')} />}>
          <Page />
        </Suspense>
      </div>
    </main>
  );
}
