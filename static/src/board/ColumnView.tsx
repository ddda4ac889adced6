import { memo, useEffect, useId, useMemo, useRef } from 'react';
import type { Segment } from '@contract';
import { t } from '../i18n';
import { ProblemMessage } from '../shared/ProblemMessage';
import { ColumnHead } from './ColumnHead';
import { ColumnNote } from './ColumnNote';
import { takeDrops, type Dragged } from './dragging';
import type { ListActions } from './listActions';
import { MemberList } from './MemberList';
import { NoMembers } from './NoMembers';
import type { Selection } from './selection';
import { isLeaving, marksIn, type Column, type Mark, type Pending } from './state';
import { useColumnFilter } from './useColumnFilter';

type ColumnViewProps = ListActions & {
  readonly column: Column;
  readonly underWay: readonly Pending[];
  readonly marks: ReadonlyMap<string, Mark>;
  readonly issues: ReadonlyMap<number, number>;
  readonly only: ReadonlySet<number> | null;
  readonly selection: Selection;
  readonly isMovable: boolean;
  readonly mayChange: (memberId: number) => boolean;
  readonly onRead: (segmentId: number) => void;
  readonly onDrop: (to: Segment, dragged: Dragged) => void;
};

/** One segment: its name and count, a filter, and its members. Drawn again only when something of its own changed. */
export const ColumnView = memo(function ColumnView(props: ColumnViewProps) {
  const { column, underWay, marks, only, isMovable, onRead, onDrop, ...list } = props;
  const { segment, total, loading } = column;
  const ref = useRef<HTMLElement>(null);
  const headingId = useId();
  const told = useMemo(() => marksIn(marks, segment.id), [marks, segment.id]);
  const { typed, setTyped, shown, isFiltered } = useColumnFilter({ column, underWay, told, only });
  const moving = underWay.reduce(
    (sum, one) => sum + (one.to?.id === segment.id ? 1 : isLeaving(one, segment.id) ? -1 : 0),
    0,
  );

  useEffect(
    () =>
      ref.current === null || !isMovable
        ? undefined
        : takeDrops(ref.current, segment.id, (dragged) => onDrop(segment, dragged)),
    [segment, isMovable, onDrop],
  );

  return (
    <section ref={ref} className="column" aria-labelledby={headingId} data-segment={segment.id}>
      <ColumnHead id={headingId} name={segment.name} count={total === null ? null : total + moving} />
      <input
        className="input"
        type="search"
        autoComplete="off"
        aria-label={t('board.column.filter', { segment: segment.name })}
        placeholder={t('board.column.filterHint')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <ColumnNote column={column} matches={isFiltered ? shown.length : null} />
      {loading.state === 'failed' && (
        <ProblemMessage
          problem={loading.problem}
          onRetry={() => onRead(segment.id)}
          onReload={() => onRead(segment.id)}
        />
      )}
      {shown.length === 0 ? (
        <NoMembers column={column} isFiltered={isFiltered} />
      ) : (
        <MemberList {...list} segment={segment} shown={shown} underWay={underWay} marks={told} isMovable={isMovable} />
      )}
    </section>
  );
});
