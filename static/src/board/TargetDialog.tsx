import Button from '@atlaskit/button/new';
import { useId, useState } from 'react';
import type { Segment } from '@contract';
import { locale, t } from '../i18n';
import { Dialog } from '../shared/Dialog';

type TargetDialogProps = {
  readonly kind: 'move' | 'add';
  readonly who: string;
  readonly from: Segment;
  readonly targets: readonly Segment[];
  readonly onCancel: () => void;
  readonly onChoose: (to: Segment) => void;
};

/** From this many segments on, a filter is quicker than looking. */
const FILTERED = 9;

/** Chooses where to move or add whoever is selected: the way without a pointer. */
export function TargetDialog({ kind, who, from, targets, onCancel, onChoose }: TargetDialogProps) {
  const id = useId();
  const [filter, setFilter] = useState('');
  const [target, setTarget] = useState<Segment | null>(null);
  const wanted = filter.trim().toLocaleLowerCase(locale());
  // The chosen one stays in sight, so that what is about to happen never depends on the filter.
  const shown = targets.filter(
    (segment) => segment.id === target?.id || segment.name.toLocaleLowerCase(locale()).includes(wanted),
  );
  return (
    <Dialog title={t(`board.${kind}Dialog.title`, { who })} isBusy={false} onCancel={onCancel}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (target !== null) onChoose(target);
        }}
      >
        {targets.length >= FILTERED && (
          <div className="field">
            <label htmlFor={id}>{t('board.moveDialog.filter')}</label>
            <input
              id={id}
              className="input"
              type="search"
              autoComplete="off"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          </div>
        )}
        <fieldset className="targets">
          <legend>{t(`board.${kind}Dialog.from`, { segment: from.name })}</legend>
          <div className="targets-list">
            {shown.map((segment) => (
              <label key={segment.id} className="target">
                <input
                  type="radio"
                  name={`${id}-target`}
                  checked={segment.id === target?.id}
                  onChange={() => setTarget(segment)}
                />
                <bdi>{segment.name}</bdi>
              </label>
            ))}
            {shown.length === 0 && <p className="subtle small">{t('board.moveDialog.noMatch')}</p>}
          </div>
        </fieldset>
        <div className="dialog-actions">
          <Button appearance="subtle" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" appearance="primary" isDisabled={target === null}>
            {t(kind === 'add' ? 'board.addDialog.add' : 'board.moveDialog.move')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
