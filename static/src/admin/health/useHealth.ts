import { useState } from 'react';
import type { DismissChangesInput, DismissedChanges, HealthView } from '@contract';
import { ask, type Asked, type PageProblem } from '../../shared/ask';
import { useLoaded } from '../../shared/useLoaded';
import { invoke } from '../api';

/** What runs when many changes are dismissed at once. */
export const ALL = 'all';

/** What can be done about changes; one thing at a time. */
export type ChangeActions = {
  /** The request or write that something is done about, {@link ALL}, or null. */
  readonly running: string | null;
  readonly retry: (requestId: string) => void;
  readonly dismiss: (requestId: string) => void;
  readonly dismissStrays: (operationId: string) => void;
  readonly dismissAll: (input: DismissChangesInput) => Promise<void>;
};

/** One answer dismisses what its time allows: thousands take a few. */
const MOST_ANSWERS = 50;

const load = () => invoke('admin.health');

/** How the app is, what can be done about it, and what came of that. */
export function useHealth() {
  const { state, reload, keep } = useLoaded<HealthView>(load);
  const [running, setRunning] = useState<string | null>(null);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [dismissed, setDismissed] = useState<number | null>(null);

  const take = (asked: Asked<HealthView>) => {
    if (asked.kind === 'ok') keep(asked.value);
    setProblem(asked.kind === 'problem' ? asked.problem : null);
  };
  const act = async (requestId: string, asked: Promise<Asked<HealthView>>) => {
    setRunning(requestId);
    setDismissed(null);
    take(await asked);
    setRunning(null);
  };
  const dismissAll = async (input: DismissChangesInput) => {
    setRunning(ALL);
    let count = 0;
    for (let answers = 0; answers < MOST_ANSWERS; answers += 1) {
      const asked = await ask<DismissedChanges>(invoke('admin.dismissChanges', input));
      take(asked.kind === 'ok' ? { kind: 'ok', value: asked.value.view } : asked);
      if (asked.kind === 'problem') break;
      count += asked.value.dismissed;
      setDismissed(count);
      if (asked.value.isAll) break;
    }
    setRunning(null);
  };
  const actions: ChangeActions = {
    running,
    retry: (requestId) => void act(requestId, ask<HealthView>(invoke('admin.retryChange', { requestId }))),
    dismiss: (requestId) => void act(requestId, ask<HealthView>(invoke('admin.dismissChange', { requestId }))),
    dismissStrays: (operationId) =>
      void act(operationId, ask<HealthView>(invoke('admin.dismissStrays', { operationId }))),
    dismissAll,
  };
  return { state, reload, problem, dismissed, actions };
}
