import { useCallback, useState } from 'react';
import type { CreatedHook, CreateHookInput, HooksView } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { useLoaded, type Loadable } from '../../shared/useLoaded';
import { invoke } from '../api';

/** The callers from outside, with what an admin can do about them; each answers null when it worked. */
export type Callers = Pick<Loadable<HooksView>, 'state' | 'reload'> & {
  /** The caller that was just made: its secret is here and nowhere else. */
  readonly created: CreatedHook | null;
  readonly create: (input: CreateHookInput) => Promise<PageProblem | null>;
  readonly revoke: (id: string) => Promise<PageProblem | null>;
};

const load = () => invoke('admin.hooks');

/** Loads the callers once and keeps what the app says of them. */
export function useCallers(): Callers {
  const { state, reload, keep } = useLoaded<HooksView>(load);
  const [created, setCreated] = useState<CreatedHook | null>(null);
  const create = useCallback(
    async (input: CreateHookInput) => {
      const asked = await ask<CreatedHook>(invoke('admin.createHook', input));
      if (asked.kind === 'problem') return asked.problem;
      setCreated(asked.value);
      keep(asked.value.view);
      return null;
    },
    [keep],
  );
  const revoke = useCallback(
    async (id: string) => {
      const asked = await ask<HooksView>(invoke('admin.revokeHook', { id }));
      if (asked.kind === 'problem') return asked.problem;
      setCreated((before) => (before?.id === id ? null : before));
      keep(asked.value);
      return null;
    },
    [keep],
  );
  return { state, reload, created, create, revoke };
}
