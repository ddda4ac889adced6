import { useCallback, useState } from 'react';
import type { ChangedMember, PutBackResult, WriteStop } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { useLoaded, type LoadState } from '../../shared/useLoaded';
import { invoke } from '../api';

/** Who was changed beside a write, and what is done about it. */
export type Changed = {
  readonly state: LoadState<readonly ChangedMember[]>;
  readonly reload: () => void;
  readonly running: 'putBack' | 'resume' | null;
  readonly problem: PageProblem | null;
  /** What putting back came to; null before it was tried. */
  readonly result: PutBackResult | null;
  readonly putBack: () => Promise<void>;
  /** Answers whether the kind may be tested again. */
  readonly resume: () => Promise<boolean>;
};

/** One answer puts back whom its time allows: many take a few. */
const MOST_ANSWERS = 30;

/** Looks after one stop. */
export function useChanged({ operationId, kind }: WriteStop): Changed {
  const load = useCallback(() => invoke('admin.changedMembers', { operationId }), [operationId]);
  const { state, reload, keep } = useLoaded<readonly ChangedMember[]>(load);
  const [running, setRunning] = useState<Changed['running']>(null);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [result, setResult] = useState<PutBackResult | null>(null);

  const putBack = async () => {
    setRunning('putBack');
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
    setRunning(null);
  };
  const resume = async () => {
    setRunning('resume');
    const asked = await ask<readonly WriteStop[]>(invoke('admin.resumeWrites', { kind }));
    setRunning(null);
    setProblem(asked.kind === 'problem' ? asked.problem : null);
    return asked.kind === 'ok';
  };
  return { state, reload, running, problem, result, putBack, resume };
}
