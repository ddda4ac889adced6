import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Segment } from '../../../src/contract';
import { Dialog } from '../shared/Dialog';
import { texts } from '../texts';
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
  const words = texts.panel.move;
  const [target, setTarget] = useState<Segment | null>(null);
  const [isConfirming, setConfirming] = useState(false);

  if (target !== null && isConfirming) {
    return (
      <Dialog key="confirm" title={words.confirmTitle} isBusy={isBusy} onCancel={onCancel}>
        <p className="sentence">{words.sentence(who, from.name, target.name)}</p>
        <p className="subtle">{words.explain}</p>
        <div className="dialog-actions">
          <p className="dialog-busy subtle small" role="status">
            {isBusy && words.busy}
          </p>
          <Button appearance="subtle" isDisabled={isBusy} onClick={() => setConfirming(false)}>
            {texts.common.back}
          </Button>
          <Button appearance="primary" isLoading={isBusy} onClick={() => onMove(target)}>
            {words.confirm}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog key="choose" title={words.title(who)} isBusy={isBusy} onCancel={onCancel}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (target !== null) setConfirming(true);
        }}
      >
        <TargetPicker label={words.from(from.name)} targets={targets} chosen={target} onChoose={setTarget} />
        <div className="dialog-actions">
          <Button appearance="subtle" onClick={onCancel}>
            {texts.common.cancel}
          </Button>
          <Button type="submit" appearance="primary" isDisabled={target === null}>
            {words.next}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
