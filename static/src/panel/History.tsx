import Button from '@atlaskit/button/new';
import type { HistoryRow, Outcome } from '@contract';
import type { ActorNames } from '../shared/actorNames';
import { Status, type StatusTone } from '../shared/Status';
import { Time } from '../shared/Time';
import { t } from '../i18n';
import { newOperationId, type PanelAction } from './action';
import { outcomeOf, rowText } from './rowText';
import type { Running } from './usePanel';

type HistoryProps = {
  readonly rows: readonly HistoryRow[];
  readonly names: ActorNames;
  readonly running: Running;
  readonly mayUndo: boolean;
  readonly onAction: (action: PanelAction) => void;
};

const TONES: Record<Outcome, StatusTone> = {
  confirmed: 'success',
  notConfirmed: 'warning',
  refused: 'danger',
  unknown: 'warning',
};

/** The last writes about this reporter, newest first. */
export function History({ rows, names, running, mayUndo, onAction }: HistoryProps) {
  if (rows.length === 0) return null;
  const undoing = running?.kind === 'undo' ? running.undoes : null;
  return (
    <section className="section">
      <h2 className="section-title">{t('panel.history')}</h2>
      <ul className="history" aria-label={t('panel.history')}>
        {rows.map((row) => {
          const outcome = outcomeOf(row);
          return (
            <li key={row.operationId} className="history-row">
              <div className="grow">
                <p>
                  {rowText(row)}{' '}
                  <Status
                    tone={outcome === null ? 'neutral' : TONES[outcome]}
                    text={outcome === null ? t('panel.row.notFinished') : t(`panel.row.outcome.${outcome}`)}
                  />
                </p>
                <p className="subtle small">
                  {names(row.actorAccountId, 'by')}
                  {t('common.separator')}
                  <Time atMs={row.finishedAtMs ?? row.intendedAtMs} />
                  {row.recoveredAtMs !== null && t('common.separator') + t('panel.row.recovered')}
                </p>
              </div>
              {mayUndo && row.undoable && row.kind === 'move' && (
                <Button
                  appearance="subtle"
                  spacing="compact"
                  isDisabled={running !== null}
                  aria-label={t('panel.undo.of', { from: row.from.name, to: row.to.name })}
                  onClick={() => onAction({ kind: 'undo', operationId: newOperationId(), undoes: row.operationId })}
                >
                  {undoing === row.operationId ? t('panel.undo.busy') : t('panel.undo.button')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
