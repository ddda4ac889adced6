import Button from '@atlaskit/button/new';
import { t } from '../i18n';
import type { Reported } from './reported';
import { SelectionActions, type SelectionActionsProps } from './SelectionActions';

type ToolbarProps = SelectionActionsProps & {
  readonly reported: Reported;
  readonly reporters: number;
  readonly isOnlyReporters: boolean;
  readonly onOnlyReporters: (isOnly: boolean) => void;
  readonly onReload: () => void;
};

/** What holds for the whole board on the left, and what can be done about the selected people on the right. */
export function Toolbar(props: ToolbarProps) {
  const { reported, reporters, isOnlyReporters, onOnlyReporters, onReload, ...selected } = props;
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
        <SelectionActions {...selected} />
        <Button appearance="subtle" spacing="compact" onClick={onReload}>
          {t('board.toolbar.reload')}
        </Button>
      </div>
    </div>
  );
}
