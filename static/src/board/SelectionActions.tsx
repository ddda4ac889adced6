import Button from '@atlaskit/button/new';
import { t } from '../i18n';
import type { ListActions } from './listActions';
import type { Selection } from './selection';
import type { Column } from './state';

export type SelectionActionsProps = {
  readonly selection: Selection;
  readonly columns: readonly Column[];
  /** Null for a viewer who may change nobody. */
  readonly onAsk: ListActions['onAsk'] | null;
  readonly mayMove: boolean;
  readonly mayRemove: boolean;
  readonly onClear: () => void;
};

/** How many people are selected, and what can be done about them; nothing where nobody is. */
export function SelectionActions({ selection, columns, onAsk, mayMove, mayRemove, onClear }: SelectionActionsProps) {
  const { segmentId, ids } = selection;
  const segment = columns.find((column) => column.segment.id === segmentId)?.segment;
  if (segment === undefined || ids.size === 0) return null;
  return (
    <>
      <p className="small">{t('board.selection.count', { count: ids.size, segment: segment.name })}</p>
      {onAsk !== null && (
        <>
          <Button
            appearance="primary"
            spacing="compact"
            isDisabled={!mayMove}
            onClick={() => onAsk('move', segment.id, [...ids])}
          >
            {t('board.selection.move')}
          </Button>
          <Button spacing="compact" isDisabled={!mayRemove} onClick={() => onAsk('remove', segment.id, [...ids])}>
            {t('board.selection.remove')}
          </Button>
        </>
      )}
      <Button appearance="subtle" spacing="compact" onClick={onClear}>
        {t('board.selection.clear')}
      </Button>
    </>
  );
}
