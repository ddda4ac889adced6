import type { BoardMember, BoardResult } from '@contract';
import {
  markKey,
  markOfNotDone,
  onColumn,
  onReports,
  type BoardState,
  type Column,
  type Mark,
  type Pending,
  type Shortfall,
} from './state';

/** Where a member is after a write, as far as the answer tells; null where it tells nothing new. */
type Whereabouts = { readonly inSource: boolean; readonly inTarget: boolean } | null;

/**
 * The board after an answer: everybody stands where Shorter Loop was seen to have them, and whoever is
 * not where they were to go says why.
 */
export function settle(state: BoardState, results: readonly BoardResult[]): BoardState {
  const settled = results.flatMap((result) => {
    const pending = state.pending.get(result.memberId);
    return pending?.operationId === result.operationId
      ? [{ pending, result, where: whereOf(result, pending), mark: markOf(result, pending) }]
      : [];
  });
  if (settled.length === 0) return state;
  const ids = new Set(settled.map(({ result }) => result.memberId));
  const marks = new Map(state.marks);
  for (const { pending, mark } of settled) {
    const column = isDone(mark) ? pending.to : pending.from;
    if (column !== null) marks.set(markKey(column.id, pending.member[0]), mark);
  }
  const short = settled
    .filter(({ mark }) => !isDone(mark))
    .map(({ pending, result }): Shortfall => ({ pending, result, problem: null }));
  const done = settled.filter(({ mark }) => isDone(mark)).map(({ pending }) => pending);
  const pending = new Map([...state.pending].filter(([id]) => !ids.has(id)));
  return placeAll(onReports({ ...state, pending, marks }, done, short), settled);
}

function placeAll(
  state: BoardState,
  settled: readonly { readonly pending: Pending; readonly where: Whereabouts }[],
): BoardState {
  const known = settled.filter(
    (one): one is { pending: Pending; where: NonNullable<Whereabouts> } => one.where !== null,
  );
  const gone = new Map<number, Set<number>>();
  const come = new Map<number, BoardMember[]>();
  for (const { pending, where } of known) {
    if (!where.inSource) gone.set(pending.from.id, (gone.get(pending.from.id) ?? new Set()).add(pending.member[0]));
    if (where.inTarget && pending.to !== null)
      come.set(pending.to.id, [...(come.get(pending.to.id) ?? []), pending.member]);
  }
  const left = [...gone].reduce(
    (before, [segmentId, ids]) => onColumn(before, segmentId, (column) => without(column, ids)),
    state,
  );
  return [...come].reduce(
    (before, [segmentId, members]) => onColumn(before, segmentId, (column) => withMembers(column, members)),
    left,
  );
}

function without(column: Column, ids: ReadonlySet<number>): Column {
  const members = column.members.filter(([id]) => !ids.has(id));
  return {
    ...column,
    members,
    total: column.total === null ? null : column.total - (column.members.length - members.length),
  };
}

function withMembers(column: Column, members: readonly BoardMember[]): Column {
  const ids = new Set(members.map(([id]) => id));
  const others = column.members.filter(([id]) => !ids.has(id));
  // A column that was not read yet will bring them by itself.
  if (column.loading.state === 'waiting') return column;
  const all = [...members, ...others];
  return {
    ...column,
    members: all,
    total: column.total === null ? null : column.total + (all.length - column.members.length),
  };
}

function whereOf(result: BoardResult, { kind }: Pending): Whereabouts {
  if (result.kind === 'stale') return whereOfStale(result, kind === 'add');
  if (result.kind !== 'written') return null;
  switch (result.reason) {
    case 'readBackAgrees':
      return { inSource: kind === 'add', inTarget: true };
    case 'inBoth':
      return { inSource: true, inTarget: true };
    case 'inNeither':
      return { inSource: false, inTarget: false };
    case 'unchanged':
    case 'saidNo':
    case 'notSent':
    case 'notReadable':
      return null;
  }
}

/** Who is to be added and is in the target already was seen in both; of a move this says nothing of the source. */
function whereOfStale({ reason }: Extract<BoardResult, { kind: 'stale' }>, isAdding: boolean): Whereabouts {
  if (reason === 'notInSource') return { inSource: false, inTarget: false };
  return isAdding && reason === 'alreadyInTarget' ? { inSource: true, inTarget: true } : null;
}

function isDone(mark: Mark): boolean {
  return mark === 'moved' || mark === 'added';
}

function markOf(result: BoardResult, pending: Pending): Mark {
  switch (result.kind) {
    case 'written':
      if (result.outcome === 'confirmed') return pending.kind === 'add' ? 'added' : 'moved';
      return result.outcome === 'unknown' ? 'unknown' : markOfNotDone(pending);
    case 'underWay':
      return 'unknown';
    case 'stale':
    case 'leaseHeld':
    case 'refused':
      return markOfNotDone(pending);
  }
}
