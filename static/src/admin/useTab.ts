import { useCallback } from 'react';
import { usePath } from '../shared/usePath';
import { tabAt, type Tab } from './tabs';

/** The open tab, null until the address is known, and the way to open another one. */
export type OpenTab = { readonly tab: Tab | null; readonly open: (tab: Tab) => void };

/** Keeps the open tab in the page's address. */
export function useTab(): OpenTab {
  const { path, go } = usePath();
  const open = useCallback((next: Tab) => go(`/${next.id}`), [go]);
  return { tab: path === null ? null : tabAt(path), open };
}
