import { useState } from 'react';
import { CHECK_STEPS, type CheckStep, type CheckStepName } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { invoke } from '../api';

/** How far one step of the check has come. `notAsked`: an earlier step failed without which it means nothing. */
export type StepProgress =
  | { readonly name: CheckStepName; readonly state: 'waiting' | 'running' | 'notAsked' }
  | { readonly name: CheckStepName; readonly state: 'told'; readonly step: CheckStep }
  | { readonly name: CheckStepName; readonly state: 'problem'; readonly problem: PageProblem };

/** The steps of the check that runs or ran last, empty before the first one, and the way to run it. */
export type Check = { readonly progress: readonly StepProgress[]; readonly run: () => Promise<void> };

/** The steps that have nothing in common with those before them: they are asked even when one of those failed. */
const INDEPENDENT: readonly CheckStepName[] = ['segmentRead'];

/** Runs the steps of the check one after the other, each as a request of its own, so that each is shown as it ends. */
export function useCheck(): Check {
  const [progress, setProgress] = useState<readonly StepProgress[]>([]);
  const run = async () => {
    let told: readonly StepProgress[] = CHECK_STEPS.map((name) => ({ name, state: 'waiting' }));
    const tell = (next: StepProgress) => {
      told = told.map((step) => (step.name === next.name ? next : step));
      setProgress(told);
    };
    let isCut = false;
    for (const name of CHECK_STEPS) {
      if (isCut) {
        tell({ name, state: 'notAsked' });
        continue;
      }
      tell({ name, state: 'running' });
      const asked = await ask<CheckStep>(invoke('admin.checkStep', { step: name }));
      tell(
        asked.kind === 'ok'
          ? { name, state: 'told', step: asked.value }
          : { name, state: 'problem', problem: asked.problem },
      );
      const failed = asked.kind === 'problem' || asked.value.result.state === 'failed';
      isCut = failed && name !== 'membersRead' && !INDEPENDENT.includes(name);
    }
  };
  return { progress, run };
}
