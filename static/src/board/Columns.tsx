import { useEffect, useRef } from 'react';
import { t } from '../i18n';
import { ColumnView } from './ColumnView';
import { scrollWhileDragging } from './dragging';
import { NOBODY } from './selection';
import { concerning } from './state';
import type { Board } from './useBoard';
import type { BoardSelection } from './useBoardSelection';

type ColumnsProps = {
  readonly board: Board;
  readonly selecting: BoardSelection;
  readonly issues: ReadonlyMap<number, number>;
  readonly only: ReadonlySet<number> | null;
  readonly isMovable: boolean;
  readonly mayChange: (memberId: number) => boolean;
};

/** The segments next to each other. */
export function Columns({ board, selecting, issues, only, isMovable, mayChange }: ColumnsProps) {
  const { columns, pending, marks } = board.state;
  const { selection } = selecting;
  const scroller = useRef<HTMLDivElement>(null);

  useEffect(() => (scroller.current === null ? undefined : scrollWhileDragging(scroller.current)), []);

  return (
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
          isMovable={isMovable}
          mayChange={mayChange}
          onRead={board.read}
          onDrop={selecting.drop}
          onAsk={selecting.ask}
          onChoose={selecting.choose}
          onChooseAll={selecting.chooseAll}
          onClear={selecting.clear}
          countActedOn={selecting.countActedOn}
        />
      ))}
    </div>
  );
}
