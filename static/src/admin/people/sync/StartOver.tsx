import Button from '@atlaskit/button/new';
import { t } from '../../../i18n';
import { Dialog } from '../../../shared/Dialog';

type StartOverProps = {
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onStartOver: () => void;
};

/** Asks before everything is read once more: it costs Jira's points again. */
export function StartOver({ isBusy, onCancel, onStartOver }: StartOverProps) {
  return (
    <Dialog title={t('admin.people.sync.again.title')} isBusy={isBusy} onCancel={onCancel}>
      <p>{t('admin.people.sync.again.text')}</p>
      <div className="dialog-actions">
        <Button appearance="subtle" isDisabled={isBusy} onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button appearance="primary" isLoading={isBusy} onClick={onStartOver}>
          {t('admin.people.sync.again.yes')}
        </Button>
      </div>
    </Dialog>
  );
}
