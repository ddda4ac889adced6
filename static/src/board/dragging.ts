import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { pointerOutsideOfPreview } from '@atlaskit/pragmatic-drag-and-drop/element/pointer-outside-of-preview';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview';

/** Who is being dragged: the member under the pointer, and the segment that they are dragged out of. */
export type Dragged = { readonly segmentId: number; readonly memberId: number };

/** The attribute of whatever would take the drop; set without React, because a pointer moves often. */
const OVER = 'data-over';

/**
 * Lets a card be dragged.
 * @param preview what hangs at the pointer
 * @returns undoes it
 */
export function letDrag(element: HTMLElement, dragged: Dragged, preview: () => string): () => void {
  return draggable({
    element,
    getInitialData: () => ({ ...dragged }),
    onGenerateDragPreview: ({ nativeSetDragImage }) => {
      setCustomNativeDragPreview({
        nativeSetDragImage,
        getOffset: pointerOutsideOfPreview({ x: '12px', y: '8px' }),
        render: ({ container }) => {
          const box = document.createElement('div');
          box.className = 'drag-preview';
          box.textContent = preview();
          container.append(box);
        },
      });
    },
    onDragStart: () => element.setAttribute('data-dragging', ''),
    onDrop: () => element.removeAttribute('data-dragging'),
  });
}

/**
 * Makes a column take what is dropped on it from another column.
 * @returns undoes it
 */
export function takeDrops(element: HTMLElement, segmentId: number, onDrop: (dragged: Dragged) => void): () => void {
  const end = (): void => element.removeAttribute(OVER);
  return dropTargetForElements({
    element,
    canDrop: ({ source }) => draggedOf(source.data)?.segmentId !== segmentId,
    onDragEnter: () => element.setAttribute(OVER, ''),
    onDragLeave: end,
    onDrop: ({ source }) => {
      end();
      const dragged = draggedOf(source.data);
      if (dragged !== null) onDrop(dragged);
    },
  });
}

/** Scrolls the columns sideways, and a list up and down, while something is dragged along an edge. */
export function scrollWhileDragging(...elements: readonly HTMLElement[]): () => void {
  return combine(...elements.map((element) => autoScrollForElements({ element })));
}

/** What a drag of this page carries; null for any other. */
function draggedOf({ segmentId, memberId }: Record<string | symbol, unknown>): Dragged | null {
  return typeof segmentId === 'number' && typeof memberId === 'number' ? { segmentId, memberId } : null;
}
