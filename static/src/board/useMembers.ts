import { useCallback, useEffect, useRef } from 'react';
import type { BoardMembers, BoardView } from '@contract';
import { ask, type Asked } from '../shared/ask';
import { MAX_WAITS, waitOf } from '../shared/waits';
import { invoke } from './api';
import type { BoardEvent } from './state';

/** How many segments are read side by side: the site's rate limit is shared with everybody else. */
const AT_ONCE = 2;

/** Whether whoever asked is still there to be answered. */
type Page = { isOpen: boolean };

/**
 * Reads the members of every column, in the columns' order, part by part.
 * @returns reads one column again
 */
export function useMembers(
  { segments }: BoardView,
  dispatch: (event: BoardEvent) => void,
): (segmentId: number) => void {
  const page = useRef<Page>({ isOpen: true });
  const read = useCallback(
    async (segmentId: number, opened: Page): Promise<void> => {
      const isOpen = (): boolean => opened.isOpen;
      dispatch({ kind: 'loading', segmentId });
      let afterMemberId: number | null = null;
      for (let waits = 0; isOpen();) {
        const isFirst = afterMemberId === null;
        const answer: Asked<BoardMembers> = await ask(invoke('board.members', { segmentId, afterMemberId }));
        if (!isOpen()) return;
        if (answer.kind === 'ok') {
          dispatch({ kind: 'read', segmentId, part: answer.value, isFirst });
          afterMemberId = answer.value.nextAfterMemberId;
          if (afterMemberId === null) return;
          continue;
        }
        const waitMs = waits < MAX_WAITS ? waitOf(answer.problem) : null;
        if (waitMs === null) return dispatch({ kind: 'readFailed', segmentId, problem: answer.problem });
        waits += 1;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    },
    [dispatch],
  );
  useEffect(() => {
    const opened = { isOpen: true };
    page.current = opened;
    const waiting = segments.map(({ id }) => id);
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined && opened.isOpen; next = waiting.shift())
        await read(next, opened);
    };
    for (let nth = 0; nth < AT_ONCE; nth += 1) void worker();
    return () => {
      opened.isOpen = false;
    };
  }, [segments, read]);
  return useCallback((segmentId: number) => void read(segmentId, page.current), [read]);
}
