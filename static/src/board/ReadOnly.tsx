import type { BoardView, Problem } from '@contract';
import { t } from '../i18n';
import { Message } from '../shared/Message';
import { problemText } from '../shared/problemText';

/** What the viewer may not do on this board, and why; nothing where they may do everything. */
export function ReadOnly({ refusals: { move, remove } }: { readonly refusals: BoardView['refusals'] }) {
  const refusal = move ?? remove;
  if (refusal === null) return null;
  const title =
    move === null
      ? t('board.readOnly.noRemove')
      : remove === null
        ? t('board.readOnly.noMove')
        : t('board.readOnly.title');
  return (
    <Message tone="info" title={title}>
      <p>{reasonOf(refusal)}</p>
    </Message>
  );
}

function reasonOf(refusal: Problem): string {
  if (refusal.code !== 'notPermitted') {
    const { cause, next } = problemText(refusal);
    return `${cause} ${next}`;
  }
  return refusal.needed === 'GROUP'
    ? t('board.readOnly.group')
    : t('board.readOnly.permission', { permission: t(`common.permissions.${refusal.needed}`) });
}
