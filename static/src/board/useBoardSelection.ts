import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { BoardMember, Segment, WriteKind } from '@contract';
import { MAX_AT_ONCE } from './limits';
import { actedOn, deselect, NOBODY, select, selectAll, type SelectHow, type Selection } from './selection';
import type { Change, Column } from './state';
import type { Allowed } from './useAllowed';

/** What the board asks before it does something, or says instead of doing it. */
export type Asking =
  | { readonly kind: WriteKind; readonly from: Segment; readonly members: readonly BoardMember[] }
  | { readonly kind: 'tooMany'; readonly members: readonly BoardMember[] };

type OnWrite = (change: Change, members: readonly BoardMember[]) => void;

/** Who is selected on the board, what is asked about them, and what follows from it. Every handler stays the same. */
export function useBoardSelection(columns: readonly Column[], onWrite: OnWrite, allowed: Allowed) {
  const { mayMove, mayRemove, mayAdd, mayChange } = allowed;
  const { selection, deselectMembers, ...selecting } = useSelection();
  const [asking, setAsking] = useState<Asking | null>(null);

  // What a drop or a key finds is the state of its moment, while the columns keep their handlers.
  const latest = useRef({ columns, selection, mayChange });
  useLayoutEffect(() => {
    latest.current = { columns, selection, mayChange };
  }, [columns, selection, mayChange]);

  const membersOf = useCallback(
    (segmentId: number, memberIds: readonly number[]) =>
      membersIn(latest.current.columns, segmentId, memberIds.filter(latest.current.mayChange)),
    [],
  );

  const write = useCallback(
    (change: Change, memberIds: readonly number[]) => {
      const found = membersOf(change.from.id, memberIds);
      if (found !== null && found.members.length === 0) return;
      if (found === null || !isFew(found.members))
        return setAsking(found === null ? null : { kind: 'tooMany', members: found.members });
      onWrite(change, found.members);
      deselectMembers(memberIds);
      setAsking(null);
    },
    [onWrite, membersOf, deselectMembers],
  );
  const drop = useCallback(
    (to: Segment, dragged: { readonly segmentId: number; readonly memberId: number }) => {
      const { columns: now, selection: chosen } = latest.current;
      const from = now.find(({ segment }) => segment.id === dragged.segmentId)?.segment;
      if (from !== undefined) write({ kind: 'move', from, to }, actedOn(chosen, dragged.segmentId, dragged.memberId));
    },
    [write],
  );
  const ask = useCallback(
    (kind: WriteKind, segmentId: number, memberIds: readonly number[]) => {
      const found = membersOf(segmentId, memberIds);
      const isAllowed = { move: mayMove, remove: mayRemove, add: mayAdd }[kind];
      if (found === null || found.members.length === 0 || !isAllowed) return;
      setAsking(isFew(found.members) ? { kind, ...found } : { kind: 'tooMany', members: found.members });
    },
    [membersOf, mayMove, mayRemove, mayAdd],
  );
  const countActedOn = useCallback(
    (segmentId: number, memberId: number) =>
      actedOn(latest.current.selection, segmentId, memberId).filter(latest.current.mayChange).length,
    [],
  );

  const cancel = useCallback(() => setAsking(null), []);
  return { ...selecting, selection, asking, write, drop, ask, countActedOn, cancel };
}

function useSelection() {
  const [selection, setSelection] = useState<Selection>(NOBODY);
  const choose = useCallback(
    (segmentId: number, memberId: number, how: SelectHow, order: () => readonly number[]) =>
      setSelection((before) => select(before, { segmentId, memberId }, how, order)),
    [],
  );
  const chooseAll = useCallback(
    (segmentId: number, order: readonly number[]) => setSelection((before) => selectAll(before, segmentId, order)),
    [],
  );
  const clear = useCallback(() => setSelection(NOBODY), []);
  const deselectMembers = useCallback(
    (memberIds: readonly number[]) => setSelection((before) => deselect(before, new Set(memberIds))),
    [],
  );
  return { selection, choose, chooseAll, clear, deselectMembers };
}

/** Those of a segment's members that are still in its column; null for a segment that is not on the board. */
function membersIn(
  columns: readonly Column[],
  segmentId: number,
  memberIds: readonly number[],
): { readonly from: Segment; readonly members: readonly BoardMember[] } | null {
  const column = columns.find(({ segment }) => segment.id === segmentId);
  const wanted = new Set(memberIds);
  return column === undefined
    ? null
    : { from: column.segment, members: column.members.filter(([id]) => wanted.has(id)) };
}

function isFew(members: readonly BoardMember[]): boolean {
  return members.length <= MAX_AT_ONCE;
}

/** What is selected, what is asked about it, and what can be done with both. */
export type BoardSelection = ReturnType<typeof useBoardSelection>;
