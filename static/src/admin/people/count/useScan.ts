import { useEffect, useRef, useState } from 'react';
import type { Result, ScanView } from '@contract';
import { ask, type PageProblem } from '../../../shared/ask';
import { waitUntil } from '../../../shared/waitUntil';
import { invoke } from '../../api';

/** Drives a count of reporters: the app counts for some seconds each time it is asked. */
export type ScanDrive = {
  readonly isRunning: boolean;
  readonly problem: PageProblem | null;
  /** Begins a count of these projects; of all that the admin sees when there are none. */
  readonly start: (projectKeys: readonly string[]) => void;
  /** Goes on with a count that stopped. */
  readonly goOn: () => void;
  readonly pause: () => void;
};

/**
 * Counts until it is done (where Jira's points are used up it waits for the next full hour), it is
 * paused, something is in the way, or the page is left.
 */
export function useScan(onScan: (scan: ScanView) => void): ScanDrive {
  const [isRunning, setIsRunning] = useState(false);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const wanted = useRef(false);
  useEffect(
    () => () => {
      wanted.current = false;
    },
    [],
  );

  const drive = async (first: Promise<Result<ScanView | null>>): Promise<void> => {
    if (wanted.current) return;
    wanted.current = true;
    setIsRunning(true);
    setProblem(null);
    let asked = await ask<ScanView | null>(first);
    for (;;) {
      if (asked.kind === 'problem') {
        setProblem(asked.problem);
        break;
      }
      if (asked.value !== null) onScan(asked.value);
      if (asked.value === null || asked.value.phase === 'done' || !isWanted()) break;
      // The hour's share of Jira's points is used up: the count goes on by itself once it is there again.
      if (asked.value.pausedUntilMs !== null && !(await waitUntil(asked.value.pausedUntilMs, isWanted))) break;
      asked = await ask<ScanView | null>(invoke('admin.stepScan'));
    }
    wanted.current = false;
    setIsRunning(false);
  };
  // Asked anew each time: the page may have been left while the app counted.
  const isWanted = (): boolean => wanted.current;

  return {
    isRunning,
    problem,
    start: (projectKeys) => void drive(invoke('admin.startScan', { projectKeys })),
    goOn: () => void drive(invoke('admin.stepScan')),
    pause: () => {
      wanted.current = false;
    },
  };
}
