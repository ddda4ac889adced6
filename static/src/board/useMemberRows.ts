import { useEffect, useMemo, useState, type RefObject } from 'react';
import type { BoardMember } from '@contract';
import { scrollWhileDragging } from './dragging';
import type { ListActions } from './listActions';
import { ROW_PX, rowsInSight, scrollTo } from './rows';
import type { SelectHow } from './selection';

/** How high the window onto a list is: eleven people. */
export const LIST_PX = 11 * ROW_PX;

type MemberRowsInput = Pick<ListActions, 'onChoose'> & {
  readonly listRef: RefObject<HTMLDivElement>;
  readonly segmentId: number;
  readonly shown: readonly BoardMember[];
  /** The member whom the keyboard is at. */
  readonly active: number | null;
  readonly isMovable: boolean;
};

/** The rows of a list that are in sight, and where the keyboard is among them. */
export type MemberRows = {
  readonly first: number;
  readonly count: number;
  /** The row of the active member; -1 where they are not in the list. */
  readonly activeRow: number;
  /** The members in the order in which they are shown. */
  readonly order: () => readonly number[];
  readonly scroll: (px: number) => void;
  readonly goTo: (row: number, how: SelectHow) => void;
  /** Goes to the first row that is wholly in sight. */
  readonly goToFirst: () => void;
};

/** Keeps track of how far a list is scrolled, and scrolls it to where the keyboard goes. */
export function useMemberRows({ listRef, segmentId, shown, active, isMovable, onChoose }: MemberRowsInput): MemberRows {
  const [scrollPx, setScrollPx] = useState(0);
  const { first, count } = rowsInSight(shown.length, scrollPx, LIST_PX);
  const order = useMemo(() => () => shown.map(([id]) => id), [shown]);
  const activeRow = useMemo(() => (active === null ? -1 : shown.findIndex(([id]) => id === active)), [shown, active]);

  useEffect(
    () => (listRef.current === null || !isMovable ? undefined : scrollWhileDragging(listRef.current)),
    [listRef, isMovable],
  );

  const goTo = (row: number, how: SelectHow): void => {
    const member = shown[row];
    if (member === undefined || listRef.current === null) return;
    listRef.current.scrollTop = scrollTo(row, listRef.current.scrollTop, LIST_PX);
    onChoose(segmentId, member[0], how, order);
  };
  const goToFirst = (): void => goTo(first === 0 ? 0 : Math.ceil(scrollPx / ROW_PX), 'focus');
  return { first, count, activeRow, order, scroll: setScrollPx, goTo, goToFirst };
}
