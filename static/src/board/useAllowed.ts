import { useCallback } from 'react';
import type { BoardView } from '@contract';

/** What a viewer may do on the board. */
export type Allowed = {
  readonly mayMove: boolean;
  readonly mayRemove: boolean;
  readonly mayAdd: boolean;
  readonly mayChange: (memberId: number) => boolean;
};

/**
 * What the board offers: nothing that the app would refuse. Whoever may not change people who report nothing here is
 * offered those alone who are known to report.
 * @param issues how many of the project's issues each member reported
 */
export function useAllowed(
  { move, remove, add, others }: BoardView['refusals'],
  issues: ReadonlyMap<number, number>,
): Allowed {
  const mayOthers = others === null;
  const mayChange = useCallback((memberId: number) => mayOthers || issues.has(memberId), [mayOthers, issues]);
  return { mayMove: move === null, mayRemove: remove === null, mayAdd: add === null, mayChange };
}
