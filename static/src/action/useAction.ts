import { view } from '@forge/bridge';
import { useCallback, useEffect, useState } from 'react';
import type { ActionFormView, ActionKey } from '@contract';
import { ask, type PageProblem } from '../shared/ask';
import { actionOf, at, invalidInputsIn, type InvalidInputs } from './form';
import { invoke } from './api';

/** What Automation tells the form: which action it is for, what the rule has stored, and what it did not accept. */
type FormContext = { readonly action: ActionKey; readonly stored: unknown; readonly invalid: InvalidInputs };

/** What the form knows: what Automation tells it, and the segments there are. */
export type ActionState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly problem: PageProblem }
  | ({ readonly phase: 'open'; readonly view: ActionFormView } & FormContext);

/** Reads where the form stands, and the segments. */
export function useAction(): { readonly state: ActionState; readonly load: () => void } {
  const [state, setState] = useState<ActionState>({ phase: 'loading' });
  const load = useCallback(() => {
    void (async () => {
      const [context, loaded] = await Promise.all([readContext(), ask<ActionFormView>(invoke('action.load'))]);
      if (loaded.kind === 'problem') return setState({ phase: 'failed', problem: loaded.problem });
      if (context === null) return setState({ phase: 'failed', problem: { code: 'noAnswer' } });
      setState({ phase: 'open', ...context, view: loaded.value });
    })();
  }, []);
  useEffect(load, [load]);
  return { state, load };
}

async function readContext(): Promise<FormContext | null> {
  const context = await view.getContext().catch(() => null);
  if (context === null) return null;
  const extension: unknown = context.extension;
  const action = actionOf(context.moduleKey) ?? actionOf(at(extension, 'moduleKey'));
  return action === null
    ? null
    : { action, stored: at(at(extension, 'data'), 'inputs'), invalid: invalidInputsIn(extension) };
}
