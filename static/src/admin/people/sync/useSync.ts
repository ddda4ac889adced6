import { useEffect, useState } from 'react';
import type { Result, SyncProgress, SyncView } from '@contract';
import { ask, type PageProblem } from '../../../shared/ask';
import { invoke } from '../../api';

/** How often the page looks while somebody may be watching numbers grow, and while nothing moves. */
const LOOK_EVERY_MS: Readonly<Record<SyncProgress['phase'], number | null>> = {
  waiting: 10_000,
  reading: 3_000,
  resting: 30_000,
  paused: null,
  done: null,
};

/** What can be done with the sync, and what is in the way of it. One thing runs at a time. */
export type SyncDesk = {
  /** As it was switched last: a switch doesn't wait for its answer to move. */
  readonly isAutomatic: boolean;
  readonly isBusy: boolean;
  readonly problem: PageProblem | null;
  readonly setAutomatic: (isAutomatic: boolean) => void;
  readonly steer: (act: 'pause' | 'resume' | 'startOver') => Promise<void>;
  readonly look: () => void;
};

/** Follows the sync while it moves, and steers it. */
export function useSync(view: SyncView, keep: (view: SyncView) => void): SyncDesk {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [switched, setSwitched] = useState<boolean | null>(null);
  const everyMs = LOOK_EVERY_MS[view.progress.phase];
  useEffect(() => {
    // While something is asked for its answer is the newer one.
    if (everyMs === null || isBusy) return undefined;
    let isCurrent = true;
    const timer = setInterval(() => {
      void ask<SyncView>(invoke('admin.sync')).then((answer) => {
        // A look that failed says nothing: the next one follows.
        if (isCurrent && answer.kind === 'ok') keep(answer.value);
      });
    }, everyMs);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [everyMs, isBusy, keep]);

  const take = async (answer: Promise<Result<SyncView>>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const asked = await ask<SyncView>(answer);
    setBusy(false);
    if (asked.kind === 'ok') keep(asked.value);
    else setProblem(asked.problem);
  };
  return {
    isAutomatic: switched ?? view.isAutomatic,
    isBusy,
    problem,
    setAutomatic: (isAutomatic) => {
      setSwitched(isAutomatic);
      void take(invoke('admin.setAutomatic', { isAutomatic })).finally(() => setSwitched(null));
    },
    steer: (act) => take(invoke('admin.steerSync', { act })),
    look: () => void take(invoke('admin.sync')),
  };
}
