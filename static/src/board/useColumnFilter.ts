import { useDeferredValue, useMemo, useState } from 'react';
import type { BoardMember } from '@contract';
import { shownMembers } from './shown';
import type { Column, Mark, Pending } from './state';

type ColumnFilterInput = {
  readonly column: Column;
  readonly underWay: readonly Pending[];
  /** What the cards of this column tell, by member. */
  readonly told: ReadonlyMap<number, Mark>;
  readonly only: ReadonlySet<number> | null;
};

/** What is typed into the filter of a column, and the members that it leaves. */
type ColumnFilter = {
  readonly typed: string;
  readonly setTyped: (typed: string) => void;
  readonly shown: readonly BoardMember[];
  readonly isFiltered: boolean;
};

/** Filters the members of a column; the list follows the typing when there is time to draw it. */
export function useColumnFilter({ column, underWay, told, only }: ColumnFilterInput): ColumnFilter {
  const [typed, setTyped] = useState('');
  const filter = useDeferredValue(typed);
  const shown = useMemo(
    () => shownMembers(column, underWay, new Set(told.keys()), { filter, only }),
    [column, underWay, told, filter, only],
  );
  return { typed, setTyped, shown, isFiltered: filter.trim() !== '' || only !== null };
}
