import { useCallback, useEffect, useState } from 'react';
import type { Result } from '@contract';
import { ask, type PageProblem } from './ask';

/** What a page knows of something that it asked the app for. */
export type LoadState<T> =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly problem: PageProblem }
  | { readonly phase: 'open'; readonly value: T };

/** Something that was asked for, the way to ask again, and the way to keep what a later answer says of it. */
export type Loadable<T> = {
  readonly state: LoadState<T>;
  readonly reload: () => void;
  readonly keep: (value: T) => void;
};

/**
 * Asks for something when the page opens. An answer that comes after a newer question, or after the
 * page was left, is dropped.
 * @param load must be the same function at every render: a module's own, or one kept by `useCallback`
 */
export function useLoaded<T>(load: () => Promise<Result<T>>): Loadable<T> {
  const [state, setState] = useState<LoadState<T>>({ phase: 'loading' });
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    setState({ phase: 'loading' });
    void ask(load()).then((answer) => {
      if (isCurrent)
        setState(
          answer.kind === 'ok' ? { phase: 'open', value: answer.value } : { phase: 'failed', problem: answer.problem },
        );
    });
    return () => {
      isCurrent = false;
    };
  }, [load, asked]);
  const reload = useCallback(() => setAsked((before) => before + 1), []);
  const keep = useCallback((value: T) => setState({ phase: 'open', value }), []);
  return { state, reload, keep };
}
