import Button from '@atlaskit/button/new';
import type { Segment } from '@contract';
import { Dialog } from '../shared/Dialog';
import { t } from '../i18n';

type RemoveDialogProps = {
  readonly who: string;
  readonly from: Segment;
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onRemove: () => void;
};

/** Asks before a removal, naming the person and the segment; the first focus is on the way out. */
export function RemoveDialog({ who, from, isBusy, onCancel, onRemove }: RemoveDialogProps) {
  return (
    <Dialog title={t('panel.remove.title', { who, from: from.name })} isBusy={isBusy} onCancel={onCancel}>
      <p>{t('panel.remove.explain')}</p>
      <div className="dialog-actions">
        <p className="dialog-busy subtle small" role="status">
          {isBusy && t('panel.remove.busy')}
        </p>
        <Button appearance="subtle" isDisabled={isBusy} onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button appearance="danger" isLoading={isBusy} onClick={onRemove}>
          {t('panel.remove.confirm')}
        </Button>
      </div>
    </Dialog>
  );
}
