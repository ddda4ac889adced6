import Button from '@atlaskit/button/new';
import type { BoardMember, Segment } from '@contract';
import { t, type Key } from '../i18n';
import { Dialog } from '../shared/Dialog';
import { lastSegmentOf } from './lastSegment';
import type { Column } from './state';

type RemoveDialogProps = {
  readonly who: string;
  readonly from: Segment;
  readonly members: readonly BoardMember[];
  readonly columns: readonly Column[];
  /** Whether whoever left can be added again from here. */
  readonly mayAdd: boolean;
  readonly onCancel: () => void;
  readonly onRemove: () => void;
};

/** Asks before people are removed, and says for how many it is their last segment. */
export function RemoveDialog({ who, from, members, columns, mayAdd, onCancel, onRemove }: RemoveDialogProps) {
  const last = lastSegmentOf(members, from, columns);
  return (
    <Dialog title={t('board.removeDialog.title', { who, segment: from.name })} isBusy={false} onCancel={onCancel}>
      {last.count > 0 && (
        <p>{t(last.isSure ? 'board.removeDialog.last' : 'board.removeDialog.mayBeLast', { count: last.count })}</p>
      )}
      <p>{t(backText(mayAdd, last.count))}</p>
      <div className="dialog-actions">
        <Button appearance="subtle" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button appearance="danger" onClick={onRemove}>
          {t('board.removeDialog.remove')}
        </Button>
      </div>
    </Dialog>
  );
}

/** How to take it back: whoever is in no segment any more stands on no card from which they could be added. */
function backText(mayAdd: boolean, lasts: number): Key {
  if (!mayAdd) return 'board.removeDialog.explain';
  return lasts > 0 ? 'board.removeDialog.againElsewhere' : 'board.removeDialog.again';
}
