import Button from '@atlaskit/button/new';
import { t } from '../../../i18n';

type ConfirmImportProps = {
  /** How many links the file would set. */
  readonly count: number;
  readonly isDisabled: boolean;
  readonly replace: boolean;
  readonly onReplace: (replace: boolean) => void;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
};

/** Whether links that are there are replaced, and the way to import. */
export function ConfirmImport({ count, isDisabled, replace, onReplace, onConfirm, onCancel }: ConfirmImportProps) {
  return (
    <>
      <label className="check-line">
        <input type="checkbox" checked={replace} onChange={(event) => onReplace(event.target.checked)} />
        <span>{t('admin.people.csv.replace')}</span>
      </label>
      <div className="people-line">
        <Button appearance="primary" isDisabled={count === 0 || isDisabled} onClick={onConfirm}>
          {t('admin.people.csv.confirm', { count })}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </>
  );
}
