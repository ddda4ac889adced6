import { useCallback, useEffect, useState } from 'react';
import type { QueuePage, QueueState } from '@contract';
import { ask, type PageProblem } from '../../../shared/ask';
import { invoke } from '../../api';

/** Where the queue stands. */
export type Queue =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly problem: PageProblem }
  /** `accountId` is the one to decide about now. */
  | { readonly phase: 'open'; readonly accountId: string }
  | { readonly phase: 'empty' };

/** The reporters in a state, one after the other. */
export function useQueue(state: QueueState): {
  readonly queue: Queue;
  readonly next: () => void;
  readonly retry: () => void;
} {
  const [asked, setAsked] = useState<{ readonly after: string | null; readonly tries: number }>({
    after: null,
    tries: 0,
  });
  const [page, setPage] = useState<QueuePage | null>(null);
  const [place, setPlace] = useState(0);
  const [problem, setProblem] = useState<PageProblem | null>(null);

  useEffect(() => {
    let isCurrent = true;
    setProblem(null);
    setPage(null);
    void ask<QueuePage>(invoke('admin.peopleQueue', { state, after: asked.after })).then((answer) => {
      if (!isCurrent) return;
      if (answer.kind === 'problem') return setProblem(answer.problem);
      setPage(answer.value);
      setPlace(0);
    });
    return () => {
      isCurrent = false;
    };
  }, [state, asked]);

  const next = useCallback(() => {
    if (page === null) return;
    if (place + 1 < page.accountIds.length || page.next === null) setPlace(place + 1);
    else setAsked({ after: page.next, tries: 0 });
  }, [page, place]);
  const retry = useCallback(() => setAsked(({ after, tries }) => ({ after, tries: tries + 1 })), []);

  return { queue: queueOf(), next, retry };

  function queueOf(): Queue {
    if (problem !== null) return { phase: 'failed', problem };
    if (page === null) return { phase: 'loading' };
    const accountId = page.accountIds[place];
    return accountId === undefined ? { phase: 'empty' } : { phase: 'open', accountId };
  }
}
