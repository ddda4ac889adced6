import Button from '@atlaskit/button/new';
import { t } from '../i18n';
import { Dialog } from '../shared/Dialog';

type CancelDialogProps = {
  readonly isBusy: boolean;
  readonly onKeep: () => void;
  readonly onCancelRun: () => void;
};

/** Asks whether a run that writes is to be cancelled. */
export function CancelDialog({ isBusy, onKeep, onCancelRun }: CancelDialogProps) {
  return (
    <Dialog title={t('bulk.cancelSure.title')} isBusy={isBusy} onCancel={onKeep}>
      <p>{t('bulk.cancelSure.text')}</p>
      <div className="dialog-actions">
        <Button appearance="subtle" onClick={onKeep}>
          {t('bulk.cancelSure.no')}
        </Button>
        <Button appearance="danger" isLoading={isBusy} onClick={onCancelRun}>
          {t('bulk.cancelSure.yes')}
        </Button>
      </div>
    </Dialog>
  );
}
