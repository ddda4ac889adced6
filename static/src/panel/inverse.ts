import type { PanelView, WriteResult } from '@contract';
import type { PanelAction } from './action';
import { newOperationId } from './operationId';

/**
 * What takes a confirmed write back; null where the viewer may not do it, or it can't be. A move is undone as one; who
 * was added is removed, and who was removed is added.
 */
export function inverseOf(entry: WriteResult['entry'], { match, refusals, history }: PanelView): PanelAction | null {
  const operationId = newOperationId();
  if (entry.kind === 'move') {
    const row = (history ?? []).find((one) => one.operationId === entry.operationId);
    const mayUndo = refusals.move === null && row?.undoable === true;
    return mayUndo ? { kind: 'undo', operationId, undoes: entry.operationId } : null;
  }
  if (match.state !== 'linked') return null;
  const { member } = match;
  if (entry.kind === 'add')
    return refusals.remove === null ? { kind: 'remove', operationId, member, from: entry.to } : null;
  return refusals.add === null ? { kind: 'add', operationId, member, to: entry.from } : null;
}
