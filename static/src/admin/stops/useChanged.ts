import { useCallback, useState } from 'react';
import type { ChangedMember, PutBackResult } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { useLoaded, type LoadState } from '../../shared/useLoaded';
import { invoke } from '../api';

/** Who was changed beside a write, and what is done about it. */
export type Changed = {
  readonly state: LoadState<readonly ChangedMember[]>;
  readonly reload: () => void;
  readonly isRunning: boolean;
  readonly problem: PageProblem | null;
  /** What putting back came to; null before it was tried. */
  readonly result: PutBackResult | null;
  readonly putBack: () => Promise<void>;
};

/** One answer puts back whom its time allows: many take a few. */
const MOST_ANSWERS = 30;

/** Looks after those who were changed beside one write. */
export function useChanged(operationId: string): Changed {
  const load = useCallback(() => invoke('admin.changedMembers', { operationId }), [operationId]);
  const { state, reload, keep } = useLoaded<readonly ChangedMember[]>(load);
  const [isRunning, setIsRunning] = useState(false);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [result, setResult] = useState<PutBackResult | null>(null);

  const putBack = async () => {
    setIsRunning(true);
    setProblem(null);
    for (let answers = 0; answers < MOST_ANSWERS; answers += 1) {
      const asked = await ask<PutBackResult>(invoke('admin.putBack', { operationId }));
      if (asked.kind === 'problem') {
        setProblem(asked.problem);
        break;
      }
      setResult(asked.value);
      if (asked.value.isAll) break;
    }
    const read = await ask<readonly ChangedMember[]>(load());
    if (read.kind === 'ok') keep(read.value);
    setIsRunning(false);
  };
  return { state, reload, isRunning, problem, result, putBack };
}
