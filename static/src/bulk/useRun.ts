import { useCallback, useEffect, useState } from 'react';
import { resumesByItself, type RunView } from '@contract';
import { ask, type PageProblem } from '../shared/ask';
import { invoke } from './api';

/** What can be asked of a run that is open. */
export type RunFunction = 'bulk.run' | 'bulk.start' | 'bulk.pause' | 'bulk.resume' | 'bulk.cancel';

/** How often a run that goes on is looked at. */
const LOOK_EVERY_MS = 2_000;

/** A run as it is now, and the way to ask something of it. */
export function useRun(first: RunView) {
  const [run, setRun] = useState(first);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { runId } = first;
  const isMoving = run.state === 'running' || (run.state === 'paused' && resumesByItself(run.pause));
  useEffect(() => {
    if (!isMoving) return;
    const look = (): void => {
      void ask(invoke('bulk.run', { runId })).then((answer) => {
        // A look that fails is made again; what is shown stays.
        if (answer.kind === 'ok') setRun(answer.value);
      });
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [runId, isMoving]);
  const askOf = useCallback(
    (name: RunFunction): void => {
      setBusy(true);
      setProblem(null);
      void ask(call(name, runId)).then((answer) => {
        setBusy(false);
        if (answer.kind === 'ok') setRun(answer.value);
        else setProblem(answer.problem);
      });
    },
    [runId],
  );
  return { run, setRun, ask: askOf, problem, isBusy };
}

function call(name: RunFunction, runId: string) {
  switch (name) {
    case 'bulk.run':
      return invoke('bulk.run', { runId });
    case 'bulk.start':
      return invoke('bulk.start', { runId });
    case 'bulk.pause':
      return invoke('bulk.pause', { runId });
    case 'bulk.resume':
      return invoke('bulk.resume', { runId });
    case 'bulk.cancel':
      return invoke('bulk.cancel', { runId });
  }
}
