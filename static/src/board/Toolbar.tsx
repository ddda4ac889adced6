import Button from '@atlaskit/button/new';
import { t } from '../i18n';
import type { Selection } from './selection';
import type { Column } from './state';
import type { Reported } from './reported';

type ToolbarProps = {
  readonly selection: Selection;
  readonly columns: readonly Column[];
  readonly reported: Reported;
  readonly reporters: number;
  readonly isOnlyReporters: boolean;
  readonly onOnlyReporters: (isOnly: boolean) => void;
  /** Null for a viewer who may change nobody. */
  readonly onAsk: ((kind: 'move' | 'remove', segmentId: number, memberIds: readonly number[]) => void) | null;
  readonly mayMove: boolean;
  readonly mayRemove: boolean;
  readonly onClear: () => void;
  readonly onReload: () => void;
};

/** What holds for the whole board on the left, and what can be done about the selected people on the right. */
export function Toolbar({
  selection,
  columns,
  reported,
  reporters,
  isOnlyReporters,
  onOnlyReporters,
  onAsk,
  mayMove,
  mayRemove,
  onClear,
  onReload,
}: ToolbarProps) {
  const { segmentId, ids } = selection;
  const segment = columns.find((column) => column.segment.id === segmentId)?.segment;
  return (
    <div className="toolbar" role="group" aria-label={t('board.toolbar.label')}>
      <div className="toolbar-part">
        <label className="check">
          <input
            type="checkbox"
            checked={isOnlyReporters}
            onChange={(event) => onOnlyReporters(event.target.checked)}
          />
          {t('board.toolbar.onlyReporters')}
        </label>
        <p className="subtle small">
          {reported.state === 'reading'
            ? t('board.toolbar.reading')
            : reported.state === 'failed'
              ? t('board.chart.unread')
              : t('board.toolbar.reporters', { count: reporters })}
        </p>
      </div>
      <div className="toolbar-part">
        {segment !== undefined && ids.size > 0 && (
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
        )}
        <Button appearance="subtle" spacing="compact" onClick={onReload}>
          {t('board.toolbar.reload')}
        </Button>
      </div>
    </div>
  );
}
