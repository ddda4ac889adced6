import type { BoardMember, BoardResult } from '../../../../src/contract';
import { canAskAgain, isAcceptedOnly, isUnknown, reasonsOf } from '../../../../static/src/board/reasons';
import { lastSegmentOf } from '../../../../static/src/board/lastSegment';
import { reduce } from '../../../../static/src/board/reduce';
import {
  boardOf,
  concerning,
  isOver,
  markKey,
  type BoardState,
  type Change,
  type Column,
  type Pending,
} from '../../../../static/src/board/state';
import { speakEnglish } from '../../../support/english';

beforeAll(() => speakEnglish());

const A = { id: 11, name: 'Beta testers' };
const B = { id: 15, name: 'Champions' };
const ada: BoardMember = [1, 'Ada'];
const ben: BoardMember = [2, 'Ben'];
const cleo: BoardMember = [3, null];

function opened(): BoardState {
  const refusals = { move: null, remove: null, add: null, others: null };
  const board = boardOf({
    segments: [
      { ...A, members: 2 },
      { ...B, members: 1 },
    ],
    countedAtMs: null,
    refusals,
    inviteRefusal: null,
    sync: null,
  });
  const read = (state: BoardState, segment: typeof A, members: BoardMember[]) =>
    reduce(state, {
      kind: 'read',
      segmentId: segment.id,
      isFirst: true,
      part: { segment, members, total: members.length, nextAfterMemberId: null },
    });
  return read(read(board, A, [ada, ben]), B, [cleo]);
}

const CHANGES = {
  move: { kind: 'move', from: A, to: B },
  remove: { kind: 'remove', from: A, to: null },
  add: { kind: 'add', from: A, to: B },
} as const satisfies Record<string, Change>;
const change = (kind: Change['kind'], member: BoardMember, decisionId = 'd'): Pending => ({
  ...CHANGES[kind],
  operationId: `op-${String(member[0])}`,
  decisionId,
  member,
});
const move = (member: BoardMember, decisionId?: string): Pending => change('move', member, decisionId);
const decide = (state: BoardState, ...writes: Pending[]) =>
  reduce(state, {
    kind: 'decided',
    decisionId: writes[0]?.decisionId ?? '',
    change: CHANGES[writes[0]?.kind ?? 'move'],
    writes,
  });
const answer = (state: BoardState, ...results: BoardResult[]) =>
  reduce(state, { kind: 'answered', written: { results, retryAfterMs: null, counts: [], strays: null } });
const written = (
  [memberId]: BoardMember,
  outcome: 'confirmed' | 'notConfirmed' | 'refused' | 'unknown',
  reason: Extract<BoardResult, { kind: 'written' }>['reason'],
): BoardResult => ({
  kind: 'written',
  operationId: `op-${String(memberId)}`,
  memberId,
  outcome,
  reason,
});
const stale = (reason: Extract<BoardResult, { kind: 'stale' }>['reason']): BoardResult => ({
  kind: 'stale',
  operationId: 'op-1',
  memberId: 1,
  reason,
});
const membersOf = ({ columns }: BoardState) => columns.map(({ members }) => members.map(([id]) => id));
const totalsOf = ({ columns }: BoardState) => columns.map(({ total }) => total);

