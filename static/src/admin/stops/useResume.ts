import { useState } from 'react';
import type { WriteStop } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { invoke } from '../api';

/** Letting a kind of write be tested and made again. */
export type Resume = {
  readonly isRunning: boolean;
  readonly problem: PageProblem | null;
  /** Answers whether the kind may be tested again. */
  readonly resume: () => Promise<boolean>;
};

/** Resumes a kind of write that rests. */
export function useResume({ kind }: Pick<WriteStop, 'kind'>): Resume {
  const [isRunning, setIsRunning] = useState(false);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const resume = async () => {
    setIsRunning(true);
    const asked = await ask<readonly WriteStop[]>(invoke('admin.resumeWrites', { kind }));
    setIsRunning(false);
    setProblem(asked.kind === 'problem' ? asked.problem : null);
    return asked.kind === 'ok';
  };
  return { isRunning, problem, resume };
}
