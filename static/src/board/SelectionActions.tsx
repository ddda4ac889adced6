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
  readonly mayAdd: boolean;
  readonly mayChange: (memberId: number) => boolean;
  readonly onClear: () => void;
};

/** How many people are selected, and what can be done about them; nothing where nobody is. */
export function SelectionActions(props: SelectionActionsProps) {
  const { selection, columns, onAsk, mayMove, mayRemove, mayAdd, mayChange, onClear } = props;
  const { segmentId, ids } = selection;
  const segment = columns.find((column) => column.segment.id === segmentId)?.segment;
  if (segment === undefined || ids.size === 0) return null;
  const changed = [...ids].filter(mayChange);
  const isOffered = onAsk !== null && changed.length > 0;
  return (
    <>
      <p className="small">
        {t('board.selection.count', { count: ids.size, segment: segment.name })}
        {onAsk !== null && changed.length < ids.size && (
          <> {t('board.selection.leftOut', { count: ids.size - changed.length })}</>
        )}
      </p>
      {isOffered && mayMove && (
        <Button appearance="primary" spacing="compact" onClick={() => onAsk('move', segment.id, changed)}>
          {t('board.selection.move')}
        </Button>
      )}
      {isOffered && mayAdd && (
        <Button spacing="compact" onClick={() => onAsk('add', segment.id, changed)}>
          {t('board.selection.add')}
        </Button>
      )}
      {isOffered && mayRemove && (
        <Button spacing="compact" onClick={() => onAsk('remove', segment.id, changed)}>
          {t('board.selection.remove')}
        </Button>
      )}
      <Button appearance="subtle" spacing="compact" onClick={onClear}>
        {t('board.selection.clear')}
      </Button>
    </>
  );
}
