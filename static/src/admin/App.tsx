import { Suspense, useState } from 'react';
import { t } from '../i18n';
import { Waiting } from '../shared/Waiting';
import { StopsBanner, StopsContext, useStops } from './stops';
import { panelElementId, tabElementId, TabList } from './TabList';
import { tabAt, TABS } from './tabs';
import { useTab } from './useTab';

/** The admin page: its tabs, and the one that is open. Jira shows the module's title above the page. */
export function App() {
  const { tab, open } = useTab();
  const { stops, reload } = useStops();
  const [resumed, setResumed] = useState(0);
  if (tab === null) return <Waiting label={t('common.loading')} />;
  const { Page } = tab;
  const goOn = () => {
    reload();
    // The test is the next step, and the open tab shows what held before.
    setResumed((before) => before + 1);
    open(tabAt('/connection'));
  };
  return (
    <main className="admin">
      <StopsBanner stops={stops} onResumed={goOn} />
      <TabList tabs={TABS} open={tab} onOpen={open} />
      <div
        key={`${tab.id} ${String(resumed)}`}
        id={panelElementId(tab)}
        role="tabpanel"
        aria-labelledby={tabElementId(tab)}
        tabIndex={-1}
        className="tab-panel"
      >
        <StopsContext.Provider value={reload}>
          <Suspense fallback={<Waiting label={t('common.loading')} />}>
            <Page />
          </Suspense>
        </StopsContext.Provider>
      </div>
    </main>
  );
}
