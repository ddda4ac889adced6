import { Modal } from '@forge/bridge';
import type { MemberView, Segment } from '@contract';
import type { Confirmation } from '../shared/confirmation';
import { memberName } from '../shared/people';
import { t } from '../i18n';

type Removal = {
  readonly member: MemberView;
  readonly from: Segment;
  /** Whether who left can be added again from here. */
  readonly canAdd: boolean;
};

/** Asks before a removal, in the product's own dialog, and says what is hard to take back. */
export function confirmRemoval({ member, from, canAdd }: Removal, onConfirm: () => void): void {
  const who = memberName(member);
  const title = t('panel.remove.title', { who, from: from.name });
  const isLast = member.segmentIds.length === 1;
  const asked: Confirmation = {
    title,
    lines: [
      ...(isLast ? [t('panel.remove.last', { who })] : []),
      t(canAdd ? 'panel.remove.again' : 'panel.remove.explain'),
    ],
    confirm: t('panel.remove.confirm'),
    cancel: t('common.cancel'),
  };
  const modal = new Modal({
    resource: 'confirm',
    size: 'small',
    title,
    context: asked,
    onClose: (answer: unknown) => {
      if (answer === true) onConfirm();
    },
  });
  // Where no dialog opens, nothing is done: the button is still there.
  void modal.open().catch(() => undefined);
}
