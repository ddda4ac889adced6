import Button from '@atlaskit/button/new';
import type { BoardMember, Segment } from '@contract';
import { t } from '../i18n';
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
      <p>{t(mayAdd ? 'board.removeDialog.again' : 'board.removeDialog.explain')}</p>
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
