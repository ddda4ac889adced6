import { useEffect, useRef, useState } from 'react';
import type { PanelsView, PinPanelsInput, PinTask } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { invoke } from '../api';

/** How long to wait between two looks at Jira's task, in milliseconds. */
const LOOK_AGAIN_MS = 1_000;
/** After so many looks the page says that Jira goes on by itself. */
const MOST_LOOKS = 60;

/** How far pinning is. `refused`: Jira's task failed; `gaveUp`: it takes longer than the page looks. */
export type Pinning =
  | { readonly state: 'idle' | 'done' | 'refused' | 'gaveUp' }
  | { readonly state: 'running'; readonly percent: number }
  | { readonly state: 'failed'; readonly problem: PageProblem; readonly retry: () => void };

/**
 * Pins the panel to projects or unpins it, follows Jira's task, and reads what came of it.
 * @param onChanged told of the projects as they are afterwards
 */
export function usePins(onChanged: (view: PanelsView) => void): {
  readonly pinning: Pinning;
  readonly start: (action: PinPanelsInput['action'], projectIds: readonly string[]) => void;
} {
  const [pinning, setPinning] = useState<Pinning>({ state: 'idle' });
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const start = (action: PinPanelsInput['action'], projectIds: readonly string[]) => {
    void (async () => {
      setPinning({ state: 'running', percent: 0 });
      const tell = (percent: number) => setPinning({ state: 'running', percent });
      const ended = await pin({ action, projectIds }, tell, () => isHere.current);
      if (ended === null || !isHere.current) return;
      if (ended.kind === 'problem')
        return setPinning({ state: 'failed', problem: ended.problem, retry: () => start(action, projectIds) });
      const view = await ask<PanelsView>(invoke('admin.panels'));
      if (view.kind === 'ok') onChanged(view.value);
      setPinning({ state: ended.state });
    })();
  };
  return { pinning, start };
}

type Ended =
  | { readonly kind: 'ended'; readonly state: 'done' | 'refused' | 'gaveUp' }
  | { readonly kind: 'problem'; readonly problem: PageProblem };

async function pin(
  input: PinPanelsInput,
  tell: (percent: number) => void,
  isHere: () => boolean,
): Promise<Ended | null> {
  const asked = await ask<{ readonly taskId: string }>(invoke('admin.pinPanels', input));
  if (asked.kind === 'problem') return asked;
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    if (!isHere()) return null;
    const task = await ask<PinTask>(invoke('admin.pinTask', { taskId: asked.value.taskId }));
    if (task.kind === 'problem') return task;
    if (task.value.state === 'done') return { kind: 'ended', state: 'done' };
    if (task.value.state === 'failed') return { kind: 'ended', state: 'refused' };
    tell(task.value.percent);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return { kind: 'ended', state: 'gaveUp' };
}
