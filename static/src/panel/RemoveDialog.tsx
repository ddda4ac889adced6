import Button from '@atlaskit/button/new';
import type { Segment } from '../../../src/contract';
import { Dialog } from '../shared/Dialog';
import { texts } from '../texts';

type RemoveDialogProps = {
  readonly who: string;
  readonly from: Segment;
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onRemove: () => void;
};

/** Asks before a removal, naming the person and the segment; the first focus is on the way out. */
export function RemoveDialog({ who, from, isBusy, onCancel, onRemove }: RemoveDialogProps) {
  const words = texts.panel.remove;
  return (
    <Dialog title={words.title(who, from.name)} isBusy={isBusy} onCancel={onCancel}>
      <p>{words.explain}</p>
      <div className="dialog-actions">
        <p className="dialog-busy subtle small" role="status">
          {isBusy && words.busy}
        </p>
        <Button appearance="subtle" isDisabled={isBusy} onClick={onCancel}>
          {texts.common.cancel}
        </Button>
        <Button appearance="danger" isLoading={isBusy} onClick={onRemove}>
          {words.confirm}
        </Button>
      </div>
    </Dialog>
  );
}
