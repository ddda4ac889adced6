import { useCallback, useState } from 'react';

/**
 * What was typed in one form and is not saved yet. It lives above the tabs, as long as the page: another tab and back
 * leaves the form as it was. It is nowhere but in the page's memory, because a form may hold a key.
 */
export type Draft<T> = {
  /** The typed value; `stored` where nothing was typed. */
  readonly read: (stored: T) => T;
  readonly isKept: () => boolean;
  readonly keep: (typed: T) => void;
  readonly drop: () => void;
};

/** The draft of one form: made once, beside the component that shows the form. */
export function makeDraft<T>(): Draft<T> {
  let kept: { readonly value: T } | null = null;
  return {
    read: (stored) => (kept === null ? stored : kept.value),
    isKept: () => kept !== null,
    keep: (value) => {
      kept = { value };
    },
    drop: () => {
      kept = null;
    },
  };
}

/** The value of a form, as `useState` would have it, and whether it waits to be saved. */
export type DraftState<T> = {
  readonly value: T;
  readonly isUnsaved: boolean;
  readonly change: (typed: T) => void;
  /** The value is what is stored now: there is nothing left to keep. */
  readonly settle: (stored: T) => void;
};

/**
 * Keeps what is typed in a form while its tab is not open.
 * @param stored what the form shows where nothing was typed: plain data
 */
export function useDraft<T>(draft: Draft<T>, stored: T): DraftState<T> {
  const [state, setState] = useState(() => ({ value: draft.read(stored), isUnsaved: draft.isKept() }));
  const settle = useCallback(
    (value: T) => {
      draft.drop();
      setState({ value, isUnsaved: false });
    },
    [draft],
  );
  const change = (typed: T) => {
    // Typed back to what is stored, there is nothing to save.
    if (JSON.stringify(typed) === JSON.stringify(stored)) return settle(typed);
    draft.keep(typed);
    setState({ value: typed, isUnsaved: true });
  };
  return { ...state, change, settle };
}
