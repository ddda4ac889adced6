import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { BoardMember, BoardView, Segment } from '@contract';
import { t } from '../i18n';
import { Message } from '../shared/Message';
import { Chart } from './Chart';
import { ColumnView } from './ColumnView';
import { Dialogs, type Asking } from './Dialogs';
import { scrollWhileDragging } from './dragging';
import { MAX_AT_ONCE } from './limits';
import { ReadOnly } from './ReadOnly';
import { issuesByMember } from './reported';
import { Reports } from './Reports';
import { actedOn, deselect, NOBODY, select, selectAll, type SelectHow, type Selection } from './selection';
import { concerning } from './state';
import { Toolbar } from './Toolbar';
import { useBoard } from './useBoard';
import { useReported } from './useReported';

type OpenBoardProps = { readonly view: BoardView; readonly onReload: () => void };

/** The board with everything on it. */
export function OpenBoard({ view, onReload }: OpenBoardProps) {
  const board = useBoard(view);
  const { columns, pending, marks, reports } = board.state;
  const { write: writeOnBoard } = board;
  const [reported, countAll] = useReported();
  const issues = useMemo(() => issuesByMember(reported.months), [reported.months]);
  const [isOnlyReporters, setOnlyReporters] = useState(false);
  const only = useMemo(() => (isOnlyReporters ? new Set(issues.keys()) : null), [isOnlyReporters, issues]);
  const [selection, setSelection] = useState<Selection>(NOBODY);
  const [asking, setAsking] = useState<Asking | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const mayMove = view.refusals.move === null;
  const mayRemove = view.refusals.remove === null;

  // What a drop or a key finds is the state of its moment, while the columns keep their handlers.
  const latest = useRef({ columns, selection });
  useLayoutEffect(() => {
    latest.current = { columns, selection };
  }, [columns, selection]);

  const membersOf = useCallback(
    (
      segmentId: number,
      memberIds: readonly number[],
    ): { readonly from: Segment; readonly members: readonly BoardMember[] } | null => {
      const column = latest.current.columns.find(({ segment }) => segment.id === segmentId);
      const wanted = new Set(memberIds);
      return column === undefined
        ? null
        : { from: column.segment, members: column.members.filter(([id]) => wanted.has(id)) };
    },
    [],
  );

  const write = useCallback(
    (segmentId: number, to: Segment | null, memberIds: readonly number[]) => {
      const found = membersOf(segmentId, memberIds);
      if (found === null || !isFew(found.members))
        return setAsking(found === null ? null : { kind: 'tooMany', members: found.members });
      writeOnBoard(found.from, to, found.members);
      setSelection((before) => deselect(before, new Set(memberIds)));
      setAsking(null);
    },
    [writeOnBoard, membersOf],
  );
  const drop = useCallback(
    (to: Segment, dragged: { readonly segmentId: number; readonly memberId: number }) =>
      write(dragged.segmentId, to, actedOn(latest.current.selection, dragged.segmentId, dragged.memberId)),
    [write],
  );
  const ask = useCallback(
    (kind: 'move' | 'remove', segmentId: number, memberIds: readonly number[]) => {
      const found = membersOf(segmentId, memberIds);
      if (found === null || found.members.length === 0 || !(kind === 'move' ? mayMove : mayRemove)) return;
      setAsking(isFew(found.members) ? { kind, ...found } : { kind: 'tooMany', members: found.members });
    },
    [membersOf, mayMove, mayRemove],
  );
  const choose = useCallback(
    (segmentId: number, memberId: number, how: SelectHow, order: () => readonly number[]) =>
      setSelection((before) => select(before, segmentId, memberId, how, order)),
    [],
  );
  const chooseAll = useCallback(
    (segmentId: number, order: readonly number[]) => setSelection((before) => selectAll(before, segmentId, order)),
    [],
  );
  const clear = useCallback(() => setSelection(NOBODY), []);
  const countActedOn = useCallback(
    (segmentId: number, memberId: number) => actedOn(latest.current.selection, segmentId, memberId).length,
    [],
  );

  useEffect(() => (scroller.current === null ? undefined : scrollWhileDragging(scroller.current)), []);

  if (columns.length === 0)
    return (
      <Message tone="info" title={t('board.noSegments.title')}>
        <p>{t('board.noSegments.next')}</p>
      </Message>
    );
  return (
    <>
      <ReadOnly refusals={view.refusals} />
      <Toolbar
        selection={selection}
        columns={columns}
        reported={reported}
        reporters={issues.size}
        isOnlyReporters={isOnlyReporters}
        onOnlyReporters={setOnlyReporters}
        onAsk={mayMove || mayRemove ? ask : null}
        mayMove={mayMove}
        mayRemove={mayRemove}
        onClear={clear}
        onReload={onReload}
      />
      <p id="board-help" className="visually-hidden">
        {t('board.help')}
      </p>
      <div ref={scroller} className="columns" role="group" aria-label={t('board.title')} aria-describedby="board-help">
        {columns.map((column) => (
          <ColumnView
            key={column.segment.id}
            column={column}
            underWay={concerning(pending, column.segment.id)}
            marks={marks}
            issues={issues}
            only={only}
            selection={selection.segmentId === column.segment.id ? selection : NOBODY}
            isMovable={mayMove}
            onRead={board.read}
            onDrop={drop}
            onAsk={ask}
            onChoose={choose}
            onChooseAll={chooseAll}
            onClear={clear}
            countActedOn={countActedOn}
          />
        ))}
      </div>
      <Reports reports={reports} onAskAgain={board.askAgain} onDismiss={board.dismiss} />
      <Chart columns={columns} reported={reported} onCount={countAll} onReload={onReload} />
      <Message tone="info" title={t('board.score.title')}>
        <p>{t('board.score.text')}</p>
      </Message>
      {asking !== null && (
        <Dialogs asking={asking} segments={view.segments} onCancel={() => setAsking(null)} onWrite={write} />
      )}
    </>
  );
}

function isFew(members: readonly BoardMember[]): boolean {
  return members.length <= MAX_AT_ONCE;
}
