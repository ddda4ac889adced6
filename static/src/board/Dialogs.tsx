import Button from '@atlaskit/button/new';
import type { BoardMember, Segment } from '@contract';
import { t } from '../i18n';
import { Dialog } from '../shared/Dialog';
import { nameOf } from './Card';
import { MAX_AT_ONCE } from './limits';
import { MoveDialog } from './MoveDialog';

/** What the board asks before it does something, or says instead of doing it. */
export type Asking =
  | { readonly kind: 'move' | 'remove'; readonly from: Segment; readonly members: readonly BoardMember[] }
  | { readonly kind: 'tooMany'; readonly members: readonly BoardMember[] };

type DialogsProps = {
  readonly asking: Asking;
  readonly segments: readonly Segment[];
  readonly onCancel: () => void;
  readonly onWrite: (fromSegmentId: number, to: Segment | null, memberIds: readonly number[]) => void;
};

/** The dialog that stands open. */
export function Dialogs({ asking, segments, onCancel, onWrite }: DialogsProps) {
  const ids = asking.members.map(([id]) => id);
  switch (asking.kind) {
    case 'move': {
      const { from } = asking;
      const targets = segments.filter(({ id }) => id !== from.id);
      return (
        <MoveDialog
          who={whoOf(asking.members)}
          from={from}
          targets={targets}
          onCancel={onCancel}
          onMove={(to) => onWrite(from.id, to, ids)}
        />
      );
    }
    case 'remove': {
      const { from } = asking;
      return (
        <Dialog
          title={t('board.removeDialog.title', { who: whoOf(asking.members), segment: from.name })}
          isBusy={false}
          onCancel={onCancel}
        >
          <p>{t('board.removeDialog.explain')}</p>
          <div className="dialog-actions">
            <Button appearance="subtle" onClick={onCancel}>
              {t('common.cancel')}
            </Button>
            <Button appearance="danger" onClick={() => onWrite(from.id, null, ids)}>
              {t('board.removeDialog.remove')}
            </Button>
          </div>
        </Dialog>
      );
    }
    case 'tooMany':
      return (
        <Dialog title={t('board.tooMany.title')} isBusy={false} onCancel={onCancel}>
          <p>{t('board.tooMany.cause', { limit: MAX_AT_ONCE, count: ids.length })}</p>
          <p>{t('board.tooMany.next')}</p>
          <div className="dialog-actions">
            <Button appearance="primary" onClick={onCancel}>
              {t('common.back')}
            </Button>
          </div>
        </Dialog>
      );
  }
}

/** A person by name, several as a number. */
function whoOf(members: readonly BoardMember[]): string {
  const [first, second] = members;
  return first === undefined || second !== undefined
    ? t('board.moveDialog.people', { count: members.length })
    : nameOf(first);
}
