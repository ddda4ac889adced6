import { useCallback, useEffect, useState } from 'react';
import type { CreatedHook, CreateHookInput, HooksView } from '../../../../src/contract';
import { ask, type PageProblem } from '../../shared/ask';
import { invoke } from '../api';

/** What the page knows of callers from outside. */
export type HooksState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly problem: PageProblem }
  | { readonly phase: 'open'; readonly view: HooksView };

/** The callers, with what an admin can do about them; each answers null when it worked. */
export type Hooks = {
  readonly state: HooksState;
  /** The caller that was just made: its secret is here and nowhere else. */
  readonly created: CreatedHook | null;
  readonly load: () => void;
  readonly create: (input: CreateHookInput) => Promise<PageProblem | null>;
  readonly revoke: (id: string) => Promise<PageProblem | null>;
};

/** Loads the callers once and keeps what the app says of them. */
export function useHooks(): Hooks {
  const [state, setState] = useState<HooksState>({ phase: 'loading' });
  const [created, setCreated] = useState<CreatedHook | null>(null);
  const load = useCallback(() => {
    void ask<HooksView>(invoke('admin.hooks')).then((asked) =>
      setState(asked.kind === 'ok' ? { phase: 'open', view: asked.value } : { phase: 'failed', problem: asked.problem }),
    );
  }, []);
  const create = useCallback(async (input: CreateHookInput) => {
    const asked = await ask<CreatedHook>(invoke('admin.createHook', input));
    if (asked.kind === 'problem') return asked.problem;
    setCreated(asked.value);
    setState({ phase: 'open', view: asked.value.view });
    return null;
  }, []);
  const revoke = useCallback(async (id: string) => {
    const asked = await ask<HooksView>(invoke('admin.revokeHook', { id }));
    if (asked.kind === 'problem') return asked.problem;
    setCreated((before) => (before?.id === id ? null : before));
    setState({ phase: 'open', view: asked.value });
    return null;
  }, []);
  useEffect(load, [load]);
  return { state, created, load, create, revoke };
}
