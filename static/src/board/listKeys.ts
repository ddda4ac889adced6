import type { BoardMember, Segment } from '@contract';
import { actOfKey, rowAfter } from './keys';
import type { ListActions } from './listActions';
import { actedOn, type Selection } from './selection';
import type { MemberRows } from './useMemberRows';

type KeyedList = Pick<ListActions, 'onAsk' | 'onChoose' | 'onChooseAll' | 'onClear'> & {
  readonly segment: Segment;
  readonly shown: readonly BoardMember[];
  readonly selection: Selection;
};

/** Does what a key means in a list; a key without a meaning here is left to the browser. */
export function handleListKey(
  event: React.KeyboardEvent,
  list: HTMLElement | null,
  { activeRow, order, goTo }: MemberRows,
  { segment, shown, selection, onAsk, onChoose, onChooseAll, onClear }: KeyedList,
): void {
  const act = actOfKey(event);
  if (act === null) return;
  const active = shown[activeRow]?.[0] ?? null;
  if (act === 'sideways') {
    if (!focusNeighbour(list, event.key === 'ArrowRight' ? 1 : -1)) return;
  } else if (act === 'toggle') {
    if (active !== null) onChoose(segment.id, active, 'toggle', order);
  } else if (act === 'all') onChooseAll(segment.id, order());
  else if (act === 'clear') onClear();
  else if (act === 'move' || act === 'remove' || act === 'add') {
    if (active !== null)
      onAsk(act, segment.id, selection.ids.size > 0 ? [...selection.ids] : actedOn(selection, segment.id, active));
  } else goTo(rowAfter(event.key, activeRow, shown.length), event.shiftKey ? 'range' : 'focus');
  event.preventDefault();
}

/** Moves the focus to the list of the next column that has one, in the direction given; false where there is none. */
function focusNeighbour(list: HTMLElement | null, step: 1 | -1): boolean {
  const lists = [...document.querySelectorAll<HTMLElement>('.list')];
  const neighbour = list === null ? undefined : lists[lists.indexOf(list) + step];
  neighbour?.focus();
  neighbour?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return neighbour !== undefined;
}
