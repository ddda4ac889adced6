import { useState } from 'react';
import type { FoundMembers } from '@contract';
import { ask, type PageProblem } from '../../../shared/ask';
import { invoke } from '../../api';
import { useDraft, type Draft } from '../../../shared/useDraft';

type Search =
  | { readonly state: 'idle' | 'tooShort' | 'searching' }
  | { readonly state: 'failed'; readonly problem: PageProblem }
  | { readonly state: 'found' };

const SHORTEST = 2;

export type MemberQuery = ReturnType<typeof useMemberSearch>;

/** What a search is for: a text, in one segment where the site is large. */
export type MemberQuestion = { readonly query: string; readonly segmentId: number | null };

/**
 * What is searched for, how the search goes, and whom the last one found.
 * @param first what stands in the field before anything is typed
 */
export function useMemberSearch(draft: Draft<MemberQuestion>, first = '') {
  const { value: question, change } = useDraft<MemberQuestion>(draft, { query: first, segmentId: null });
  const { query, segmentId } = question;
  const [search, setSearch] = useState<Search>({ state: 'idle' });
  const [found, setFound] = useState<FoundMembers | null>(null);

  const start = async () => {
    if (search.state === 'searching') return;
    if (query.trim().length < SHORTEST) return setSearch({ state: 'tooShort' });
    setSearch({ state: 'searching' });
    const asked = await ask<FoundMembers>(invoke('admin.findMembers', { query: query.trim(), segmentId }));
    setSearch(asked.kind === 'ok' ? { state: 'found' } : { state: 'failed', problem: asked.problem });
    if (asked.kind === 'ok') setFound(asked.value);
  };

  return {
    query,
    setQuery: (typed: string) => change({ query: typed, segmentId }),
    segmentId,
    setSegmentId: (chosen: number | null) => change({ query, segmentId: chosen }),
    search,
    found,
    start: () => void start(),
  };
}
