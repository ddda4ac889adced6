import { useMemo, useState } from 'react';
import type { BoardView } from '@contract';
import { t } from '../i18n';
import { Message } from '../shared/Message';
import { Chart } from './Chart';
import { Columns } from './Columns';
import { Dialogs } from './Dialogs';
import { ReadOnly } from './ReadOnly';
import { isPartly, issuesByMember } from './reported';
import { Reports } from './Reports';
import { Toolbar } from './Toolbar';
import { useAllowed } from './useAllowed';
import { useBoard } from './useBoard';
import { useBoardSelection } from './useBoardSelection';
import { useReported } from './useReported';
import { WithoutSegment } from './WithoutSegment';

type OpenBoardProps = { readonly view: BoardView; readonly onReload: () => void };

/** The board with everything on it. */
export function OpenBoard({ view, onReload }: OpenBoardProps) {
  const board = useBoard(view);
  const { columns, reports } = board.state;
  const [reported, countAll] = useReported();
  const issues = useMemo(() => issuesByMember(reported.months), [reported.months]);
  const [isOnlyReporters, setOnlyReporters] = useState(false);
  const only = useMemo(() => (isOnlyReporters ? new Set(issues.keys()) : null), [isOnlyReporters, issues]);
  const allowed = useAllowed(view.refusals, issues);
  const { mayMove, mayRemove, mayAdd, mayChange } = allowed;

  const selecting = useBoardSelection(columns, board.write, allowed);
  const { selection, asking } = selecting;

  if (columns.length === 0)
    return (
      <Message tone="info" title={t('board.noSegments.title')}>
        <p>{t('board.noSegments.next')}</p>
      </Message>
    );
  return (
    <>
      <ReadOnly refusals={view.refusals} isPartly={isPartly(reported)} />
      <Toolbar
        selection={selection}
        columns={columns}
        reported={reported}
        reporters={issues.size}
        isOnlyReporters={isOnlyReporters}
        onOnlyReporters={setOnlyReporters}
        onAsk={mayMove || mayRemove || mayAdd ? selecting.ask : null}
        {...allowed}
        onClear={selecting.clear}
        onReload={onReload}
      />
      <p id="board-help" className="visually-hidden">
        {t('board.help')}
      </p>
      <Columns
        board={board}
        selecting={selecting}
        issues={issues}
        only={only}
        isMovable={mayMove}
        mayChange={mayChange}
      />
      <Reports reports={reports} onAskAgain={board.askAgain} onDismiss={board.dismiss} />
      <Chart columns={columns} reported={reported} sync={view.sync} onCount={countAll} onReload={onReload} />
      <WithoutSegment issueKeys={reported.withoutSegment} mayAdd={mayAdd} refusal={view.inviteRefusal} />
      <Message tone="info" title={t('board.score.title')}>
        <p>{t('board.score.text')}</p>
      </Message>
      {asking !== null && <Dialogs asking={asking} columns={columns} mayAdd={mayAdd} selecting={selecting} />}
    </>
  );
}
