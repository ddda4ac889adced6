import Button from '@atlaskit/button/new';
import type { HistoryRow, Outcome } from '../../../src/contract';
import type { ActorNames } from '../shared/actorNames';
import { Status, type StatusTone } from '../shared/Status';
import { Time } from '../shared/Time';
import { texts } from '../texts';
import { newOperationId, type Decision } from './decision';
import { outcomeOf, rowText } from './rowText';
import type { Running } from './usePanel';

type HistoryProps = {
  readonly rows: readonly HistoryRow[];
  readonly names: ActorNames;
  readonly running: Running;
  readonly onDecide: (decision: Decision) => void;
};

const TONES: Record<Outcome, StatusTone> = { confirmed: 'success', notConfirmed: 'warning', refused: 'danger', unknown: 'warning' };

/** The last writes about this reporter, newest first. */
export function History({ rows, names, running, onDecide }: HistoryProps) {
  if (rows.length === 0) return null;
  const words = texts.panel;
  const undoing = running?.kind === 'undo' ? running.undoes : null;
  return (
    <section className="section">
      <h2 className="section-title">{words.history}</h2>
      <ul className="history" aria-label={words.history}>
        {rows.map((row) => {
          const outcome = outcomeOf(row);
          return (
            <li key={row.operationId} className="history-row">
              <div className="grow">
                <p>
                  {rowText(row)}{' '}
                  <Status
                    tone={outcome === null ? 'neutral' : TONES[outcome]}
                    text={outcome === null ? words.row.notFinished : words.row.outcome[outcome]}
                  />
                </p>
                <p className="subtle small">
                  {texts.people.by(names(row.actorAccountId))}
                  {texts.common.separator}
                  <Time atMs={row.finishedAtMs ?? row.intendedAtMs} />
                  {row.recoveredAtMs !== null && texts.common.separator + words.row.recovered}
                </p>
              </div>
              {row.undoable && row.kind === 'move' && (
                <Button
                  appearance="subtle"
                  spacing="compact"
                  isDisabled={running !== null}
                  aria-label={words.undo.of(row.from.name, row.to.name)}
                  onClick={() => onDecide({ kind: 'undo', operationId: newOperationId(), undoes: row.operationId })}
                >
                  {undoing === row.operationId ? words.undo.busy : words.undo.button}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
