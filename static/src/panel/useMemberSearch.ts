import { useState } from 'react';
import type { SearchResult } from '@contract';
import { ask, type PageProblem } from '../shared/ask';
import { invoke } from './api';

/** Where a search stands. */
type SearchState =
  | { readonly state: 'idle' | 'tooShort' | 'searching' }
  | { readonly state: 'found'; readonly result: SearchResult }
  | { readonly state: 'failed'; readonly problem: PageProblem };

/** A search for members, with what the user has entered. */
export type MemberSearch = {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  /** The segment to look in; null as long as it need not be asked for. */
  readonly within: string | null;
  readonly setWithin: (segmentId: string) => void;
  readonly search: SearchState;
  readonly start: () => Promise<void>;
};

/** The shortest text that is searched for. */
const MIN_LENGTH = 2;
/** No segment was chosen. */
export const ANYWHERE = '';

/** Looks for members by name or e-mail when told to. */
export function useMemberSearch(): MemberSearch {
  const [query, setQuery] = useState('');
  // Asked for only once the app has said that it can't look for a name in all segments.
  const [within, setWithin] = useState<string | null>(null);
  const [search, setSearch] = useState<SearchState>({ state: 'idle' });

  const start = async (): Promise<void> => {
    const wanted = query.trim();
    if (search.state === 'searching') return;
    if (wanted.length < MIN_LENGTH) return setSearch({ state: 'tooShort' });
    setSearch({ state: 'searching' });
    const asked = await ask<SearchResult>(
      invoke('panel.searchMembers', {
        query: wanted,
        ...(within === null || within === ANYWHERE ? {} : { segmentId: Number(within) }),
      }),
    );
    if (asked.kind === 'ok' && asked.value.needsSegment) setWithin((before) => before ?? ANYWHERE);
    setSearch(
      asked.kind === 'ok' ? { state: 'found', result: asked.value } : { state: 'failed', problem: asked.problem },
    );
  };
  return { query, setQuery, within, setWithin, search, start };
}
