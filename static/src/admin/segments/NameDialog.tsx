import { useState } from 'react';
import type { ManageRoute } from '@contract';
import { t } from '../../i18n';
import { TextField } from '../../shared/TextField';
import type { ShownSegment } from './shownSegment';
import { DialogForm } from './DialogForm';
import { Trial, useTrial } from './Trial';
import type { Segments } from './useSegments';

type NameDialogProps = {
  readonly segment: ShownSegment | null;
  readonly segments: Segments;
  readonly proven: readonly ManageRoute[];
  readonly onClose: () => void;
};

/** Gives a segment a name: a new one, or one that there is. */
export function NameDialog({ segment, segments, proven, onClose }: NameDialogProps) {
  const [name, setName] = useState(segment?.name ?? '');
  const [isWrong, setIsWrong] = useState(false);
  const trial = useTrial(proven.includes(segment === null ? 'createSegment' : 'renameSegment'));
  const submit = async () => {
    const wanted = name.trim();
    setIsWrong(wanted === '');
    if (!trial.check() || wanted === '') return;
    await segments.send(
      [
        [
          segment === null
            ? { route: 'createSegment', name: wanted }
            : { route: 'renameSegment', segmentId: segment.id, name: wanted },
          0,
        ],
      ],
      !trial.isProven,
    );
    onClose();
  };
  return (
    <DialogForm
      title={segment === null ? t('admin.segments.create') : t('admin.segments.renameOf', { segment: segment.name })}
      submit={segment === null ? t('admin.segments.create') : t('admin.segments.rename')}
      isBusy={segments.isBusy}
      onSubmit={() => void submit()}
      onCancel={onClose}
    >
      <TextField
        label={t('admin.segments.nameLabel')}
        value={name}
        error={isWrong ? t('admin.segments.nameRequired') : undefined}
        isReadOnly={segments.isBusy}
        onChange={setName}
      />
      <Trial trial={trial} isDisabled={segments.isBusy} />
    </DialogForm>
  );
}
