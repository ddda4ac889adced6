import { useEffect, useRef, type RefObject } from 'react';
import { t } from '../i18n';
import { letDrag } from './dragging';
import type { ListActions } from './listActions';

type DraggableCard = Pick<ListActions, 'countActedOn'> & {
  readonly segmentId: number;
  readonly memberId: number;
  readonly name: string;
  readonly isDraggable: boolean;
};

/** Lets a card be dragged, alone or with all that are selected; the label at the pointer tells which. */
export function useDraggableCard(card: DraggableCard): RefObject<HTMLDivElement> {
  const { segmentId, memberId, name, isDraggable, countActedOn } = card;
  const ref = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (ref.current === null || !isDraggable) return;
    return letDrag(ref.current, { segmentId, memberId }, () => {
      const count = countActedOn(segmentId, memberId);
      return count === 1 ? name : t('board.selection.dragged', { count });
    });
  }, [isDraggable, segmentId, memberId, name, countActedOn]);
  return ref;
}
