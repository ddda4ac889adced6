import { view } from '@forge/bridge';
import { useCallback, useEffect, useState } from 'react';

type History = Awaited<ReturnType<typeof view.createHistory>>;

/** The place within the app's page, such as `/apiClients`, null until it is known, and the way to another one. */
export type OpenPath = { readonly path: string | null; readonly go: (path: string) => void };

/**
 * Keeps the place within a page in the address of the product's page, so that a reload, a bookmark and
 * the browser's Back lead to it.
 */
export function usePath(): OpenPath {
  const [path, setPath] = useState<string | null>(null);
  const [history, setHistory] = useState<History | null>(null);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isCurrent = true;
    view.createHistory().then(
      (created) => {
        if (!isCurrent) return;
        stop = created.listen(({ pathname }) => setPath(pathname));
        setHistory(created);
        setPath(created.location.pathname);
      },
      // Without an address the page still works, as in a dialog; only a reload starts at its first place.
      () => setPath('/'),
    );
    return () => {
      isCurrent = false;
      stop?.();
    };
  }, []);
  const go = useCallback(
    (next: string) => {
      // Not left to the listener, whom Jira may tell later: whoever goes somewhere is there.
      setPath(next);
      history?.push(next);
    },
    [history],
  );
  return { path, go };
}
