import type { MemberView, Segment } from '@contract';
import { memberName } from '../shared/people';
import { newOperationId, type PanelAction } from './action';
import { MoveDialog } from './MoveDialog';
import { RemoveDialog } from './RemoveDialog';

type MembershipDialogProps = {
  readonly kind: 'move' | 'remove';
  readonly member: MemberView;
  /** The segment that the membership is in. */
  readonly from: Segment;
  readonly segments: readonly Segment[];
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onConfirm: (action: PanelAction) => void;
};

/** Asks about moving or removing a membership, and tells the action that the user confirmed. */
export function MembershipDialog(props: MembershipDialogProps) {
  const { kind, member, from, segments, isBusy, onCancel, onConfirm } = props;
  const asked = { who: memberName(member), from, isBusy, onCancel };
  return kind === 'move' ? (
    <MoveDialog
      {...asked}
      targets={segments.filter(({ id }) => !member.segmentIds.includes(id))}
      onMove={(to) => onConfirm({ kind: 'move', operationId: newOperationId(), member, from, to })}
    />
  ) : (
    <RemoveDialog
      {...asked}
      onRemove={() => onConfirm({ kind: 'remove', operationId: newOperationId(), member, from })}
    />
  );
}
