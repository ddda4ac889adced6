import { useEffect, useState } from 'react';

/** Where a search stands. */
export type SearchResults<T> =
  { readonly state: 'none' | 'searching' | 'failed' } | { readonly state: 'found'; readonly found: readonly T[] };

/** Long enough for someone who types to have paused. */
const PAUSE_MS = 300;

/**
 * Searches as someone types: after a pause, and never for the sake of a text that is no longer there.
 * @param shortest how long a text is before it is searched for
 * @param find the same function at every render; answers null when it could not be asked
 */
export function useSearchAsTyped<T>(
  query: string,
  shortest: number,
  find: (query: string) => Promise<readonly T[] | null>,
): SearchResults<T> {
  const [results, setResults] = useState<SearchResults<T>>({ state: 'none' });
  useEffect(() => {
    const wanted = query.trim();
    if (wanted.length < shortest) {
      setResults({ state: 'none' });
      return;
    }
    let isCurrent = true;
    setResults({ state: 'searching' });
    const timer = setTimeout(() => {
      void find(wanted).then((found) => {
        if (isCurrent) setResults(found === null ? { state: 'failed' } : { state: 'found', found });
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [query, shortest, find]);
  return results;
}
