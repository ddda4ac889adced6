import { view } from '@forge/bridge';
import { useCallback, useEffect, useState } from 'react';
import { tabAt, type Tab } from './tabs';

type History = Awaited<ReturnType<typeof view.createHistory>>;

/** The open tab, null until the address is known, and the way to open another one. */
export type OpenTab = { readonly tab: Tab | null; readonly open: (tab: Tab) => void };

/**
 * Keeps the open tab in the address of the product's page, so that a reload, a bookmark and the
 * browser's Back lead to it.
 */
export function useTab(): OpenTab {
  const [tab, setTab] = useState<Tab | null>(null);
  const [history, setHistory] = useState<History | null>(null);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isCurrent = true;
    view.createHistory().then(
      (created) => {
        if (!isCurrent) return;
        stop = created.listen(({ pathname }) => setTab(tabAt(pathname)));
        setHistory(created);
        setTab(tabAt(created.location.pathname));
      },
      // Without an address the tabs still work; only a reload starts at the first one.
      () => setTab(tabAt('/')),
    );
    return () => {
      isCurrent = false;
      stop?.();
    };
  }, []);
  const open = useCallback(
    (next: Tab) => {
      if (history === null) setTab(next);
      else history.push(`/${next.id}`);
    },
    [history],
  );
  return { tab, open };
}
