import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Segment } from '@contract';
import { Dialog } from '../shared/Dialog';
import { t } from '../i18n';
import { TargetPicker } from './TargetPicker';

type MoveDialogProps = {
  readonly who: string;
  readonly from: Segment;
  /** The segments that the member is not in. */
  readonly targets: readonly Segment[];
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onMove: (to: Segment) => void;
};

/** Moves in two steps: choose the target, then confirm the whole sentence. */
export function MoveDialog({ who, from, targets, isBusy, onCancel, onMove }: MoveDialogProps) {
  const [target, setTarget] = useState<Segment | null>(null);
  const [isConfirming, setConfirming] = useState(false);

  if (target !== null && isConfirming) {
    return (
      <Dialog key="confirm" title={t('panel.move.confirmTitle')} isBusy={isBusy} onCancel={onCancel}>
        <p className="sentence">{t('panel.move.sentence', { who, from: from.name, to: target.name })}</p>
        <p className="subtle">{t('panel.move.explain')}</p>
        <div className="dialog-actions">
          <p className="dialog-busy subtle small" role="status">
            {isBusy && t('panel.move.busy')}
          </p>
          <Button appearance="subtle" isDisabled={isBusy} onClick={() => setConfirming(false)}>
            {t('common.back')}
          </Button>
          <Button appearance="primary" isLoading={isBusy} onClick={() => onMove(target)}>
            {t('panel.move.confirm')}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog key="choose" title={t('panel.move.title', { who })} isBusy={isBusy} onCancel={onCancel}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (target !== null) setConfirming(true);
        }}
      >
        <TargetPicker
          label={t('panel.move.from', { from: from.name })}
          targets={targets}
          chosen={target}
          onChoose={setTarget}
        />
        <div className="dialog-actions">
          <Button appearance="subtle" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" appearance="primary" isDisabled={target === null}>
            {t('panel.move.next')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
