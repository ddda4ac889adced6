import { useCallback, useEffect, useState } from 'react';
import type { ReviewCause, ReviewPage, ReviewRow } from '@contract';
import { ask, type PageProblem } from '../../../shared/ask';
import { invoke } from '../../api';

/** Where the queue of a cause stands. */
export type Review =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly problem: PageProblem }
  /** `row` is the one to decide about now. */
  | { readonly phase: 'open'; readonly row: ReviewRow }
  | { readonly phase: 'empty' };

/** The reporters of a cause, one after the other, those who reported most first. */
export function useReview(cause: ReviewCause): {
  readonly review: Review;
  /** Whether somebody went on from the one who was shown first. */
  readonly hasMoved: boolean;
  readonly next: () => void;
  /** Begins with the first once more: those who were passed over are still there. */
  readonly again: () => void;
} {
  const [asked, setAsked] = useState<{ readonly after: string | null; readonly tries: number }>({
    after: null,
    tries: 0,
  });
  const [page, setPage] = useState<ReviewPage | null>(null);
  const [place, setPlace] = useState(0);
  const [problem, setProblem] = useState<PageProblem | null>(null);

  useEffect(() => {
    let isCurrent = true;
    setProblem(null);
    setPage(null);
    void ask<ReviewPage>(invoke('admin.review', { cause, after: asked.after })).then((answer) => {
      if (!isCurrent) return;
      if (answer.kind === 'problem') return setProblem(answer.problem);
      setPage(answer.value);
      setPlace(0);
    });
    return () => {
      isCurrent = false;
    };
  }, [cause, asked]);

  const next = useCallback(() => {
    if (page === null) return;
    if (place + 1 < page.rows.length || page.next === null) setPlace(place + 1);
    else setAsked({ after: page.next, tries: 0 });
  }, [page, place]);
  const again = useCallback(() => setAsked(({ tries }) => ({ after: null, tries: tries + 1 })), []);

  return { review: reviewNow(), hasMoved: place > 0 || asked.after !== null || asked.tries > 0, next, again };

  function reviewNow(): Review {
    if (problem !== null) return { phase: 'failed', problem };
    if (page === null) return { phase: 'loading' };
    const row = page.rows[place];
    return row === undefined ? { phase: 'empty' } : { phase: 'open', row };
  }
}
