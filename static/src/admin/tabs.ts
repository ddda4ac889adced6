import { lazy, type ComponentType } from 'react';
import { t } from '../i18n';

/** A tab of the admin page. Its code is loaded when it is opened for the first time. */
export type Tab = {
  /** Stands in the page's address: `/connection`. */
  readonly id: string;
  readonly title: () => string;
  readonly Page: ComponentType;
};

/** The tabs, in the order in which they are shown. The first one is open when the address names none. */
export const TABS: readonly Tab[] = [
  { id: 'connection', title: () => t('admin.tabs.connection'), Page: lazy(() => import('./connection')) },
  { id: 'people', title: () => t('admin.tabs.people'), Page: lazy(() => import('./people')) },
  { id: 'segments', title: () => t('admin.tabs.segments'), Page: lazy(() => import('./segments')) },
  { id: 'access', title: () => t('admin.tabs.access'), Page: lazy(() => import('./access')) },
  { id: 'apiClients', title: () => t('admin.tabs.apiClients'), Page: lazy(() => import('./apiClients')) },
  { id: 'ledger', title: () => t('admin.tabs.ledger'), Page: lazy(() => import('./ledger')) },
  { id: 'health', title: () => t('admin.tabs.health'), Page: lazy(() => import('./health')) },
  { id: 'privacy', title: () => t('admin.tabs.privacy'), Page: lazy(() => import('./privacy')) },
];

/** The tab that an address's path names; the first one for any other path. */
export function tabAt(pathname: string, tabs: readonly Tab[] = TABS): Tab {
  const wanted = pathname.split('/')[1];
  const tab = tabs.find(({ id }) => id === wanted) ?? tabs[0];
  if (tab === undefined) throw new Error('The admin page has no tabs');
  return tab;
}
