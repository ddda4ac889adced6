import { useCallback, useEffect, useRef, useState } from 'react';
import { MAX_ACCOUNTS_A_STEP, type ReadStepInput, type ReportPoint, type RunView } from '@contract';
import { ask, type PageProblem } from '../shared/ask';
import { pauseOf } from '../shared/waits';
import { waitUntil } from '../shared/waitUntil';
import { invoke } from './api';

/** What a run is read from, as only this tab knows it whole. */
export type Reading =
  | { readonly kind: 'jql'; readonly jql: string }
  | { readonly kind: 'accounts'; readonly accountIds: readonly string[] }
  | { readonly kind: 'run' };

/** Where the next step of reading starts. */
type Point = { readonly pageToken: string | null; readonly start: number; readonly after: ReportPoint };

/** The reading of a run, step by step; it can be stopped and gone on with. */
export type ReadingState = {
  readonly state: 'none' | 'reading' | 'stopped' | 'done';
  readonly problem: PageProblem | null;
  /** Until when reading rests because the hour's share of Jira's points is used up; null when it does not. */
  readonly pausedUntilMs: number | null;
  readonly goOn: () => void;
  readonly stop: () => void;
};

const FIRST: Point = { pageToken: null, start: 0, after: { group: 1, place: 0 } };

/**
 * Reads a run to its end while the page is open, one step after the other. After a problem the same step
 * can be asked again: it counts nobody twice.
 * @param onRun told of the run after each step
 */
export function useReading(run: RunView, reading: Reading | null, onRun: (run: RunView) => void): ReadingState {
  const isOpen = reading !== null && run.state === 'reading';
  const [state, setState] = useState<ReadingState['state']>(isOpen ? 'reading' : 'none');
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [pausedUntilMs, setPausedUntilMs] = useState<number | null>(null);
  const point = useRef<Point>(FIRST);
  const { runId } = run;
  useEffect(() => {
    if (state !== 'reading' || reading === null) return;
    const leaving = new AbortController();
    const hasLeft = (): boolean => leaving.signal.aborted;
    const work = async (): Promise<void> => {
      while (!hasLeft()) {
        const answer = await ask(invoke('bulk.read', stepOf(runId, reading, point.current)));
        if (hasLeft()) return;
        const pauseMs = answer.kind === 'problem' ? pauseOf(answer.problem) : null;
        if (pauseMs !== null) {
          const untilMs = Date.now() + pauseMs;
          setPausedUntilMs(untilMs);
          if (!(await waitUntil(untilMs, () => !hasLeft()))) return;
          setPausedUntilMs(null);
          continue;
        }
        if (answer.kind === 'problem') {
          setProblem(answer.problem);
          setState('stopped');
          return;
        }
        onRun(answer.value.run);
        if (answer.value.run.state !== 'reading') {
          setState('done');
          return;
        }
        point.current = {
          pageToken: answer.value.pageToken,
          start: point.current.start + MAX_ACCOUNTS_A_STEP,
          after: answer.value.after ?? FIRST.after,
        };
      }
    };
    void work();
    return () => {
      leaving.abort();
    };
  }, [state, runId, reading, onRun]);
  const goOn = useCallback(() => {
    setProblem(null);
    setPausedUntilMs(null);
    setState('reading');
  }, []);
  const stop = useCallback(() => {
    setPausedUntilMs(null);
    setState('stopped');
  }, []);
  return { state, problem, pausedUntilMs, goOn, stop };
}

function stepOf(runId: string, reading: Reading, { pageToken, start, after }: Point): ReadStepInput {
  switch (reading.kind) {
    case 'jql':
      return { runId, kind: 'jql', jql: reading.jql, pageToken };
    case 'accounts': {
      const end = start + MAX_ACCOUNTS_A_STEP;
      return {
        runId,
        kind: 'accounts',
        accountIds: reading.accountIds.slice(start, end),
        isLast: end >= reading.accountIds.length,
      };
    }
    case 'run':
      return { runId, kind: 'run', after };
  }
}
