import { useCallback, useEffect, useState } from 'react';
import type { AdminView, Answer, CheckReport, SaveAccessInput, SaveInput } from '../../../src/contract';
import { ask, type Asked, type PageProblem } from '../shared/ask';
import { invoke } from './api';

/** What the admin page knows of its settings. */
export type AdminState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly problem: PageProblem }
  | { readonly phase: 'open'; readonly view: AdminView };

/** The stored settings, and the way to load and to save them. */
export type Admin = {
  readonly state: AdminState;
  readonly load: () => void;
  /** Answers null when the settings are saved. */
  readonly save: (input: SaveInput) => Promise<PageProblem | null>;
  /** Answers null when it is saved who may do what. */
  readonly saveAccess: (input: SaveAccessInput) => Promise<PageProblem | null>;
};

/** Loads the settings once and keeps what the app says of them. */
export function useAdmin(): Admin {
  const [state, setState] = useState<AdminState>({ phase: 'loading' });
  const load = useCallback(() => {
    setState({ phase: 'loading' });
    void ask<AdminView>(invoke('admin.load')).then((asked) =>
      setState(asked.kind === 'ok' ? { phase: 'open', view: asked.value } : { phase: 'failed', problem: asked.problem }),
    );
  }, []);
  const keep = useCallback(async (answer: Promise<Answer<AdminView>>) => {
    const asked = await ask(answer);
    if (asked.kind === 'problem') return asked.problem;
    setState({ phase: 'open', view: asked.value });
    return null;
  }, []);
  const save = useCallback((input: SaveInput) => keep(invoke('admin.save', input)), [keep]);
  const saveAccess = useCallback((input: SaveAccessInput) => keep(invoke('admin.saveAccess', input)), [keep]);
  useEffect(load, [load]);
  return { state, load, save, saveAccess };
}

/** Runs the connection check with the stored settings. */
export function runCheck(): Promise<Asked<CheckReport>> {
  return ask<CheckReport>(invoke('admin.check'));
}
