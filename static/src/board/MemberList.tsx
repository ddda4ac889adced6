import { useEffect, useMemo, useRef, useState } from 'react';
import type { BoardMember, Segment } from '@contract';
import { t } from '../i18n';
import { Card } from './Card';
import { scrollWhileDragging } from './dragging';
import { actOfKey, rowAfter } from './keys';
import type { ListActions } from './listActions';
import { ROW_PX, rowsInSight, scrollTo } from './rows';
import { actedOn, type SelectHow, type Selection } from './selection';
import type { Mark, Pending } from './state';

type MemberListProps = ListActions & {
  readonly segment: Segment;
  readonly shown: readonly BoardMember[];
  readonly underWay: readonly Pending[];
  /** What the cards of this column tell, by member. */
  readonly marks: ReadonlyMap<number, Mark>;
  readonly issues: ReadonlyMap<number, number>;
  readonly selection: Selection;
  readonly isMovable: boolean;
};

/** How high the window onto a list is: eleven people. */
const LIST_PX = 11 * ROW_PX;

/**
 * Members as a list box of which only the rows in sight are drawn. It is one stop of the Tab key; the
 * keyboard's place in it is told by `aria-activedescendant`.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/listbox/
 */
export function MemberList({
  segment,
  shown,
  underWay,
  marks,
  issues,
  selection,
  isMovable,
  onAsk,
  onChoose,
  onChooseAll,
  onClear,
  countActedOn,
}: MemberListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [scrollPx, setScrollPx] = useState(0);
  const { first, count } = rowsInSight(shown.length, scrollPx, LIST_PX);
  const pending = useMemo(() => new Map(underWay.map((one) => [one.member[0], one])), [underWay]);
  const order = useMemo(() => () => shown.map(([id]) => id), [shown]);
  const activeRow = useMemo(
    () => (selection.active === null ? -1 : shown.findIndex(([id]) => id === selection.active)),
    [shown, selection.active],
  );
  const isActiveDrawn = activeRow >= first && activeRow < first + count;

  useEffect(() => (list.current === null || !isMovable ? undefined : scrollWhileDragging(list.current)), [isMovable]);

  const goTo = (row: number, how: SelectHow): void => {
    const member = shown[row];
    if (member === undefined || list.current === null) return;
    list.current.scrollTop = scrollTo(row, list.current.scrollTop, LIST_PX);
    onChoose(segment.id, member[0], how, order);
  };

  const onKey = (event: React.KeyboardEvent): void => {
    const act = actOfKey(event);
    if (act === null) return;
    const active = shown[activeRow]?.[0] ?? null;
    // A key without a meaning here is left to the browser.
    if (act === 'sideways') {
      if (!focusNeighbour(list.current, event.key === 'ArrowRight' ? 1 : -1)) return;
    } else if (act === 'toggle') {
      if (active !== null) onChoose(segment.id, active, 'toggle', order);
    } else if (act === 'all') onChooseAll(segment.id, order());
    else if (act === 'clear') onClear();
    else if (act === 'move' || act === 'remove') {
      if (active !== null)
        onAsk(act, segment.id, selection.ids.size > 0 ? [...selection.ids] : actedOn(selection, segment.id, active));
    } else goTo(rowAfter(event.key, activeRow, shown.length), event.shiftKey ? 'range' : 'focus');
    event.preventDefault();
  };

  return (
    <div
      ref={list}
      className="list"
      role="listbox"
      tabIndex={0}
      aria-multiselectable="true"
      aria-label={t('board.column.list', { segment: segment.name })}
      aria-describedby="board-help"
      {...(isActiveDrawn ? { 'aria-activedescendant': cardId(segment.id, selection.active ?? 0) } : {})}
      style={{ height: Math.min(LIST_PX, shown.length * ROW_PX) }}
      onScroll={(event) => setScrollPx(event.currentTarget.scrollTop)}
      onKeyDown={onKey}
      onFocus={() => {
        if (activeRow === -1) goTo(first === 0 ? 0 : Math.ceil(scrollPx / ROW_PX), 'focus');
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
            isMovable={isMovable}
            order={order}
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

/** Moves the focus to the list of the next column that has one, in the direction given; false where there is none. */
function focusNeighbour(list: HTMLElement | null, step: 1 | -1): boolean {
  const lists = [...document.querySelectorAll<HTMLElement>('.list')];
  const neighbour = list === null ? undefined : lists[lists.indexOf(list) + step];
  neighbour?.focus();
  neighbour?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return neighbour !== undefined;
}
