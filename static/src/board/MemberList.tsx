import { useMemo, useRef } from 'react';
import type { BoardMember, Segment } from '@contract';
import { t } from '../i18n';
import { Card } from './Card';
import type { ListActions } from './listActions';
import { handleListKey } from './listKeys';
import { ROW_PX } from './rows';
import type { Selection } from './selection';
import type { Mark, Pending } from './state';
import { LIST_PX, useMemberRows } from './useMemberRows';

type MemberListProps = ListActions & {
  readonly segment: Segment;
  readonly shown: readonly BoardMember[];
  readonly underWay: readonly Pending[];
  /** What the cards of this column tell, by member. */
  readonly marks: ReadonlyMap<number, Mark>;
  readonly issues: ReadonlyMap<number, number>;
  readonly selection: Selection;
  readonly isMovable: boolean;
  /** Whether the viewer may change this member at all. */
  readonly mayChange: (memberId: number) => boolean;
};

/**
 * Members as a list box of which only the rows in sight are drawn. It is one stop of the Tab key; the
 * keyboard's place in it is told by `aria-activedescendant`.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/listbox/
 */
export function MemberList(props: MemberListProps) {
  const { segment, shown, underWay, marks, issues, selection, isMovable, mayChange, onChoose, countActedOn } = props;
  const listRef = useRef<HTMLDivElement>(null);
  const rows = useMemberRows({ listRef, segmentId: segment.id, shown, active: selection.active, isMovable, onChoose });
  const { first, count, activeRow } = rows;
  const pending = useMemo(() => new Map(underWay.map((one) => [one.member[0], one])), [underWay]);
  const isActiveDrawn = activeRow >= first && activeRow < first + count;
  return (
    <div
      ref={listRef}
      className="list"
      role="listbox"
      tabIndex={0}
      aria-multiselectable="true"
      aria-label={t('board.column.list', { segment: segment.name })}
      aria-describedby="board-help"
      {...(isActiveDrawn ? { 'aria-activedescendant': cardId(segment.id, selection.active ?? 0) } : {})}
      style={{ height: Math.min(LIST_PX, shown.length * ROW_PX) }}
      onScroll={(event) => rows.scroll(event.currentTarget.scrollTop)}
      onKeyDown={(event) => handleListKey(event, listRef.current, rows, props)}
      onFocus={() => {
        if (activeRow === -1) rows.goToFirst();
      }}
    >
      <div className="rows" role="presentation" style={{ height: shown.length * ROW_PX }}>
        {shown.slice(first, first + count).map((member, nth) => (
          <Card
            key={member[0]}
            id={cardId(segment.id, member[0])}
            member={member}
            segmentId={segment.id}
            row={first + nth}
            of={shown.length}
            issues={issues.get(member[0]) ?? 0}
            pending={pending.get(member[0]) ?? null}
            mark={marks.get(member[0]) ?? null}
            isSelected={selection.ids.has(member[0])}
            isActive={selection.active === member[0]}
            isMovable={isMovable && mayChange(member[0])}
            order={rows.order}
            onChoose={onChoose}
            countActedOn={countActedOn}
          />
        ))}
      </div>
    </div>
  );
}

function cardId(segmentId: number, memberId: number): string {
  return `card-${String(segmentId)}-${String(memberId)}`;
}
