import { useCallback, useLayoutEffect, useReducer, useRef } from 'react';
import type { BoardMember, BoardView } from '@contract';
import { canAskAgain } from './reasons';
import { reduce } from './reduce';
import { boardOf, type BoardState, type Change, type Pending, type Report } from './state';
import { useMembers } from './useMembers';
import { partsOf, sendPart } from './write';

/** The board's state with what a user can do about it. */
export type Board = {
  readonly state: BoardState;
  /** Reads a segment's members again. */
  readonly read: (segmentId: number) => void;
  /** Moves, removes or adds members. Whoever is being written about already is left alone. */
  readonly write: (change: Change, members: readonly BoardMember[]) => void;
  /** Asks once more about those of a decision of whom nothing is known, or who were not reached. */
  readonly askAgain: (report: Report) => void;
  readonly dismiss: (decisionId: string) => void;
};

/** A board that reads its columns one after the other and carries out what is decided, one decision after the other. */
export function useBoard(view: BoardView): Board {
  const [state, dispatch] = useReducer(reduce, view, boardOf);
  const latest = useRef(state);
  useLayoutEffect(() => {
    latest.current = state;
  }, [state]);
  const read = useMembers(view, dispatch);
  const queue = useRef<Promise<void>>(Promise.resolve());

  const send = useCallback((writes: readonly Pending[]) => {
    const [first] = writes;
    if (first === undefined) return;
    dispatch({ kind: 'decided', decisionId: first.decisionId, change: changeOf(first), writes });
    queue.current = queue.current.then(async () => {
      for (const part of partsOf(writes)) {
        const answer = await sendPart(part);
        if (answer.kind === 'ok') dispatch({ kind: 'answered', written: answer.value });
        else {
          // The rest would meet the same problem: it is told with them, as not done.
          dispatch({
            kind: 'callFailed',
            operationIds: new Set(part.map(({ operationId }) => operationId)),
            problem: answer.problem,
          });
          const rest = writes
            .slice(writes.indexOf(part[part.length - 1] ?? first) + 1)
            .map(({ operationId }) => operationId);
          if (rest.length > 0) dispatch({ kind: 'notSent', operationIds: new Set(rest), problem: answer.problem });
          return;
        }
      }
    });
  }, []);

  const write = useCallback(
    (change: Change, members: readonly BoardMember[]) => {
      const free = members.filter(([id]) => !latest.current.pending.has(id));
      const decisionId = crypto.randomUUID();
      if (change.from.id !== change.to?.id)
        send(free.map((member): Pending => ({ ...change, operationId: crypto.randomUUID(), decisionId, member })));
    },
    [send],
  );
  const askAgain = useCallback(
    (report: Report) => {
      dispatch({ kind: 'dismissed', decisionId: report.decisionId });
      // Under the ids that they had: whoever was changed after all is not changed twice.
      send(report.short.filter(canAskAgain).map(({ pending }) => pending));
    },
    [send],
  );
  const dismiss = useCallback((decisionId: string) => dispatch({ kind: 'dismissed', decisionId }), []);
  return { state, read, write, askAgain, dismiss };
}

function changeOf({ operationId: _id, decisionId: _decision, member: _member, ...change }: Pending): Change {
  return change;
}
