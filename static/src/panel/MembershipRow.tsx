import Button from '@atlaskit/button/new';
import type { MemberView, Segment } from '@contract';
import { t } from '../i18n';
import type { PanelAction } from './action';
import { newOperationId } from './operationId';
import { confirmRemoval } from './confirmRemoval';
import { SegmentPicker } from './SegmentPicker';
import type { Running } from './usePanel';

/** What the viewer may do with a membership, and whether someone who left can be added again. */
export type RowActs = { readonly move: boolean; readonly remove: boolean; readonly add: boolean };

type MembershipRowProps = {
  readonly member: MemberView;
  readonly segment: Segment;
  /** The segments that the member is not in. */
  readonly targets: readonly Segment[];
  readonly running: Running;
  readonly may: RowActs;
  readonly isPicking: boolean;
  readonly onPick: (isOpen: boolean) => void;
  readonly onAction: (action: PanelAction) => void;
};

/** One segment of the member, with the ways out of it. */
export function MembershipRow(props: MembershipRowProps) {
  const { member, segment, targets, running, may, isPicking, onPick, onAction } = props;
  const isMoving = running?.kind === 'move' && running.from.id === segment.id;
  const isRemoving = running?.kind === 'remove' && running.from.id === segment.id;
  const remove = () =>
    confirmRemoval({ member, from: segment, canAdd: may.add }, () =>
      onAction({ kind: 'remove', operationId: newOperationId(), member, from: segment }),
    );
  return (
    <li className="row">
      <span className="grow">
        <bdi className="segment">{segment.name}</bdi>
      </span>
      {(may.move || may.remove) && (
        <div className="row-actions">
          {may.move && targets.length > 0 && (
            <Button
              spacing="compact"
              isDisabled={running !== null}
              aria-expanded={isPicking}
              aria-label={t('panel.move.openFrom', { from: segment.name })}
              onClick={() => onPick(!isPicking)}
            >
              {isMoving ? t('panel.move.busy') : t('panel.move.open')}
            </Button>
          )}
          {may.remove && (
            <Button
              appearance="subtle"
              spacing="compact"
              isDisabled={running !== null}
              aria-label={t('panel.remove.openFrom', { from: segment.name })}
              onClick={remove}
            >
              {isRemoving ? t('panel.remove.busy') : t('panel.remove.open')}
            </Button>
          )}
        </div>
      )}
      {isPicking && (
        <SegmentPicker
          label={t('panel.move.from', { from: segment.name })}
          segments={targets}
          onCancel={() => onPick(false)}
          onChoose={(to) => onAction({ kind: 'move', operationId: newOperationId(), member, from: segment, to })}
        />
      )}
    </li>
  );
}
