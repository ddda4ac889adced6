import Button from '@atlaskit/button/new';
import type { HistoryRow } from '@contract';
import type { ActorNames } from '../shared/actorNames';
import { memberName } from '../shared/people';
import { Status } from '../shared/Status';
import { strayLines } from '../shared/strayLines';
import { Time } from '../shared/Time';
import { t } from '../i18n';
import type { PanelAction } from './action';
import { newOperationId } from './operationId';
import { rowText, statusOf } from './rowText';
import type { Running } from './usePanel';

type HistoryProps = {
  readonly rows: readonly HistoryRow[];
  readonly names: ActorNames;
  readonly running: Running;
  readonly mayUndo: boolean;
  readonly onLookAgain: (operationId: string) => void;
  readonly onAction: (action: PanelAction) => void;
};

/** The last writes about this reporter, newest first. */
export function History({ rows, names, running, mayUndo, onLookAgain, onAction }: HistoryProps) {
  if (rows.length === 0) return null;
  const undoing = running?.kind === 'undo' ? running.undoes : null;
  return (
    <section className="section">
      <h2 className="section-title">{t('panel.history')}</h2>
      <ul className="history" aria-label={t('panel.history')}>
        {rows.map((row) => {
          const beside = strayLines(row.strays, memberName({ id: row.members[0]?.memberId ?? 0, name: null }));
          return (
            <li key={row.operationId} className="history-row">
              <div className="grow">
                <p>
                  {rowText(row)} <Status {...statusOf(row)} />
                </p>
                {beside.length > 0 && <p className="small">{beside.join(' ')}</p>}
                <p className="subtle small">
                  {names(row.actorAccountId, 'by')}
                  {t('common.separator')}
                  <Time atMs={row.finishedAtMs ?? row.intendedAtMs} />
                  {row.recoveredAtMs !== null && t('common.separator') + t('panel.row.recovered')}
                </p>
              </div>
              {row.state !== 'finished' && (
                <Button
                  appearance="subtle"
                  spacing="compact"
                  isDisabled={running !== null}
                  onClick={() => onLookAgain(row.operationId)}
                >
                  {t('panel.result.checkAgain')}
                </Button>
              )}
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
