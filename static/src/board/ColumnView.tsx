import Spinner from '@atlaskit/spinner';
import { memo, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Segment } from '@contract';
import { number, t } from '../i18n';
import { ProblemMessage } from '../shared/ProblemMessage';
import { takeDrops, type Dragged } from './dragging';
import type { ListActions } from './listActions';
import { MemberList } from './MemberList';
import type { Selection } from './selection';
import { shownMembers } from './shown';
import { marksIn, type Column, type Mark, type Pending } from './state';

type ColumnViewProps = ListActions & {
  readonly column: Column;
  readonly underWay: readonly Pending[];
  readonly marks: ReadonlyMap<string, Mark>;
  readonly issues: ReadonlyMap<number, number>;
  readonly only: ReadonlySet<number> | null;
  readonly selection: Selection;
  readonly isMovable: boolean;
  readonly onRead: (segmentId: number) => void;
  readonly onDrop: (to: Segment, dragged: Dragged) => void;
};

/** One segment: its name and count, a filter, and its members. Drawn again only when something of its own changed. */
export const ColumnView = memo(function ColumnView({
  column,
  underWay,
  marks,
  issues,
  only,
  selection,
  isMovable,
  onRead,
  onDrop,
  ...actions
}: ColumnViewProps) {
  const { segment, members, total, loading } = column;
  const ref = useRef<HTMLElement>(null);
  const headingId = useId();
  const [typed, setTyped] = useState('');
  const filter = useDeferredValue(typed);
  const told = useMemo(() => marksIn(marks, segment.id), [marks, segment.id]);
  const shown = useMemo(
    () => shownMembers(column, underWay, new Set(told.keys()), { filter, only }),
    [column, underWay, told, filter, only],
  );
  const isFiltered = filter.trim() !== '' || only !== null;
  const moving = underWay.reduce((sum, { to }) => sum + (to?.id === segment.id ? 1 : -1), 0);

  useEffect(
    () =>
      ref.current === null || !isMovable
        ? undefined
        : takeDrops(ref.current, segment.id, (dragged) => onDrop(segment, dragged)),
    [segment, isMovable, onDrop],
  );

  return (
    <section ref={ref} className="column" aria-labelledby={headingId} data-segment={segment.id}>
      <header className="column-head">
        <h2 id={headingId} className="column-name">
          <bdi>{segment.name}</bdi>
        </h2>
        <span className="count" title={total === null ? t('board.column.uncounted') : undefined}>
          <span aria-hidden="true">{total === null ? '–' : number(total + moving)}</span>
          <span className="visually-hidden">
            {total === null ? t('board.column.uncounted') : t('board.column.members', { count: total + moving })}
          </span>
        </span>
      </header>
      <input
        className="input"
        type="search"
        autoComplete="off"
        aria-label={t('board.column.filter', { segment: segment.name })}
        placeholder={t('board.column.filterHint')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p className="column-note subtle small" role="status">
        {isFiltered && t('board.column.matches', { count: shown.length })}
        {loading.state === 'loading' && total !== null && members.length > 0 && (
          <> {t('board.column.partly', { loaded: members.length, total })}</>
        )}
      </p>
      {loading.state === 'failed' && (
        <ProblemMessage
          problem={loading.problem}
          onRetry={() => onRead(segment.id)}
          onReload={() => onRead(segment.id)}
        />
      )}
      {(loading.state === 'loading' || loading.state === 'waiting') && members.length === 0 && shown.length === 0 ? (
        <div className="loading" role="status">
          <Spinner size="medium" />
          <span className="visually-hidden">{t('board.column.loading', { segment: segment.name })}</span>
        </div>
      ) : shown.length === 0 ? (
        loading.state !== 'failed' && (
          <p className="column-empty subtle">{isFiltered ? t('board.column.noMatch') : t('board.column.empty')}</p>
        )
      ) : (
        <MemberList
          segment={segment}
          shown={shown}
          underWay={underWay}
          marks={told}
          issues={issues}
          selection={selection}
          isMovable={isMovable}
          {...actions}
        />
      )}
    </section>
  );
});