describe('a move on the board', () => {
  it('is told apart from what is known until it is answered', () => {
    const state = decide(opened(), move(ada));
    expect(membersOf(state)).toEqual([[1, 2], [3]]);
    expect(concerning(state.pending, A.id)).toHaveLength(1);
    expect(concerning(state.pending, 99)).toEqual([]);
    expect(state.reports).toEqual([{ ...CHANGES.move, decisionId: 'd', asked: 1, done: 0, short: [], beside: [] }]);
  });

  it('puts whoever is confirmed into the other column, and marks them there', () => {
    const state = answer(decide(opened(), move(ada)), written(ada, 'confirmed', 'readBackAgrees'));
    expect(membersOf(state)).toEqual([[2], [1, 3]]);
    expect(totalsOf(state)).toEqual([1, 2]);
    expect(state.marks.get(markKey(B.id, 1))).toBe('moved');
    expect(state.pending.size).toBe(0);
    expect(state.reports.map(({ done }) => done)).toEqual([1]);
  });

  it.each([
    ['refused', 'saidNo', [[1, 2], [3]], 'back'],
    ['refused', 'notSent', [[1, 2], [3]], 'back'],
    ['notConfirmed', 'unchanged', [[1, 2], [3]], 'back'],
    [
      'notConfirmed',
      'inBoth',
      [
        [1, 2],
        [1, 3],
      ],
      'back',
    ],
    ['notConfirmed', 'inNeither', [[2], [3]], 'back'],
    ['unknown', 'notReadable', [[1, 2], [3]], 'unknown'],
  ] as const)('that is %s (%s) leaves everybody where Shorter Loop has them', (outcome, reason, members, mark) => {
    const state = answer(decide(opened(), move(ada)), written(ada, outcome, reason));
    expect(membersOf(state)).toEqual(members);
    expect(state.marks.get(markKey(A.id, 1))).toBe(mark);
    expect(state.reports[0]).toMatchObject({ done: 0, short: [{ result: { reason } }] });
  });

  it('that is accepted and not visible yet moves nobody, and can be asked about again', () => {
    const open = { kind: 'underWay', operationId: 'op-1', memberId: 1, state: 'undecided', isAccepted: true } as const;
    const state = answer(decide(opened(), move(ada)), open);
    expect(membersOf(state)).toEqual([[1, 2], [3]]);
    expect(state.marks.get(markKey(A.id, 1))).toBe('unknown');
    const [short] = state.reports[0]?.short ?? [];
    if (short === undefined) throw new Error('Nobody fell short');
    expect([canAskAgain(short), isUnknown(short), isAcceptedOnly(short)]).toEqual([true, true, true]);
    expect(reasonsOf([short])[0]?.text).toContain('accepted the request and does not show it yet');
    const lost = { ...short, result: { ...open, isAccepted: false } };
    expect(isAcceptedOnly(lost)).toBe(false);
    expect(reasonsOf([lost])[0]?.text).toContain('its outcome is not known yet');
  });

  it('lets some go through and some not', () => {
    const state = answer(decide(opened(), move(ada), move(ben)), written(ada, 'confirmed', 'readBackAgrees'), {
      kind: 'leaseHeld',
      operationId: 'op-2',
      memberId: 2,
    });
    expect(membersOf(state)).toEqual([[2], [1, 3]]);
    expect(state.reports.map((report) => [report.done, report.short.length, isOver(report)])).toEqual([[1, 1, true]]);
  });

  it('takes out whoever had left the segment before', () => {
    const state = answer(decide(opened(), move(ada)), {
      kind: 'stale',
      operationId: 'op-1',
      memberId: 1,
      reason: 'notInSource',
    });
    expect(membersOf(state)).toEqual([[2], [3]]);
  });

  it('is not settled by the answer to another operation', () => {
    const state = decide(opened(), move(ada));
    expect(answer(state, { ...written(ada, 'confirmed', 'readBackAgrees'), operationId: 'other' })).toEqual(state);
  });

  it('brings nobody twice into a column that shows them already', () => {
    const state = answer(decide(opened(), move(cleo)), written(cleo, 'confirmed', 'readBackAgrees'));
    expect(membersOf(state)).toEqual([[1, 2], [3]]);
  });
});

describe('a call that fails', () => {
  const ids = new Set(['op-1']);

  it('puts everybody of it back, with its problem', () => {
    const state = reduce(decide(opened(), move(ada)), {
      kind: 'callFailed',
      operationIds: ids,
      problem: { code: 'storage' },
    });
    expect(state.pending.size).toBe(0);
    expect(state.marks.get(markKey(A.id, 1))).toBe('back');
    expect(state.reports[0]?.short).toEqual([expect.objectContaining({ result: null, problem: { code: 'storage' } })]);
  });

  it('says that nothing is known where there was no answer, but not of those who were never sent', () => {
    const decided = decide(opened(), move(ada), move(ben));
    const failed = reduce(decided, { kind: 'callFailed', operationIds: ids, problem: { code: 'noAnswer' } });
    const state = reduce(failed, { kind: 'notSent', operationIds: new Set(['op-2']), problem: { code: 'noAnswer' } });
    expect(state.marks.get(markKey(A.id, 1))).toBe('unknown');
    expect(state.marks.get(markKey(A.id, 2))).toBe('back');
    expect(state.reports[0]?.short.map(({ problem }) => problem)).toEqual([{ code: 'noAnswer' }, null]);
  });
});

