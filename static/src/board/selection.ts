/** Who is selected: people of one segment, because a move has one source. `active` is where the keyboard stands. */
export type Selection = {
  readonly segmentId: number | null;
  readonly ids: ReadonlySet<number>;
  /** Where a range starts. */
  readonly anchor: number | null;
  readonly active: number | null;
};

/** How a click or a key changes the selection: alone, one more or less, a range, or only where the keyboard stands. */
export type SelectHow = 'only' | 'toggle' | 'range' | 'focus';

/** Nobody is selected. */
export const NOBODY: Selection = { segmentId: null, ids: new Set(), anchor: null, active: null };

/**
 * The selection after someone was clicked or reached by key. Another segment starts anew.
 * @param order the members of the column as they are shown; read for a range only
 */
export function select(
  before: Selection,
  { segmentId, memberId }: { readonly segmentId: number; readonly memberId: number },
  how: SelectHow,
  order: () => readonly number[],
): Selection {
  const here = before.segmentId === segmentId ? before : NOBODY;
  switch (how) {
    case 'focus':
      // Standing on someone of another segment does not take the selection along.
      return before.segmentId === segmentId
        ? { ...before, active: memberId }
        : { ...NOBODY, segmentId, active: memberId, anchor: memberId };
    case 'only':
      return { segmentId, ids: new Set([memberId]), anchor: memberId, active: memberId };
    case 'toggle': {
      const ids = new Set(here.ids);
      if (!ids.delete(memberId)) ids.add(memberId);
      return { segmentId, ids, anchor: memberId, active: memberId };
    }
    case 'range':
      return {
        segmentId,
        ids: new Set(between(order(), here.anchor ?? here.active ?? memberId, memberId)),
        anchor: here.anchor ?? here.active ?? memberId,
        active: memberId,
      };
  }
}

/** Everybody of a column, as it is shown. */
export function selectAll(before: Selection, segmentId: number, order: readonly number[]): Selection {
  return {
    segmentId,
    ids: new Set(order),
    anchor: order[0] ?? null,
    active: before.segmentId === segmentId ? before.active : (order[0] ?? null),
  };
}

/** The selection without people who are no longer where they were selected; the keyboard's place stays. */
export function deselect(before: Selection, memberIds: ReadonlySet<number>): Selection {
  if (![...memberIds].some((id) => before.ids.has(id))) return before;
  return { ...before, ids: new Set([...before.ids].filter((id) => !memberIds.has(id))) };
}

/**
 * Whom an act on someone is about: all who are selected when they are among them, otherwise them alone.
 */
export function actedOn({ segmentId, ids }: Selection, ofSegmentId: number, memberId: number): readonly number[] {
  return segmentId === ofSegmentId && ids.has(memberId) ? [...ids] : [memberId];
}

function between(order: readonly number[], one: number, other: number): readonly number[] {
  const [start, end] = [order.indexOf(one), order.indexOf(other)].sort((a, b) => a - b);
  // Whoever the range started from may have been filtered out meanwhile.
  if (start === undefined || end === undefined || start === -1) return [other];
  return order.slice(start, end + 1);
}
