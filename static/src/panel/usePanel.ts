import { useCallback, useEffect, useRef, useState } from 'react';
import type { InviteResult, PanelView, WriteResult } from '@contract';
import type { Asked, PageProblem } from '../shared/ask';
import { within } from '../shared/waits';
import { tell } from './tell';
import { useHistory } from './useHistory';
import { useOneAtATime } from './useOneAtATime';
import { useReadThrough, type Check } from './useReadThrough';
import { submit, openPanel, readLive, type PanelAction, type Done } from './action';

/** What the panel has to tell about the last action. */
export type Notice =
  /** `waitMs`: Shorter Loop refused because it was asked too much; after so long the action may be carried out anew. */
  | {
      readonly kind: 'written';
      readonly entry: WriteResult['entry'];
      readonly waitMs: number | null;
      /** Null where it was not asked for just now, but looked at again. */
      readonly action: PanelAction | null;
      /** Whether Shorter Loop was asked about it once more, and shows nothing else yet. */
      readonly isStillOpen: boolean;
    }
  /** The product's flag has said it: here only the focus finds its place. */
  | { readonly kind: 'flagged' }
  | { readonly kind: 'invited'; readonly who: string; readonly result: Pick<InviteResult, 'outcome' | 'to'> }
  | { readonly kind: 'linkChanged'; readonly action: Extract<PanelAction, { kind: 'link' | 'unlink' }> }
  | {
      readonly kind: 'problem';
      readonly problem: PageProblem;
      readonly action: PanelAction | null;
      /** The write about which Shorter Loop could not be asked just now. */
      readonly looksFor?: string;
    };

/** What is under way: an action, reading afresh, or nothing. */
export type Running = PanelAction | { readonly kind: 'reload' } | null;

/** Where the panel stands. */
export type PanelState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly problem: PageProblem; readonly isReloading: boolean }
  | { readonly phase: 'open'; readonly view: PanelView; readonly running: Running; readonly notice: Notice | null };

/** The panel's state, with everything a user can do about it. One thing runs at a time. */
export type Panel = {
  readonly state: PanelState;
  readonly reload: () => void;
  /** Asks Shorter Loop what became of a write that is not settled yet. */
  readonly lookAgain: (operationId: string) => void;
  readonly run: (action: PanelAction) => Promise<void>;
  readonly dismiss: () => void;
  /** Whether Shorter Loop is being asked about a view that is too old, and the way to ask once more. */
  readonly check: Check;
  readonly checkAgain: () => void;
};

/**
 * Opens the panel once, and then does what the user decides.
 * @param opening the first reading, which was asked for before the page was drawn
 */
export function usePanel(opening: Promise<Asked<PanelView>>): Panel {
  const [state, setState] = useState<PanelState>({ phase: 'loading' });

  /** Reads the panel afresh; `notice` is what it then has to tell. */
  const read = useCallback(async (notice: Notice | null, asked: Promise<Asked<PanelView>> = openPanel()) => {
    const opened = await asked;
    setState((before) => afterReading(before, opened, notice));
  }, []);

  const once = useOneAtATime();
  const runLatest = useRef<Panel['run']>(() => Promise.resolve());

  const reload = useCallback(() => {
    void once(async () => {
      setState(whileReloading);
      await read(null);
    });
  }, [once, read]);

  const lookAgain = useCallback(
    (operationId: string) => {
      void once(async () => {
        setState(whileReloading);
        const looked = await readLive();
        setState((before) => afterLook(before, looked, operationId));
      });
    },
    [once],
  );

  const run = useCallback(
    (action: PanelAction) =>
      once(async () => {
        setState((before) => (before.phase === 'open' ? { ...before, running: action } : before));
        const done = await submit(action);
        if (done.kind === 'ok') return setState(afterAction(action, done.value, runLatest.current));
        const notice: Notice = { kind: 'problem', problem: done.problem, action };
        // The write was sent before: what it led to stands in the panel as it is now.
        if (done.problem.code === 'duplicateRequest') await read(notice);
        else setState((before) => (before.phase === 'open' ? { ...before, running: null, notice } : before));
      }),
    [once, read],
  );
  useEffect(() => {
    runLatest.current = run;
  }, [run]);

  const dismiss = useCallback(() => setState(withoutNotice), []);

  const replace = useCallback((asked: PanelView, view: PanelView) => setState(replaced(asked, view)), []);
  const shown = state.phase === 'open' ? state.view : null;
  const { check, again } = useReadThrough(shown, replace);
  useHistory(shown, check, replace);

  useEffect(() => void once(() => read(null, opening)), [once, read, opening]);
  return { state, reload, lookAgain, run, dismiss, check, checkAgain: again };
}

/** What was read counts only while what it was asked about is still on screen. */
function replaced(asked: PanelView, view: PanelView): (before: PanelState) => PanelState {
  return (before) => (before.phase === 'open' && before.view === asked ? { ...before, view } : before);
}

function withoutNotice(before: PanelState): PanelState {
  return before.phase === 'open' ? { ...before, notice: null } : before;
}

function whileReloading(before: PanelState): PanelState {
  if (before.phase === 'open') return { ...before, running: { kind: 'reload' } };
  return before.phase === 'failed' ? { ...before, isReloading: true } : before;
}

/** A reading that failed leaves an open panel as it is, where there is a notice that must still be told. */
function afterReading(before: PanelState, opened: Asked<PanelView>, notice: Notice | null): PanelState {
  if (opened.kind === 'ok') return { phase: 'open', view: opened.value, running: null, notice };
  return before.phase === 'open' && notice !== null
    ? { ...before, running: null, notice }
    : { phase: 'failed', problem: opened.problem, isReloading: false };
}

/** What a look at a write found: its result, that it is open still, or that Shorter Loop could not be asked. */
function afterLook(before: PanelState, looked: Asked<PanelView>, operationId: string): PanelState {
  if (before.phase !== 'open') return before;
  if (looked.kind === 'problem') {
    const notice: Notice = { kind: 'problem', problem: looked.problem, action: null, looksFor: operationId };
    return { ...before, running: null, notice };
  }
  const entry = (looked.value.history ?? []).find((row) => row.operationId === operationId);
  const notice: Notice | null =
    entry === undefined
      ? null
      : { kind: 'written', entry, waitMs: null, action: null, isStillOpen: entry.state !== 'finished' };
  return { phase: 'open', view: looked.value, running: null, notice };
}

/** An action that came to an end: told in the product's flag where that has room for it, else in the panel. */
function afterAction(action: PanelAction, done: Done, run: Panel['run']): PanelState {
  const isFlagged = tell(action, done, (inverse) => void run(inverse));
  const notice: Notice | null = isFlagged ? { kind: 'flagged' } : noticeOf(action, done);
  return { phase: 'open', view: done.view, running: null, notice };
}

function noticeOf(action: PanelAction, { entry, retryAfterMs, invited }: Done): Notice | null {
  if (invited !== null && action.kind === 'invite') return { kind: 'invited', who: action.who, result: invited };
  if (entry !== null)
    return {
      kind: 'written',
      entry,
      waitMs: retryAfterMs === null ? null : within(retryAfterMs),
      action,
      isStillOpen: false,
    };
  return action.kind === 'link' || action.kind === 'unlink' ? { kind: 'linkChanged', action } : null;
}