describe('reports', () => {
  it('of two decisions under way do not count each other’s people', () => {
    const both = decide(decide(opened(), move(ada, 'one')), move(ben, 'two'));
    const state = answer(both, written(ada, 'confirmed', 'readBackAgrees'));
    expect(state.reports.map(({ decisionId, done }) => [decisionId, done])).toEqual([
      ['one', 1],
      ['two', 0],
    ]);
  });

  it('keep that others were changed until it is dismissed', () => {
    const strays = { counts: [{ segment: A, what: 'missing', who: 'others', count: 2 }], isMore: false } as const;
    const decided = decide(decide(opened(), move(ada, 'one')), move(ben, 'two'));
    const results = [written(ada, 'confirmed', 'readBackAgrees')];
    const state = reduce(decided, { kind: 'answered', written: { results, retryAfterMs: null, counts: [], strays } });
    expect(state.reports.map(({ beside }) => beside)).toEqual([[strays], []]);
    expect(decide(state, move(cleo, 'three')).reports.map(({ decisionId }) => decisionId)).toContain('one');
  });

  it('of a success make room for the next decision, those of a shortfall stay until they are dismissed', () => {
    const fine = answer(decide(opened(), move(ada, 'fine')), written(ada, 'confirmed', 'readBackAgrees'));
    const short = answer(decide(fine, move(ben, 'short')), written(ben, 'refused', 'saidNo'));
    const state = decide(short, move(ben, 'next'));
    expect(state.reports.map(({ decisionId }) => decisionId)).toEqual(['short', 'next']);
    expect(
      reduce(state, { kind: 'dismissed', decisionId: 'short' }).reports.map(({ decisionId }) => decisionId),
    ).toEqual(['next']);
  });
});

describe('a removal', () => {
  it('takes the member out of the one column and brings them nowhere', () => {
    const state = answer(decide(opened(), change('remove', ada)), written(ada, 'confirmed', 'readBackAgrees'));
    expect(membersOf(state)).toEqual([[2], [3]]);
    expect(state.marks.size).toBe(0);
  });
});

describe('an adding', () => {
  const adding = () => decide(opened(), change('add', ada));

  it('keeps the member in the column in which they are, and brings them into the other one', () => {
    const state = answer(adding(), written(ada, 'confirmed', 'readBackAgrees'));
    expect(membersOf(state)).toEqual([
      [1, 2],
      [1, 3],
    ]);
    expect(totalsOf(state)).toEqual([2, 2]);
    expect([...state.marks]).toEqual([[markKey(B.id, 1), 'added']]);
    expect(state.reports[0]).toMatchObject({ ...CHANGES.add, done: 1, short: [] });
  });

  it.each([
    [written(ada, 'notConfirmed', 'unchanged'), [[1, 2], [3]], 'notAdded'],
    [written(ada, 'unknown', 'notReadable'), [[1, 2], [3]], 'unknown'],
    [stale('notInSource'), [[2], [3]], 'notAdded'],
    [stale('targetGone'), [[1, 2], [3]], 'notAdded'],
    [
      stale('alreadyInTarget'),
      [
        [1, 2],
        [1, 3],
      ],
      'notAdded',
    ],
  ] as const)('that comes to %j leaves everybody where Shorter Loop has them', (result, members, mark) => {
    const state = answer(adding(), result);
    expect(membersOf(state)).toEqual(members);
    expect(state.marks.get(markKey(A.id, 1))).toBe(mark);
    expect(state.reports[0]).toMatchObject({ done: 0, short: [{ result }] });
  });

  it('of which nobody could be asked says that they were not added', () => {
    const problem = { code: 'storage' } as const;
    const state = reduce(adding(), { kind: 'callFailed', operationIds: new Set(['op-1']), problem });
    expect([...state.marks]).toEqual([[markKey(A.id, 1), 'notAdded']]);
  });
});

describe('whose last segment it is', () => {
  const columns = (loading: Column['loading']) =>
    opened().columns.map((column) => (column.segment.id === B.id ? { ...column, loading, members: [ben] } : column));

  it('is told of whoever is in no other column', () => {
    expect(lastSegmentOf([ada, ben], A, columns({ state: 'loaded' }))).toEqual({ count: 1, isSure: true });
    expect(lastSegmentOf([ben], A, columns({ state: 'loaded' }))).toEqual({ count: 0, isSure: true });
  });

  it('is not sure while a column is not read', () => {
    for (const state of ['waiting', 'loading'] as const)
      expect(lastSegmentOf([ada], A, columns({ state }))).toEqual({ count: 1, isSure: false });
  });
});

describe('a column that is read', () => {
  it('grows part by part, and is loaded with the last', () => {
    const part = (members: BoardMember[], next: number | null, isFirst: boolean) =>
      ({
        kind: 'read',
        segmentId: A.id,
        isFirst,
        part: { segment: A, members, total: 2, nextAfterMemberId: next },
      }) as const;
    const first = reduce(reduce(opened(), { kind: 'loading', segmentId: A.id }), part([ada], 1, true));
    expect(first.columns[0]).toMatchObject({ members: [ada], loading: { state: 'loading' } });
    expect(reduce(first, part([ben], null, false)).columns[0]).toMatchObject({
      members: [ada, ben],
      loading: { state: 'loaded' },
    });
    expect(
      reduce(first, { kind: 'readFailed', segmentId: A.id, problem: { code: 'storage' } }).columns[0]?.loading,
    ).toEqual({ state: 'failed', problem: { code: 'storage' } });
  });
});
