import type { ManageRoute } from '@contract';
import { t } from '../../i18n';
import { DialogForm } from './DialogForm';
import type { ShownSegment } from './shownSegment';
import { Trial, useTrial } from './Trial';
import type { Segments } from './useSegments';

type DeleteDialogProps = {
  readonly segment: ShownSegment;
  readonly segments: Segments;
  readonly proven: readonly ManageRoute[];
  readonly onClose: () => void;
};

/** Asks before a segment is deleted, and says what happens to its members. */
export function DeleteDialog({ segment, segments, proven, onClose }: DeleteDialogProps) {
  const trial = useTrial(proven.includes('deleteSegment'));
  const submit = async () => {
    if (!trial.check()) return;
    await segments.remove(segment.id, !trial.isProven);
    onClose();
  };
  // A try must not take anyone out of a segment that may then stay.
  const isTooMany = !trial.isProven && segment.members > 1;
  return (
    <DialogForm
      title={t('admin.segments.deleteOf', { segment: segment.name })}
      submit={t('admin.segments.delete')}
      isDanger
      isBusy={segments.isBusy}
      progress={segments.leaving === null ? '' : t('admin.segments.deleting', { left: segments.leaving })}
      onSubmit={() => {
        if (!isTooMany) void submit();
      }}
      onCancel={onClose}
    >
      <p>{t('admin.segments.deleteExplain', { count: segment.members })}</p>
      <Trial trial={trial} isDisabled={segments.isBusy || isTooMany} />
      {isTooMany && <p className="field-error">{t('problems.notAScratch.next')}</p>}
    </DialogForm>
  );
}
