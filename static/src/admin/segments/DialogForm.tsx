import Button from '@atlaskit/button/new';
import type { ReactNode } from 'react';
import { t } from '../../i18n';
import { Dialog } from '../../shared/Dialog';

type DialogFormProps = {
  readonly title: string;
  readonly submit: string;
  readonly isDanger?: boolean;
  readonly isBusy: boolean;
  readonly progress?: string;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
};

/** A dialog with fields and one thing to do. */
export function DialogForm({
  title,
  submit,
  isDanger = false,
  isBusy,
  progress = '',
  onSubmit,
  onCancel,
  children,
}: DialogFormProps) {
  return (
    <Dialog title={title} isBusy={isBusy} onCancel={onCancel}>
      <form
        className="form"
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) onSubmit();
        }}
      >
        {children}
        <div className="dialog-actions">
          <p className="dialog-busy subtle small" role="status">
            {progress}
          </p>
          <Button appearance="subtle" isDisabled={isBusy} onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" appearance={isDanger ? 'danger' : 'primary'} isLoading={isBusy}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
