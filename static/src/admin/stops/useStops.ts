import { createContext, useContext } from 'react';
import type { ConnectionView, WriteStop } from '@contract';
import { useLoaded } from '../../shared/useLoaded';
import { invoke } from '../api';

const load = () => invoke('admin.load');

/** The kinds of writes that rest, as far as they are known, and the way to look again. */
export type Stops = { readonly stops: readonly WriteStop[]; readonly reload: () => void };

/** Reads which kinds of writes rest. What can't be read is told by the tab that is open. */
export function useStops(): Stops {
  const { state, reload } = useLoaded<ConnectionView>(load);
  return { stops: state.phase === 'open' ? state.value.stops : [], reload };
}

/** What a tab calls when a kind of write may rest now, or no longer. */
export const StopsContext = createContext<() => void>(() => undefined);

/** The way to look again from within a tab. */
export function useReloadStops(): () => void {
  return useContext(StopsContext);
}
