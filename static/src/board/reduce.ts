import type { BoardMembers, BoardWritten } from '@contract';
import type { PageProblem } from '../shared/ask';
import { settle } from './settle';
import {
  isOver,
  markKey,
  markOfNotDone,
  onColumn,
  onReports,
  type BoardEvent,
  type BoardState,
  type Column,
  type Shortfall,
} from './state';

/** The board after something happened. */
export function reduce(state: BoardState, event: BoardEvent): BoardState {
  switch (event.kind) {
    case 'loading':
      return onColumn(state, event.segmentId, (column) => ({ ...column, loading: { state: 'loading' } }));
    case 'read':
      return onColumn(state, event.segmentId, (column) => withPart(column, event.part, event.isFirst));
    case 'readFailed':
      return onColumn(state, event.segmentId, (column) => ({
        ...column,
        loading: { state: 'failed', problem: event.problem },
      }));
    case 'decided':
      return {
        ...state,
        pending: new Map([...state.pending, ...event.writes.map((write) => [write.member[0], write] as const)]),
        // The same empty map as before, so that columns that nothing happened to are not drawn again.
        marks: state.marks.size === 0 ? state.marks : new Map(),
        reports: [
          ...state.reports.filter((report) => !isOver(report) || report.short.length > 0 || report.beside.length > 0),
          {
            ...event.change,
            decisionId: event.decisionId,
            asked: event.writes.length,
            done: 0,
            short: [],
            beside: [],
          },
        ],
      };
    case 'answered':
      return withCounts(withStrays(settle(state, event.written.results), state, event.written), event.written);
    case 'callFailed':
      return giveUp(state, event.operationIds, event.problem, event.problem.code === 'noAnswer');
    case 'notSent':
      return giveUp(state, event.operationIds, event.problem, false);
    case 'dismissed':
      return {
        ...state,
        reports: state.reports.filter(({ decisionId }) => decisionId !== event.decisionId),
        marks: new Map(),
      };
  }
}

/** Others who were changed beside a call belong to the decision that it was made for. */
function withStrays(state: BoardState, { pending }: BoardState, { strays, results }: BoardWritten): BoardState {
  if (strays === null) return state;
  const ids = new Set(results.map(({ memberId }) => pending.get(memberId)?.decisionId));
  const reports = state.reports.map((report) =>
    ids.has(report.decisionId) ? { ...report, beside: [...report.beside, strays] } : report,
  );
  return { ...state, reports };
}

function withPart(
  column: Column,
  { members, total, nextAfterMemberId, segment }: BoardMembers,
  isFirst: boolean,
): Column {
  const state = nextAfterMemberId === null ? 'loaded' : 'loading';
  return { segment, total, members: isFirst ? members : [...column.members, ...members], loading: { state } };
}

function withCounts(state: BoardState, { counts }: BoardWritten): BoardState {
  return counts.reduce(
    (before, { segmentId, members }) => onColumn(before, segmentId, (column) => ({ ...column, total: members })),
    state,
  );
}

/** Everybody of a call that came to nothing goes back; whoever may have been changed all the same says so. */
function giveUp(
  state: BoardState,
  operationIds: ReadonlySet<string>,
  problem: PageProblem,
  isUnknown: boolean,
): BoardState {
  const concerned = [...state.pending.values()].filter(({ operationId }) => operationIds.has(operationId));
  const pending = new Map([...state.pending].filter(([, { operationId }]) => !operationIds.has(operationId)));
  const marks = new Map(state.marks);
  for (const one of concerned)
    marks.set(markKey(one.from.id, one.member[0]), isUnknown ? 'unknown' : markOfNotDone(one));
  const short = concerned.map((one): Shortfall => ({
    pending: one,
    result: null,
    problem: isUnknown ? { code: 'noAnswer' } : problem.code === 'noAnswer' ? null : problem,
  }));
  return onReports({ ...state, pending, marks }, [], short);
}
